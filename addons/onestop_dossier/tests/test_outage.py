# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import base64
import json
import uuid
from datetime import timedelta

from psycopg2.errors import IntegrityError

from odoo.exceptions import AccessError, MissingError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import PDF
from .outage_common import OutageCase, OutageDesk


@tagged("post_install", "-at_install")
class TestOutage(OutageCase):
    """C22: from a block of codes to a dossier with ``source = outage``."""

    # ------------------------------------------------------------
    # Codes
    # ------------------------------------------------------------

    def test_codes_are_reserved_once_and_never_drawn(self):
        first = self.prepare()["blocks"]
        self.assertEqual(len(first[0]["codes"]), 4)
        self.assertEqual(self.prepare()["blocks"], first)
        other = OutageDesk()
        theirs = self.prepare(other)["blocks"]
        mine = {code["code"] for block in first for code in block["codes"]}
        self.assertFalse(mine & {c["code"] for b in theirs for c in b["codes"]})
        self.assertNotIn(self.received().code, mine)

    def test_more_codes_before_they_run_out(self):
        block, codes = self.held()
        for code in codes[:3]:
            # The second and the third are conflicts: their codes are not free.
            self.send(
                block, self.browser.compose(block, code, self.said(), self.moment())
            )
        today = [b for b in self.prepare()["blocks"] if b["day"] == str(block.day)]
        self.assertEqual([len(b["codes"]) for b in today], [1, 4])

    def test_past_blocks_are_spoiled_when_given_back(self):
        block, codes = self.held()
        self.move(block, day=block.day - timedelta(days=1))
        self.assertIn(block.id, [b["id"] for b in self.prepare(synced=False)["blocks"]])
        self.assertNotIn(block.id, [b["id"] for b in self.prepare()["blocks"]])
        self.assertEqual(block.spoiled_count, len(codes))

    def test_switched_off_by_the_centre(self):
        self.company.onestop_outage = False
        answer = self.prepare()
        self.assertEqual((answer["on"], answer["blocks"]), (False, []))

    def test_only_receivers(self):
        for user in ("appraiser", "head", "returner", "citizen"):
            with self.subTest(user=user), self.assertRaises(AccessError):
                self.prepare(user=user)
            with self.subTest(user=user), self.assertRaises(AccessError):
                self.desk(user).outage_snapshot()

    def test_a_key_that_is_none(self):
        # The second one is of an algorithm that nobody knows.
        unknown = base64.b64encode(bytes.fromhex("300b300506032a030403020000")).decode()
        for key in ("AAAA", unknown, None):
            with self.subTest(key=key), self.assertRaisesRegex(UserError, "key"):
                self.desk().outage_prepare(self.browser.name, key)

    # ------------------------------------------------------------
    # Straight
    # ------------------------------------------------------------

    def test_received_with_code_moment_and_source(self):
        block, codes = self.held()
        occurred = self.moment()
        answer = self.send(
            block, self.browser.compose(block, codes[0], self.said(), occurred)
        )
        self.assertEqual((answer["state"], answer["given"]), ("received", codes[0]))
        dossier = self.act_as(
            self.env["onestop.dossier"].browse(answer["dossier_id"]), "receiver"
        )
        self.assertEqual(dossier.code, codes[0])
        self.assertEqual(dossier.received_at, occurred)
        self.assertEqual(set(dossier.event_ids.mapped("source")), {"outage"})
        self.assertEqual(dossier.receiver_id, self.users["receiver"])
        # sudo: the secret printed on the slip
        code = block.sudo().code_ids.filtered(lambda c: c.code == codes[0])
        self.assertEqual((code.state, code.dossier_id), ("used", dossier))
        self.assertEqual(dossier.sudo().slip_secret, code.secret)
        entry = self.entry_of(answer)
        self.assertEqual(entry.resolution, "straight")
        event = next(e for e in dossier._history() if e["kind"] == "receive")
        self.assertEqual(event["data"]["outage"]["hash"], entry.hash)
        # What is deferred to the end of the transaction holds as well.
        self.env.flush_all()
        self.env.cr.execute("SET CONSTRAINTS ALL IMMEDIATE")

    def test_a_new_person_and_his_files_and_fees(self):
        block, codes = self.held()
        fee = self.procedure.version_id.case_ids.fee_ids[0]
        said = self.said(
            person=None,
            paid=[{"id": fee.id, "name": fee.name, "amount": fee.amount}],
            paper_receipt="0000123",
        )
        said["person"] = {
            "new": {"name": "Người Mới", "identity_number": "089090000801"}
        }
        said["parts"][0]["files"] = [{"name": "form.pdf", "sha256": self.sha256(PDF)}]
        answer = self.send(
            block,
            self.browser.compose(block, codes[0], said, self.moment()),
            {self.sha256(PDF): base64.b64encode(PDF).decode()},
        )
        self.assertEqual(answer["state"], "received", answer["conflicts"])
        dossier = self.env["onestop.dossier"].browse(answer["dossier_id"])
        dossier = self.act_as(dossier, "receiver")
        self.assertEqual(dossier.person_id.name, "Người Mới")
        self.assertEqual(dossier.part_ids[0].file_ids.mapped("name"), ["form.pdf"])
        self.assertTrue(any(dossier.fee_ids.mapped("paid_at")))

    def test_whoever_was_online_meanwhile_is_named(self):
        block, codes = self.held()
        occurred = self.env["onestop.dossier"]._moment() - timedelta(minutes=5)
        written = self.browser.compose(block, codes[0], self.said(), occurred)
        self.received(person=self.other_citizen)
        self.assertTrue(self.entry_of(self.send(block, written)).is_online_meanwhile)

    def test_sent_twice_is_one(self):
        block, codes = self.held()
        written = self.browser.compose(block, codes[0], self.said(), self.moment())
        first, again = self.send(block, written), self.send(block, written)
        self.assertEqual(first, again)

    def test_the_snapshot_holds_what_the_desk_needs(self):
        desk = self.desk()
        row = desk.outage_snapshot()
        self.assertEqual(desk.outage_snapshot(row["mark"]), {"mark": row["mark"]})
        shown = desk._snapshot(self.company)
        mine = next(p for p in shown["procedures"] if p["id"] == self.procedure.id)
        [case] = mine["cases"]
        self.assertEqual([p["name"] for p in case["parts"]], ["Form", "Attachment"])
        self.assertEqual(case["fees"][0]["amount"], 20000)
        limit = shown["limits"][case["limit"]]
        self.assertEqual(limit["text"], "5 working days")
        opened = desk.open_case(self.procedure.id)
        self.assertIn(
            opened["due"], [line[2] for day in limit["due"].values() for line in day]
        )
        self.assertIn("TIẾP NHẬN KHI MẤT KẾT NỐI", shown["slip"])
        self.assertNotIn("Citizen 901", json.dumps(shown))

    # ------------------------------------------------------------
    # Attacks
    # ------------------------------------------------------------

    def test_a_code_that_was_not_reserved(self):
        block, _codes = self.held()
        made_up = f"{block.unit}-{block.day:%y%m%d}-9999"
        with self.assertRaisesRegex(UserError, "not reserved"):
            self.send(
                block,
                self.browser.compose(block, made_up, self.said(), self.moment()),
            )

    def test_another_desks_block(self):
        block, codes = self.held()
        written = self.browser.compose(block, codes[0], self.said(), self.moment())
        self.add_role(self.users["cashier"], self.centre, "receiver")
        with self.assertRaises(AccessError):
            self.send(block, written, user="cashier")

    def test_a_callers_defaults_decide_nothing(self):
        """What no desk signed stays a conflict, whatever the context says."""
        block, codes = self.held()
        text, signature = self.browser.compose(
            block, codes[0], self.said(), self.moment()
        )
        desk = self.desk().with_context(
            default_accepted=["altered"], default_state="void", default_reason="x"
        )
        answer = desk.outage_send(block.id, text.replace("Form", "Farm"), signature)
        self.assertEqual(answer["state"], "conflict")
        entry = self.entry_of(answer)
        self.assertFalse(entry.accepted or entry.reason)

    def test_files_are_opened_by_nobody_before_they_are_filed(self):
        """Neither scanner nor content check has seen them; too large, they are left."""
        block, codes = self.held()
        large = b"%PDF-" + b"x" * (self.company.onestop_file_size * 1024 * 1024)
        contents = {self.sha256(raw): raw for raw in (PDF, large)}
        said = self.said()
        said["parts"][0]["files"] = [
            {"name": "a.html", "sha256": sha256} for sha256 in contents
        ]
        text, signature = self.browser.compose(block, codes[0], said, self.moment())
        files = {key: base64.b64encode(raw).decode() for key, raw in contents.items()}
        desk = self.desk().with_context(default_public=True)
        answer = desk.outage_send(block.id, text, signature, files)
        self.assertEqual(self.kinds(answer), {"file"})
        # sudo: what no user can look for
        kept = self.env["ir.attachment"].sudo()
        kept = kept.search(
            [
                ("res_model", "=", "onestop.outage.entry"),
                ("res_id", "=", answer["id"]),
            ]
        )
        self.assertEqual(kept.mapped("raw"), [PDF])
        self.assertFalse(kept.public)
        for name in ("receiver", "director"):
            own = kept.with_user(self.users[name]).sudo(False)
            with self.subTest(user=name):
                with self.assertRaises(AccessError):
                    own.read(["raw"])
                with self.assertRaises(MissingError):
                    own._to_http_stream()

    def test_a_token_with_other_content(self):
        block, codes = self.held()
        token = str(uuid.uuid4())
        for subject, refused in (("As said", False), ("Otherwise", True)):
            written = self.browser.compose(
                block,
                codes[0],
                self.said(subject=subject),
                self.moment(),
                token=token,
            )
            if refused:
                with self.assertRaisesRegex(UserError, "another content"):
                    self.send(block, written)
            else:
                self.send(block, written)

    def test_what_is_no_entry(self):
        block, codes = self.held()
        for text in (
            "no json",
            "[]",
            json.dumps({"token": "x"}),
            None,
            "x" * 300_000,
            json.dumps({"token": str(uuid.uuid4()), "occurred": "2026", "entry": {}}),
        ):
            with self.subTest(text=str(text)[:20]), self.assertRaises(UserError):
                self.desk().outage_send(block.id, text, "", {})

    def test_nobody_writes_them_by_hand(self):
        block, codes = self.held()
        answer = self.send(
            block,
            self.browser.compose(block, codes[0], self.said(), self.moment()),
        )
        entry = self.entry_of(answer)
        for record, values in (
            (entry, {"state": "void"}),
            (block.with_user(self.users["receiver"]), {"closed_at": False}),
            (block.code_ids[1].with_user(self.users["receiver"]), {"state": "used"}),
        ):
            with self.subTest(model=record._name), self.assertRaises(AccessError):
                record.write(values)
        with self.assertRaises(AccessError):
            entry.copy()

    @mute_logger("odoo.sql_db")
    def test_the_database_refuses_what_no_desk_does(self):
        block, codes = self.held()
        answer = self.send(
            block,
            self.browser.compose(block, codes[0], self.said(), self.moment()),
        )
        self.env.flush_all()
        used, dossier_id = codes[0], answer["dossier_id"]
        for sql in (
            f"UPDATE onestop_code_block_code SET state = 'reserved', dossier_id = NULL"
            f" WHERE code = '{used}'",
            f"DELETE FROM onestop_code_block_code WHERE code = '{used}'",
            "UPDATE onestop_code_block SET reserved_at = '2020-01-01'",
            "DELETE FROM onestop_code_block",
            "UPDATE onestop_outage_entry SET payload = '{}'",
            "UPDATE onestop_outage_entry SET occurred_at = now()",
            "UPDATE onestop_outage_entry SET is_signed = NOT is_signed",
            "UPDATE onestop_outage_entry SET user_id = 1",
            "UPDATE onestop_outage_entry SET due_promised_at = now()",
            "UPDATE onestop_outage_entry SET resolution = 'void'",
            "UPDATE onestop_outage_entry SET resolved_by_id = 1",
            "DELETE FROM onestop_outage_entry",
            f"UPDATE onestop_dossier SET code = '{codes[1]}' WHERE id = {dossier_id}",
        ):
            with (
                self.subTest(sql=sql),
                self.assertRaises(IntegrityError),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute("SET CONSTRAINTS ALL IMMEDIATE")
                self.env.cr.execute(sql)

    @mute_logger("odoo.sql_db")
    def test_no_outage_without_a_code_reserved_for_it(self):
        """The source cannot be claimed by whoever writes events some other way."""
        dossier = self.new_dossier()
        moment = self.now() - timedelta(minutes=5)
        self.act_as(dossier, "receiver")._occurred(moment, "outage").action_receive()
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.env.flush_all()
            self.env.cr.execute("SET CONSTRAINTS ALL IMMEDIATE")

    def test_verify_finds_what_was_changed(self):
        block, codes = self.held()
        answer = self.send(
            block, self.browser.compose(block, codes[0], self.said(), self.moment())
        )
        self.env.flush_all()
        events = self.env["onestop.dossier.event"]
        self.assertEqual(events._verify_outages(), (1, []))
        self.env.cr.execute("ALTER TABLE onestop_outage_entry DISABLE TRIGGER USER")
        self.env.cr.execute(
            "UPDATE onestop_outage_entry SET payload = payload || ' ' WHERE id = %s",
            [answer["id"]],
        )
        self.env.cr.execute("ALTER TABLE onestop_outage_entry ENABLE TRIGGER USER")
        _count, [finding] = events._verify_outages()
        self.assertIn("differs from its hash", finding["reason"])
