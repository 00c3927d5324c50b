# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from datetime import timedelta

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import DossierCase


@tagged("post_install", "-at_install")
class TestVersionWithdrawn(DossierCase):
    def test_version_of_a_dossier_is_not_withdrawn(self):
        """Whatever the days say: what a dossier was received under stays."""
        dossier = self.dossier_in("received")
        version = dossier.version_id
        today = self.env["onestop.membership"]._today()
        memberships = self.registry["onestop.membership"]
        past = version.valid_from - timedelta(days=1)
        self.assertLess(past, today)
        self.patch(memberships, "_today", lambda _self: past)
        with self.assertRaisesRegex(UserError, "A dossier was received"):
            version.sudo().action_withdraw()
