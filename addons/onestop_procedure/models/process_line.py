# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

# What the Centre writes while it checks; all else is the agency's.
FINDING = {"finding", "finding_note"}


class OnestopProcessLine(models.Model):
    """The internal process of one procedure, handed in as a draft version."""

    _name = "onestop.process.line"
    _description = "Internal process handed in"
    _inherit = ["onestop.derived"]
    _order = "process_id, sequence, id"

    process_id = fields.Many2one(
        "onestop.process", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    version_id = fields.Many2one(
        "onestop.procedure.version",
        string="Draft",
        required=True,
        index=True,
        ondelete="restrict",
    )
    procedure_id = fields.Many2one(
        related="version_id.procedure_id", store=True, index=True
    )
    procedure_name = fields.Char(related="procedure_id.name", string="Procedure Name")
    department_id = fields.Many2one(related="process_id.department_id", store=True)
    state = fields.Selection(related="process_id.state", store=True)
    decision_id = fields.Many2one(related="process_id.decision_id")
    mode_before = fields.Selection(
        related="procedure_id.onsite_mode", string="At the Centre today"
    )
    mode_after = fields.Selection(
        selection=lambda self: (
            self.env["onestop.procedure"]
            ._fields["onsite_mode"]
            ._description_selection(self.env)
        ),
        compute="_compute_mode_after",
        string="By this Process",
    )
    time_text = fields.Char(compute="_compute_problems", string="Time Allowed")
    problems = fields.Text(
        compute="_compute_problems",
        string="Missing or Wrong",
        help="What the system sees: the steps fill the time limit, and each step names "
        "its agency, its role and its time.",
    )
    overview = fields.Html(
        related="version_id.overview", string="Steps", groups="base.group_user"
    )
    finding = fields.Selection(
        [("ok", "In order"), ("return", "Not in order")],
        copy=False,
        help="What the Centre finds.",
    )
    finding_note = fields.Char(string="Reason", copy=False)
    is_in_force = fields.Boolean(related="version_id.is_in_force")
    valid_from = fields.Date(related="version_id.valid_from")

    _version_once = models.UniqueIndex(
        "(process_id, version_id)", "This draft stands in the paper already."
    )

    # ------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------

    @api.depends("version_id.case_ids.step_ids.activity")
    def _compute_mode_after(self):
        procedures = self.env["onestop.procedure"]
        for line in self:
            steps = line.version_id.case_ids.step_ids
            line.mode_after = procedures._onsite_mode(
                {
                    activity: all(s.onsite for s in steps if s.activity == activity)
                    for activity in set(steps.mapped("activity"))
                }
            )

    @api.depends("version_id.case_ids.step_ids.duration")
    def _compute_problems(self):
        for line in self:
            cases = line.version_id.case_ids
            line.problems = "\n".join(line._problems()) or False
            line.time_text = " / ".join(dict.fromkeys(cases.mapped("time_text")))

    @api.depends("version_id")
    def _compute_display_name(self):
        for line in self:
            line.display_name = line.version_id.display_name

    # ------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------

    def _problems(self):
        """What keeps this process from being handed in, a sentence each."""
        version = self.version_id
        cases = version.case_ids
        found = []
        if version.state != "draft" and self.process_id.state in ("draft", "handed_in"):
            found.append(self.env._("This version is published already."))
        if self.procedure_id.department_id != self.process_id.department_id:
            found.append(self.env._("The procedure belongs to another agency."))
        if not cases:
            found.append(self.env._("No case has been written."))
        for case in cases:
            steps = case.step_ids
            if not steps:
                found.append(
                    self.env._("Case “%(case)s” has no steps.", case=case.name)
                )
            if case.steps_differ or (case._limit_hours() and not case.step_hours):
                found.append(
                    self.env._(
                        "Case “%(case)s”: the steps take %(steps)g working hours, the "
                        "time limit is %(limit)g.",
                        case=case.name,
                        steps=case.step_hours,
                        limit=case._limit_hours(),
                    )
                )
            for step in steps:
                if not step.department_id or not step.role:
                    found.append(
                        self.env._(
                            "Case “%(case)s”, step “%(step)s”: name its agency and its "
                            "role.",
                            case=case.name,
                            step=step.display_name,
                        )
                    )
        return found

    def _check_ready(self):
        """:raises UserError: naming the draft and everything that is wrong."""
        problems = self._problems()
        if self._others_on_their_way():
            problems.append(
                self.env._("It has been handed in with other papers already.")
            )
        if problems:
            raise UserError(
                self.env._("%(draft)s is not ready:", draft=self.display_name)
                + "\n"
                + "\n".join(problems)
            )

    def _others_on_their_way(self):
        # sudo: onestop.process.line - whether one exists is no secret of its agency
        return (
            self.sudo()
            .env["onestop.process.line"]
            .search_count(
                Domain("version_id", "=", self.version_id.id)
                & Domain("id", "!=", self.id)
                & Domain(
                    "process_id.state", "in", ("handed_in", "checked", "submitted")
                )
            )
        )

    # ------------------------------------------------------------
    # Findings of the Centre
    # ------------------------------------------------------------

    @api.model
    def _acts_with_words(self):
        """Findings recorded in the dialog ``onestop.chain.act``."""
        return {
            "action_not_in_order": {
                "title": self.env._("Not in order"),
                "note": "required",
            }
        }

    def action_in_order(self):
        """Find these processes in order, for the Centre.

        :raises AccessError: the user does not act for the Centre.
        """
        return self.write({"finding": "ok", "finding_note": False})

    def action_not_in_order(self, note):
        """Find these processes not in order.

        :param note: the reason, for the agency.
        :raises AccessError: the user does not act for the Centre.
        """
        return self.write({"finding": "return", "finding_note": note})

    def write(self, vals):
        if self.env.su:
            return super().write(vals)
        if FINDING.issuperset(vals):
            return self._find(vals)
        if any(line.process_id.state != "draft" for line in self):
            raise UserError(
                self.env._(
                    "These processes have been handed in. They can be changed when "
                    "they are returned."
                )
            )
        if not FINDING.isdisjoint(vals):
            raise AccessError(self.process_id._not_in_office("centre"))
        return super().write(vals)

    def _find(self, vals):
        """Record what the Centre finds; nobody else may, and only while it checks."""
        self.check_access("read")
        for process in self.process_id:
            if process.state != "handed_in":
                raise UserError(
                    self.env._("Findings are recorded while the Centre checks.")
                )
            if not process._in_office("centre"):
                raise AccessError(process._not_in_office("centre"))
        # sudo: onestop.process.line - the Centre's finding on the agency's paper
        return self.sudo().write(vals)
