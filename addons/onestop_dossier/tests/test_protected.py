# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from ..ledger.columns import AFTER, SEALED
from ..models.ledger.dossier import PROTECTED
from .common import PDF, DossierCase


@tagged("post_install", "-at_install")
class TestProtected(DossierCase):
    """What follows from acts is refused to everybody, administrator included."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users["admin"] = new_test_user(
            cls.env,
            login="t.admin",
            # Even with every role's rights: it is no question of access rights.
            groups="base.group_system,onestop_dossier.group_receiver",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )
        cls.add_role(cls.users["admin"], cls.centre, "receiver")

    def some(self, name):
        """A value of the right type for a field."""
        return {
            "boolean": True,
            "char": "X",
            "integer": 7,
            "selection": "ready",
            "datetime": "2026-01-05 02:00:00",
            "many2one": 1,
            "many2many": [Command.link(self.justice.id)],
            "one2many": [Command.clear()],
        }[self.env["onestop.dossier"]._fields[name].type]

    def values(self, **more):
        return {
            "procedure_id": self.procedure.id,
            "person_id": self.citizen.id,
            "company_id": self.company.id,
            **more,
        }

    def dossiers_of(self, who):
        if who == "superuser":
            return self.env["onestop.dossier"].sudo()
        return self.env["onestop.dossier"].with_user(self.users[who])

    def test_all_that_the_ledger_holds_is_protected(self):
        """Each column of the trigger is protected, or fixed when handed in."""
        self.assertLessEqual(set(AFTER) - SEALED, PROTECTED)
        self.assertLessEqual({"head_sequence", "head_hash"}, PROTECTED)

    def test_write(self):
        dossier = self.dossier_in("processing")
        for who in ("receiver", "admin", "superuser"):
            for name in sorted(PROTECTED):
                with self.subTest(who=who, field=name), self.assertRaises(AccessError):
                    self.dossiers_of(who).browse(dossier.id).write(
                        {name: self.some(name)}
                    )

    def test_create(self):
        for who in ("receiver", "admin", "superuser"):
            for name in sorted(PROTECTED):
                with self.subTest(who=who, field=name), self.assertRaises(AccessError):
                    self.dossiers_of(who).create(self.values(**{name: self.some(name)}))

    def test_default_in_the_context(self):
        for who in ("receiver", "admin", "superuser"):
            for name in sorted(PROTECTED):
                with self.subTest(who=who, field=name), self.assertRaises(AccessError):
                    self.dossiers_of(who).with_context(
                        **{f"default_{name}": self.some(name)}
                    ).create(self.values())

    def test_default_set_by_an_administrator(self):
        """A default of ir.default does not reach a protected column either."""
        self.env["ir.default"].set("onestop.dossier", "state", "ready")
        self.env["ir.default"].set("onestop.dossier", "code", "H01-1")
        dossier = self.new_dossier().sudo()
        self.env.flush_all()
        self.env.cr.execute("SET CONSTRAINTS ALL IMMEDIATE")
        self.assertEqual((dossier.state, dossier.code), ("draft", False))

    def test_context_of_an_act(self):
        """What the acts put into the context cannot be said by a caller."""
        dossier = self.dossier_in("processing")
        for said in (True, "object", {}, [], 1):
            forged = (
                self.dossiers_of("admin")
                .browse(dossier.id)
                .with_context(onestop_act=said)
            )
            with self.subTest(said=said), self.assertRaises(AccessError):
                forged.write({"state": "ready"})
        moment = "2020-01-01 00:00:00"
        for said in ("x", [1], [True, moment, "demo"], {"a": 1}, 7):
            receiver = self.dossiers_of("receiver").with_context(onestop_occurred=said)
            with self.subTest(occurred=said):
                made = receiver.create(self.values())
                event = made.sudo().event_ids
                self.assertEqual(event.source, "live")
                self.assertEqual(event.occurred_at, event.recorded_at)

    def test_defaults_do_not_reach_what_acts_make(self):
        """A default_* of the caller makes no paid fee, no tick, no public file."""
        procedure = self.make_procedure(
            "9.000003",
            self.justice,
            fee_ids=[Command.create({"name": "Charge", "amount": 20000})],
        )
        sly = {
            "default_paid_at": "2026-01-05 02:00:00",
            "default_received": True,
            "default_finding": "ok",
            "default_public": True,
            "default_access_token": "known",
            "default_erased_decision_id": 1,
            "default_event_id": 1,
            "default_for_citizen": True,
        }
        dossier = (
            self.dossiers_of("receiver")
            .with_context(**sly)
            .create(self.values(procedure_id=procedure.id))
        )
        self.assertFalse(dossier.fee_ids.paid_at)
        self.assertEqual(dossier.part_ids.mapped("received"), [False, False])
        dossier.part_ids.write({"received": True, "finding": "ok"})
        self.do_receive(dossier)
        self.do_forward(dossier)
        appraiser = self.act_as(dossier, "appraiser").with_context(**sly)
        file = appraiser._attach("sheet.pdf", PDF, "sheet").sudo()
        self.assertFalse(file.attachment_id.public)
        self.assertFalse(file.attachment_id.access_token)
        appraiser.action_forward("In order")
        text = dossier.sudo().text_ids
        self.assertFalse(text.for_citizen)
        self.assertFalse(text.erased_decision_id)
        self.assertEqual(text.event_id.kind, "forward")

    def test_copy(self):
        """A copy is a new draft; nothing of the acts comes along."""
        dossier = self.dossier_in("returned")
        copy = self.dossiers_of("receiver").browse(dossier.id).copy().sudo()
        self.assertEqual((copy.state, copy.code, copy.outcome), ("draft", False, False))
        self.assertEqual(copy.event_ids.mapped("kind"), ["create"])
        self.assertNotEqual(copy.slip_secret, dossier.sudo().slip_secret)
        self.assertFalse(copy.file_ids)
        for name in sorted(PROTECTED):
            with self.subTest(field=name), self.assertRaises(AccessError):
                self.dossiers_of("admin").browse(dossier.id).copy(
                    {name: self.some(name)}
                )

    @mute_logger("odoo.addons.base.models.ir_model")
    def test_import(self):
        dossier = self.dossier_in("processing")
        admin = self.dossiers_of("admin").with_context(import_file=True)
        for names, row in (
            ([".id", "state"], [str(dossier.id), "ready"]),
            ([".id", "due_at"], [str(dossier.id), "2036-01-05 02:00:00"]),
            (["procedure_id/.id", "person_id/.id", "state"], ["1", "1", "ready"]),
        ):
            with self.subTest(names=names):
                result = admin.load(names, [row])
                self.assertFalse(result["ids"])
                self.assertTrue(result["messages"])
        self.env.invalidate_all()
        self.assertEqual(dossier.state, "processing")

    def test_onchange_changes_nothing(self):
        dossier = self.dossier_in("processing")
        admin = self.dossiers_of("admin").browse(dossier.id)
        spec = dict.fromkeys(("state", "due_at", "case_id", "procedure_id"), {})
        admin.onchange({"state": "ready"}, ["state"], spec)
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(dossier.state, "processing")

    def test_commands_on_lines(self):
        """Events, files, fees and parts cannot be written through the dossier."""
        dossier = self.dossier_in("processing")
        admin = self.dossiers_of("admin").browse(dossier.id)
        for name in ("event_ids", "text_ids", "file_ids", "fee_ids", "part_ids"):
            lines = admin.sudo()[name]
            commands = [[Command.create({})], [Command.clear()]]
            commands += [[Command.delete(lines[:1].id)]] if lines else []
            for command in commands:
                with self.subTest(field=name, command=command):
                    if command == [Command.clear()] and not lines:
                        continue
                    with self.assertRaises(UserError), self.env.cr.savepoint():
                        admin.write({name: command})

    def test_name_create(self):
        with self.assertRaises(AccessError):
            self.dossiers_of("admin").name_create("K99.02-260105-0001")

    def test_content_is_fixed_when_handed_in(self):
        dossier = self.dossier_in("submitted")
        values = {
            "procedure_id": self.procedure.id,
            "case_id": self.procedure.version_id.case_ids.id,
            "person_id": self.other_citizen.id,
            "submitter_id": self.other_citizen.id,
            "channel": "post",
            "company_id": self.env.company.id,
            "copies": 3,
            "result_channel": "post",
            "area": "remote",
            "helped_department_id": self.health.id,
        }
        self.assertEqual(set(values) | {"rule_set"}, SEALED)
        for who in ("receiver", "admin", "superuser"):
            for name, value in values.items():
                with self.subTest(who=who, field=name), self.assertRaises(UserError):
                    self.dossiers_of(who).browse(dossier.id).write({name: value})

    def test_a_draft_stays_at_its_centre(self):
        """Or its code would be drawn under another Centre's number."""
        dossier = self.new_dossier()
        with self.assertRaises(UserError):
            dossier.company_id = self.env["res.company"].create({"name": "Elsewhere"})

    def test_only_a_receiver_of_the_centre_opens_a_dossier(self):
        elsewhere = self.env["res.company"].create({"name": "Elsewhere"})
        self.users["receiver"].company_ids += elsewhere
        with self.assertRaises(AccessError):
            self.dossiers_of("receiver").create(self.values(company_id=elsewhere.id))
        for who in ("appraiser", "head", "cashier", "citizen"):
            with self.subTest(who=who), self.assertRaises(AccessError):
                self.dossiers_of(who).create(self.values())

    def test_nothing_is_deleted(self):
        dossier = self.dossier_in("returned").sudo()
        for who in ("receiver", "head", "admin"):
            for records in (
                dossier,
                dossier.event_ids,
                dossier.text_ids,
                dossier.part_ids,
                dossier.file_ids,
                dossier.file_ids.attachment_id,
                self.citizen,
            ):
                with self.subTest(who=who, model=records._name):
                    with self.assertRaises(UserError):
                        records.with_user(self.users[who]).unlink()
        with self.assertRaises(UserError):
            dossier.unlink()
        with self.assertRaises(UserError):
            dossier.file_ids.attachment_id.unlink()

    def test_a_file_is_not_changed(self):
        dossier = self.dossier_in("ready").sudo()
        attachment = dossier.file_ids.attachment_id
        for name, value in {
            "raw": b"other",
            "datas": b"b3RoZXI=",
            "public": True,
            "res_model": "res.partner",
            "res_id": 1,
            "type": "url",
            "url": "https://example.org",
            "access_token": "known",
        }.items():
            with self.subTest(field=name), self.assertRaises(AccessError):
                attachment.write({name: value})

    def test_events_and_texts_are_not_made_by_hand(self):
        dossier = self.dossier_in("processing").sudo()
        event = dossier.event_ids[-1]
        for who in ("receiver", "head", "admin"):
            user = self.users[who]
            with self.subTest(who=who):
                with self.assertRaises(AccessError):
                    self.env["onestop.dossier.event"].with_user(user).create(
                        {
                            "dossier_id": dossier.id,
                            "sequence": 9,
                            "kind": "approve",
                            "actor_id": user.id,
                            "state_to": "approved",
                            "occurred_at": fields.Datetime.now(),
                            "recorded_at": fields.Datetime.now(),
                            "source": "live",
                            "body": "{}",
                            "previous_hash": "0",
                            "hash": "0",
                        }
                    )
                with self.assertRaises(AccessError):
                    event.with_user(user).write({"kind": "approve"})
                with self.assertRaises(AccessError):
                    self.env["onestop.dossier.text"].with_user(user).create(
                        {"dossier_id": dossier.id, "kind": "note", "body": "x"}
                    )

    def test_export_of_identity_is_logged(self):
        dossier = self.dossier_in("processing")
        receiver = self.dossiers_of("receiver").browse(dossier.id)
        readings = self.env["onestop.person.reading"].search_count
        mine = [
            ("person_id", "=", self.citizen.id),
            ("user_id", "=", self.users["receiver"].id),
        ]
        self.users["receiver"].group_ids += self.env.ref("base.group_allow_export")
        person = self.citizen.with_user(self.users["receiver"])
        before = readings(mine)
        person.export_data(["name", "identity_number"])
        self.assertEqual(readings(mine), before + 1)
        # Through the dossier as well.
        receiver.export_data(["code", "person_id/identity_number"])
        self.assertEqual(readings(mine), before + 2)
        person.export_data(["name"])
        self.assertEqual(readings(mine), before + 2)
