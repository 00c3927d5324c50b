# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from .common import ProcedureFixture
from .plan_common import PlanFixture


@tagged("post_install", "-at_install")
class TestPlanTour(PlanFixture, ProcedureFixture, HttpCase):
    """A milestone and a merger in a browser, as the people concerned."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_plan()
        for user in (cls.head, cls.director, cls.control, cls.chief):
            user.password = f"{user.login}.secret"

    def tour(self, name, path, user):
        self.start_tour(path, name, login=user.login, password=f"{user.login}.secret")
        self.env.invalidate_all()

    def test_a_milestone_reported_and_confirmed(self):
        path = f"/odoo/onestop-milestones/{self.milestone.id}"
        self.tour("onestop_plan_refused", path, self.control)
        self.tour("onestop_plan_report", path, self.head)
        self.assertEqual(self.milestone.state, "reported")
        self.tour("onestop_plan_refused", path, self.director)
        self.tour("onestop_plan_confirm", path, self.chief)
        self.assertEqual(self.milestone.state, "done")
        self.assertEqual(self.milestone.trace_ids.user_id, self.head | self.chief)

    def test_a_merger_looked_at_and_applied(self):
        procedure = self.make_procedure("9.890001")
        procedure.version_ids.action_publish(valid_from="2020-01-01")
        merger = self.env["onestop.merger"].create(
            {
                "name": "Justice goes up in Health",
                "department_id": self.office.id,
                "effective_on": "2026-03-01",
                "line_ids": [
                    Command.create(
                        {
                            "predecessor_id": self.justice.id,
                            "successor_id": self.health.id,
                        }
                    )
                ],
            }
        )
        path = f"/odoo/onestop-mergers/{merger.id}"
        self.tour("onestop_merger_apply", path, self.control)
        self.assertEqual(merger.state, "applied")
        self.assertEqual(merger.applied_by_id, self.control)
        self.assertEqual(procedure.department_id, self.health)

    def test_progress_file_by_address(self):
        path = f"/onestop/plan/{self.plan.id}/progress.xlsx"
        self.authenticate(self.control.login, f"{self.control.login}.secret")
        answer = self.url_open(path)
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(answer.content[:2], b"PK")
        self.assertEqual(self.url_open(f"{path}?department_id=x").status_code, 404)
        self.assertEqual(
            self.url_open("/onestop/plan/999999/progress.xlsx").status_code, 404
        )
        self.outsider.password = "t.outsider.secret"
        self.authenticate("t.outsider", "t.outsider.secret")
        self.assertEqual(self.url_open(path).status_code, 404)
