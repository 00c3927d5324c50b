# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..models.clock.dossier_step import ROLES_OF_STATE


class OnestopDossierAct(models.TransientModel):
    """Dialog of an act: asks what the act needs, and calls its public method.

    It decides nothing itself: what is allowed stands in the table of transitions.
    """

    _name = "onestop.dossier.act"
    _description = "Dialog of an act on a dossier"

    dossier_id = fields.Many2one("onestop.dossier", required=True, readonly=True)
    act = fields.Selection(selection="_selection_act", required=True, readonly=True)
    state = fields.Selection(related="dossier_id.state", related_sudo=False)
    reason = fields.Text()
    legal_basis = fields.Char(help="Article, and of which law.")
    items = fields.Text(
        string="What Is Asked For",
        help="One paper a line. Ask for everything at once: a supplement is "
        "requested once only.",
    )
    note = fields.Text(help="Stays inside; whoever has the dossier next reads it.")
    proposal = fields.Selection(
        related="dossier_id.sheet_id.proposal", related_sudo=False
    )
    holder_ids = fields.Many2many("res.users", compute="_compute_holder_ids")
    holder_id = fields.Many2one(
        "res.users", string="Give It To", domain="[('id', 'in', holder_ids)]"
    )
    extension = fields.Selection(
        [
            ("statutory", "The law extends the time: the due date moves"),
            ("apology", "Apology and a new appointment: the due date stays"),
        ],
        default="apology",
    )
    new_due = fields.Datetime(string="New Date")
    fee_id = fields.Many2one(
        "onestop.dossier.fee",
        domain="[('dossier_id', '=', dossier_id), ('paid_at', '=', False)]",
        compute="_compute_fee_id",
        compute_sudo=False,
        store=True,
        readonly=False,
    )
    channel = fields.Selection(
        [
            ("counter", "At the counter"),
            ("post", "By post"),
            ("electronic", "Electronically"),
        ],
        string="Handed Over",
        compute="_compute_receiver",
        compute_sudo=False,
        store=True,
        readonly=False,
    )
    receiver_name = fields.Char(
        string="Recipient",
        compute="_compute_receiver",
        compute_sudo=False,
        store=True,
        readonly=False,
        help="As on the identity paper.",
    )
    receiver_identity = fields.Char(string="Identity Paper")
    authorised = fields.Boolean(string="Has an authorisation of the owner")
    number = fields.Char(string="Number and Symbol")
    document_date = fields.Date(string="Date of the Document")
    signer = fields.Char(help="Name and office of who signed.")
    file = fields.Binary(string="Document (PDF)", attachment=False)
    file_name = fields.Char()

    @api.model
    def _selection_act(self):
        labels = {
            "submit": self.env._("Submit"),
            "refuse": self.env._("Refuse reception"),
            "consult": self.env._("Ask another agency"),
            "answer_consultation": self.env._("Give the opinion asked for"),
            "spawn": self.env._("Open a linked dossier"),
            "transfer": self.env._("Transfer to another agency"),
            "correct": self.env._("Correct entries"),
            "recalculate": self.env._("Count the due date again"),
            "record_consent": self.env._("Record silence as consent"),
            "forward": self.env._("Forward"),
            "send_back": self.env._("Send back"),
            "assign": self.env._("Assign"),
            "release": self.env._("Release to the pool"),
            "recall": self.env._("Recall"),
            "move_paper": self.env._("Move the physical file"),
            "request_supplement": self.env._("Request a supplement"),
            "request_payment": self.env._("Request a payment"),
            "suspend": self.env._("Suspend"),
            "extend": self.env._("Extend the time"),
            "approve": self.env._("Approve"),
            "reject": self.env._("Reject"),
            "record_outside": self.env._("Record a result from outside"),
            "return": self.env._("Return the result"),
            "revoke_decision": self.env._("Revoke the decision"),
            "request_withdrawal": self.env._("Request withdrawal"),
            "decline_withdrawal": self.env._("Decline the withdrawal"),
            "stop": self.env._("Stop"),
            "collect_fee": self.env._("Collect a fee"),
        }
        return list(labels.items())

    # ------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------

    @api.depends("dossier_id", "act")
    def _compute_holder_ids(self):
        memberships = self.env["onestop.membership"]
        for wizard in self:
            wizard.dossier_id.check_access("read")
            # sudo: onestop.dossier - the process; only names of colleagues are shown
            dossier = wizard.dossier_id.sudo()
            state, step = dossier.state, dossier.step_id
            if wizard.act == "forward":
                state, step = dossier._after_forward()
            agency = dossier._charge_of(state, step)
            # sudo: onestop.membership - colleagues with a role for the step
            wizard.holder_ids = (
                memberships.sudo()
                .search(
                    Domain("department_id", "in", agency.ids)
                    & Domain("role", "in", ROLES_OF_STATE.get(state, ()))
                    & memberships._domain_current()
                )
                .user_id
            )

    @api.depends("dossier_id")
    def _compute_fee_id(self):
        for wizard in self:
            unpaid = wizard.dossier_id.fee_ids.filtered(lambda f: not f.paid_at)
            wizard.fee_id = unpaid[:1]

    @api.depends("dossier_id")
    def _compute_receiver(self):
        for wizard in self:
            dossier = wizard.dossier_id
            wizard.channel = dossier.result_channel
            wizard.receiver_name = (dossier.submitter_id or dossier.person_id).name

    # ------------------------------------------------------------
    # The act
    # ------------------------------------------------------------

    def action_do(self):
        """Do the act with what was entered.

        :return: the identity dialog of a legal act, or the action that closes this
            dialog.
        :raises UserError: as the act itself.
        """
        self.ensure_one()
        result = getattr(self, f"_call_{self.act}")(self.dossier_id)
        if isinstance(result, dict):
            return result
        return {"type": "ir.actions.act_window_close"}

    def _call_submit(self, dossier):
        return dossier.action_submit()

    def _call_refuse(self, dossier):
        return dossier.action_refuse(self.reason)

    def _call_forward(self, dossier):
        return dossier.action_forward(self.note, self.holder_id.id, self.place_id.id)

    def _call_send_back(self, dossier):
        return dossier.action_send_back(self.reason, self.step_id.id)

    def _call_assign(self, dossier):
        if not self.holder_id:
            raise UserError(self.env._("Choose who gets it."))
        return dossier.action_assign(self.holder_id.id, self.place_id.id)

    def _call_request_supplement(self, dossier):
        items = [line.strip() for line in (self.items or "").splitlines()]
        return dossier.action_request_supplement(
            self.reason, [line for line in items if line], self.exception
        )

    def _call_request_payment(self, dossier):
        return dossier.action_request_payment(self.reason, self.asked_fee_ids.ids)

    def _call_suspend(self, dossier):
        return dossier.action_suspend(self.reason, self.legal_basis)

    def _call_extend(self, dossier):
        if not self.new_due:
            raise UserError(self.env._("Enter the new date."))
        return dossier.action_extend(
            self.extension,
            fields.Datetime.to_string(self.new_due),
            self.reason,
            self.legal_basis,
        )

    def _call_approve(self, dossier):
        # Only what was shown is approved; the approval screen shows it.
        return dossier.action_open_act()

    def _call_reject(self, dossier):
        return dossier.action_reject(self.reason, seen=dossier.approval_digest)

    def _call_record_outside(self, dossier):
        if not (self.number and self.document_date and self.signer and self.file):
            raise UserError(
                self.env._("Enter number, date and signer, and choose the file.")
            )
        return dossier.action_record_outside(
            self.number,
            fields.Date.to_string(self.document_date),
            self.signer,
            self.file.decode(),
        )

    def _call_return(self, dossier):
        return dossier.action_return(
            self.channel, self.receiver_name, self.receiver_identity, self.authorised
        )

    def _call_revoke_decision(self, dossier):
        return dossier.action_revoke_decision(self.reason)

    def _call_request_withdrawal(self, dossier):
        return dossier.action_request_withdrawal(self.reason)

    def _call_decline_withdrawal(self, dossier):
        return dossier.action_decline_withdrawal(self.reason)

    def _call_stop(self, dossier):
        return dossier.action_stop(self.reason, self.legal_basis)

    def _call_collect_fee(self, dossier):
        if not self.fee_id:
            raise UserError(self.env._("Choose the fee that was paid."))
        return dossier.action_collect_fee(self.fee_id.id)
