# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import html

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.onestop_procedure.tests.clock_common import local

from .past import PastCase

REASON = "Reason"


@tagged("post_install", "-at_install")
class TestExtension(PastCase):
    """More time: by an article of law, or with an apology (NĐ 61/2018, Điều 19)."""

    def extend(self, moment, dossier, kind, new_due, *args, user="head"):
        self.at(moment, dossier, user)._do_extend(
            kind, self.past(new_due), REASON, *args
        )

    # ------------------------------------------------------------
    # By law
    # ------------------------------------------------------------

    def test_an_extension_names_its_article(self):
        dossier = self.processing(local(2026, 1, 12, 9))
        new_due = local(2026, 1, 26, 17)
        with self.assertRaises(UserError):
            self.extend(local(2026, 1, 14, 9), dossier, "statutory", new_due)
        self.extend(local(2026, 1, 14, 9), dossier, "statutory", new_due, "Article 7")
        self.assertDue(dossier, new_due)

    def test_the_procedures_article_and_ceiling(self):
        procedure = self.make_procedure(
            "9.000030", self.justice, extension_days=3, extension_article="Article 7"
        )
        dossier = self.processing(local(2026, 1, 12, 9), procedure_id=procedure.id)
        with self.assertRaises(UserError):
            self.extend(
                local(2026, 1, 14, 9), dossier, "statutory", local(2026, 1, 23, 17)
            )
        self.extend(local(2026, 1, 14, 9), dossier, "statutory", local(2026, 1, 21, 17))
        self.assertIn("Article 7", dossier.text_ids.mapped("body"))
        # Extended twice, the ceiling counts from the first due date.
        with self.assertRaises(UserError):
            self.extend(
                local(2026, 1, 14, 9), dossier, "statutory", local(2026, 1, 23, 17)
            )
        self.extend(local(2026, 1, 15, 9), dossier, "statutory", local(2026, 1, 22, 17))
        self.assertDue(dossier, local(2026, 1, 22, 17))

    def test_only_who_decides_extends(self):
        dossier = self.processing(local(2026, 1, 12, 9))
        for user in ("receiver", "appraiser", "director", "stranger_head"):
            with self.subTest(user=user), self.assertRaises(AccessError):
                self.extend(
                    local(2026, 1, 14, 9),
                    dossier,
                    "statutory",
                    local(2026, 1, 22, 17),
                    "Article 7",
                    user=user,
                )

    # ------------------------------------------------------------
    # Apology
    # ------------------------------------------------------------

    def apologise(self, moment, dossier, user="head"):
        self.extend(moment, dossier, "apology", local(2026, 2, 2, 17), user=user)

    def late_flag(self, dossier):
        return [
            event["data"].get("late")
            for event in dossier.sudo()._history()
            if event["kind"] == "extend"
        ]

    def test_one_working_day_before_the_end_is_in_time(self):
        """Due Monday: the last day to apologise is the Friday before."""
        dossier = self.processing(local(2026, 1, 12, 9))
        self.apologise(local(2026, 1, 16, 16), dossier)
        self.assertEqual(self.late_flag(dossier), [False])

    def test_a_later_apology_is_recorded_as_late(self):
        dossier = self.processing(local(2026, 1, 12, 9))
        self.apologise(local(2026, 1, 19, 8), dossier)
        self.assertEqual(self.late_flag(dossier), [True])

    def test_a_later_apology_is_not_taken_where_the_centre_says_so(self):
        self.company.onestop_apology_late = "refuse"
        dossier = self.processing(local(2026, 1, 12, 9))
        with self.assertRaises(UserError):
            self.apologise(local(2026, 1, 19, 8), dossier)
        self.assertFalse(dossier.appointment_at)

    def test_once(self):
        dossier = self.processing(local(2026, 1, 12, 9))
        self.apologise(local(2026, 1, 14, 8), dossier)
        with self.assertRaises(UserError):
            self.apologise(local(2026, 1, 15, 8), dossier)

    def test_the_head_of_the_late_agency_apologises(self):
        """At a step of another agency its head signs, not the one who decides."""
        procedure = self.make_procedure("9.000031", self.justice)
        procedure.version_id.action_new_version()
        draft = procedure.version_ids.filtered(lambda v: v.state == "draft")
        step = draft.case_ids.step_ids.filtered(lambda s: s.activity == "appraise")
        step.department_id = self.health
        self.env.flush_all()
        draft.action_publish(valid_from="2020-06-01")
        dossier = self.new_dossier(procedure_id=procedure.id, case_id=draft.case_ids.id)
        self.at(local(2026, 1, 12, 9), dossier, "receiver").action_receive()
        self.at(local(2026, 1, 12, 9), dossier, "receiver").action_forward()
        with self.assertRaises(UserError):
            self.apologise(local(2026, 1, 14, 8), dossier)
        self.apologise(local(2026, 1, 14, 8), dossier, user="stranger_head")
        self.assertTrue(dossier.appointment_at)

    def test_form_04(self):
        """TT 01/2018 and TT 03/2025: the form in the words of its time."""
        for moment, title in (
            (local(2020, 1, 13, 9), "Phiếu xin lỗi và hẹn lại ngày trả kết quả"),
            (
                local(2026, 1, 12, 9),
                "Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết",
            ),
        ):
            with self.subTest(title=title):
                dossier = self.processing(moment)
                self.apologise(moment, dossier)
                draft = dossier.draft_ids
                self.assertEqual((draft.kind, draft.state), ("apology", "signed"))
                reports = self.env["ir.actions.report"]
                report = reports._get_report("onestop_dossier.dossier_apology_report")
                text = html.unescape(
                    reports._render_onestop_html(report, draft.id, None)
                )
                for part in (title, dossier.code, REASON, "02/02/2026"):
                    self.assertIn(part, text)
