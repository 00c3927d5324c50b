# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models


class OnestopProcedure(models.Model):
    """The competent agencies of a procedure in time."""

    _inherit = "onestop.procedure"

    competence_ids = fields.One2many(
        "onestop.procedure.competence",
        "procedure_id",
        string="Competent Agencies",
        readonly=True,
        copy=False,
        groups="base.group_user",
    )

    @api.model_create_multi
    def create(self, vals_list):
        procedures = super().create(vals_list)
        procedures._follow_agency()
        return procedures

    def write(self, vals):
        result = super().write(vals)
        if "department_id" in vals:
            self._follow_agency()
        return result

    def _follow_agency(self, day=None):
        """Keep the history of competent agencies, from a legal day on.

        :param day: default today.
        """
        day = day or self.env["onestop.membership"]._today()
        return self.env["onestop.procedure.competence"]._follow(self, day)

    def _departments_at(self, day):
        """The competent agency of each procedure on a legal day (Viet Nam), by id."""
        return self.env["onestop.procedure.competence"]._at(self, day)


class OnestopProcedureStep(models.Model):
    """Who does a step after the agency named in it has ended."""

    _inherit = "onestop.procedure.step"

    def _department_now(self):
        """The agency that does this step today, empty when the step names none.

        A published version keeps the agency it was published with. When that agency
        has ended, the one that is competent for the procedure took over what was its
        own (an agency may have been split); else its successor did.
        """
        department = self.department_id
        if not department.successor_id:
            return department
        procedure = self.case_id.version_id.procedure_id
        # sudo: onestop.procedure - who was competent is no secret
        if department in procedure.sudo().competence_ids.department_id:
            return procedure.department_id._current()
        return department._current()
