# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.onestop_procedure import clock

from ..models.dossier_clock import aware, naive


class OnestopReception(models.TransientModel):
    """The reception desk: one screen from the person at the counter to the slip."""

    _name = "onestop.reception"
    _description = "Reception desk"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    person_id = fields.Many2one("onestop.person", string="Owner", required=True)
    submitter_id = fields.Many2one(
        "onestop.person", help="Who hands the dossier in, when it is not the owner."
    )
    earlier = fields.Char(compute="_compute_earlier", string="Earlier Dossiers")
    procedure_id = fields.Many2one(
        "onestop.procedure",
        required=True,
        domain=[("state", "=", "published")],
    )
    case_ids = fields.One2many(
        related="procedure_id.version_id.case_ids", string="Possible Cases"
    )
    case_id = fields.Many2one(
        "onestop.procedure.case",
        compute="_compute_case_id",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        domain="[('id', 'in', case_ids)]",
    )
    channel = fields.Selection(
        [("counter", "At the counter"), ("post", "By post")],
        required=True,
        default="counter",
    )
    result_channel = fields.Selection(
        [
            ("counter", "At the counter"),
            ("post", "By post"),
            ("electronic", "Electronically"),
        ],
        string="Result Wanted",
        required=True,
        default="counter",
    )
    subject = fields.Char(help="Abstract of the request, at most 1000 characters.")
    copies = fields.Integer(string="Sets", default=1)
    line_ids = fields.One2many(
        "onestop.reception.line",
        "reception_id",
        string="Parts",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
        precompute=True,
    )
    department_id = fields.Many2one(
        related="procedure_id.department_id", string="Competent Agency"
    )
    time_allowed = fields.Char(compute="_compute_due")
    due_at = fields.Datetime(string="Result On", compute="_compute_due")
    currency_id = fields.Many2one("res.currency", compute="_compute_fees")
    fee_total = fields.Monetary(string="Fees", compute="_compute_fees")
    missing = fields.Integer(compute="_compute_missing")

    # ------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------

    @api.depends("person_id")
    def _compute_display_name(self):
        for desk in self:
            desk.display_name = self.env._("Reception desk")

    @api.depends("person_id")
    def _compute_earlier(self):
        for desk in self:
            if not desk.person_id:
                desk.earlier = False
                continue
            # Only dossiers that the receiver may see are counted.
            dossiers = self.env["onestop.dossier"]
            mine = [("person_id", "=", desk.person_id.id)]
            total = dossiers.search_count(mine)
            running = dossiers.search_count(
                [*mine, ("state", "not in", ("refused", "returned", "stopped"))]
            )
            desk.earlier = (
                self.env._(
                    "%(total)s so far, %(running)s of them open",
                    total=total,
                    running=running,
                )
                if total
                else self.env._("none so far")
            )

    @api.depends("procedure_id")
    def _compute_case_id(self):
        for desk in self:
            cases = desk.procedure_id.version_id.case_ids
            if desk.case_id not in cases:
                desk.case_id = cases[:1]

    @api.depends("case_id")
    def _compute_line_ids(self):
        for desk in self:
            desk.line_ids = [Command.clear()] + [
                Command.create({"part_id": part.id}) for part in desk.case_id.part_ids
            ]

    @api.depends("case_id", "company_id")
    def _compute_due(self):
        for desk in self:
            case = desk.case_id
            if not case:
                desk.time_allowed = desk.due_at = False
                continue
            dossier = self.env["onestop.dossier"].new(
                {"case_id": case.id, "company_id": desk.company_id.id}
            )
            limit = dossier._limit()
            calendar = dossier._calendar_of(dossier._calendar_revision().id)
            now = aware(fields.Datetime.now())
            desk.time_allowed = dossier._limit_text(limit)
            desk.due_at = naive(clock.due_at(now, limit, calendar))

    @api.depends("case_id")
    def _compute_fees(self):
        for desk in self:
            fees = desk.case_id.fee_ids.filtered(lambda f: f.mode == "fixed")
            desk.currency_id = fees[:1].currency_id or self.env.ref("base.VND")
            desk.fee_total = sum(fees.mapped("amount"))

    @api.depends("line_ids.received", "line_ids.finding", "line_ids.required")
    def _compute_missing(self):
        for desk in self:
            desk.missing = len(
                desk.line_ids.filtered(
                    lambda line: (
                        line.finding in ("missing", "wrong")
                        or (line.required and not line.received)
                    )
                )
            )

    # ------------------------------------------------------------
    # Buttons
    # ------------------------------------------------------------

    def action_tick_all(self):
        """Tick every part as handed in and in order."""
        self.ensure_one()
        self.line_ids.write({"received": True, "finding": "ok"})
        return False

    def action_receive(self):
        """Open the dossier with what was entered and receive it.

        :return: the window action that opens the dossier.
        :raises UserError: parts are missing, or the procedure is not in force.
        """
        dossier = self._make_dossier()
        dossier.action_receive()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "Received under %(code)s. Print the slip, then forward the "
                    "dossier.",
                    code=dossier.code,
                ),
                "next": self._open(dossier),
            },
        }

    def action_save_draft(self):
        """Keep what was entered as a draft.

        :return: the window action that opens the draft.
        """
        return self._open(self._make_dossier())

    def _make_dossier(self):
        self.ensure_one()
        dossier = self.env["onestop.dossier"].create(
            {
                "company_id": self.company_id.id,
                "person_id": self.person_id.id,
                "submitter_id": self.submitter_id.id,
                "procedure_id": self.procedure_id.id,
                "case_id": self.case_id.id,
                "channel": self.channel,
                "result_channel": self.result_channel,
                "subject": self.subject,
                "copies": self.copies,
            }
        )
        ticked = {line.part_id: line for line in self.line_ids}
        for part in dossier.part_ids:
            line = ticked.get(part.part_id)
            if not line:
                raise UserError(
                    self.env._("The parts have changed. Choose the case again.")
                )
            part.write(line._ticks())
        return dossier

    def _open(self, dossier):
        return {
            "type": "ir.actions.act_window",
            "res_model": dossier._name,
            "res_id": dossier.id,
            "views": [(False, "form")],
            "name": dossier.display_name,
        }
