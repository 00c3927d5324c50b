# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo.tests import HttpCase, tagged

from .common import ProcedureFixture


@tagged("post_install", "-at_install")
class TestProcedureTour(ProcedureFixture, HttpCase):
    def test_agency_drafts_office_publishes(self):
        """An agency drafts, nobody but the Office publishes, by its decision."""
        office = self.env["onestop.department"].create(
            {"name": "Office", "short": "T-OFFICE", "kind": "office"}
        )
        self.make_user("office", office, "catalogue")
        self.make_user("author", self.justice, "catalogue")
        procedure = self.make_procedure()
        procedure.version_ids.action_publish("2025-07-01")
        self.make_decision("7/QĐ-UBND", "2025-12-20", effective_from="2026-01-01")
        self.start_tour(
            f"/odoo/onestop-procedures/{procedure.id}",
            "onestop_procedure_draft",
            login="t.author",
        )
        draft = procedure.version_ids.sorted("number")[-1]
        self.assertEqual((draft.number, draft.state), (2, "draft"))
        self.assertEqual(draft.case_ids.step_hours, 32)
        self.start_tour(
            "/odoo/onestop-versions", "onestop_procedure_refused", login="t.author"
        )
        address = f"/odoo/onestop-versions/{draft.id}"
        self.start_tour(address, "onestop_procedure_read_only", login="t.staff")
        self.assertEqual(draft.state, "draft")
        self.start_tour(address, "onestop_procedure_publish", login="t.office")
        self.env.invalidate_all()
        self.assertEqual(procedure.version_id, draft)
        self.assertEqual(draft.decision_id.number, "7/QĐ-UBND")
