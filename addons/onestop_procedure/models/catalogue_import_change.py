# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import json

from odoo import api, fields, models
from odoo.tools import LazyTranslate

from ..catalogue import layout, words

_lt = LazyTranslate(__name__)

LABELS = {
    "name": _lt("Name"),
    "sector": _lt("Sector"),
    "department": _lt("Competent Agency"),
    "levels": _lt("Handled at"),
    "frequency": _lt("Frequency"),
    "time": _lt("Time Limit"),
    "fee": _lt("Fee"),
    "result": _lt("Result"),
    "online_level": _lt("Online Level"),
    "legal_basis": _lt("Legal Basis"),
    "onsite_mode": _lt("Done at the Centre"),
    "issuing_body": _lt("Issuing Body"),
    "central_decision": _lt("Decision of the Issuing Body"),
    "executing_text": _lt("Executing Agency as Published"),
    "subjects": _lt("Subjects"),
    "channels": _lt("Ways of Handing in"),
    "source_url": _lt("Page in the National Portal"),
    "cases": _lt("Documents"),
}
EMPTY = "–"


class OnestopCatalogueImportChange(models.Model):
    """A procedure that an import would make, change, or that its files miss."""

    _name = "onestop.catalogue.import.change"
    _description = "Procedure touched by an import"
    _order = "id"

    import_id = fields.Many2one(
        "onestop.catalogue.import", required=True, index=True, ondelete="cascade"
    )
    kind = fields.Selection(
        [("new", "New"), ("changed", "Changed"), ("gone", "Missing")],
        required=True,
        readonly=True,
    )
    code = fields.Char(readonly=True)
    name = fields.Char(readonly=True)
    procedure_id = fields.Many2one(
        "onestop.procedure", readonly=True, index="btree_not_null", ondelete="cascade"
    )
    department_name = fields.Char(string="Competent Agency", readonly=True)
    line = fields.Integer(string="Row", readonly=True)
    is_revised = fields.Boolean(string="New Version", readonly=True)
    differences = fields.Text(readonly=True, export_string_translation=False)
    summary = fields.Char(compute="_compute_summary", string="What Changes")
    detail = fields.Html(compute="_compute_detail", sanitize=False)
    mark = fields.Selection(
        [
            ("leave", "Leave it"),
            ("review", "Mark for review"),
            ("abolish", "Mark for abolition"),
        ],
        string="What to Do",
        help="Nothing is abolished by an import: a mark is for somebody to look into.",
    )

    @api.depends("differences", "kind")
    def _compute_summary(self):
        for change in self:
            names = [d[0] for d in json.loads(change.differences or "[]")]
            change.summary = ", ".join(self.env._(LABELS[name]) for name in names)

    @api.depends("differences")
    def _compute_detail(self):
        for change in self:
            rows = [
                (self.env._(LABELS[name]), before or EMPTY, after or EMPTY)
                for name, before, after in json.loads(change.differences or "[]")
            ]
            change.detail = self.env["ir.qweb"]._render(
                "onestop_procedure.catalogue_change_detail", {"rows": rows}
            )

    def write(self, vals):
        # Only what to do with a missing procedure is for the user to say.
        self.import_id._check_importer()
        self.import_id._check_typed(["change_ids"] if set(vals) == {"mark"} else vals)
        return super().write(vals)

    # ------------------------------------------------------------
    # From a plan
    # ------------------------------------------------------------

    @api.model
    def _of_plan(self, plan, marks):
        """Values for all that a plan touches.

        :param plan: `catalogue.plan.CataloguePlan`.
        :param marks: {code: mark} chosen before, for missing procedures.
        """
        found = []
        for kind, entries in (("new", plan.new), ("changed", plan.changed)):
            found += [
                {
                    "kind": kind,
                    "code": entry.row.code,
                    "name": entry.row.name,
                    "procedure_id": entry.procedure and entry.procedure.id,
                    "department_name": entry.row.department,
                    "line": entry.row.line,
                    "is_revised": entry.revises,
                    "differences": json.dumps(
                        [
                            [name, self._told(name, before), self._told(name, after)]
                            for name, (before, after) in entry.changes.items()
                        ],
                        ensure_ascii=False,
                    ),
                }
                for entry in entries
            ]
        found += [
            {
                "kind": "gone",
                "code": procedure.code,
                "name": procedure.name,
                "procedure_id": procedure.id,
                "department_name": procedure.department_id.name,
                "mark": marks.get(procedure.code, "leave"),
            }
            for procedure in plan.gone
        ]
        return found

    @api.model
    def _told(self, name, value):
        """A value of a row in words for reading."""
        if not value:
            return ""
        if name == "levels":
            return ", ".join(layout.LEVELS[code] for code in value)
        if name == "subjects":
            return ", ".join(words.SUBJECTS[code] for code in value)
        if name == "channels":
            return ", ".join(layout.CHANNELS[code] for code in value)
        if name == "time":
            return self.env["onestop.procedure.case"]._time_text(*value)
        if name == "fee":
            return self._told_fee(value)
        if name == "cases":
            return "\n".join(self._told_case(case) for case in value)
        if name in ("frequency", "onsite_mode"):
            field = self.env["onestop.procedure"]._fields[name]
            return dict(field._description_selection(self.env)).get(value, value)
        if name == "online_level":
            field = self.env["onestop.procedure.version"]._fields[name]
            return dict(field._description_selection(self.env))[value]
        return value

    @api.model
    def _told_fee(self, fee):
        labels = dict(
            self.env["onestop.procedure.fee"]
            ._fields["mode"]
            ._description_selection(self.env)
        )
        told = words.AMOUNT % fee.amount if fee.mode == "fixed" else labels[fee.mode]
        return ": ".join(filter(None, (told, fee.note)))

    @api.model
    def _told_case(self, case):
        parts = [
            self.env._(
                "• %(name)s (originals: %(originals)s, copies: %(copies)s)",
                name=part.name,
                originals=part.originals,
                copies=part.copies,
            )
            for part in case.parts
        ]
        return "\n".join([f"{case.name}:", *parts])
