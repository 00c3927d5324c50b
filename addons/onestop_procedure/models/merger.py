# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class OnestopMerger(models.Model):
    """Agencies that end on a day, and those that take over from them.

    Several agencies may go up in one, or one may be split into several with the
    procedures that each gets. Applied all or nothing, at once or on its day. What is
    finished keeps the old agency; published versions keep their text.
    """

    _name = "onestop.merger"
    _description = "Merger of agencies"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "effective_on desc, id desc"

    name = fields.Char(string="Subject", required=True, tracking=True)
    decision_id = fields.Many2one(
        "onestop.decision", index="btree_not_null", ondelete="restrict", tracking=True
    )
    effective_on = fields.Date(
        required=True,
        tracking=True,
        help="The first day of the new agencies; the old ones end the day before.",
    )
    department_id = fields.Many2one(
        "onestop.department",
        string="Kept by",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env["onestop.plan"]._default_department(),
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("scheduled", "Scheduled"),
            ("applied", "Applied"),
            ("undone", "Undone"),
        ],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        tracking=True,
    )
    line_ids = fields.One2many("onestop.merger.line", "merger_id", copy=True)
    item_ids = fields.One2many("onestop.merger.item", "merger_id", readonly=True)
    proposal_ids = fields.One2many(
        "onestop.merger.proposal", "merger_id", string="Proposed Roles", readonly=True
    )
    applied_at = fields.Datetime(readonly=True, copy=False)
    applied_by_id = fields.Many2one(
        "res.users", readonly=True, copy=False, ondelete="restrict"
    )
    problem = fields.Text(
        readonly=True, copy=False, help="Why it could not be applied on its day."
    )

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        mergers = super().create(vals_list)
        if any(merger.state != "draft" for merger in mergers):
            raise UserError(self.env._("A merger begins as a draft."))
        return mergers

    def write(self, vals):
        if not self.env.su:
            if "state" in vals:
                raise UserError(self.env._("Use the buttons of the form."))
            frozen = {"effective_on", "line_ids", "decision_id", "department_id"}
            if frozen & set(vals):
                self._check_draft()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_done(self):
        self._check_draft()

    def _check_draft(self):
        if any(merger.state != "draft" for merger in self):
            raise UserError(
                self.env._(
                    "Only a draft is changed; take a scheduled merger back first."
                )
            )

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_preview(self):
        """Say what would move and what would stay; nothing else is changed.

        :raises UserError: the lines do not make a merger.
        """
        self.ensure_one()
        self._check_may_apply()
        if self.state in ("draft", "scheduled"):
            self._check_lines()
            self._list_items()
        return True

    def action_schedule(self):
        """Have the merger applied by itself on its day; roles can be confirmed before.

        :raises UserError: it is no draft, or its lines do not make a merger.
        """
        self.ensure_one()
        self._check_may_apply()
        self._check_draft()
        self.action_preview()
        # sudo: onestop.merger - the state is kept by these buttons
        self.sudo().write({"state": "scheduled", "problem": False})
        self._propose_roles()
        return True

    def action_unschedule(self):
        """Take a scheduled merger back to a draft."""
        self.ensure_one()
        self._check_may_apply()
        if self.state == "scheduled":
            # sudo: onestop.merger - as above
            self.sudo().write({"state": "draft", "problem": False})
        return True

    def action_apply(self):
        """Apply the merger now, all of it or nothing.

        :raises UserError: the lines do not make a merger, or something has no place
            to go to.
        :raises AccessError: the user is neither administrator nor of the Office.
        """
        self.ensure_one()
        self._check_may_apply()
        self._do_apply()
        return True

    def action_undo(self):
        """Take the merger back, as long as nothing has happened since.

        :raises UserError: naming what has happened since.
        """
        self.ensure_one()
        self._check_may_apply()
        self._do_undo()
        return True

    def action_print(self):
        """Print the minutes of the handing over.

        :return: the report action.
        """
        return self.env.ref("onestop_procedure.report_merger_action").report_action(
            self
        )

    def _minutes_signatures(self):
        """Who signs the minutes, as columns of the form."""
        hint = self.env._("(Signature and full name)")
        return [
            {"capacity": [who], "hint": hint}
            for who in (
                self.env._("Handing over"),
                self.env._("Taking over"),
                self.env._("Witness"),
            )
        ]

    def _check_may_apply(self):
        """Administrators, and whoever keeps the catalogue at Office or Committee."""
        self.check_access("write")
        user = self.env.user
        # sudo: onestop.department - who keeps the agency is no secret of the staff
        keepers = self.department_id.sudo().keeper_ids
        if not (self.env.su or user in keepers or user.has_group("base.group_system")):
            raise AccessError(
                self.env._("Mergers are applied by the Office or an administrator.")
            )

    # ------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------

    def _check_lines(self):
        lines = self.line_ids
        if not lines:
            raise UserError(self.env._("Say which agency goes up in which."))
        for old, own in lines.grouped("predecessor_id").items():
            if len(own.filtered(lambda line: not line.procedure_ids)) != 1:
                raise UserError(
                    self.env._(
                        "%(agency)s needs exactly one line without procedures: the "
                        "agency that takes over the rest.",
                        agency=old.name,
                    )
                )
            if old.successor_id:
                raise UserError(
                    self.env._(
                        "%(agency)s has gone up in %(successor)s already.",
                        agency=old.name,
                        successor=old.successor_id.name,
                    )
                )
        for line in lines:
            new = line.successor_id
            if new in lines.predecessor_id or not new._lives_on(self.effective_on):
                raise UserError(
                    self.env._(
                        "%(agency)s does not exist on %(day)s and cannot take over.",
                        agency=new.name,
                        day=f"{self.effective_on:%d/%m/%Y}",
                    )
                )
            if line.procedure_ids.department_id - line.predecessor_id:
                raise UserError(
                    self.env._(
                        "Only procedures of %(agency)s itself can be allotted.",
                        agency=line.predecessor_id.name,
                    )
                )
