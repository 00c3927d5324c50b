# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import psycopg2

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import PDF
from .return_common import OWNER, ReturnCase, in_base64

ADDRESS = ("Citizen 901", "12 Main Road, Long Xuyen, An Giang", "0912345678")

PROOF = in_base64(PDF)


@tagged("post_install", "-at_install")
class TestParcel(ReturnCase):
    """A result by post: handed over, delivered with proof, or come back."""

    def send(self, dossier, *address, user="returner", **told):
        return self.act_as(dossier, user).action_send_parcel(
            *(address or ADDRESS), **told
        )

    def deliver(self, dossier, user="returner", proof=PROOF):
        self.act_as(dossier, user).action_record_delivery("Neighbour", None, proof)

    def refused(self, act, message):
        with self.assertRaisesRegex(UserError, message), self.env.cr.savepoint():
            act()

    def test_sent_and_delivered(self):
        """On the way it is not returned yet; with the proof it is."""
        dossier, part = self.dossier_with_originals("ready", result_channel="post")
        self.send(
            dossier, tracking="ev123vn", originals=[{"part": part.id, "count": 2}]
        )
        parcel = dossier.sudo().parcel_ids
        self.assertEqual((parcel.state, parcel.tracking), ("sent", "EV123VN"))
        self.assertEqual(dossier.sudo().state, "ready")
        self.assertFalse(dossier.sudo().original_ids)
        body = self.event(dossier).body
        for hidden in (*ADDRESS[:2], "912345678"):
            self.assertNotIn(hidden, body)
        self.deliver(dossier)
        dossier = dossier.sudo()
        self.assertEqual((dossier.state, parcel.state), ("returned", "delivered"))
        self.assertTrue(dossier.returned_at)
        self.assertEqual(parcel.proof_file_id.kind, "proof")
        data = self.data(dossier)
        self.assertEqual(data["proof"]["sha256"], parcel.proof_file_id.sha256)
        self.assertEqual(data["channel"], "post")
        self.assertEqual(dossier.original_ids.count, 2)

    def test_came_back_and_sent_again(self):
        dossier = self.dossier_in("ready", result_channel="post")
        self.send(dossier)
        self.refused(lambda: self.send(dossier), "in the post")
        self.refused(
            lambda: self.act_as(dossier, "returner").action_return("counter", *OWNER),
            "in the post",
        )
        self.refused(
            lambda: self.act_as(dossier, "returner").action_record_undelivered(""),
            "reason",
        )
        self.act_as(dossier, "returner").action_record_undelivered("Moved away")
        self.assertEqual(dossier.sudo().state, "ready")
        self.assertFalse(dossier.sudo().is_in_post)
        text = dossier.sudo().text_ids.filtered(lambda t: t.body == "Moved away")
        self.assertTrue(text.for_citizen)
        self.send(dossier)
        self.assertEqual(
            dossier.sudo().parcel_ids.sorted("attempt").mapped("attempt"), [1, 2]
        )
        self.deliver(dossier)
        self.refused(lambda: self.deliver(dossier), "No consignment")

    def test_collected_after_it_came_back(self):
        dossier = self.dossier_in("ready", result_channel="post")
        self.send(dossier)
        self.act_as(dossier, "returner").action_record_undelivered("Moved away")
        self.act_as(dossier, "returner").action_return("counter", *OWNER)
        self.assertEqual(dossier.sudo().state, "returned")

    def test_no_proof_no_return(self):
        dossier = self.dossier_in("ready", result_channel="post")
        returner = self.act_as(dossier, "returner")
        self.refused(lambda: returner.action_return("post", *OWNER), "post first")
        self.refused(lambda: self.deliver(dossier), "No consignment")
        self.send(dossier)
        self.refused(lambda: self.deliver(dossier, proof=None), "proof")
        self.refused(lambda: self.deliver(dossier, proof=in_base64(b"x")), "type")

    def test_address_is_checked(self):
        dossier, part = self.dossier_with_originals("ready")
        for wrong, message in (
            (("", *ADDRESS[1:]), "name"),
            ((ADDRESS[0], "Village", ADDRESS[2]), "address"),
            ((*ADDRESS[:2], "12"), "telephone"),
        ):
            self.refused(lambda wrong=wrong: self.send(dossier, *wrong), message)
        self.refused(lambda: self.send(dossier, fee=-1), "postage")
        self.refused(
            lambda: self.send(dossier, originals=[{"part": part.id, "count": 3}]),
            "fewer originals",
        )

    def test_post_list(self):
        """Slips and labels scanned one after the other; all or none."""
        first = self.dossier_in("ready", result_channel="post")
        second = self.dossier_in("ready", result_channel="post")
        self.citizen.write({"street": ADDRESS[1], "phone": "+84912345678"})
        form = Form(
            self.env["onestop.parcel.batch"]
            .with_user(self.users["returner"])
            .with_company(self.company)
        )
        form.scan = "EV1"
        self.assertIn("slip", form.said)
        for code in (first.code, f"https://x.example/track?code={second.code}"):
            form.scan = code
        form.scan = first.code
        self.assertIn("already", form.said)
        form.scan = "ev2vn"
        batch = form.save()
        self.assertEqual(batch.line_ids.mapped("tracking"), [False, "EV2VN"])
        self.assertEqual(batch.line_ids[0].recipient, "Citizen 901")
        batch.line_ids[1].phone = "1"
        self.refused(batch.action_hand_over, second.code)
        self.assertFalse(first.sudo().parcel_ids)
        batch.line_ids[1].phone = "0912345678"
        action = batch.action_hand_over()
        self.assertEqual(action["report_type"], "onestop-pdf")
        post_list = first.sudo().parcel_ids.list_id
        self.assertEqual(post_list.parcel_ids.dossier_id, first | second)
        self.assertEqual(post_list.carrier, self.company.onestop_carrier)
        reports = self.env["ir.actions.report"].with_user(self.users["returner"])
        html = reports._render_onestop_html(
            self.env.ref("onestop_dossier.parcel_list_report"), post_list.id, {}
        )
        for shown in (first.code, second.code, "EV2VN", post_list.number):
            self.assertIn(shown, html)

    def test_rows_are_fixed_in_the_database(self):
        dossier = self.dossier_in("ready")
        self.send(dossier, tracking="EV3VN")
        self.deliver(dossier)
        self.env.flush_all()
        parcel = dossier.sudo().parcel_ids
        for attack in (
            "UPDATE onestop_parcel SET state = 'sent' WHERE id = %s",
            "UPDATE onestop_parcel SET tracking = 'X' WHERE id = %s",
            "UPDATE onestop_parcel SET address = 'Elsewhere' WHERE id = %s",
            "DELETE FROM onestop_parcel WHERE id = %s",
        ):
            with (
                self.subTest(attack=attack),
                mute_logger("odoo.sql_db"),
                self.assertRaises(psycopg2.IntegrityError),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(attack, [parcel.id])
        mine = parcel.with_user(self.users["returner"])
        for attempt in (lambda: mine.write({"state": "sent"}), mine.unlink):
            with self.assertRaises(AccessError):
                attempt()

    def test_access_twin(self):
        dossier = self.dossier_in("ready")
        others = ("receiver", "cashier", "appraiser", "head", "director")
        for user in (*others, "stranger", "citizen"):
            with self.subTest(user=user), self.assertRaises(AccessError):
                self.send(dossier, user=user)
        self.send(dossier)
        parcels = self.env["onestop.parcel"]
        lists = self.env["onestop.parcel.list"]
        line = dict(zip(("recipient", "address", "phone"), ADDRESS, strict=True))
        for user in (*others, "stranger", "citizen"):
            with self.subTest(user=user), self.assertRaises(AccessError):
                self.deliver(dossier, user=user)
            with self.subTest(user=user), self.assertRaises(AccessError):
                self.act_as(dossier, user).action_record_undelivered("Lost")
            with self.subTest(user=user), self.assertRaises(AccessError):
                lists.with_user(self.users[user]).hand_over(
                    [{"dossier_id": dossier.id, **line}]
                )
        for user in ("head", "stranger_head"):
            found = parcels.with_user(self.users[user]).search([])
            self.assertFalse(found, "the address is not for agencies")
