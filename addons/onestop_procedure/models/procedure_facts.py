# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.fields import Domain

from ..identity import search_key


class OnestopProcedure(models.Model):
    """What lists filter and group by: it follows from the version of today."""

    _inherit = "onestop.procedure"

    online_level = fields.Selection(
        selection=lambda self: (
            self.env["onestop.procedure.version"]
            ._fields["online_level"]
            ._description_selection(self.env)
        ),
        compute="_compute_facts",
        store=True,
        help="Of the version in force; its course stands with the versions.",
    )
    process_state = fields.Selection(
        [
            ("none", "No steps written"),
            ("differs", "Steps do not fill the limit"),
            ("complete", "Steps fill the limit"),
        ],
        string="Internal Process",
        compute="_compute_facts",
        store=True,
        help="Of the version in force; of the draft as long as there is none.",
    )
    search_text = fields.Char(
        compute="_compute_search_text",
        store=True,
        export_string_translation=False,
    )
    # With Odoo's own trigram index, "unaccent(…)" stands in the index and not in the
    # question, where the words have no diacritics any more.
    _search_text_idx = models.Index("USING gin (search_text gin_trgm_ops)")
    words = fields.Char(
        compute="_compute_words",
        search="_search_words",
        export_string_translation=False,
        help="Code, name, keywords, sector and agency, as people type them.",
    )

    @api.depends(
        "version_ids.state",
        "version_ids.valid_from",
        "version_ids.valid_to",
        "version_ids.online_level",
        "version_ids.case_ids.time_value",
        "version_ids.case_ids.time_unit",
        "version_ids.case_ids.step_ids.duration",
    )
    def _compute_facts(self):
        for procedure in self:
            version = procedure.version_id
            procedure.online_level = version.online_level
            version = version or procedure.version_ids.sorted("number")[-1:]
            cases = version.case_ids
            if not cases or any(not case.step_ids for case in cases):
                procedure.process_state = "none"
            elif any(case.steps_differ for case in cases):
                procedure.process_state = "differs"
            else:
                procedure.process_state = "complete"

    @api.depends(
        "search_key",
        "version_ids.keywords",
        "sector_id.name",
        "department_id.name",
        "department_id.short",
    )
    def _compute_search_text(self):
        languages = [code for code, _name in self.env["res.lang"].get_installed()]
        departments = self.department_id
        names = dict.fromkeys(departments.ids, "")
        for code in languages:
            for department in departments.with_context(lang=code):
                names[department.id] += f" {department.name}"
        for procedure in self:
            parts = (
                procedure.version_ids.mapped("keywords"),
                [procedure.sector_id.name],
                [procedure.department_id.short, names.get(procedure.department_id.id)],
            )
            text = " ".join(word for words in parts for word in words if word)
            procedure.search_text = f"{procedure.search_key} {search_key(text)}"

    def _compute_words(self):
        self.words = False

    @api.model
    def _search_words(self, operator, value):
        if operator not in ("ilike", "=ilike", "like") or not value:
            return NotImplemented
        # As people type: words in any order, without diacritics.
        return Domain.AND(
            Domain("search_text", "like", word) for word in search_key(value).split()
        )

    @api.model
    def _cron_follow_versions(self):
        # sudo: onestop.procedure - derived fields of every procedure
        procedures = self.sudo().with_context(active_test=False)
        procedures.search([("version_ids", "!=", False)])._compute_facts()
        return super()._cron_follow_versions()
