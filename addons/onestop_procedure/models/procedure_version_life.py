# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

# How the act of publishing is called, by what the decision says of the version.
ACT_OF_CHANGE = {"new": "publish", "amended": "amend", "replacing": "replace"}


class OnestopProcedureVersion(models.Model):
    """The life of a version: drafted, published by a decision, followed or ended."""

    _inherit = "onestop.procedure.version"

    status = fields.Selection(
        [
            ("draft", "Draft"),
            ("to_come", "Takes effect later"),
            ("in_force", "In force"),
            ("suspended", "Suspended"),
            ("amended", "Ended: amended"),
            ("replaced", "Ended: replaced"),
            ("abolished", "Ended: abolished"),
            ("ended", "Ended"),
        ],
        compute="_compute_status",
        help="What holds of this version today (Viet Nam).",
    )
    act_ids = fields.One2many(
        "onestop.procedure.act",
        "version_id",
        string="Course",
        readonly=True,
        copy=False,
        groups="base.group_user",
    )
    department_id = fields.Many2one(
        related="procedure_id.department_id", string="Competent Agency"
    )
    # Not related fields: those are computed as the superuser, who may everything.
    can_publish = fields.Boolean(
        compute="_compute_can", export_string_translation=False
    )
    can_draft = fields.Boolean(compute="_compute_can", export_string_translation=False)

    # ------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------

    @api.depends("procedure_id")
    @api.depends_context("uid")
    def _compute_can(self):
        for version in self:
            version.can_publish = version.procedure_id.can_publish
            version.can_draft = version.procedure_id.can_draft

    @api.depends(
        "state",
        "valid_from",
        "valid_to",
        "procedure_id.state",
        "procedure_id.version_ids.state",
        "procedure_id.version_ids.valid_from",
        "procedure_id.version_ids.change",
    )
    def _compute_status(self):
        today = self.env["onestop.membership"]._today()
        for version in self:
            version.status = version._status_on(today)

    def _status_on(self, day):
        if self.state != "published":
            return "draft"
        if self.valid_from > day:
            return "to_come"
        procedure = self.procedure_id
        if not self.valid_to or self.valid_to >= day:
            return "suspended" if procedure.state == "suspended" else "in_force"
        later = procedure.version_ids.filtered(
            lambda v: v.state == "published" and v.valid_from > self.valid_to
        )
        if later:
            follower = later.sorted("valid_from")[0]
            return "replaced" if follower.change == "replacing" else "amended"
        if procedure.state != "abolished":
            return "ended"
        return "replaced" if procedure.successor_ids else "abolished"

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_publish(self, valid_from=None, decision_id=None):
        """Publish this draft; the version before it ends the day before.

        :param valid_from: legal day (Viet Nam) it takes effect; default the day that
            the draft or the decision names, else today.
        :param decision_id: id of the publishing decision (NĐ 63/2010); default that
            of the draft. A user has to name one.
        :raises AccessError: for whoever does not publish.
        :raises UserError: it is published already, has no case or no decision, or
            the steps of a case do not sum up to its time limit.
        """
        self.ensure_one()
        self.check_access("read")
        self.procedure_id._check_publisher()
        if self.state != "draft":
            raise UserError(self.env._("This version is published already."))
        self._check_complete()
        decision = self.env["onestop.decision"].browse(decision_id or ())
        decision = decision or self.decision_id
        if not decision and not self.env.su:
            raise UserError(
                self.env._(
                    "Name the decision that publishes this version: number and date."
                )
            )
        day = (
            fields.Date.to_date(valid_from)
            or self.valid_from
            or decision.effective_from
            or self.env["onestop.membership"]._today()
        )
        # sudo: onestop.procedure.version - who publishes was asked above
        self.sudo().decision_id = decision
        self._publish(day)
        return True

    def _check_complete(self):
        """Whether these drafts can be published.

        :raises UserError: a case is missing, or its steps do not fill its limit.
        """
        for version in self:
            if not version.case_ids:
                raise UserError(
                    self.env._(
                        "%(version)s: add at least one case with its time limit first.",
                        version=version.display_name,
                    )
                )
        self.case_ids._check_process()

    def _publish(self, day, reason=None):
        """Put these drafts, one a procedure, in force from a legal day on.

        Rooms and chains whose own act decided it call this with sudo.

        :param day: legal day (Viet Nam).
        :param reason: what the history of the procedures says about it.
        :raises AccessError: for whoever does not publish.
        """
        self.procedure_id._check_publisher()
        # sudo: onestop.procedure.version - the state is written by acts alone
        versions = self.sudo()
        procedures = versions.procedure_id
        before = versions.search(
            Domain("procedure_id", "in", procedures.ids)
            & Domain("state", "=", "published")
            & Domain("valid_from", "<", day)
            & (Domain("valid_to", "=", False) | Domain("valid_to", ">=", day))
        )
        ended = {version.procedure_id: version for version in before}
        acts = [
            {
                "procedure_id": version.procedure_id.id,
                "version_id": version.id,
                "kind": version._act_kind(former),
                "effective_on": day,
                "decision_id": version.decision_id.id,
                "reason": reason,
                "before_id": former.id,
                "before_valid_to": former.valid_to,
            }
            for version in versions
            for former in [ended.get(version.procedure_id, self.browse())]
        ]
        before.valid_to = day - timedelta(days=1)
        # The exclusion constraint is checked row by row: first the end, then the
        # beginning.
        before.flush_recordset()
        # What was written to the drafts, before they may not be written to.
        versions.env.flush_all()
        versions.write({"state": "published", "valid_from": day})
        versions.env["onestop.procedure.act"].create(acts)
        procedures.filtered(lambda p: p.state == "draft").state = "published"

    def _act_kind(self, before):
        return ACT_OF_CHANGE.get(self.change) or ("amend" if before else "publish")

    def action_withdraw(self, reason=None):
        """Take a publication back before its day: the version is a draft again.

        The version before it goes on as if nothing had been published.

        :param reason: in words.
        :raises AccessError: for whoever does not publish.
        :raises UserError: the version is in force already, or something stands on it.
        """
        self.ensure_one()
        self.check_access("read")
        self.procedure_id._check_publisher()
        # sudo: onestop.procedure.version - the state is written by acts alone
        version = self.sudo()
        version.lock_for_update()
        version.invalidate_recordset(["state", "valid_from"])
        today = self.env["onestop.membership"]._today()
        if version.state != "published" or version.valid_from <= today:
            raise UserError(
                self.env._(
                    "Only a publication whose day has not come can be withdrawn. "
                    "Publish a new version, or abolish the procedure."
                )
            )
        version._check_unused()
        published = version.act_ids.filtered(
            lambda act: act.kind in ACT_OF_CHANGE.values()
        )[:1]
        version.state = "draft"
        version.flush_recordset()
        if published.before_id:
            published.before_id.valid_to = published.before_valid_to
        version.env["onestop.procedure.act"].create(
            {
                "procedure_id": version.procedure_id.id,
                "version_id": version.id,
                "kind": "withdraw",
                "effective_on": version.valid_from,
                "reason": reason,
            }
        )
        if not any(v.state == "published" for v in version.procedure_id.version_ids):
            version.procedure_id.state = "draft"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_withdrawn(self):
        # sudo: onestop.procedure.act - the history is there, whoever deletes
        if self.sudo().act_ids:
            raise UserError(
                self.env._(
                    "This draft was published and withdrawn: it stays on record. "
                    "Change it instead."
                )
            )

    def _check_unused(self):
        """Refuse when something stands on this version; rooms above extend it.

        :raises UserError: naming what stands on it.
        """
