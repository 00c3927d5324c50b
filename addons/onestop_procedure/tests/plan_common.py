# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo.fields import Command


class PlanFixture:
    """An Office, a plan in force with a milestone and a duty for two agencies."""

    @classmethod
    def set_up_plan(cls):
        Department = cls.env["onestop.department"]
        cls.office = Department.create(
            {
                "name": "Office",
                "short": "T-OFFICE",
                "kind": "office",
                "parent_id": cls.province.id,
            }
        )
        cls.control = cls.make_user("control", cls.office, "catalogue")
        cls.chief = cls.make_user("chief", cls.office, "head")
        cls.clerk = cls.make_user("clerk", cls.office, "staff")
        cls.director = cls.make_user("director", cls.centre, "head")
        cls.stranger = cls.make_user("stranger", cls.health, "head")
        cls.chair = cls.make_user("chair", cls.province, "head")
        cls.plan = cls.env["onestop.plan"].create(
            {
                "name": "Four steps on the spot",
                "department_id": cls.office.id,
                "issuer_id": cls.province.id,
                "period_from": "2019-01-01",
                "line_ids": [
                    Command.create({"department_id": agency.id, "target_count": 2})
                    for agency in (cls.justice, cls.health)
                ],
                "milestone_ids": [
                    Command.create(
                        {
                            "name": "At least 20 %",
                            "section": "II.1",
                            "date": "2019-08-30",
                            "bound": "before",
                            "department_id": cls.justice.id,
                        }
                    )
                ],
            }
        )
        cls.milestone = cls.plan.milestone_ids
        cls.plan._move("put_in_force")

    def as_user(self, record, user):
        """A record as a user sees it, in a fresh environment."""
        self.env.flush_all()
        self.env.invalidate_all()
        return record.with_user(user).with_env(self.env(user=user))
