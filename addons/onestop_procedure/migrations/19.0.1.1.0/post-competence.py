# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Procedures of before begin their history with the agency that they name."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    procedures = env["onestop.procedure"].with_context(active_test=False).search([])
    procedures._follow_agency()
