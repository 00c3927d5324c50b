# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain


class OnestopProcedureCompetence(models.Model):
    """Which agency was competent for a procedure, from when to when.

    Kept by the system: statistics of an agency of the time count what was its own
    then, whatever merger came later.
    """

    _name = "onestop.procedure.competence"
    _description = "Competent agency in time"
    _order = "procedure_id, valid_from desc nulls last"

    procedure_id = fields.Many2one(
        "onestop.procedure", required=True, index=True, ondelete="cascade"
    )
    department_id = fields.Many2one(
        "onestop.department",
        string="Competent Agency",
        required=True,
        index=True,
        ondelete="restrict",
    )
    valid_from = fields.Date(help="Empty: since it is on record.")
    valid_to = fields.Date(string="Valid Until")

    _no_overlap = models.Constraint(
        "EXCLUDE USING gist (procedure_id WITH =, "
        "daterange(valid_from, valid_to, '[]') WITH &&)",
        "A procedure has one competent agency on each day.",
    )

    @api.depends("department_id", "valid_from", "valid_to")
    def _compute_display_name(self):
        for row in self:
            days = [day and f"{day:%d/%m/%Y}" for day in (row.valid_from, row.valid_to)]
            span = f"{days[0] or '…'} – {days[1] or '…'}"
            row.display_name = f"{row.department_id.name} · {span}"

    @api.model
    def _at(self, procedures, day):
        """The competent agency of procedures on a legal day (Viet Nam).

        :return: procedure id -> agency.
        """
        # sudo: onestop.procedure.competence - who was competent is public
        rows = self.sudo().search(
            Domain("procedure_id", "in", procedures.ids)
            & (Domain("valid_from", "=", False) | Domain("valid_from", "<=", day))
            & (Domain("valid_to", "=", False) | Domain("valid_to", ">=", day))
        )
        return {row.procedure_id.id: row.department_id.sudo(False) for row in rows}

    @api.model
    def _follow(self, procedures, day, department=None):
        """Write down which agencies are competent for procedures from a day on.

        A second change from the same day on replaces the first one.

        :param department: the agency; default the one that each procedure names.
        :return: (rows closed or changed with their old values, rows added).
        """
        # sudo: onestop.procedure.competence - nobody writes it but this
        rows = self.sudo().search(
            Domain("procedure_id", "in", procedures.ids)
            & Domain("valid_to", "=", False)
        )
        last = {row.procedure_id.id: row for row in rows}
        changed, closed, values = [], rows.browse(), []
        for procedure in procedures:
            row = last.get(procedure.id, rows.browse())
            new = department or procedure.department_id
            if row and row.department_id == new:
                continue
            if row.valid_from and row.valid_from >= day:
                changed.append((row, {"department_id": row.department_id.id}))
                row.department_id = new
                continue
            if row:
                changed.append((row, {"valid_to": False}))
                closed |= row
            values.append(
                {
                    "procedure_id": procedure.id,
                    "department_id": new.id,
                    "valid_from": row and day,
                }
            )
        closed.valid_to = day - timedelta(days=1)
        # The exclusion constraint looks at each row as it comes: ends first.
        closed.flush_recordset()
        return changed, rows.create(values)
