# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""A province of two agencies and a Centre, its people, and files to import."""

import base64
import csv
import io

from odoo.fields import Command
from odoo.tests import TransactionCase, new_test_user

from odoo.addons.base.models import res_users

PROCEDURE_COLUMNS = [
    "code",
    "name",
    "field",
    "department",
    "level",
    "processing_days",
    "day_type",
    "fee_vnd",
    "fee_note",
    "result",
    "online_level",
    "legal_basis",
    "onsite_mode",
    "frequency",
]
PART_COLUMNS = ["code", "case", "part_name", "originals", "copies"]


def as_csv(columns, rows):
    """Rows (dictionaries) as the bytes of a CSV file, base64."""
    file = io.StringIO()
    writer = csv.DictWriter(file, columns, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return base64.b64encode(file.getvalue().encode())


class ProcedureFixture:
    """What the tests of this room stand on; mixed into a test case."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Hashing a password is slow on purpose; here nobody has to be kept out.
        cls.classPatch(res_users, "MIN_ROUNDS", 1)
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True})
        Department = cls.env["onestop.department"]
        cls.province = Department.create(
            {"name": "Province", "short": "T-PROV", "code": "K99", "kind": "province"}
        )
        cls.centre = Department.create(
            {
                "name": "Centre",
                "short": "T-CENTRE",
                "code": "K99.01",
                "kind": "centre",
                "parent_id": cls.province.id,
            }
        )
        cls.justice, cls.health = Department.create(
            [
                {
                    "name": f"Department of {name}",
                    "short": f"T-{name.upper()}",
                    "parent_id": cls.province.id,
                }
                for name in ("Justice", "Health")
            ]
        )
        cls.sector = cls.env["onestop.sector"].create({"name": "Test of notaries"})
        cls.head = cls.make_user("head", cls.justice, "head")
        cls.deputy = cls.make_user("deputy", cls.justice, "deputy")
        cls.staff = cls.make_user("staff", cls.justice, "staff")
        cls.manager = cls.make_user("catalogue", cls.province, "catalogue")
        cls.personnel = cls.make_user("personnel", cls.justice, "personnel")
        cls.outsider = new_test_user(cls.env, "t.outsider", groups="base.group_user")
        cls.citizen = new_test_user(cls.env, "t.citizen", groups="base.group_portal")
        cls.admin = new_test_user(cls.env, "t.admin", groups="base.group_system")

    @classmethod
    def make_decision(cls, number="1/QĐ-UBND", date="2025-06-20", **values):
        """A decision of the People's Committee that publishes procedures."""
        return cls.env["onestop.decision"].create(
            {"number": number, "date": date, "issuer_id": cls.province.id, **values}
        )

    @classmethod
    def make_user(cls, login, department, role):
        """An internal user whose groups follow from one role."""
        user = new_test_user(cls.env, f"t.{login}", groups="base.group_user")
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
    def make_procedure(cls, code="9.000001", onsite=("receive", "return"), **values):
        """A draft procedure with one draft version of one case."""
        procedure = cls.env["onestop.procedure"].create(
            {
                "code": code,
                "name": "Cấp lại giấy đăng ký",
                "department_id": cls.justice.id,
                "sector_id": cls.sector.id,
                **values,
            }
        )
        activities = ("receive", "appraise", "approve", "return")
        cls.env["onestop.procedure.version"].create(
            {
                "procedure_id": procedure.id,
                "case_ids": [
                    Command.create(
                        {
                            "name": "General",
                            "time_value": 5,
                            "part_ids": [
                                Command.create({"name": "Application", "originals": 1})
                            ],
                            "fee_ids": [
                                Command.create({"name": "Fee", "amount": 5000})
                            ],
                            "step_ids": [
                                Command.create(
                                    {
                                        "sequence": number,
                                        "activity": activity,
                                        "duration": 10,
                                        "onsite": activity in onsite,
                                    }
                                )
                                for number, activity in enumerate(activities)
                            ],
                        }
                    )
                ],
            }
        )
        return procedure

    def make_import(self, procedures=(), parts=(), user=None, **values):
        """An import of rows, as the catalogue manager."""
        if procedures:
            values["procedures_file"] = as_csv(PROCEDURE_COLUMNS, procedures)
        if parts:
            values["parts_file"] = as_csv(PART_COLUMNS, parts)
        importer = self.env["onestop.catalogue.import"].with_user(user or self.manager)
        return importer.create(values)

    def row(self, **values):
        """A row of a file of procedures."""
        return {
            "code": "9.100001",
            "name": "Đăng ký hoạt động",
            "field": "Test of notaries",
            "department": "T-JUSTICE",
            "level": "Cấp tỉnh",
            "processing_days": "5",
            "day_type": "working",
            "fee_vnd": "500000",
            **values,
        }

    def found(self, code="9.100001"):
        """The procedure with this code."""
        return self.env["onestop.procedure"].search([("code", "=", code)])


class ProcedureCase(ProcedureFixture, TransactionCase):
    """A test case on the records of :class:`ProcedureFixture`."""
