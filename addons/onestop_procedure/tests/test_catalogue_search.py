# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo.tests import tagged

from .common import ProcedureCase


@tagged("post_install", "-at_install")
class TestCatalogueSearch(ProcedureCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.procedure = cls.make_procedure(
            "9.200001", name="Cấp lại Giấy đăng ký hoạt động Văn phòng thử nghiệm"
        )

    def found(self, text):
        Procedure = self.env["onestop.procedure"].with_user(self.staff)
        return self.procedure.id in dict(Procedure.name_search(text))

    def test_words_in_any_order_without_diacritics(self):
        for text in (
            "cap lai giay dang ky",
            "thu nghiem van phong",
            "VĂN PHÒNG cấp lại",
            "9.200001",
            "9.2000 thử",
            "đăng",
        ):
            self.assertTrue(self.found(text), text)

    def test_each_word_counts(self):
        self.assertFalse(self.found("van phong khong co"))

    def test_marks_of_the_pattern_language_are_text(self):
        self.assertTrue(self.found("(cấp lại), %"))
        self.assertFalse(self.found("cấp%lại%lần"))

    def queries_of_list(self, limit):
        view = {
            name: {"fields": {"display_name": {}}} if name.endswith("_id") else {}
            for name in (
                "code",
                "name",
                "department_id",
                "sector_id",
                "time_text",
                "onsite_mode",
                "frequency",
                "state",
                "version_id",
            )
        }
        Procedure = self.env["onestop.procedure"].with_user(self.staff)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        Procedure.web_search_read([("code", "=like", "9.21%")], view, limit=limit)
        return self.env.cr.sql_log_count - before

    def test_queries_of_the_list_do_not_grow_with_its_rows(self):
        for number in range(40):
            self.make_procedure(f"9.2100{number:02}").version_ids._publish(
                self.env["onestop.membership"]._today()
            )
        self.queries_of_list(1)
        self.assertEqual(self.queries_of_list(40), self.queries_of_list(2))

    def test_panel_counts_by_mode_and_agency(self):
        Procedure = self.env["onestop.procedure"].with_user(self.staff)
        domain = [("code", "=", "9.200001")]
        for field in ("onsite_mode", "department_id"):
            found = Procedure.search_panel_select_range(
                field, search_domain=domain, enable_counters=True, hierarchize=False
            )
            self.assertEqual(sum(v["__count"] for v in found["values"]), 1, field)
