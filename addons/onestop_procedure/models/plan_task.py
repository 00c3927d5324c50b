# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command, Domain

from ..chain import Move

# What the agency that is responsible says; everything else is the plan's.
EVIDENCE = {"evidence", "attachment_ids", "evidence_ref", "done_on"}


class OnestopPlanTask(models.AbstractModel):
    """What an agency owes under a plan until a day: reported by it, then confirmed.

    Milestones and the occurrences of recurring duties. The agency reports with
    evidence, the Office confirms or sends back; the evidence of a report that stands
    is changed by nobody.
    """

    _name = "onestop.plan.task"
    _description = "Task under a plan"
    _inherit = ["onestop.chain"]
    _order = "last_day, department_id"
    _mail_post_access = "read"

    plan_id = fields.Many2one(
        "onestop.plan", required=True, index=True, ondelete="cascade"
    )
    department_id = fields.Many2one(
        "onestop.department",
        string="Responsible Agency",
        required=True,
        index=True,
        ondelete="restrict",
        tracking=True,
    )
    responsible_id = fields.Many2one(
        "res.users",
        domain=[("share", "=", False)],
        ondelete="restrict",
        help="Who answers for it; the head of the agency when nobody is named.",
    )
    answerable_id = fields.Many2one(
        "res.users", compute="_compute_answerable_id", string="Answers for It"
    )
    coordinator_ids = fields.Many2many(
        "onestop.department", string="Coordinating Agencies"
    )
    start_day = fields.Date(string="From")
    last_day = fields.Date(
        required=True, index=True, help="The last day on which it is in time."
    )
    state = fields.Selection(
        [("open", "Open"), ("reported", "Reported"), ("done", "Done")],
        required=True,
        default="open",
        copy=False,
        tracking=True,
        index=True,
        group_expand=True,
    )
    done_on = fields.Date(copy=False, tracking=True)
    evidence = fields.Text(string="What Was Done", copy=False)
    attachment_ids = fields.Many2many("ir.attachment", string="Evidence", copy=False)
    evidence_ref = fields.Reference(
        selection="_evidence_models", string="Shown By", copy=False
    )
    answer = fields.Text(
        string="Answer of the Office",
        copy=False,
        help="What the Office says of the report; needed to send it back.",
    )
    reported_by_id = fields.Many2one(
        "res.users", readonly=True, copy=False, ondelete="restrict"
    )
    reminded_on = fields.Date(readonly=True, copy=False)
    escalated_on = fields.Date(readonly=True, copy=False)
    is_late = fields.Boolean(
        compute="_compute_progress",
        search="_search_is_late",
        string="Late",
        help="Not reported, and its last day is over.",
    )
    progress = fields.Selection(
        [
            ("coming", "Not yet due"),
            ("open", "In progress"),
            ("late", "Late"),
            ("reported", "To confirm"),
            ("done", "Done in time"),
            ("done_late", "Done late"),
        ],
        compute="_compute_progress",
    )
    is_mine = fields.Boolean(
        compute="_compute_is_mine",
        help="Whether the present user may give evidence for it now.",
    )

    # ------------------------------------------------------------
    # Computes and constraints
    # ------------------------------------------------------------

    @api.model
    def _evidence_models(self):
        """Records that may be named as evidence; rooms add their own."""
        names = ("onestop.decision", "onestop.procedure", "onestop.plan")
        # sudo: ir.model - names of models
        found = self.env["ir.model"].sudo()
        return [(name, found._get(name).name) for name in names]

    @api.depends("responsible_id", "department_id")
    def _compute_answerable_id(self):
        for task in self:
            task.answerable_id = task.responsible_id or task.department_id.head_id

    @api.depends("state", "start_day", "last_day", "done_on")
    def _compute_progress(self):
        today = self.env["onestop.membership"]._today()
        for task in self:
            late = bool(task.last_day and task.last_day < today)
            task.is_late = task.state == "open" and late
            if task.state == "open":
                early = not late and task.start_day and task.start_day > today
                task.progress = "late" if late else "coming" if early else "open"
            elif task.state == "done" and task.done_on > task.last_day:
                task.progress = "done_late"
            else:
                task.progress = task.state

    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = self.env["onestop.membership"]._today()
        return Domain("state", "=", "open") & Domain("last_day", "<", today)

    @api.depends("state", "department_id")
    @api.depends_context("uid")
    def _compute_is_mine(self):
        for task in self:
            task.is_mine = task.state == "open" and task._in_office("author")

    @api.constrains("done_on")
    def _check_done_on(self):
        today = self.env["onestop.membership"]._today()
        if any(task.done_on and task.done_on > today for task in self):
            raise ValidationError(
                self.env._("What was done is reported once it is done, not before.")
            )

    # ------------------------------------------------------------
    # Course
    # ------------------------------------------------------------

    @api.model
    def _moves(self):
        return {
            "report": Move(("open",), "reported", "author", then="office"),
            "confirm": Move(("reported",), "done", "office"),
            "send_back": Move(("reported",), "open", "office", then="author"),
            "reopen": Move(("done",), "open", "office", then="author"),
        }

    @api.model
    def _first_state(self):
        return "open"

    def _task_day(self):
        return self.last_day if self.state == "open" else None

    def action_report(self, note=None, done_on=None):
        """Report this task as done, with its evidence, to the Office.

        :param note: what was done; default what stands on the record.
        :param done_on: legal day (Viet Nam) it was done; default today.
        :raises UserError: there is no evidence, the day is to come, the plan is not
            in force, or it is reported already.
        :raises AccessError: the user is no author or head of the agency.
        """
        self.ensure_one()
        if self.plan_id.state != "in_force":
            raise UserError(self.env._("This plan is not in force."))
        text = note or self.evidence
        if not (text or self.attachment_ids or self.evidence_ref):
            raise UserError(
                self.env._(
                    "Say what was done, or attach what shows it, before you report."
                )
            )
        day = fields.Date.to_date(done_on) or self.done_on
        day = day or self.env["onestop.membership"]._today()
        self._move(
            "report",
            note=text,
            evidence=text,
            done_on=day,
            reported_by_id=self.env.uid,
            answer=False,
        )
        return True

    def action_confirm(self, note=None):
        """Confirm a report; whoever reported cannot confirm.

        :param note: what the Office says of it, if anything.
        :raises UserError: it is not reported, or the user reported it himself.
        :raises AccessError: the user does not act for the Office.
        """
        self.ensure_one()
        own = self.reported_by_id == self.env.user and not self.env.su
        if own and self._in_office("office"):
            raise UserError(
                self.env._("Another person than the one who reported confirms it.")
            )
        self._move("confirm", note=note or self.answer or "")
        return True

    def action_send_back(self, reason=None):
        """Send a report back to the agency.

        :param reason: why; default the answer that stands on the record.
        :raises UserError: there is no reason, or it is not reported.
        :raises AccessError: the user does not act for the Office.
        """
        self._go_back("send_back", reason)
        return True

    def action_reopen(self, reason=None):
        """Open a task again that was confirmed.

        :param reason: why; default the answer that stands on the record.
        :raises UserError: there is no reason, or it is not done.
        :raises AccessError: the user does not act for the Office.
        """
        self._go_back("reopen", reason)
        return True

    def _go_back(self, name, reason):
        self.ensure_one()
        text = reason or self.answer
        if not text:
            raise UserError(
                self.env._("Write in the answer of the Office what is missing.")
            )
        self._move(name, note=text, answer=text, done_on=False)

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        tasks = super().create(vals_list)
        tasks._claim_attachments()
        return tasks

    def write(self, vals):
        if not self.env.su:
            self._check_may_write(set(vals))
        result = super().write(vals)
        if "attachment_ids" in vals:
            self._claim_attachments()
        return result

    def _check_may_write(self, names):
        """Evidence is the agency's, while it is open; the rest is the plan keeper's."""
        evidence = names & EVIDENCE
        if evidence and any(task.state != "open" for task in self):
            raise UserError(
                self.env._(
                    "The evidence of a report that was handed in is not changed. The "
                    "Office sends the report back first."
                )
            )
        if evidence and any(not task._in_office("author") for task in self):
            raise AccessError(self._not_in_office("author"))
        if names - EVIDENCE and any(not task._kept_by_user() for task in self):
            raise AccessError(
                self.env._("The plan and its tasks are kept by the Office.")
            )

    def _kept_by_user(self):
        # sudo: onestop.department - who keeps the plan is no secret of the staff
        keepers = self.plan_id.department_id.sudo().keeper_ids
        return self.env.user in keepers or self.env.user.has_group("base.group_system")

    def _claim_attachments(self):
        """Files uploaded before the record was saved belong to it from now on."""
        for task in self:
            # sudo: ir.attachment - only own uploads that belong to nothing yet
            uploads = task.sudo().attachment_ids.filtered(
                lambda a: not a.res_id and a.create_uid == self.env.user
            )
            uploads.write({"res_model": self._name, "res_id": task.id})

    def _copy_to(self, departments):
        """The same task for other agencies."""
        values = self.copy_data()[0]
        return self.create(
            [
                {
                    **values,
                    "department_id": department.id,
                    "responsible_id": False,
                    "coordinator_ids": [Command.set(self.coordinator_ids.ids)],
                }
                for department in departments
            ]
        )
