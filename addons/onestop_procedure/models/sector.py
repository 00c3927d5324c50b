# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models


class OnestopSector(models.Model):
    """A field of administration (lĩnh vực), as in the national database."""

    _name = "onestop.sector"
    _description = "Sector"
    _order = "name"
    _rec_names_search = ["name", "code"]

    name = fields.Char(required=True)
    code = fields.Char()
    procedure_ids = fields.One2many("onestop.procedure", "sector_id")
    active = fields.Boolean(default=True)

    _name_unique = models.UniqueIndex("(lower(name))", "This sector exists already.")

    @api.model_create_multi
    def create(self, vals_list):
        # One list for the whole province, kept by those who publish.
        self.env["onestop.procedure"]._check_publisher()
        return super().create(vals_list)

    def write(self, vals):
        self.env["onestop.procedure"]._check_publisher()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_published(self):
        self.env["onestop.procedure"]._check_publisher()
