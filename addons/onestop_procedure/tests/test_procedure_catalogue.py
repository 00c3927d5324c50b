# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""The catalogue with 2,000 procedures: its searches and its queries."""

from lxml import etree

from odoo.tests import tagged
from odoo.tools import SQL

from .common import ProcedureCase

MANY = 2000


@tagged("post_install", "-at_install")
class TestProcedureCatalogue(ProcedureCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        pattern = cls.make_procedure("9.400000")
        cls.version = pattern.version_ids
        cls.env.flush_all()
        cls.copy_rows(pattern)
        cls.env.invalidate_all()

    @classmethod
    def copy_rows(cls, pattern):
        """Thousands of published procedures, in the fastest way there is."""
        version, case = pattern.version_ids, pattern.version_ids.case_ids
        cls.env.cr.execute(
            """
            WITH made AS (
                INSERT INTO onestop_procedure
                       (code, name, department_id, sector_id, level, state, active,
                        search_key, search_text, onsite_mode, process_state)
                SELECT '9.5' || lpad(n::text, 5, '0'), name, department_id, sector_id,
                       level, 'published', TRUE,
                       replace(search_key, code, '9.5' || lpad(n::text, 5, '0')),
                       replace(search_text, code, '9.5' || lpad(n::text, 5, '0')),
                       onsite_mode, process_state
                  FROM onestop_procedure, generate_series(1, %(many)s) n
                 WHERE id = %(procedure)s RETURNING id
            ), versions AS (
                INSERT INTO onestop_procedure_version
                       (procedure_id, number, state, online_level, valid_from)
                SELECT id, 1, 'draft', 'none', '2025-07-01' FROM made RETURNING id
            ), cases AS (
                INSERT INTO onestop_procedure_case
                       (version_id, name, time_value, time_unit, sequence)
                SELECT v.id, c.name, c.time_value, c.time_unit, 1
                  FROM versions v, onestop_procedure_case c WHERE c.id = %(case)s
                RETURNING id
            )
            INSERT INTO onestop_procedure_step
                   (case_id, activity, sequence, duration, onsite)
            SELECT cases.id, s.activity, s.sequence, s.duration, s.onsite
              FROM cases, onestop_procedure_step s WHERE s.case_id = %(case)s
            """,
            {"many": MANY, "procedure": pattern.id, "case": case.id},
        )
        cls.env.cr.execute(
            """
            UPDATE onestop_procedure_version v SET state = 'published'
              FROM onestop_procedure p
             WHERE p.id = v.procedure_id AND p.code LIKE '9.5%%' AND v.id != %s
            """,
            [version.id],
        )
        cls.env.cr.execute("ANALYZE onestop_procedure")

    def queries_of(self, view_type, limit, like="9.5%"):
        """Statements of the view that people see, with all its columns."""
        Procedure = self.env["onestop.procedure"].with_user(self.staff)
        arch = etree.fromstring(Procedure.get_view(view_type=view_type)["arch"])
        specification = {
            node.get("name"): {"fields": {"display_name": {}}}
            if Procedure._fields[node.get("name")].relational
            else {}
            for node in arch.iter("field")
        }
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        found = Procedure.web_search_read(
            [("code", "=like", like)], specification, limit=limit
        )
        self.assertEqual(len(found["records"]), limit)
        return self.env.cr.sql_log_count - before

    def test_queries_are_the_same_for_10_and_for_2000(self):
        """A catalogue of ten, a page of 2,000, and as many as are read at once."""
        for view_type in ("list", "kanban"):
            self.queries_of(view_type, 1)
            ten = self.queries_of(view_type, 10, "9.50001%")
            self.assertEqual(self.queries_of(view_type, 80), ten, view_type)
            self.assertEqual(self.queries_of(view_type, 1000), ten, view_type)
            self.assertLess(ten, 15, view_type)

    def test_words_of_name_keyword_sector_and_agency(self):
        self.version.keywords = "photocopy, bản sao"
        Procedure = self.env["onestop.procedure"].with_user(self.staff)

        def found(text):
            return Procedure.search([("words", "ilike", text)])

        procedure = self.version.procedure_id
        self.assertIn(procedure, found("ban sao 9.4"))
        self.assertIn(procedure, found("NOTARIES photocopy"))
        self.assertIn(procedure, found("cap lai t-justice 9.40"))
        self.assertNotIn(procedure, found("photocopy t-health"))
        self.assertEqual(found("9.501234").code, "9.501234")
        # Where one procedure is picked, sector and agency would only be noise.
        self.assertNotIn(procedure.id, dict(Procedure.name_search("notaries 9.40")))

    def test_keyword_and_renamed_agency_are_found_at_once(self):
        procedure = self.version.procedure_id
        self.justice.short = "T-LAW"
        self.env.flush_all()
        found = self.env["onestop.procedure"].search([("words", "ilike", "t-law 9.40")])
        self.assertEqual(found, procedure)

    def test_search_uses_the_index(self):
        Procedure = self.env["onestop.procedure"]
        query = Procedure.with_user(self.staff)._search(
            [("words", "ilike", "lai giay 01234")]
        )
        self.env.flush_all()
        # So few rows may well be read one after the other; what counts is that the
        # index serves the question.
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        self.env.cr.execute(SQL("EXPLAIN %s", query.select()))
        plan = "\n".join(line for (line,) in self.env.cr.fetchall())
        self.assertIn("search_text_idx", plan)
