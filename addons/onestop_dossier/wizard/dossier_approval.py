# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models


class OnestopDossierApproval(models.TransientModel):
    """What whoever decides looks at: draft result, appraisal, findings, time.

    The digest of what is shown is taken when the screen opens and handed back with
    the decision, so that nobody approves what he did not see.
    """

    _name = "onestop.dossier.approval"
    _description = "Decision on a dossier"

    dossier_id = fields.Many2one("onestop.dossier", required=True, readonly=True)
    act = fields.Char()
    seen = fields.Char(
        compute="_compute_seen",
        compute_sudo=False,
        store=True,
        precompute=True,
        readonly=True,
    )
    decision = fields.Selection(
        [
            ("approve", "Approve"),
            ("reject", "Reject"),
            ("send_back", "Send back for appraisal"),
        ],
        required=True,
        default=lambda self: self.env.context.get("default_act") or "approve",
    )
    note = fields.Text(string="Remark", help="Stays inside.")
    reason = fields.Text(
        help="A rejection is told to the citizen in these words.",
    )
    state = fields.Selection(related="dossier_id.state", related_sudo=False)
    code = fields.Char(related="dossier_id.code", related_sudo=False)
    person_id = fields.Many2one(related="dossier_id.person_id", related_sudo=False)
    procedure_id = fields.Many2one(
        related="dossier_id.procedure_id", related_sudo=False
    )
    case_id = fields.Many2one(related="dossier_id.case_id", related_sudo=False)
    due_at = fields.Datetime(related="dossier_id.due_at", related_sudo=False)
    time_left = fields.Char(related="dossier_id.time_left", related_sudo=False)
    is_late = fields.Boolean(related="dossier_id.is_late", related_sudo=False)
    # The bar of the time left needs it.
    time_used = fields.Float(related="dossier_id.time_used", related_sudo=False)
    appraisal = fields.Text(related="dossier_id.appraisal", related_sudo=False)
    sheet_id = fields.Many2one(related="dossier_id.sheet_id", related_sudo=False)
    sheet_proposal = fields.Selection(
        related="dossier_id.sheet_proposal", related_sudo=False
    )
    sheet_summary = fields.Text(related="dossier_id.sheet_summary", related_sudo=False)
    sheet_finding_ids = fields.One2many(
        related="dossier_id.sheet_finding_ids", related_sudo=False
    )
    visit_ids = fields.One2many(related="dossier_id.visit_ids", related_sudo=False)
    appraiser_id = fields.Many2one(
        "res.users", string="Appraised By", compute="_compute_appraiser"
    )
    appraised_at = fields.Datetime(compute="_compute_appraiser")
    part_ids = fields.One2many(related="dossier_id.part_ids", related_sudo=False)
    file_ids = fields.Many2many(
        "onestop.dossier.file", string="Sheets and Drafts", compute="_compute_files"
    )
    draft_id = fields.Many2one(
        "onestop.dossier.file", string="Draft Result", compute="_compute_files"
    )
    draft_mimetype = fields.Char(related="draft_id.mimetype", related_sudo=False)
    draft_attachment_id = fields.Many2one(
        related="draft_id.attachment_id", related_sudo=False
    )

    @api.depends("dossier_id")
    def _compute_seen(self):
        for wizard in self:
            wizard.seen = wizard.dossier_id.approval_digest

    @api.depends("dossier_id")
    def _compute_appraiser(self):
        for wizard in self:
            event = wizard.dossier_id.event_ids.filtered(
                lambda e: e.kind == "forward" and e.state_from == "processing"
            ).sorted("sequence")[-1:]
            wizard.appraiser_id = event.actor_id
            wizard.appraised_at = event.occurred_at

    @api.depends("dossier_id")
    def _compute_files(self):
        for wizard in self:
            files = wizard.dossier_id.file_ids.filtered(
                lambda f: f.kind in ("sheet", "draft")
            ).sorted("id")
            drafts = files.filtered(lambda f: f.kind == "draft")
            wizard.file_ids = files
            wizard.draft_id = (drafts or files)[-1:]

    def action_decide(self):
        """Decide as chosen; a legal act asks for the identity first.

        :return: the identity dialog, or the action that closes this dialog.
        :raises UserError: no legal ground, or something changed since it was shown.
        """
        self.ensure_one()
        result = {
            "approve": lambda: self.dossier_id.action_approve(
                note=self.note, seen=self.seen
            ),
            "reject": lambda: self.dossier_id.action_reject(
                reason=self.reason, seen=self.seen
            ),
            "send_back": lambda: self.dossier_id.action_send_back(self.reason),
        }[self.decision]()
        if isinstance(result, dict):
            return result
        return {"type": "ir.actions.act_window_close"}
