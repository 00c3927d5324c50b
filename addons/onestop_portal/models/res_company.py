# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models, tools
from odoo.tools import format_datetime

from odoo.addons.onestop_procedure.models.membership import LEGAL_ZONE

# A change of these may change which Centre a host stands for.
HOST_FIELDS = frozenset({"onestop_host", "onestop_department_id"})


class ResCompany(models.Model):
    _inherit = "res.company"

    onestop_online_open = fields.Boolean(
        string="Own Online Form",
        help="Citizens may file on this portal. Since 01/7/2025 dossiers are filed "
        "online on the national public service portal alone (NĐ 118/2025/NĐ-CP); open "
        "it for what that portal does not take.",
    )
    onestop_host = fields.Char(
        string="Public Host",
        help="Host name under which this Centre's public pages are found, without "
        "port: dichvucong.example.gov.vn.",
    )
    onestop_track_per_address = fields.Integer(
        string="Trackings per Address",
        required=True,
        default=30,
        help="How often one address may try a code and secret in ten minutes.",
    )
    onestop_track_per_code = fields.Integer(
        string="Trackings per Code",
        required=True,
        default=10,
        help="How often one dossier code may be tried in ten minutes.",
    )

    _onestop_host_unique = models.UniqueIndex(
        "(onestop_host) WHERE onestop_host IS NOT NULL",
        "This host belongs to another Centre.",
    )
    _onestop_track_positive = models.Constraint(
        "CHECK (onestop_track_per_address > 0 AND onestop_track_per_code > 0)",
        "At least one tracking has to be allowed.",
    )

    @api.model
    def _onestop_centre(self, host):
        """The Centre whose public pages are found under ``host``.

        :param host: host of the request, with or without port.
        :return: the company; the first one that is a Centre when no host fits.
        """
        return self.browse(self._onestop_centre_id(host.partition(":")[0].lower()))

    @api.model
    @tools.ormcache("host")
    def _onestop_centre_id(self, host):
        found = self.search([("onestop_host", "=", host)], limit=1)
        found = found or self.search(
            [("onestop_department_id", "!=", False)], order="id", limit=1
        )
        return (found or self.search([], order="id", limit=1)).id

    def _onestop_time(self, moment):
        """An instant in the Centre's time zone, as people read it; False for none.

        :param moment: naive UTC, or False.
        """
        if not moment:
            return False
        return format_datetime(
            self.env,
            moment,
            tz=self.resource_calendar_id.tz or LEGAL_ZONE,
            dt_format="HH:mm, dd/MM/yyyy",
        )

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        self.env.registry.clear_cache()
        return companies

    def write(self, vals):
        result = super().write(vals)
        if HOST_FIELDS.intersection(vals):
            self.env.registry.clear_cache()
        return result
