# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo.tests import HttpCase, tagged

from .common import DossierData


@tagged("post_install", "-at_install")
class TestWorkTour(DossierData, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True})
        cls.set_up_data()

    def test_claim_from_the_queue(self):
        """An appraiser takes all that waits; what he cannot take is named."""
        mine, other = self.dossier_in("processing"), self.dossier_in("approving")
        self.start_tour(
            "/odoo/onestop-work", "onestop_dossier_claim", login="t.appraiser"
        )
        self.env.invalidate_all()
        self.assertEqual(mine.sudo().user_id, self.users["appraiser"])
        self.assertFalse(other.sudo().user_id)
