# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import psycopg2

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .return_common import CARD, OTHER, OWNER, ReturnCase, in_base64, power, signature


@tagged("post_install", "-at_install")
class TestReturn(ReturnCase):
    """Who receives, against which paper, and what goes over the counter."""

    def refused(self, dossier, *receiver, message=None, user="returner", **told):
        before = self.event(dossier)
        with self.assertRaises(UserError) as caught, self.env.cr.savepoint():
            self.act_as(dossier, user).action_return("counter", *receiver, **told)
        if message:
            self.assertIn(message, str(caught.exception))
        self.assertEqual(self.event(dossier), before)

    def give(self, dossier, *receiver, **told):
        self.act_as(dossier, "returner").action_return("counter", *receiver, **told)

    # ------------------------------------------------------------
    # Receiver
    # ------------------------------------------------------------

    def test_owner_with_his_card(self):
        dossier = self.dossier_in("ready")
        self.give(dossier, "", CARD, phone="0912345678")
        self.assertEqual(dossier.sudo().state, "returned")
        told = self.told(dossier, "returner")
        self.assertEqual(told["identity"], "089090000901")
        self.assertEqual(told["receiver"], "CITIZEN 901")
        body = self.event(dossier).body
        for hidden in ("089090000901", "CITIZEN", "0912345678"):
            self.assertNotIn(hidden, body)
        self.assertEqual(self.data(dossier)["receiver"], "owner")
        self.assertFalse(self.data(dossier)["authorised"])

    def test_identity_is_for_the_centre(self):
        """An agency reads who received, not his number."""
        dossier = self.dossier_in("ready")
        self.give(dossier, *OWNER, phone="0912345678")
        told = self.told(dossier, "appraiser")
        self.assertEqual(told, {"receiver": "Citizen 901"})

    def test_submitter_receives_without_more(self):
        dossier = self.dossier_in("ready", submitter_id=self.other_citizen.id)
        self.give(dossier, *OTHER)
        self.assertEqual(self.data(dossier)["receiver"], "submitter")

    def test_no_paper_no_result(self):
        dossier = self.dossier_in("ready")
        self.refused(dossier, "Citizen 901", message="identity card")
        self.company.onestop_identity_at_return = False
        self.give(dossier, "Citizen 901")

    def test_numbers_that_are_none(self):
        dossier = self.dossier_in("ready")
        for number in ("089090", "999090000901", "x", "089|090|x"):
            with self.subTest(number=number):
                self.refused(dossier, "Citizen 901", number)

    def test_right_name_wrong_number(self):
        """The number decides: a namesake is somebody else."""
        dossier = self.dossier_in("ready")
        self.refused(dossier, "Citizen 901", "089090000907", message="neither owner")

    def test_somebody_else_needs_an_authorisation(self):
        dossier = self.dossier_in("ready")
        self.refused(dossier, *OTHER, message="authorisation")
        self.refused(dossier, *OTHER, True, message="authorisation")
        for wrong in (
            power(kind="none"),
            power(number=""),
            power(on=None),
            power(on="2099-01-01"),
            power(on="soon"),
            power(file=None),
            power(file={"name": "x.pdf", "content": in_base64(b"no document")}),
            power(file={"name": "x.pdf", "content": "§"}),
        ):
            with self.subTest(wrong=wrong):
                self.refused(dossier, *OTHER, True, authority=wrong)
        self.give(dossier, *OTHER, authority=power())
        data = self.data(dossier)
        file = dossier.sudo().file_ids.browse(data["authority"]["file"])
        self.assertEqual(file.kind, "authorisation")
        self.assertEqual(data["authority"]["sha256"], file.sha256)
        self.assertTrue(data["authorised"])
        self.assertIn("12/UQ", self.told(dossier, "returner")["authority"])
        self.assertNotIn("12/UQ", self.event(dossier).body)

    def test_organisation_sends_a_representative(self):
        business = self.env["onestop.person"].create(
            {"name": "Company A", "kind": "business", "tax_code": "0100109106"}
        )
        dossier = self.dossier_in("ready", person_id=business.id)
        self.refused(dossier, *OTHER, message="authorisation")
        self.give(dossier, *OTHER, authority=power(kind="introduction"))
        self.assertEqual(self.data(dossier)["receiver"], "representative")

    def test_lost_slip_is_stated_and_signed(self):
        dossier = self.dossier_in("ready")
        self.refused(dossier, *OWNER, slip_lost=True, message="signs the statement")
        self.give(dossier, *OWNER, slip_lost=True, signature=signature())
        self.assertTrue(self.data(dossier)["slip_lost"])

    def test_access_twin(self):
        """The same call by whoever has no role for it, and on a foreign dossier."""
        dossier = self.dossier_in("ready")
        for user in ("receiver", "cashier", "appraiser", "head", "director"):
            with self.subTest(user=user), self.assertRaises(AccessError):
                self.act_as(dossier, user).action_return("counter", *OWNER)
        for user in ("stranger", "citizen", "other"):
            with self.subTest(user=user), self.assertRaises(AccessError):
                self.act_as(dossier, user).action_return("counter", *OWNER)
        self.assertEqual(dossier.sudo().state, "ready")

    # ------------------------------------------------------------
    # Signature
    # ------------------------------------------------------------

    def test_signature_is_kept(self):
        dossier = self.dossier_in("ready")
        self.refused(dossier, *OWNER, signature=f"x,{in_base64(b'no picture')}")
        self.give(dossier, *OWNER, signature=signature())
        said = self.data(dossier)["signature"]
        file = dossier.sudo().file_ids.browse(said["file"])
        self.assertEqual((file.kind, file.mimetype), ("signature", "image/png"))
        self.assertEqual(said["sha256"], file.sha256)
        values = self.act_as(dossier, "returner")._return_values()
        self.assertEqual(values["signature"], file)
        appraiser = self.act_as(dossier, "appraiser")
        self.assertFalse(appraiser._return_values()["signature"])
        self.assertNotIn(file.id, appraiser.env["onestop.dossier.file"].search([]).ids)
        # The citizen does not get it by his own rules.
        citizen = self.act_as(dossier, "citizen").env["onestop.dossier.file"]
        self.assertNotIn(file.id, citizen.search([]).ids)

    # ------------------------------------------------------------
    # Originals
    # ------------------------------------------------------------

    def test_originals(self):
        dossier, part = self.dossier_with_originals("ready")
        self.give(
            dossier,
            *OWNER,
            originals=[
                {"part": part.id, "count": 1, "move": "given_back"},
                {"part": part.id, "count": 1, "move": "kept"},
            ],
            taken_in=[{"name": "Certificate BK 123", "count": 1}],
        )
        values = self.act_as(dossier, "returner")._return_values()
        self.assertEqual(values["given_back"], [("Form", 1)])
        self.assertEqual(values["kept"], [("Form", 1)])
        self.assertEqual(values["taken_in"], [("Certificate BK 123", 1)])
        self.assertEqual(values["giver"], self.users["returner"].name)
        self.assertNotIn("BK 123", self.event(dossier).body)
        self.assertEqual(len(self.data(dossier)["originals"]), 3)

    def test_more_than_is_here(self):
        dossier, part = self.dossier_with_originals("ready")
        given = {"part": part.id, "count": 3, "move": "given_back"}
        self.refused(dossier, *OWNER, originals=[given], message="fewer originals")
        other, _part = self.dossier_with_originals("received")
        foreign = {**given, "part": other.part_ids[0].id, "count": 1}
        self.refused(dossier, *OWNER, originals=[foreign])
        for wrong in (
            {**given, "count": True},
            {**given, "count": -1},
            {**given, "count": "1"},
            {**given, "part": "1"},
            {**given, "move": "sold"},
        ):
            with self.subTest(wrong=wrong):
                self.refused(dossier, *OWNER, originals=[wrong])
        self.refused(dossier, *OWNER, taken_in=[{"name": " "}])
        for told in ({"originals": ["1"]}, {"taken_in": [7]}, {"signature": 7}):
            with self.subTest(told=told):
                self.refused(dossier, *OWNER, **told)

    def test_rows_are_fixed_in_the_database(self):
        dossier, part = self.dossier_with_originals("ready")
        given = {"part": part.id, "count": 2, "move": "given_back"}
        self.give(dossier, *OWNER, originals=[given])
        row = dossier.sudo().original_ids
        self.env.flush_all()
        for attack in (
            "UPDATE onestop_dossier_original SET count = 1 WHERE id = %s",
            "DELETE FROM onestop_dossier_original WHERE id = %s",
            "INSERT INTO onestop_dossier_original "
            "(dossier_id, dossier_part_id, event_id, move, count) SELECT dossier_id, "
            "dossier_part_id, event_id - 1, move, 1 FROM onestop_dossier_original "
            "WHERE id = %s",
        ):
            with (
                self.subTest(attack=attack),
                mute_logger("odoo.sql_db"),
                self.assertRaises(psycopg2.IntegrityError),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(attack, [row.id])
        rows = self.act_as(dossier, "returner").original_ids
        for attempt in (
            lambda: rows.write({"count": 1}),
            rows.unlink,
            lambda: rows.create({"dossier_id": dossier.id}),
        ):
            with self.assertRaises(AccessError):
                attempt()

    def test_statements_of_a_full_return(self):
        """Authorisation, signature and originals in one act: what the act itself costs.

        Its two files are stored once each, besides the 25 statements of an act.
        """
        counts = []
        for _run in ("warm up", "count"):
            dossier, part = self.dossier_with_originals("ready")
            record = self.act_as(dossier, "returner")
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            record.action_return(
                "counter",
                *OTHER,
                phone="0912345678",
                authority=power(),
                signature=signature(),
                originals=[{"part": part.id, "count": 1, "move": "given_back"}],
                taken_in=[{"name": "Former certificate"}],
            )
            record.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[-1], 25)
