# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo.fields import Command
from odoo.tests import HttpCase, JsonRpcException, new_test_user, tagged
from odoo.tools import mute_logger

from .common import PDF, DossierData

# The fields of a dossier that its owner reads, of those that this room defines.
CITIZEN_READS = """
    amount_due amount_paid currency_id receipt_ids refund_ids
    area case_id channel citizen_due_at code company_id copies create_date create_uid
    department_id tracking_code
    display_name due_at appointment_at fee_ids file_ids finished_at id is_late outcome
    part_ids person_id portal_state procedure_id received_at result_channel returned_at
    state subject submitted_at submitter_id support_department_id time_left timeliness
    version_id write_date write_uid
"""
# Whom a dossier received at the Centre for the Department of Justice concerns.
INVOLVED = """
    receiver returner cashier appraiser records approver deputy head
""".split()
OUTSIDE = "stranger stranger_head nobody admin other".split()
# What hangs on a dossier.
LINES = {
    "onestop.dossier.event": "event_ids",
    "onestop.dossier.text": "text_ids",
    "onestop.dossier.part": "part_ids",
    "onestop.dossier.fee": "fee_ids",
    "onestop.dossier.file": "file_ids",
}


@tagged("post_install", "-at_install")
class TestAccessRpc(DossierData, HttpCase):
    """Each role over the web client's RPC: agencies see their own (design §5.6)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_data()
        for name, groups in (
            ("nobody", "base.group_user"),
            ("admin", "base.group_system"),
        ):
            cls.users[name] = new_test_user(
                cls.env,
                login=f"t.{name}",
                password=f"t.{name}.secret",
                groups=groups,
                company_id=cls.company.id,
                company_ids=[Command.set(cls.company.ids)],
            )
        cls.procedure = cls.make_procedure(
            "9.000005",
            cls.justice,
            fee_ids=[Command.create({"name": "Charge", "amount": 20000})],
        )

    def setUp(self):
        super().setUp()
        self.dossier = self.dossier_in("processing").sudo()
        part = self.dossier.part_ids[0]
        files = self.env["onestop.dossier.file"]
        self.handed_in = files._store(self.dossier, "form.pdf", PDF, part=part)
        self.act_as(self.dossier, "appraiser")._attach("sheet.pdf", PDF, "sheet")
        self.sheet = self.dossier.file_ids - self.handed_in
        self.do_appraise(self.dossier)
        self.env.flush_all()

    def log_in(self, name):
        self.authenticate(f"t.{name}", f"t.{name}.secret")

    def call(self, model, method, *args, **kwargs):
        return self.make_jsonrpc_request(
            f"/web/dataset/call_kw/{model}/{method}",
            {"model": model, "method": method, "args": args, "kwargs": kwargs},
        )

    @mute_logger("odoo.http")
    def refused(self, model, method, *args, error="AccessError", **kwargs):
        with self.assertRaises(JsonRpcException) as caught:
            self.call(model, method, *args, **kwargs)
        self.assertIn(error, str(caught.exception))

    # ------------------------------------------------------------
    # Dossiers and what hangs on them
    # ------------------------------------------------------------

    def test_agencies_see_their_own(self):
        for name in INVOLVED:
            self.log_in(name)
            with self.subTest(user=name):
                found = self.call("onestop.dossier", "search_read", [], ["code"])
                self.assertIn(self.dossier.id, [row["id"] for row in found])
                for model, field in LINES.items():
                    rows = self.call(
                        model, "search_read", [["dossier_id", "=", self.dossier.id]]
                    )
                    self.assertEqual(
                        {row["id"] for row in rows}, set(self.dossier[field].ids), model
                    )

    def test_nobody_else_sees_anything(self):
        for name in OUTSIDE:
            self.log_in(name)
            with self.subTest(user=name):
                self.assert_nothing("onestop.dossier", self.dossier.ids)
                for model, field in LINES.items():
                    self.assert_nothing(model, self.dossier[field].ids)

    @mute_logger("odoo.http")
    def assert_nothing(self, model, ids):
        """Neither a list, nor a count, nor a group, nor a record by its id."""
        self.assertTrue(ids)
        for method, args in (
            ("search_read", [[["id", "in", ids]], ["id"]]),
            ("search_count", [[["id", "in", ids]]]),
            ("formatted_read_group", [[["id", "in", ids]], ["create_uid"]]),
            ("name_search", ["", [["id", "in", ids]]]),
        ):
            if model.endswith("event") and method == "formatted_read_group":
                args[1] = ["kind"]
            try:
                self.assertFalse(self.call(model, method, *args), (model, method))
            except JsonRpcException as error:
                self.assertIn("AccessError", str(error))
        self.refused(model, "read", ids, ["id", "display_name"])
        self.refused(model, "web_read", ids, {"id": {}, "display_name": {}})
        self.refused(model, "export_data", ids, ["display_name"], error="Error")

    def test_an_agency_of_a_step_sees_the_dossier(self):
        """The agency that is consulted is involved from reception on."""
        procedure = self.make_procedure(
            "9.000006", self.justice, ("receive", "appraise", "approve", "return")
        )
        procedure.version_ids.action_new_version()
        draft = procedure.version_ids.filtered(lambda v: v.state == "draft")
        draft.case_ids.step_ids[1].department_id = self.health
        self.env.flush_all()
        draft.action_publish(valid_from="2021-01-01")
        dossier = self.dossier_in("processing", procedure_id=procedure.id)
        self.log_in("stranger")
        found = self.call("onestop.dossier", "search_read", [], ["code"])
        self.assertEqual([row["id"] for row in found], dossier.ids)
        # And it is its appraiser who forwards it, not that of the competent agency.
        self.log_in("appraiser")
        self.refused("onestop.dossier", "action_forward", dossier.ids, "In order")
        self.log_in("stranger")
        self.call("onestop.dossier", "action_forward", dossier.ids, "In order")
        self.assertEqual(dossier.state, "approving")

    # ------------------------------------------------------------
    # Citizens
    # ------------------------------------------------------------

    def test_citizen_field_by_field(self):
        model = self.env["onestop.dossier"]
        own = {n for n, f in model._fields.items() if f._module == "onestop_dossier"}
        reads = set(CITIZEN_READS.split())
        self.log_in("citizen")
        for name in sorted(own):
            with self.subTest(field=name):
                if name in reads:
                    self.call("onestop.dossier", "read", self.dossier.ids, [name])
                else:
                    self.refused("onestop.dossier", "read", self.dossier.ids, [name])
                    if model._fields[name].store:
                        self.refused(
                            "onestop.dossier", "search_count", [[name, "!=", False]]
                        )

    def test_citizen_sees_his_parts_without_the_findings(self):
        self.log_in("citizen")
        part = self.dossier.part_ids[0]
        self.call("onestop.dossier.part", "read", part.ids, ["name", "received"])
        for name in ("finding", "note"):
            self.refused("onestop.dossier.part", "read", part.ids, [name])

    def test_citizen_sees_neither_events_nor_texts(self):
        self.log_in("citizen")
        for model in ("onestop.dossier.event", "onestop.dossier.text"):
            self.refused(model, "search_read", [])

    def test_citizen_sees_what_he_handed_in(self):
        self.log_in("citizen")
        found = self.call("onestop.dossier.file", "search_read", [], ["name"])
        self.assertEqual([row["id"] for row in found], self.handed_in.ids)
        self.refused("onestop.dossier.file", "read", self.sheet.ids, ["name"])

    def test_citizen_sees_the_result_when_it_is_issued(self):
        self.do_approve(self.dossier)
        self.act_as(self.dossier, "records")._attach("result.pdf", PDF, "result")
        self.env.flush_all()
        self.log_in("citizen")
        domain = [["kind", "=", "result"]]
        self.assertFalse(self.call("onestop.dossier.file", "search_count", domain))
        self.act_as(self.dossier, "records").action_issue()
        self.assertTrue(self.call("onestop.dossier.file", "search_count", domain))

    def test_citizen_writes_nothing(self):
        self.log_in("citizen")
        self.refused("onestop.dossier", "write", self.dossier.ids, {"subject": "X"})
        self.refused("onestop.dossier", "copy", self.dossier.ids)
        self.refused("onestop.dossier", "unlink", self.dossier.ids)
        self.refused(
            "onestop.dossier",
            "create",
            {"procedure_id": self.procedure.id, "person_id": self.citizen.id},
        )
        for model, field in LINES.items():
            ids = self.dossier[field].ids
            with self.subTest(model=model):
                self.refused(model, "write", ids, {"dossier_id": self.dossier.id})
                self.refused(model, "unlink", ids)
                self.refused(model, "create", {"dossier_id": self.dossier.id})

    def test_other_citizen_cannot_act(self):
        self.log_in("other")
        for act, args in (
            ("action_request_withdrawal", ["mine"]),
            ("action_submit", []),
            ("action_forward", ["x"]),
            ("action_attach", ["x.pdf", "JVBERi0=", "result"]),
        ):
            with self.subTest(act=act):
                self.refused("onestop.dossier", act, self.dossier.ids, *args)

    # ------------------------------------------------------------
    # Files by the address of their attachment
    # ------------------------------------------------------------

    def test_attachments_by_id(self):
        # Citizens get theirs from the portal, which asks for the file, not for this.
        for file in self.handed_in | self.sheet:
            attachment = file.attachment_id
            for name in (*INVOLVED, *OUTSIDE, "citizen"):
                self.log_in(name)
                with self.subTest(kind=file.kind, user=name), mute_logger("odoo.http"):
                    answer = self.url_open(f"/web/content/{attachment.id}")
                    shown = answer.status_code == 200 and answer.content == PDF
                    self.assertEqual(shown, name in INVOLVED, answer.status_code)
            self.logout()
            answer = self.url_open(f"/web/content/{attachment.id}")
            self.assertNotEqual(answer.content, PDF)

    def test_an_attachment_is_not_attached_to_a_foreign_file(self):
        """Nor does an attachment of the user's own open somebody else's file."""
        for name in ("stranger", "nobody", "citizen"):
            self.log_in(name)
            with self.subTest(user=name):
                self.refused(
                    "ir.attachment",
                    "create",
                    {
                        "name": "x",
                        "raw": "x",
                        "res_model": "onestop.dossier.file",
                        "res_id": self.handed_in.id,
                    },
                )
                self.refused(
                    "ir.attachment",
                    "write",
                    self.handed_in.attachment_id.ids,
                    {"name": "x"},
                )

    # ------------------------------------------------------------
    # Identity
    # ------------------------------------------------------------

    def test_identity_of_a_person(self):
        """Receivers find everybody, an agency those who have a dossier there."""
        everybody = self.citizen | self.other_citizen
        sees = dict.fromkeys(
            ("returner", "cashier", "appraiser", "records", "deputy", "head"),
            self.citizen,
        )
        sees |= {
            "receiver": everybody,
            "citizen": self.citizen,
            "other": self.other_citizen,
            "stranger": everybody.browse(),
            "stranger_head": everybody.browse(),
        }
        domain = [["id", "in", everybody.ids]]
        readings = self.env["onestop.person.reading"]
        for name, persons in sees.items():
            self.log_in(name)
            with self.subTest(user=name):
                rows = self.call(
                    "onestop.person", "search_read", domain, ["identity_number"]
                )
                self.assertEqual({row["id"] for row in rows}, set(persons.ids))
                logged = readings.search([("user_id", "=", self.users[name].id)])
                self.assertEqual(logged.person_id, persons)
                hidden = everybody - persons
                if hidden:
                    self.refused(
                        "onestop.person", "read", hidden.ids, ["identity_number"]
                    )
        self.log_in("nobody")
        self.refused("onestop.person", "search_read", domain, ["name"])

    def test_identity_is_not_found_by_asking(self):
        """No search on a number tells whether somebody has a dossier elsewhere."""
        self.log_in("stranger")
        domain = [["identity_number", "=like", "089%"]]
        self.assertEqual(self.call("onestop.person", "search_count", domain), 0)
        domain = [["person_id.identity_number", "=like", "089%"]]
        self.assertEqual(self.call("onestop.dossier", "search_count", domain), 0)

    # ------------------------------------------------------------
    # Private methods
    # ------------------------------------------------------------

    def test_private_methods(self):
        self.log_in("head")
        for method in (
            "_do_approve",
            "_apply",
            "_write_protected",
            "_append_event",
            "_occurred",
            "_attach",
            "_touch",
            "init",
        ):
            with self.subTest(method=method):
                self.refused("onestop.dossier", method, self.dossier.ids)
        for method in ("_append", "_verify_ledgers", "init"):
            with self.subTest(method=method):
                self.refused("onestop.dossier.event", method)
        self.refused("onestop.dossier.counter", "_draw", "K99.02", "2026-01-05")

    # ------------------------------------------------------------
    # Legal acts
    # ------------------------------------------------------------

    def test_a_legal_act_asks_for_the_password(self):
        self.log_in("head")
        [row] = self.call(
            "onestop.dossier", "read", self.dossier.ids, ["approval_digest"]
        )
        seen = row["approval_digest"]
        dialog = self.call(
            "onestop.dossier", "action_approve", self.dossier.ids, seen=seen
        )
        self.assertEqual(dialog["res_model"], "res.users.identitycheck")
        self.assertEqual(self.dossier.state, "approving")
        for password in ("wrong", "", None, False):
            with self.subTest(password=password):
                self.refused(
                    "res.users.identitycheck",
                    "run_check",
                    [dialog["res_id"]],
                    error="UserError",
                    context={"password": password},
                )
                self.assertEqual(self.dossier.state, "approving")
        self.call(
            "res.users.identitycheck",
            "run_check",
            [dialog["res_id"]],
            context={"password": "t.head.secret"},
        )
        self.assertEqual(self.dossier.state, "approved")

    def test_the_dialog_of_one_is_not_the_others(self):
        """A dialog opened by the head is of no use to his deputy."""
        self.log_in("head")
        dialog = self.call(
            "onestop.dossier",
            "action_approve",
            self.dossier.ids,
            seen=self.dossier.approval_digest,
        )
        self.log_in("deputy")
        with mute_logger("odoo.http"), self.assertRaises(JsonRpcException):
            self.call(
                "res.users.identitycheck",
                "run_check",
                [dialog["res_id"]],
                context={"password": "t.deputy.secret"},
            )
        self.assertEqual(self.dossier.state, "approving")
