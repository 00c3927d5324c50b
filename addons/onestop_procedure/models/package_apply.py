# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import base64

from odoo import api, models
from odoo.fields import Command

from ..catalogue.text import comparison_key
from .package import LINES


class OnestopPackage(models.AbstractModel):
    """Writes what the plan of a package holds."""

    _inherit = "onestop.package"

    @api.model
    def _apply_package(self, plan, data, files):
        """Write what a plan without problems holds.

        :return: the versions drafted.
        """
        self._make_sectors(plan, data)
        self._make_decisions(data, self._find(data))
        found = self._find(data)
        quiet = self.with_context(tracking_disable=True).env
        quiet["onestop.procedure"].create(
            [{"code": told["code"], **self._identity(told, found)} for told in plan.new]
        )
        for procedure, values in plan.changed:
            procedure.write(values)
        found = self._find(data)
        if self.env.user.has_group("base.group_system") or self.env.su:
            for report, told in plan.reports:
                report.attachment_use = told["attachment_use"]
                for code, name in told["names"].items():
                    report.with_context(lang=code).name = name
        by_code = {
            procedure.code: procedure
            for procedure in self.env["onestop.procedure"]
            .with_context(active_test=False)
            .search([("code", "in", [told["code"] for told, _c in plan.drafts])])
        }
        numbers = {
            procedure.id: max(procedure.version_ids.mapped("number"), default=0)
            for procedure in by_code.values()
        }
        values = []
        for told, content in plan.drafts:
            procedure = by_code[told["code"]]
            numbers[procedure.id] += 1
            values.append(
                {
                    **self._values("onestop.procedure.version", content, found, files),
                    "procedure_id": procedure.id,
                    "number": numbers[procedure.id],
                }
            )
        versions = quiet["onestop.procedure.version"].create(values)
        for version, (_told, content) in zip(versions, plan.drafts, strict=True):
            for case, lines in zip(version.case_ids, content["case_ids"], strict=True):
                steps = case.step_ids
                for step, back in zip(steps, lines.get("back_steps", ()), strict=False):
                    if 0 <= back < len(steps):
                        step.back_step_id = steps[back]
        return versions

    @api.model
    def _make_sectors(self, plan, data):
        known = self.env["onestop.catalogue.loader"]._sectors_by_name()
        used = {comparison_key(told["sector"]) for told in plan.new}
        used |= {comparison_key(told["sector"]) for told, _content in plan.drafts}
        self.env["onestop.sector"].create(
            [
                {"name": told["name"], "code": told["code"]}
                for told in data["sectors"]
                if comparison_key(told["name"]) in used - known.keys()
            ]
        )

    @api.model
    def _make_decisions(self, data, found):
        """Laws that are not on record, with the dates that the package tells."""
        known = found["onestop.decision"]
        missing = {
            told["number"]: told
            for told in data["decisions"]
            if told["kind"] == "law"
            and self._hash("onestop.decision", told) not in known
        }
        made = self.env["onestop.decision"]._get_or_create_laws(missing)
        for number, told in missing.items():
            values = {
                n: v for n, v in told.items() if v and n not in ("number", "kind")
            }
            if values:
                # sudo: onestop.decision - a law just recorded, whose dates are told
                made[number].sudo().write(values)

    @api.model
    def _values(self, model, content, found, files):
        """Content as values of a new record."""
        records = self.env[model]
        values = {
            name: content[name] if content[name] != "" else False
            for name in self._plain_names(records)
            if name in content
        }
        for name in self._reference_names(records):
            field_ = records._fields[name]
            ids = [
                found[field_.comodel_name][self._hash(field_.comodel_name, key)].id
                for key in content.get(name, ())
            ]
            if field_.type == "many2many":
                values[name] = [Command.set(ids)]
            else:
                values[name] = ids[0] if ids else False
        for name in self._file_names(records):
            if content.get(name):
                values[name] = base64.b64encode(files[content[name]])
        for name in LINES.get(model, ()):
            comodel = records._fields[name].comodel_name
            values[name] = [
                Command.create(
                    {**self._values(comodel, line, found, files), "sequence": number}
                )
                for number, line in enumerate(content.get(name, ()), 1)
            ]
        return values
