# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command, Domain

from ..ledger.transitions import rows_for

# A batch is looked through by a person before it is done.
MAX_DOSSIERS = 500
# As many as are done before the screen shows the progress again.
AT_ONCE = 20


class OnestopDossierBatch(models.TransientModel):
    """One act on many dossiers, with a filter that says what it leaves out and why.

    Each dossier is done by the same public method as alone, in a savepoint of its
    own: what is refused leaves the others done, and keeps the reason in its line.
    """

    _name = "onestop.dossier.batch"
    _description = "Act on several dossiers"

    act = fields.Selection(
        [
            ("claim", "Take them myself"),
            ("assign", "Give them to a colleague"),
            ("release", "Release them to the pool"),
            ("move_paper", "Move the physical files"),
            ("receive", "Receive"),
            ("forward", "Forward to the next step"),
            ("issue", "Issue the results"),
        ],
        default="claim",
        required=True,
        string="What to do",
    )
    note = fields.Text(help="Stays inside; whoever has the dossiers next reads it.")
    colleague_ids = fields.Many2many("res.users", compute="_compute_colleague_ids")
    holder_id = fields.Many2one(
        "res.users", string="Give Them To", domain="[('id', 'in', colleague_ids)]"
    )
    place_ids = fields.Many2many("onestop.paper.place", compute="_compute_place_ids")
    place_id = fields.Many2one(
        "onestop.paper.place",
        string="Physical Files Go To",
        domain="[('id', 'in', place_ids)]",
    )
    line_ids = fields.One2many("onestop.dossier.batch.line", "batch_id")
    left_out_ids = fields.One2many(
        "onestop.dossier.batch.line",
        "batch_id",
        domain=[("reason", "!=", False)],
    )
    possible_count = fields.Integer(compute="_compute_counts", string="Possible")
    left_out_count = fields.Integer(compute="_compute_counts")
    done_count = fields.Integer(compute="_compute_counts", string="Done")

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        chosen = self.env.context.get("active_ids") or []
        if self.env.context.get("active_model") == "onestop.dossier" and chosen:
            if len(chosen) > MAX_DOSSIERS:
                raise UserError(
                    self.env._(
                        "Choose at most %(limit)s dossiers at once; %(count)s are "
                        "chosen.",
                        limit=MAX_DOSSIERS,
                        count=len(chosen),
                    )
                )
            values["line_ids"] = [
                Command.create({"dossier_id": dossier_id}) for dossier_id in chosen
            ]
        return values

    # ------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------

    @api.depends("line_ids.reason", "line_ids.is_done")
    def _compute_counts(self):
        for batch in self:
            lines = batch.line_ids
            batch.left_out_count = len(lines.filtered("reason"))
            batch.done_count = len(lines.filtered("is_done"))
            batch.possible_count = len(lines) - batch.left_out_count - batch.done_count

    @api.depends("line_ids.dossier_id")
    def _compute_colleague_ids(self):
        """Colleagues with a role for the running step of all dossiers chosen."""
        memberships = self.env["onestop.membership"]
        for batch in self:
            users = self.env["res.users"]
            batch.line_ids.dossier_id.check_access("read")
            # sudo: onestop.dossier - the process; only names of colleagues are shown
            dossiers = batch.line_ids.dossier_id.sudo()
            steps = {(d._charge().id, d._roles_of_step()) for d in dossiers}
            for number, (agency, roles) in enumerate(steps):
                # sudo: onestop.membership - colleagues with a role for the step
                found = memberships.sudo().search(
                    Domain("department_id", "=", agency)
                    & Domain("role", "in", roles)
                    & memberships._domain_current()
                )
                users = found.user_id if not number else users & found.user_id
            batch.colleague_ids = users

    @api.depends("line_ids.dossier_id")
    def _compute_place_ids(self):
        """Places of agencies that have to do with any of the dossiers chosen."""
        for batch in self:
            batch.line_ids.dossier_id.check_access("read")
            # sudo: onestop.dossier - which agencies have to do with them
            dossiers = batch.line_ids.dossier_id.sudo()
            batch.place_ids = self.env["onestop.paper.place"].search(
                [("department_id", "in", dossiers.viewer_ids.ids)]
            )

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_check(self):
        """Say of each dossier whether the act is possible, and if not, why.

        :return: the window action that shows this batch again.
        """
        self.ensure_one()
        name = "assign" if self.act == "claim" else self.act
        allowed = {}
        for line in self.line_ids.filtered(lambda line: not line.is_done):
            line.reason = self._why_not(line.dossier_id, name, allowed)
        return self._reopen()

    def _why_not(self, dossier, name, allowed):
        """Why an act is impossible, False when the table of transitions allows it.

        :param allowed: answers found already; dossiers of one step share them.
        """
        dossier.check_access("read")
        # sudo: onestop.dossier - what this user may do is asked of the table
        record = dossier.sudo()
        rows = rows_for(name, record.state)
        if not rows:
            return record._impossible(name)
        key = (
            record.state,
            record.step_id.id,
            record.department_id.id,
            record.support_department_id.id,
        )
        if key not in allowed:
            allowed[key] = record._acting_department(rows) is not None
        return False if allowed[key] else record._not_yours(name)

    def action_run(self, limit=AT_ONCE):
        """Do the act on the next dossiers that are possible.

        :param limit: how many; the screen calls again until none is left.
        :return: how many are left to do.
        :raises UserError: the colleague is missing.
        """
        self.ensure_one()
        if self.act == "assign" and not self.holder_id:
            raise UserError(self.env._("Choose who gets them."))
        if self.act == "move_paper" and not self.place_id:
            raise UserError(self.env._("Choose where the physical files lie."))
        waiting = self.line_ids.filtered(lambda line: not (line.is_done or line.reason))
        for line in waiting[:limit]:
            try:
                with self.env.cr.savepoint():
                    getattr(self, f"_run_{self.act}")(line.dossier_id)
            except (UserError, AccessError) as error:
                line.reason = str(error)
            else:
                line.is_done = True
        return max(len(waiting) - limit, 0)

    def _run_claim(self, dossier):
        dossier.action_assign(self.env.uid)

    def _run_assign(self, dossier):
        dossier.action_assign(self.holder_id.id)

    def _run_release(self, dossier):
        dossier.action_release()

    def _run_move_paper(self, dossier):
        dossier.action_move_paper(self.place_id.id)

    def _run_receive(self, dossier):
        dossier.action_receive()

    def _run_forward(self, dossier):
        dossier.action_forward(self.note)

    def _run_issue(self, dossier):
        dossier.action_issue()

    def _reopen(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Several dossiers at once"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }
