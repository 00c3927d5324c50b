# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo.exceptions import UserError
from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestUninstall(TransactionCase):
    """A room that holds a ledger stays in a production database."""

    def setUp(self):
        super().setUp()
        self.env.company._onestop_calendar()  # a revision, which is a ledger row
        self.room = self.env["ir.module.module"].search(
            [("name", "=", "onestop_procedure")]
        )

    def set_production(self, value):
        self.env["ir.config_parameter"].set_param("onestop.production", value)

    def test_refused_in_production(self):
        self.set_production("True")
        with self.assertRaisesRegex(UserError, "onestop_procedure"):
            self.room.button_uninstall()

    def test_refused_below_a_ledger(self):
        """A module that a room stands on takes the room's ledger with it."""
        self.set_production("True")
        base = self.env["ir.module.module"].search([("name", "=", "web_hierarchy")])
        with self.assertRaises(UserError):
            base.button_uninstall()

    def test_allowed_elsewhere(self):
        self.set_production("False")
        self.room.button_uninstall()
        self.assertEqual(self.room.state, "to remove")
