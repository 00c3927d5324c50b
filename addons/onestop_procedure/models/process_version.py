# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError

ON_ITS_WAY = ("handed_in", "checked", "submitted")


class OnestopProcedureVersion(models.Model):
    """A draft that has been handed in is not edited until it comes back."""

    _inherit = "onestop.procedure.version"
    _rec_names_search = ["procedure_id"]

    process_line_ids = fields.One2many(
        "onestop.process.line", "version_id", string="Hand-ins"
    )

    def _check_draft(self):
        super()._check_draft()
        if self.env.su:
            return
        # sudo: onestop.process.line - whoever edits, a paper on its way holds it
        lines = self.sudo().process_line_ids
        on_its_way = lines.filtered(lambda line: line.process_id.state in ON_ITS_WAY)
        if on_its_way:
            raise UserError(
                self.env._(
                    "%(draft)s has been handed in with “%(paper)s”. It can be changed "
                    "when the paper is returned.",
                    draft=on_its_way[0].display_name,
                    paper=on_its_way[0].process_id.name,
                )
            )

    def _publish_process(self, decision, day):
        """Put approved processes in force from a legal day on.

        A procedure that no decision has published yet stays a draft: its own decision
        (NĐ 63/2010) puts it in force, with the process approved here.
        """
        # Steps that were just written go first: the publication freezes them.
        self.env.flush_all()
        ready = self.filtered(lambda v: v.procedure_id.state != "draft")
        for version in ready.filtered(lambda v: not v.decision_id):
            version.decision_id = decision
        ready._publish(day)


class OnestopProcedureStep(models.Model):
    _inherit = "onestop.procedure.step"

    @api.model
    def _step_role(self, activity):
        """The role that usually takes a step; the rooms above know finer ones.

        :param activity: key of the selection ``activity``.
        """
        return "head" if activity == "approve" else "staff"


class OnestopProcedureCase(models.Model):
    _inherit = "onestop.procedure.case"

    def action_fill_steps(self):
        """Name agency and role of the steps that name none.

        Reception and return are the Centre's, the rest is the competent agency's.
        """
        self.check_access("write")
        centre = self.env["onestop.department"].search(
            [("kind", "=", "centre")], limit=1
        )
        for step in self.step_ids:
            at_desk = step.activity in ("receive", "return")
            competent = step.case_id.version_id.procedure_id.department_id
            if not step.department_id:
                step.department_id = centre if at_desk and centre else competent
            if not step.role:
                step.role = step._step_role(step.activity)
        return True
