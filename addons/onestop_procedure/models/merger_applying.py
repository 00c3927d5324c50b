# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain


class OnestopMerger(models.Model):
    """Applying a merger, all of it or nothing, and taking it back."""

    _inherit = "onestop.merger"

    # ------------------------------------------------------------
    # Applying
    # ------------------------------------------------------------

    def _list_items(self):
        """Write down anew what moves and what stays."""
        # sudo: onestop.merger.item - the system keeps the list
        merger = self.sudo()
        merger.item_ids.unlink()
        self.env["onestop.merger.item"].sudo().create(
            [
                line._item_values(handover)
                for line in merger.line_ids
                for handover in line._moves()
            ]
        )

    def _do_apply(self):
        """Apply; a second time changes nothing."""
        # sudo: any - agencies, roles, procedures and papers of all agencies move
        merger = self.sudo()
        merger.lock_for_update()
        merger.invalidate_recordset(["state"])
        if merger.state == "applied":
            return
        if merger.state == "undone":
            raise UserError(self.env._("This merger was undone. Make a new one."))
        merger._check_lines()
        merger.line_ids.predecessor_id.lock_for_update()
        merger._propose_roles()
        merger.item_ids.unlink()
        # What is allotted goes first: the last line takes the rest.
        for line in merger.line_ids.sorted(lambda ln: not ln.procedure_ids):
            for handover in line._moves():
                values = line._item_values(handover)
                if handover.outcome == "moves":
                    values["changes"] = getattr(line, handover.method)(handover.records)
                merger.item_ids.create(values)
        merger.write(
            {
                "state": "applied",
                "applied_at": fields.Datetime.now(),
                "applied_by_id": self.env.uid,
                "problem": False,
            }
        )
        merger._check_nothing_lost()
        merger.activity_unlink(["mail.mail_activity_data_todo"])

    def _check_nothing_lost(self):
        """No living procedure is left with an agency that has ended."""
        left = self.env["onestop.procedure"].search(
            Domain("department_id", "in", self.line_ids.predecessor_id.ids)
            & Domain("state", "!=", "abolished")
        )
        if left:
            raise UserError(
                self.env._(
                    "These procedures would be left without an agency: %(names)s",
                    names=", ".join(left.mapped("code")),
                )
            )

    def _propose_roles(self):
        """Propose the people of the old agencies to those who keep the new ones."""
        # sudo: onestop.merger.proposal, onestop.membership - the system proposes
        proposals = self.env["onestop.merger.proposal"].sudo()
        memberships = self.env["onestop.membership"].sudo()
        main = self.line_ids.filtered(lambda line: not line.procedure_ids)
        successors = {line.predecessor_id: line.successor_id for line in main}
        known = self.sudo().proposal_ids.membership_id
        last = self.effective_on - timedelta(days=1)
        current = memberships.search(
            Domain("department_id", "in", main.predecessor_id.ids)
            & (Domain("valid_to", "=", False) | Domain("valid_to", ">=", last))
        )
        proposals.create(
            [
                proposals._values(
                    self, membership, successors[membership.department_id]
                )
                for membership in current - known
            ]
        )

    @api.model
    def _cron_apply(self):
        """Apply the scheduled mergers whose day has come."""
        today = self.env["onestop.membership"]._today()
        # sudo: onestop.merger - whoever scheduled it had the right
        for merger in self.sudo().search(
            [("state", "=", "scheduled"), ("effective_on", "<=", today)]
        ):
            try:
                with self.env.cr.savepoint():
                    merger._do_apply()
            except (UserError, ValidationError) as error:
                merger.env.invalidate_all()
                merger._tell_problem(str(error))

    def _tell_problem(self, reason):
        if self.problem == reason:
            return
        self.problem = reason
        for user in self.department_id.keeper_ids:
            reader = self.with_context(lang=user.lang)
            reader.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=reader.env._("This merger could not be applied on its day"),
                user_id=user.id,
            )

    # ------------------------------------------------------------
    # Undoing
    # ------------------------------------------------------------

    def _do_undo(self):
        # sudo: any - as in applying
        merger = self.sudo()
        merger.lock_for_update()
        merger.invalidate_recordset(["state"])
        if merger.state != "applied":
            raise UserError(self.env._("Only an applied merger is undone."))
        if obstacles := merger._undo_obstacles():
            raise UserError(
                self.env._(
                    "This merger cannot be undone, as things have happened since:\n"
                    "%(reasons)s",
                    reasons="\n".join(obstacles),
                )
            )
        for item in merger.item_ids.sorted("id", reverse=True):
            item._restore()
        merger.proposal_ids.filtered(lambda p: p.state == "proposed").state = "declined"
        merger.state = "undone"

    def _undo_obstacles(self):
        """Hook: what has happened since the merger was applied, a sentence each.

        Upper rooms add what they know, such as dossiers received since.
        """
        obstacles = self.item_ids._changed_since()
        confirmed = self.proposal_ids.filtered(lambda p: p.state == "confirmed")
        if confirmed:
            obstacles.append(
                self.env._(
                    "Roles were confirmed: %(people)s.",
                    people=", ".join(confirmed.user_id.mapped("name")),
                )
            )
        moved = self.item_ids._records_of("onestop.procedure")
        published = self.env["onestop.procedure.version"].search(
            Domain("procedure_id", "in", moved.ids)
            & Domain("create_date", ">", self.applied_at)
        )
        if published:
            obstacles.append(
                self.env._(
                    "There are new versions: %(versions)s.",
                    versions=", ".join(published.mapped("display_name")),
                )
            )
        return obstacles
