# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import fields, models
from odoo.exceptions import AccessError, UserError


class OnestopProcedureVersion(models.Model):
    _inherit = "onestop.procedure.version"

    trial_count = fields.Integer(
        string="Trials",
        compute="_compute_trial_count",
        groups="onestop_procedure.group_author",
    )

    def _compute_trial_count(self):
        groups = self.env["onestop.dossier"]._read_group(
            [("is_trial", "=", True), ("case_id.version_id", "in", self.ids)],
            ["case_id"],
            ["__count"],
        )
        counts = dict.fromkeys(self.ids, 0)
        for case, count in groups:
            counts[case.version_id.id] += count
        for version in self:
            version.trial_count = counts.get(version.id, 0)

    def action_try(self):
        """Try this process: open a trial dossier of the draft's first case.

        :return: the window action that opens the trial.
        :raises UserError: the version is published, or has no case yet.
        :raises AccessError: the user writes no drafts of this agency.
        """
        self.ensure_one()
        self._check_may_try()
        if self.state != "draft":
            raise UserError(
                self.env._("This version is published: real dossiers go its way.")
            )
        case = self.case_ids[:1]
        if not case.step_ids:
            raise UserError(
                self.env._("Add a case with the steps of its internal process first.")
            )
        trial = self.env["onestop.dossier"]._open_trial(case)
        return {
            "type": "ir.actions.act_window",
            "name": trial.display_name,
            "res_model": "onestop.dossier",
            "res_id": trial.id,
            "views": [(False, "form")],
        }

    def action_open_trials(self):
        """Open the list of this version's trials.

        :return: the window action of the list.
        """
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Trials"),
            "res_model": "onestop.dossier",
            "views": [(False, "list"), (False, "form")],
            "domain": [("is_trial", "=", True), ("case_id.version_id", "=", self.id)],
        }

    def action_discard_trials(self):
        """Delete the trials of this version, so that its cases can change freely.

        :return: True.
        :raises AccessError: the user writes no drafts of this agency.
        """
        self._check_may_try()
        # sudo: onestop.dossier - whoever tries may clean up
        self.env["onestop.dossier"].sudo().search(
            [("is_trial", "=", True), ("case_id.version_id", "in", self.ids)]
        )._discard()
        return True

    def _check_may_try(self):
        # sudo: onestop.department - who keeps the papers of the agency
        agencies = self.sudo().procedure_id.department_id
        if any(self.env.user not in agency.keeper_ids for agency in agencies):
            raise AccessError(
                self.env._(
                    "Only who writes the drafts of %(agency)s tries them: its head, "
                    "deputies and catalogue managers, and those of the Office.",
                    agency=", ".join(agencies.mapped("name")),
                )
            )

    def _check_unused(self):
        # sudo: onestop.dossier - whoever withdraws, a dossier keeps its version
        dossiers = self.env["onestop.dossier"].sudo()
        dossier = dossiers.search([("version_id", "in", self.ids)], limit=1)
        if dossier:
            raise UserError(
                self.env._(
                    "A dossier was received under %(version)s: it cannot be "
                    "withdrawn any more.",
                    version=dossier.version_id.display_name,
                )
            )
        return super()._check_unused()
