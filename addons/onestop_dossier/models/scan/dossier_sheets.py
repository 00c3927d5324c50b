# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import fields, models

from odoo.addons.onestop_procedure.pdf import qr_data_uri

from ...filing.sheets import sheet_text


class OnestopDossier(models.Model):
    """Separator sheets of a dossier, and the pages that came behind them."""

    _inherit = "onestop.dossier"

    scan_page_ids = fields.One2many(
        "onestop.scan.page",
        "dossier_id",
        string="Scanned Pages",
        groups="onestop_dossier.group_receiver",
    )

    def action_print_sheets(self):
        """Print a separator sheet for each part, to lay before its pages.

        :return: the report action.
        """
        return self.env.ref("onestop_dossier.separator_sheet_report").report_action(
            self.ids
        )

    def _separator_sheets(self):
        """What the separator sheets say: one for each part."""
        self.ensure_one()
        return [
            {
                "number": number,
                "part": part.name,
                "qr": qr_data_uri(sheet_text(self.id, part.id)),
            }
            for number, part in enumerate(self.part_ids, 1)
        ]
