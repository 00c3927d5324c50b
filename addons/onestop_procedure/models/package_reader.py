# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import json
from dataclasses import dataclass, field

from odoo import api, models
from odoo.fields import Command

from ..catalogue.text import comparison_key
from .package import IDENTITY, LINES


@dataclass
class PackagePlan:
    """What an import of a package would do."""

    new: list = field(default_factory=list)
    """What the package says of procedures that are not on record."""
    drafts: list = field(default_factory=list)
    """(what the package says of a procedure, content of a version to draft)."""
    changed: list = field(default_factory=list)
    """(record, values): name, level and such of procedures on record."""
    unchanged: list = field(default_factory=list)
    """Codes of procedures that are the same here."""
    reports: list = field(default_factory=list)
    """(record, what the package says of it) of printed forms."""
    problems: list = field(default_factory=list)
    """(code, what is wrong, in words)."""


class OnestopPackage(models.AbstractModel):
    """Taking a configuration over: as drafts; what is the same stays as it is."""

    _inherit = "onestop.package"

    @api.model
    def _plan_package(self, data):
        """Compare a package with what is on record; nothing is written.

        :param data: of `catalogue.package.read_package`.
        :return: :class:`PackagePlan`.
        """
        plan, found = PackagePlan(), self._find(data)
        codes = [told["code"] for told in data["procedures"]]
        coming = set(codes)
        procedures = {
            procedure.code: procedure
            for procedure in self.env["onestop.procedure"]
            .with_context(active_test=False)
            .search([("code", "in", codes)])
        }
        versions = self._last_versions(
            self.env["onestop.procedure"].union(*procedures.values()), drafts=None
        )
        for told in data["procedures"]:
            problem = self._obstacle(told, found, procedures, coming)
            if problem:
                plan.problems.append((told["code"], problem))
            else:
                procedure = procedures.get(told["code"])
                present = versions.get(procedure, ())
                self._plan_procedure(plan, told, found, procedure, present)
        plan.reports = self._plan_reports(data)
        return plan

    @api.model
    def _plan_procedure(self, plan, told, found, procedure, versions):
        count = len(plan.drafts)
        if not procedure:
            plan.new.append(told)
        else:
            values = self._identity(told, found)
            stored = procedure._convert_to_write(
                {name: procedure[name] for name in values}
            )
            values = {n: v for n, v in values.items() if v != stored[n]}
            if values:
                plan.changed.append((procedure, values))
        present = [self._same(self._tell(version), found) for version in versions]
        for content in told["published"] + told["drafts"]:
            if self._same(content, found) not in present:
                plan.drafts.append((told, content))
        is_changed = plan.changed and plan.changed[-1][0] == procedure
        if procedure and len(plan.drafts) == count and not is_changed:
            plan.unchanged.append(told["code"])

    @api.model
    def _same(self, content, found):
        """A form of content in which equal contents are equal.

        Agencies are the same when one of code and abbreviation is, whatever the other.
        """
        departments = found["onestop.department"]

        def localise(value):
            if isinstance(value, dict):
                if value.keys() == {"short", "code"}:
                    key = self._hash("onestop.department", value)
                    if key not in departments:
                        departments[key] = self._department(value)
                    return departments[key].id or repr(key)
                return {name: localise(item) for name, item in value.items()}
            if isinstance(value, list):
                return [localise(item) for item in value]
            return value

        return json.dumps(localise(content), sort_keys=True, ensure_ascii=False)

    # ------------------------------------------------------------
    # What it refers to
    # ------------------------------------------------------------

    @api.model
    def _department(self, key):
        """The agency of today with this code, else with this abbreviation."""
        Department = self.env["onestop.department"].with_context(active_test=False)
        for name in ("code", "short"):
            found = key[name] and Department.search([(name, "=", key[name])], limit=1)
            if found:
                return found._current()
        return Department

    @api.model
    def _find(self, data):
        """Records that the package refers to: {model: {key: record}}.

        What is not there is missing in it, an agency empty.
        """
        keys = {model: {} for model in self._keys()}
        for told in data["procedures"]:
            for model, key in self._references(told):
                keys[model][self._hash(model, key)] = key
        found = {
            model: self._find_keys(model, wanted)
            for model, wanted in keys.items()
            if model != "onestop.department"
        }
        found["onestop.department"] = {
            hashed: self._department(key)
            for hashed, key in keys["onestop.department"].items()
        }
        loader = self.env["onestop.catalogue.loader"]
        found["sectors"] = loader._sectors_by_name()
        found["levels"] = loader._by_code("onestop.level")
        return found

    @api.model
    def _find_keys(self, model, keys):
        name = self._keys()[model][0]
        records = self.env[model].with_context(active_test=False)
        # The order of a model has the latest first; that one stays.
        records = records.search([(name, "in", [key[name] for key in keys.values()])])
        return {
            self._hash(model, self._key(record)): record for record in reversed(records)
        }

    @api.model
    def _hash(self, model, key):
        return tuple(key[name] for name in self._keys()[model])

    @api.model
    def _obstacle(self, told, found, procedures, coming):
        """Why a procedure cannot be taken over, in words; None when it can."""
        procedure = procedures.get(told["code"])
        if procedure and procedure.state == "abolished":
            return self.env._("This procedure was abolished here.")
        for model, key in self._references(told):
            if found[model].get(self._hash(model, key)):
                continue
            if model == "onestop.department":
                return self._unknown_department(key)
            if model == "onestop.decision" and key["kind"] != "law":
                return self.env._(
                    "Decision %(number)s is not on record here; record it first.",
                    number=key["number"],
                )
            if model == "onestop.procedure" and key["code"] not in coming:
                return self.env._(
                    "It is related to procedure %(code)s, which is neither here nor in "
                    "the package.",
                    code=key["code"],
                )
            if model in ("onestop.subject", "res.currency"):
                return self.env._(
                    "“%(key)s” is not in the coded list of this database.",
                    key=next(iter(key.values())),
                )
        return None

    @api.model
    def _unknown_department(self, key):
        return self.env._(
            "There is no agency with the code “%(code)s” or the abbreviation "
            "“%(short)s” here.",
            code=key["code"],
            short=key["short"],
        )

    @api.model
    def _references(self, told):
        """(model, key) of all that a procedure and its versions refer to."""
        yield "onestop.department", told["department"]
        pending = [
            ("onestop.procedure.version", content)
            for content in told["published"] + told["drafts"]
        ]
        while pending:
            model, content = pending.pop()
            records = self.env[model]
            for name in self._reference_names(records):
                comodel = records._fields[name].comodel_name
                yield from ((comodel, key) for key in content.get(name, ()))
            for name in LINES.get(model, ()):
                comodel = records._fields[name].comodel_name
                pending += [(comodel, line) for line in content.get(name, ())]

    @api.model
    def _plan_reports(self, data):
        """Printed forms whose settings differ; only administrators change them."""
        # sudo: ir.actions.report - names of forms, which everybody prints
        reports = self.env["ir.actions.report"].sudo()
        reports = reports.search([("report_type", "=", "onestop-pdf")])
        found = {report.report_name: report for report in reports}
        plan = []
        for told in data["reports"]:
            report = found.get(told["report_name"])
            local = report and self._tell_report(report)
            if not report:
                continue
            names = {
                code: name
                for code, name in told["names"].items()
                if code in local["names"] and local["names"][code] != name
            }
            if names or local["attachment_use"] != told["attachment_use"]:
                plan.append((report, {**told, "names": names}))
        return plan

    @api.model
    def _identity(self, told, found):
        sector = found["sectors"].get(comparison_key(told["sector"]))
        return {
            **{name: told[name] or False for name in IDENTITY},
            "department_id": found["onestop.department"][
                self._hash("onestop.department", told["department"])
            ].id,
            "sector_id": sector.id if sector else False,
            "level_ids": [
                Command.set(
                    sorted(
                        found["levels"][c]
                        for c in told["levels"]
                        if c in found["levels"]
                    )
                )
            ],
        }
