# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import models
from odoo.fields import Command

from ..catalogue import default_process
from ..catalogue.words import FEE_NAME


class OnestopCatalogueLoader(models.AbstractModel):
    """What a row of the catalogue becomes as values of records."""

    _inherit = "onestop.catalogue.loader"

    def _version_values(self, row, procedure, cases, numbers):
        return {
            "procedure_id": procedure.id,
            "number": numbers[procedure.id],
            "online_level": row.online_level,
            "result_name": row.result,
            "legal_basis": row.legal_basis,
            "case_ids": [
                Command.create({**case, "sequence": sequence})
                for sequence, case in enumerate(cases, 1)
            ],
        }

    def _case_values(self, row, case, onsite_mode, kept=None):
        """Values of a case.

        :param kept: cases before, whose processes are kept: the file knows nothing
            of internal processes, and an agency may have written its own.
        """
        same = (kept or self.env["onestop.procedure.case"]).filtered(
            lambda c: (
                (c.name, c.time_value, c.time_unit)
                == (case.name, row.time_value, row.time_unit)
            )
        )[:1]
        if same:
            steps = [step.copy_data({"case_id": False})[0] for step in same.step_ids]
        else:
            steps = [
                {"activity": s.activity, "onsite": s.onsite, "duration": s.hours}
                for s in default_process(row.time_value, row.time_unit, onsite_mode)
            ]
        return {
            "name": case.name,
            "time_value": row.time_value,
            "time_unit": row.time_unit,
            "cut_off": same.cut_off,
            "part_ids": self._lines(
                {
                    "name": p.name,
                    "originals": p.originals,
                    "copies": p.copies,
                    "required": p.required,
                }
                for p in case.parts
            ),
            "fee_ids": [
                Command.create(
                    {
                        "name": FEE_NAME,
                        "mode": row.fee.mode,
                        "amount": row.fee.amount,
                        "note": row.fee.note,
                    }
                )
            ],
            "step_ids": self._lines(steps),
        }

    def _lines(self, values):
        return [
            Command.create({**line, "sequence": sequence})
            for sequence, line in enumerate(values, 1)
        ]
