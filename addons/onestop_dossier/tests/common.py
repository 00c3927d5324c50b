# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo.fields import Command
from odoo.tests import TransactionCase, new_test_user


def make_pdf(*objects, page=b"", trailer=b""):
    """A PDF of one empty page.

    :param objects: bodies of further objects, numbered from 4 on.
    :param page: further entries of the page.
    :param trailer: further entries of the trailer.
    """
    bodies = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]%b>>" % page,
        *objects,
    ]
    pdf, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, 1):
        offsets.append(len(pdf))
        pdf += b"%d 0 obj%b endobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    count = len(bodies) + 1
    return pdf + (
        b"xref\n0 %d\n0000000000 65535 f \n%b" % (count, table)
        + b"trailer<</Size %d/Root 1 0 R%b>>\n" % (count, trailer)
        + b"startxref\n%d\n%%%%EOF\n" % len(pdf)
    )


PDF = make_pdf()


class DossierData:
    """A Centre, two agencies, a user for each role, a procedure, and citizens.

    Used as a mixin by transactional and browser tests: :meth:`set_up_data` works on
    the class that mixes it in.
    """

    ROLES = {
        "receiver": ("centre", "receiver"),
        "returner": ("centre", "returner"),
        "cashier": ("centre", "cashier"),
        "director": ("centre", "head"),
        "appraiser": ("justice", "appraiser"),
        "records": ("justice", "records"),
        "approver": ("justice", "approver"),
        "deputy": ("justice", "deputy"),
        "head": ("justice", "head"),
        "stranger": ("health", "appraiser"),
        "stranger_head": ("health", "head"),
    }

    @classmethod
    def set_up_data(cls):
        cls.company = cls.env["res.company"].create({"name": "Test Centre"})
        cls.company.resource_calendar_id.tz = "Asia/Ho_Chi_Minh"
        departments = cls.env["onestop.department"]
        cls.centre = departments.create(
            {
                "name": "Test Centre",
                "short": "T-CENTRE",
                "kind": "centre",
                "code": "K99.02",
            }
        )
        cls.company.onestop_department_id = cls.centre
        cls.justice = departments.create(
            {"name": "Test Justice", "short": "T-TP", "code": "K99.06"}
        )
        cls.health = departments.create(
            {"name": "Test Health", "short": "T-YT", "code": "K99.16"}
        )
        cls.users = {}
        for name, (department, role) in cls.ROLES.items():
            user = new_test_user(
                cls.env,
                login=f"t.{name}",
                password=f"t.{name}.secret",
                groups="base.group_user",
                company_id=cls.company.id,
                company_ids=[Command.set(cls.company.ids)],
                tz="Asia/Ho_Chi_Minh",
            )
            cls.add_role(user, getattr(cls, department), role)
            cls.users[name] = user
        cls.sector = cls.env["onestop.sector"].create({"name": "Test sector"})
        cls.procedure = cls.make_procedure("9.000001", cls.justice)
        cls.citizen = cls.make_citizen("t.citizen", "089090000901")
        cls.other_citizen = cls.make_citizen("t.other", "089090000902")

    @classmethod
    def add_role(cls, user, department, role, **values):
        return cls.env["onestop.membership"].create(
            {
                "user_id": user.id,
                "department_id": department.id,
                "role": role,
                "valid_from": "2020-01-01",
                **values,
            }
        )

    @classmethod
    def make_procedure(cls, code, department, activities=None, **case_values):
        """A published procedure with one case, two parts and an internal process."""
        activities = activities or ("receive", "appraise", "approve", "issue", "return")
        procedure = cls.env["onestop.procedure"].create(
            {
                "code": code,
                "name": f"Procedure {code}",
                "department_id": department.id,
                "sector_id": cls.sector.id,
                "version_ids": [
                    Command.create(
                        {
                            "case_ids": [
                                Command.create(
                                    {
                                        "name": "General case",
                                        "time_value": 5,
                                        "time_unit": "workday",
                                        "part_ids": [
                                            Command.create(
                                                {"name": "Form", "originals": 1}
                                            ),
                                            Command.create(
                                                {
                                                    "name": "Attachment",
                                                    "copies": 1,
                                                    "required": False,
                                                }
                                            ),
                                        ],
                                        "step_ids": [
                                            Command.create(
                                                {
                                                    "sequence": 10 * number,
                                                    "activity": activity,
                                                }
                                            )
                                            for number, activity in enumerate(
                                                activities
                                            )
                                        ],
                                        **case_values,
                                    }
                                )
                            ]
                        }
                    )
                ],
            }
        )
        procedure.version_ids.action_publish(valid_from="2020-01-01")
        return procedure

    @classmethod
    def make_citizen(cls, login, number):
        user = new_test_user(
            cls.env, login=login, password=f"{login}.secret", groups="base.group_portal"
        )
        person = cls.env["onestop.person"].create(
            {
                "name": f"Citizen {number[-3:]}",
                "identity_number": number,
                "partner_id": user.partner_id.id,
            }
        )
        cls.users[login.removeprefix("t.")] = user
        return person

    # ------------------------------------------------------------
    # Dossiers in a given state, by the real acts
    # ------------------------------------------------------------

    def act_as(self, dossier, name):
        """The dossier as seen by the user of a role, in a fresh environment."""
        self.env.flush_all()
        return (
            self.env["onestop.dossier"].with_user(self.users[name]).browse(dossier.id)
        )

    def new_dossier(self, **values):
        """A draft opened by the receiver, every part handed in."""
        dossier = (
            self.env["onestop.dossier"]
            .with_user(self.users["receiver"])
            .create(
                {
                    "procedure_id": self.procedure.id,
                    "person_id": self.citizen.id,
                    "company_id": self.company.id,
                    **values,
                }
            )
        )
        dossier.part_ids.write({"received": True, "finding": "ok"})
        return dossier

    def dossier_in(self, state, **values):
        """A dossier brought to ``state`` by the acts that lead there."""
        dossier = self.new_dossier(**values)
        for step in PATHS[state]:
            getattr(self, f"do_{step}")(dossier)
        self.assertEqual(dossier.sudo().state, state)
        return dossier.sudo(False)

    def do_submit(self, dossier):
        self.act_as(dossier, "receiver").action_submit()

    def do_refuse(self, dossier):
        self.act_as(dossier, "receiver").action_refuse("Not for this office")

    def do_receive(self, dossier):
        self.act_as(dossier, "receiver").action_receive()

    def do_forward(self, dossier):
        self.act_as(dossier, "receiver").action_forward()

    def do_appraise(self, dossier):
        self.act_as(dossier, "appraiser").action_forward("All conditions are met")

    def do_approve(self, dossier):
        head = self.act_as(dossier, "head")
        head._do_approve(seen=head.approval_digest)

    def do_reject(self, dossier):
        head = self.act_as(dossier, "head")
        head._do_reject("The conditions are not met", seen=head.approval_digest)

    def do_issue(self, dossier):
        self.act_as(dossier, "records")._attach("result.pdf", PDF, "result")
        self.act_as(dossier, "records").action_issue()

    def do_return(self, dossier):
        self.act_as(dossier, "returner").action_return(
            "counter", "Citizen 901", "089090000901"
        )

    def do_supplement(self, dossier):
        self.act_as(dossier, "appraiser").action_request_supplement("Unclear scan")

    def do_payment(self, dossier):
        self.act_as(dossier, "appraiser").action_request_payment("Land charge")

    def do_suspend(self, dossier):
        self.act_as(dossier, "appraiser").action_suspend("Dispute", "Article 19")

    def do_withdraw(self, dossier):
        self.act_as(dossier, "receiver").action_request_withdrawal("Not needed")

    def do_stop(self, dossier):
        self.act_as(dossier, "head")._do_stop("Court order", "Article 19")


_RECEIVED = ("receive",)
_PROCESSING = (*_RECEIVED, "forward")
_APPROVING = (*_PROCESSING, "appraise")
_APPROVED = (*_APPROVING, "approve")
_READY = (*_APPROVED, "issue")
# How each state is reached, by the real acts.
PATHS = {
    "draft": (),
    "submitted": ("submit",),
    "refused": ("refuse",),
    "received": _RECEIVED,
    "processing": _PROCESSING,
    "supplement": (*_PROCESSING, "supplement"),
    "payment": (*_PROCESSING, "payment"),
    "suspended": (*_PROCESSING, "suspend"),
    "approving": _APPROVING,
    "approved": _APPROVED,
    "rejected": (*_APPROVING, "reject"),
    "ready": _READY,
    "returned": (*_READY, "return"),
    "withdrawing": (*_PROCESSING, "withdraw"),
    "stopped": (*_PROCESSING, "stop"),
}


class DossierCase(DossierData, TransactionCase):
    """Base of the transactional tests of this room."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True})
        cls.set_up_data()
