# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import clean_context

# Which act signs a draft of which kind.
SIGNED_BY = {"extend": "apology", "stop": "stop", "record_consent": "consent"}


class OnestopDossierDraft(models.Model):
    """A paper that the system drafted, and that a person signs or leaves.

    Signing is the act itself on the dossier; this record only remembers what was
    proposed, who used the time, and when the counter handed it to the citizen.
    """

    _name = "onestop.dossier.draft"
    _description = "Paper drafted for signature"
    _order = "id desc"

    dossier_id = fields.Many2one(
        "onestop.dossier", required=True, readonly=True, index=True, ondelete="restrict"
    )
    kind = fields.Selection(
        [
            ("apology", "Apology and new appointment (form 04)"),
            ("stop", "Stop notice"),
            ("consent", "Note of consent by silence"),
        ],
        required=True,
        readonly=True,
    )
    state = fields.Selection(
        [
            ("drafted", "To be signed"),
            ("signed", "To be passed on"),
            ("sent", "Passed on"),
            ("dropped", "Not needed any more"),
        ],
        required=True,
        readonly=True,
        default="drafted",
    )
    department_id = fields.Many2one(
        "onestop.department",
        string="To Be Signed By",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
    )
    reason = fields.Text(readonly=True)
    legal_basis = fields.Char(readonly=True)
    old_due = fields.Datetime(string="First Appointment", readonly=True)
    new_due = fields.Datetime(string="New Appointment", readonly=True)
    step_id = fields.Many2one(
        "onestop.procedure.step",
        string="Step That Took Too Long",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
    )
    used = fields.Json(
        string="Time Used",
        readonly=True,
        help="Working seconds of each agency, consulted agency and the citizen.",
    )
    used_lines = fields.Html(compute="_compute_used_lines", sanitize=False)
    signed_at = fields.Datetime(readonly=True)
    signer_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    sent_at = fields.Datetime(string="Passed On At", readonly=True)

    _one_open = models.UniqueIndex(
        "(dossier_id, kind) WHERE state = 'drafted'",
        "A paper of this kind waits to be signed already.",
    )

    @api.depends("kind", "dossier_id.code")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for draft in self:
            draft.display_name = f"{kinds.get(draft.kind)} · {draft.dossier_id.code}"

    @api.depends("used")
    @api.depends_context("lang")
    def _compute_used_lines(self):
        for draft in self:
            draft.used_lines = self.env["ir.qweb"]._render(
                "onestop_dossier.dossier_time_used",
                {"lines": draft.dossier_id._used_lines(draft.used or {})},
            )

    # ------------------------------------------------------------
    # Drafting, signing, passing on
    # ------------------------------------------------------------

    @api.model
    def _prepare_drafts(self, vals_list):
        """Draft papers, once each; for the methods of the dossier alone."""
        plain = self.with_env(self.env(context=clean_context(self.env.context)))
        # sudo: onestop.dossier.draft - papers are drafted by the system
        return plain.sudo().create(vals_list)

    def action_open_sign(self):
        """Open the dialog of the act that signs this paper, filled in as drafted.

        :return: the window action of the dialog.
        """
        self.ensure_one()
        act = {kind: name for name, kind in SIGNED_BY.items()}[self.kind]
        action = self.dossier_id.with_context(act=act).action_open_act()
        action["context"] |= {
            "default_reason": self.reason,
            "default_legal_basis": self.legal_basis,
            "default_new_due": self.new_due,
            "default_extension": "apology",
        }
        return action

    def action_pass_on(self):
        """Record that the counter passed the signed paper on to the citizen.

        :return: True.
        :raises UserError: it is not signed, or the user is no receiver there.
        """
        for draft in self:
            draft.check_access("read")
            # sudo: onestop.dossier - which unit received it
            unit = draft.dossier_id.sudo().support_department_id
            # sudo: onestop.membership - whether this very user has the role
            roles = self.env["onestop.membership"].sudo()
            if not roles._has_role(
                self.env.user, ("receiver", "returner", "records"), unit
            ):
                raise UserError(
                    self.env._("Papers go to the citizen through the one-stop unit.")
                )
            if draft.state != "signed":
                raise UserError(self.env._("The paper is not signed yet."))
            draft.sudo().write(  # sudo: onestop.dossier.draft - role asked above
                {"state": "sent", "sent_at": fields.Datetime.now()}
            )
        return True
