# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, JsonRpcException, tagged
from odoo.tools import mute_logger

from .common import ProcedureCase, ProcedureFixture

CATALOGUE = (
    "onestop.procedure",
    "onestop.procedure.version",
    "onestop.procedure.case",
    "onestop.procedure.part",
    "onestop.procedure.fee",
    "onestop.procedure.step",
    "onestop.procedure.method",
    "onestop.procedure.result",
)


@tagged("post_install", "-at_install")
class TestAccess(ProcedureCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.author = cls.make_user("author", cls.justice, "catalogue")
        cls.procedure = cls.make_procedure()
        cls.public = cls.env.ref("base.public_user")

    def allowed(self, user, model):
        """The operations that the access list gives a user, as letters."""
        records = self.env[model].with_user(user)
        return "".join(
            letter
            for letter, operation in zip(
                "rwcd", ("read", "write", "create", "unlink"), strict=True
            )
            if records.has_access(operation)
        )

    def assertMatrix(self, expected, *models):
        for login, letters in expected.items():
            for model in models:
                user = getattr(self, login)
                self.assertEqual(self.allowed(user, model), letters, (login, model))

    def test_catalogue(self):
        self.assertMatrix(
            {
                "outsider": "r",
                "staff": "r",
                "head": "rwcd",
                "deputy": "rwcd",
                "author": "rwcd",
                "personnel": "r",
                "manager": "rwcd",
                "admin": "rwcd",
                "public": "",
            },
            *CATALOGUE,
        )

    def test_coded_lists_and_history(self):
        staff = dict.fromkeys(("outsider", "staff", "head"), "r")
        self.assertMatrix(
            {**staff, "manager": "rwcd", "admin": "rwcd", "public": ""},
            "onestop.sector",
        )
        self.assertMatrix(
            {**staff, "manager": "r", "admin": "rwcd", "citizen": "r"},
            "onestop.subject",
            "onestop.level",
        )
        self.assertMatrix(
            {**staff, "manager": "r", "admin": "r", "citizen": ""},
            "onestop.procedure.act",
        )

    def test_agencies_roles_persons_and_imports(self):
        nobody = dict.fromkeys(("citizen", "public", "outsider", "staff", "head"), "")
        self.assertMatrix(
            {"staff": "r", "personnel": "rwcd", "admin": "rwcd", "citizen": "r"},
            "onestop.department",
        )
        self.assertMatrix(
            {"staff": "r", "personnel": "rwc", "admin": "rwc", "citizen": ""},
            "onestop.membership",
        )
        # Rooms above may grant more, to those who have a dossier of the person.
        self.assertMatrix(
            {"public": "", "outsider": "", "admin": "rwc"}, "onestop.person"
        )
        self.assertMatrix(
            {**nobody, "manager": "", "admin": "r"}, "onestop.person.reading"
        )
        self.assertMatrix(
            {**nobody, "manager": "rwcd", "admin": "rwcd"},
            "onestop.catalogue.import",
        )
        self.assertMatrix(
            {**nobody, "manager": "r", "admin": "r"},
            "onestop.catalogue.import.line",
            "onestop.catalogue.progress",
        )
        self.assertMatrix(
            {**nobody, "manager": "rw", "admin": "rw"},
            "onestop.catalogue.import.change",
        )

    def test_staff_do_not_use_the_buttons(self):
        version = self.procedure.version_ids.with_user(self.staff)
        procedure = self.procedure.with_user(self.staff)
        for act in (
            version.action_publish,
            version.action_new_version,
            procedure.action_new_version,
            procedure.action_suspend,
            procedure.action_abolish,
        ):
            with self.assertRaises(AccessError):
                act()

    def test_citizens_read_no_drafts(self):
        procedure = self.procedure.with_user(self.citizen)
        version = self.procedure.version_ids.with_user(self.citizen)
        case = version.sudo().case_ids.with_user(self.citizen)
        parts = case.sudo().part_ids.with_user(self.citizen)
        fees = case.sudo().fee_ids.with_user(self.citizen)
        for records in (procedure, version, case, parts, fees):
            with self.assertRaises(AccessError):
                records.read(["display_name"])
        self.procedure.version_ids.action_publish("2025-07-01")
        self.env.invalidate_all()
        for records in (procedure, version, case, parts, fees):
            self.assertTrue(records.read(["display_name"]))

    def test_citizens_read_no_internal_process(self):
        self.procedure.version_ids.action_publish("2025-07-01")
        with self.assertRaises(AccessError):
            self.env["onestop.procedure.step"].with_user(self.citizen).search([])
        with self.assertRaises(AccessError):
            self.procedure.with_user(self.citizen).read(["overview"])


@tagged("post_install", "-at_install")
class TestOverHttp(ProcedureFixture, HttpCase):
    """What a program with a session may do through the web client's own door."""

    def call(self, model, method, *args, **kwargs):
        return self.make_jsonrpc_request(
            f"/web/dataset/call_kw/{model}/{method}",
            {"model": model, "method": method, "args": args, "kwargs": kwargs},
        )

    def assertRefused(self, reason, *args, **kwargs):
        with (
            mute_logger("odoo.http"),
            self.assertRaisesRegex(JsonRpcException, reason),
        ):
            self.call(*args, **kwargs)

    def test_clerk_reads_and_searches_but_does_not_write(self):
        procedure = self.make_procedure()
        procedure.version_ids.action_publish("2025-07-01")
        self.authenticate("t.staff", "t.staff")
        found = self.call("onestop.procedure", "name_search", name="lai giay 9.000001")
        self.assertEqual([number for number, _name in found], procedure.ids)
        denied = "AccessError"
        ids = procedure.ids
        self.assertRefused(
            denied, "onestop.procedure", "write", ids, {"state": "abolished"}
        )
        self.assertRefused(denied, "onestop.procedure", "action_abolish", ids)
        person = self.env["onestop.person"].create({"name": "Citizen"})
        self.assertRefused(denied, "onestop.person", "read", person.ids, ["name"])
        self.assertRefused(
            denied,
            "onestop.membership",
            "create",
            [
                {
                    "user_id": self.staff.id,
                    "department_id": self.justice.id,
                    "role": "head",
                }
            ],
        )

    def test_private_methods_are_not_called(self):
        self.authenticate("t.admin", "t.admin")
        for model, method in (
            ("onestop.demo", "_add_roles"),
            ("onestop.demo", "_load_users"),
            ("onestop.catalogue.loader", "_apply"),
            ("onestop.department.loader", "_apply"),
            ("onestop.procedure.version", "_publish"),
            ("onestop.membership", "_sync_groups"),
        ):
            self.assertRefused("AccessError", model, method, [])

    def test_manager_does_not_change_what_is_published(self):
        procedure = self.make_procedure()
        procedure.version_ids.action_publish("2025-07-01")
        self.authenticate("t.catalogue", "t.catalogue")
        case = procedure.version_ids.case_ids
        self.assertRefused(
            "UserError",
            "onestop.procedure.case",
            "write",
            case.ids,
            {"time_value": 1},
        )
        self.assertRefused(
            "UserError",
            "onestop.procedure.version",
            "unlink",
            procedure.version_ids.ids,
        )
        action = self.call("onestop.procedure", "action_new_version", procedure.ids)
        self.assertEqual(action["res_model"], "onestop.procedure.version")

    def test_role_ended_is_felt_at_the_next_request(self):
        self.authenticate("t.catalogue", "t.catalogue")
        sector = self.call("onestop.sector", "create", [{"name": "Of a test"}])
        self.manager.onestop_membership_ids.action_end()
        self.env.flush_all()
        self.assertRefused(
            "AccessError", "onestop.sector", "write", sector, {"name": "Other"}
        )

    def test_administrator_reading_identity_data_is_noted(self):
        person = self.env["onestop.person"].create(
            {"name": "Một", "identity_number": "089090999002"}
        )
        self.authenticate("t.admin", "t.admin")
        self.call("onestop.person", "read", person.ids, ["identity_number"])
        self.call("onestop.person", "web_read", person.ids, {"tax_code": {}})
        self.call(
            "onestop.person",
            "web_search_read",
            [("id", "=", person.id)],
            {"birth_date": {}},
        )
        self.env.invalidate_all()
        self.assertEqual(person.reading_ids.user_id, self.admin)
        self.assertEqual(len(person.reading_ids), 3)
