# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo.tests import tagged

from .common import PDF
from .return_common import OWNER, ReturnCase, in_base64, signature


@tagged("post_install", "-at_install")
class TestVerifyReturn(ReturnCase):
    """What was handed over cannot be changed behind the ledger's back."""

    def findings(self):
        self.env.flush_all()
        self.env.invalidate_all()
        return self.env["onestop.dossier.event"]._verify_ledgers()[1]

    def assertFound(self, attack, record, reason):  # noqa: N802 - as unittest does
        """One finding after an attack with the triggers off, which is undone."""
        self.env.flush_all()
        self.env.cr.execute("SAVEPOINT attack")
        self.env.cr.execute("SET LOCAL session_replication_role = replica")
        self.env.cr.execute(attack, [record.id])
        found = self.findings()
        self.env.cr.execute("ROLLBACK TO SAVEPOINT attack")
        self.env.invalidate_all()
        self.assertEqual(len(found), 1, found)
        self.assertIn(reason, found[0]["reason"])

    def test_originals_and_signature(self):
        dossier, part = self.dossier_with_originals("ready")
        self.act_as(dossier, "returner").action_return(
            "counter",
            *OWNER,
            originals=[{"part": part.id, "count": 1, "move": "given_back"}],
            taken_in=[{"name": "Former certificate"}],
            signature=signature(),
        )
        self.assertEqual(self.findings(), [])
        dossier = dossier.sudo()
        back = dossier.original_ids.filtered(lambda o: o.move == "given_back")
        taken = dossier.original_ids - back
        for attack, record, reason in (
            ("UPDATE onestop_dossier_original SET count = 2 WHERE id = %s", back, ""),
            ("DELETE FROM onestop_dossier_original WHERE id = %s", back, "differ"),
            (
                "UPDATE onestop_dossier_original SET name = 'x' WHERE id = %s",
                taken,
                "hash",
            ),
        ):
            with self.subTest(attack=attack):
                self.assertFound(attack, record, reason)
        hand = dossier.file_ids.filtered(lambda f: f.kind == "signature")
        self.assertFound(
            "DELETE FROM onestop_dossier_file WHERE id = %s", hand, "signature"
        )

    def test_parcel(self):
        dossier = self.dossier_in("ready")
        returner = self.act_as(dossier, "returner")
        returner.action_send_parcel(
            "Citizen 901", "12 Main Road, An Giang", "0912345678"
        )
        returner.action_record_undelivered("Moved")
        returner.action_send_parcel(
            "Citizen 901", "13 Main Road, An Giang", "0912345678"
        )
        returner.action_record_delivery("Citizen 901", None, in_base64(PDF))
        self.assertEqual(self.findings(), [])
        parcel = dossier.sudo().parcel_ids.filtered(lambda p: p.attempt == 1)
        self.assertFound(
            "UPDATE onestop_parcel SET address = 'Elsewhere 1' WHERE id = %s",
            parcel,
            "hash",
        )
        proof = dossier.sudo().file_ids.filtered(lambda f: f.kind == "proof")
        self.assertFound(
            "DELETE FROM onestop_dossier_file WHERE id = %s", proof, "proof"
        )
