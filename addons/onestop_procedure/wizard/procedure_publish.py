# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

# Working days between the decision and its effective day: decisions of a ministry
# and those of the province (TT 02/2017/TT-VPCP).
NOTICE_OF_MINISTRY = 20
NOTICE_OF_PROVINCE = 5
# A longer way is not counted day by day.
LONG_NOTICE = timedelta(days=60)


class OnestopProcedurePublish(models.TransientModel):
    """Publish drafts by a decision: one decision often publishes many procedures."""

    _name = "onestop.procedure.publish"
    _description = "Publish by a decision"

    version_ids = fields.Many2many(
        "onestop.procedure.version",
        string="Drafts",
        domain=[("state", "=", "draft")],
        required=True,
    )
    version_count = fields.Integer(compute="_compute_version_count")
    decision_id = fields.Many2one(
        "onestop.decision",
        string="Publishing Decision",
        required=True,
        domain=[("kind", "!=", "law")],
    )
    valid_from = fields.Date(
        string="Effective from",
        compute="_compute_valid_from",
        store=True,
        readonly=False,
        help="First legal day (Viet Nam) on which the new versions hold; the versions "
        "before them end the day before.",
    )
    change = fields.Selection(
        selection=lambda self: (
            self.env["onestop.procedure.version"]
            ._fields["change"]
            ._description_selection(self.env)
        ),
        string="Kind of Change",
        help="How the decision calls it; empty leaves what each draft says.",
    )
    warning = fields.Text(compute="_compute_warning")

    # ------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------

    @api.model
    def default_get(self, fields):
        self.env["onestop.procedure"]._check_publisher()
        values = super().default_get(fields)
        context = self.env.context
        if context.get("active_model") == "onestop.procedure.version":
            ids = context.get("active_ids", [])
            values.setdefault("version_ids", [Command.set(ids)])
        return values

    @api.depends("version_ids")
    def _compute_version_count(self):
        for wizard in self:
            wizard.version_count = len(wizard.version_ids)

    @api.depends("decision_id", "version_ids")
    def _compute_valid_from(self):
        for wizard in self:
            days = set(wizard.version_ids.mapped("valid_from")) - {False}
            wizard.valid_from = (
                wizard.decision_id.effective_from
                or wizard.valid_from
                or (len(days) == 1 and days.pop())
            )

    @api.depends("decision_id", "valid_from", "version_ids")
    def _compute_warning(self):
        for wizard in self:
            lines = wizard._warn_of_notice() + wizard._warn_of_content()
            wizard.warning = "\n".join(lines)

    def _warn_of_notice(self):
        """What is unusual about the days, in words; nothing of it blocks."""
        signed, day = self.decision_id.date, self.valid_from
        if not day:
            return []
        if signed and day < signed:
            return [self.env._("The effective day is before the decision.")]
        lines = []
        if day < self.env["onestop.membership"]._today():
            lines.append(
                self.env._("The effective day has passed; it holds from then on.")
            )
        ministry = self.decision_id.issuer_id.kind == "ministry"
        notice = NOTICE_OF_MINISTRY if ministry else NOTICE_OF_PROVINCE
        found = signed and self._working_days(signed, day)
        if found is not None and signed and found < notice:
            lines.append(
                self.env._(
                    "Only %(found)s working days lie between the decision and its "
                    "effective day; it should be at least %(notice)s.",
                    found=found,
                    notice=notice,
                )
            )
        return lines

    def _working_days(self, signed, day):
        """Working days after a day up to another one; None when there are many."""
        if day - signed > LONG_NOTICE:
            return None
        clock = self.env.company._onestop_clock()
        days = (signed + timedelta(days=n) for n in range(1, (day - signed).days + 1))
        return sum(map(clock.is_working, days))

    def _warn_of_content(self):
        lines = []
        for version in self.version_ids:
            for sentence in version._remarks():
                lines.append(f"{version.display_name}: {sentence}")
        return lines

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_publish(self):
        """Publish all drafts named, or none.

        :raises UserError: naming the first draft that cannot be published.
        """
        self.ensure_one()
        if not self.version_ids:
            raise UserError(self.env._("Choose at least one draft."))
        for version in self.version_ids:
            if self.change and version.change != self.change:
                # sudo: onestop.procedure.version - publishing asks for the office
                version.procedure_id._check_publisher()
                version.sudo().change = self.change  # sudo: as above
            version.action_publish(self.valid_from, self.decision_id.id)
        return {"type": "ir.actions.act_window_close"}
