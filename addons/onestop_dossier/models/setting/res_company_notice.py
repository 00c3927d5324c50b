# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import fields, models
from odoo.tools import format_datetime

from odoo.addons.onestop_procedure.models.membership import LEGAL_ZONE


class ResCompany(models.Model):
    """How a Centre tells citizens what happens."""

    _inherit = "res.company"

    onestop_notices = fields.Boolean(
        string="Citizens Are Told",
        default=True,
        help="By mail, SMS and messaging app, of what happens to their dossiers.",
    )
    onestop_notice_outage = fields.Boolean(
        string="Told After an Outage",
        default=True,
        help="Also of acts that were entered after an outage.",
    )
    onestop_notice_to = fields.Selection(
        [
            ("submitter", "Who hands it in"),
            ("owner", "The owner"),
            ("both", "Both"),
        ],
        string="Notices Go To",
        required=True,
        default="both",
        help="When the owner does not hand the dossier in himself.",
    )
    onestop_notice_verified = fields.Boolean(
        string="Only to Confirmed Addresses",
        help="An address counts as confirmed when its owner followed the link sent to "
        "it, or showed it at the counter.",
    )
    onestop_notice_from = fields.Char(
        string="Sender of Mails",
        help="Address from which notices come. Empty: that of the Centre.",
    )
    onestop_notice_quiet_from = fields.Float(
        string="No SMS From",
        default=21.0,
        help="SMS and messages wait until morning; mails do not.",
    )
    onestop_notice_quiet_to = fields.Float(string="No SMS Until", default=7.0)
    onestop_notice_hours = fields.Integer(
        string="Hours of Trying",
        required=True,
        default=48,
        help="What could not be delivered for so long is given up, and somebody at the "
        "Centre gets a task to call the citizen.",
    )
    onestop_notice_days = fields.Integer(
        string="Days Before the Time to Answer Ends",
        default=2,
        help="So many days before, the citizen is reminded of a supplement or a "
        "payment. 0: never.",
    )
    onestop_notice_keep = fields.Integer(
        string="Days Texts Are Kept",
        required=True,
        default=730,
        help="Then addresses and texts of notices are erased; that they were sent "
        "stays on record.",
    )

    _onestop_notice_numbers = models.Constraint(
        "CHECK (onestop_notice_hours > 0 AND onestop_notice_days >= 0 "
        "AND onestop_notice_keep > 0 "
        "AND onestop_notice_quiet_from >= 0 AND onestop_notice_quiet_from < 24 "
        "AND onestop_notice_quiet_to >= 0 AND onestop_notice_quiet_to < 24)",
        "Hours and days of notices are positive; a day has 24 hours.",
    )

    def _onestop_mail_from(self):
        """Address from which this Centre's notices come, with its name."""
        self.ensure_one()
        address = self.onestop_notice_from or self.email
        if not address:
            address = self.env["ir.mail_server"]._get_default_from_address()
        return address

    def _onestop_notice_time(self, moment):
        """An instant in the Centre's zone, as a notice says it; empty for none.

        :param moment: naive UTC, or False.
        """
        if not moment:
            return ""
        zone = self.resource_calendar_id.tz or LEGAL_ZONE
        return format_datetime(self.env, moment, tz=zone, dt_format="HH:mm, dd/MM/yyyy")

    def _onestop_public_url(self):
        """Hook: where the Centre's public pages are; the portal knows its host."""
        return self.get_base_url()
