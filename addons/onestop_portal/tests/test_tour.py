# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo.tests import tagged

from .common import PortalCase


@tagged("post_install", "-at_install")
class TestTour(PortalCase):
    def test_citizen_files_in_a_browser(self):
        """From the catalogue to the receipt, with two files."""
        self.procedure.name = "Procedure of the tour"
        self.start_tour(
            "/procedures?search=procedure of the tour",
            "onestop_portal_filing",
            login="t.citizen",
        )
        dossier = self.citizen.dossier_ids
        self.assertEqual(dossier.state, "submitted")
        self.assertEqual(len(dossier.file_ids), 2)
