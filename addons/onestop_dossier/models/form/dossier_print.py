# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import json
from urllib.parse import urlencode

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

# So many papers take about ten seconds.
MAX_DOSSIERS = 50


class OnestopDossierPrint(models.TransientModel):
    """Prints several papers of several dossiers as one PDF."""

    _name = "onestop.dossier.print"
    _description = "Print papers of dossiers"

    dossier_ids = fields.Many2many(
        "onestop.dossier", string="Dossiers", required=True, readonly=True
    )
    dossier_count = fields.Integer(compute="_compute_dossier_count")
    line_ids = fields.One2many("onestop.dossier.print.line", "print_id")
    sets = fields.Integer(
        string="How Many Times",
        default=1,
        required=True,
        help="Each form is printed in all copies that the circular asks for; this is "
        "how often all of them are printed.",
    )

    _sets_range = models.Constraint(
        "CHECK (sets BETWEEN 1 AND 10)", "Print between 1 and 10 times."
    )

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
            dossiers = self.env["onestop.dossier"].browse(chosen)
            values["dossier_ids"] = [Command.set(dossiers.ids)]
            values["line_ids"] = [
                Command.create(row) for row in self._prepare_lines(dossiers)
            ]
        return values

    @api.depends("dossier_ids")
    def _compute_dossier_count(self):
        for dialog in self:
            dialog.dossier_count = len(dialog.dossier_ids)

    @api.model
    def _prepare_lines(self, dossiers):
        """A line a form: of how many dossiers it can be printed, else why not."""
        rows = []
        for key, form in dossiers._forms_allowed().items():
            found = dossiers._papers(form)
            reasons = [paper for paper in found if isinstance(paper, str)]
            count = len(found) - len(reasons)
            rows.append(
                {
                    "key": key,
                    "name": form.name,
                    "count": count,
                    "reason": reasons[0] if reasons else False,
                    "is_chosen": bool(count)
                    and any(dossier.state in form.states for dossier in dossiers),
                }
            )
        ready = [row for row in rows if row["count"]]
        if len(ready) == 1:
            ready[0]["is_chosen"] = True
        return rows

    def action_print(self):
        """Print what is ticked, as one PDF: the papers of a dossier lie together.

        :return: the action that opens the PDF.
        :raises UserError: nothing is ticked.
        """
        self.ensure_one()
        papers = self._chosen_papers()
        if not papers:
            raise UserError(self.env._("Tick at least one form."))
        query = urlencode({"papers": json.dumps(papers), "sets": self.sets})
        return {
            "type": "ir.actions.act_url",
            "url": f"/onestop/pdf?{query}",
            "target": "new",
            "close": True,
        }

    def _chosen_papers(self):
        """[[external id of a report, [ids]], …], dossier by dossier."""
        table = self.dossier_ids._forms_allowed()
        chosen = [
            table[line.key]
            for line in self.line_ids
            if line.is_chosen and line.key in table
        ]
        papers = []
        for dossier in self.dossier_ids:
            for form in chosen:
                found = form.when(dossier)
                if not isinstance(found, str) and found:
                    papers.append([form.report, found.ids])
        return papers
