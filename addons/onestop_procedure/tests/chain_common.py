# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""A province with its offices, for papers that pass from one to the next."""

from odoo.fields import Command
from odoo.tests import new_test_user

from .common import ProcedureFixture


class ChainFixture(ProcedureFixture):
    """Department, Centre, Office and Chair, each with their people and passwords."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # A chain asks all agencies of a kind: those of this test only.
        cls.env["onestop.department"].search(
            [
                ("kind", "in", ("province", "office", "centre")),
                ("id", "not in", (cls.province | cls.centre).ids),
            ]
        ).kind = "unit"
        cls.office = cls.env["onestop.department"].create(
            {
                "name": "Office",
                "short": "T-OFFICE",
                "kind": "office",
                "parent_id": cls.province.id,
            }
        )
        cls.author = cls.make_official("writer", cls.justice, "catalogue")
        cls.leader = cls.make_official("leader", cls.justice, "deputy")
        cls.director = cls.make_official("director", cls.centre, "head")
        cls.control = cls.make_official("control", cls.office, "catalogue")
        cls.chair = cls.make_official("chair", cls.province, "head")
        cls.stranger = cls.make_official("stranger", cls.health, "head")

    @classmethod
    def make_official(cls, login, department, role):
        """A user with a password, for the browser."""
        user = new_test_user(
            cls.env,
            f"t.{login}",
            password=f"t.{login}.secret",
            groups="base.group_user",
            tz="Asia/Ho_Chi_Minh",
        )
        cls.env["onestop.membership"].create(
            {
                "user_id": user.id,
                "department_id": department.id,
                "role": role,
                "valid_from": "2020-01-01",
            }
        )
        return user

    @classmethod
    def make_law(cls, number="90/2025/NĐ-CP", **values):
        return cls.env["onestop.decision"].create(
            {"number": number, "kind": "law", "state": "in_force", **values}
        )

    @classmethod
    def make_approval(cls, number="15/QĐ-UBND", date="2026-01-05", **values):
        """A draft decision that approves internal processes."""
        return cls.make_decision(number, date, **{"kind": "process", **values})

    @classmethod
    def make_published(cls, code="9.000001", laws=(), **values):
        """A published procedure that stands on laws."""
        procedure = cls.make_procedure(code, **values)
        version = procedure.version_ids
        version.legal_basis_ids = [Command.link(law.id) for law in laws]
        version.case_ids.step_ids.write({"role": "staff"})
        version.case_ids.step_ids.department_id = cls.justice
        cls.env.flush_all()
        version.action_publish("2026-01-01")
        return procedure

    def draft_of(self, procedure):
        """The next version, drafted."""
        last = procedure.version_ids.sorted("number")[-1]
        return last.copy({"number": last.number + 1})
