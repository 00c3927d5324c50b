# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import base64

from odoo import api, fields, models
from odoo.tools import split_every

from ..catalogue.package import sha256, write_package

CHUNK = 200
# What hangs on a record and belongs to its content.
LINES = {
    "onestop.procedure.version": ("case_ids", "method_ids", "result_ids"),
    "onestop.procedure.case": ("part_ids", "fee_ids", "step_ids"),
}
PLAIN = (
    "char",
    "text",
    "html",
    "integer",
    "float",
    "monetary",
    "boolean",
    "selection",
    "date",
)
# Where a record hangs, in which place, who wrote it: no content.
NOT_CONTENT = (
    "id",
    "create_uid",
    "create_date",
    "write_uid",
    "write_date",
    "sequence",
    "procedure_id",
    "version_id",
    "case_id",
)
# Identity of a procedure, beside its code, agency and sector.
IDENTITY = ("name", "level", "frequency", "pooled")
DECISION = (
    "number",
    "title",
    "date",
    "kind",
    "law_type",
    "issuer_name",
    "effective_from",
    "effective_to",
)


class OnestopPackage(models.AbstractModel):
    """A configuration of procedures, to be taken from one database to another.

    Records are named by what both databases know: codes, abbreviations, numbers of
    decisions. Which fields there are is asked of the models, so that what is added to
    the record of a procedure is taken along.
    """

    _name = "onestop.package"
    _description = "Configuration of procedures"

    # ------------------------------------------------------------
    # Writing
    # ------------------------------------------------------------

    @api.model
    def _write_package(self, procedures, target):
        """Write procedures, with all they stand on, as the present user.

        :param procedures: records of onestop.procedure.
        :param target: a file open for binary writing.
        """
        files, references = {}, {}
        told = []
        for ids in split_every(CHUNK, procedures.ids):
            chunk = procedures.browse(ids)
            versions = self._last_versions(chunk)
            for procedure in chunk:
                told.append(
                    self._tell_procedure(
                        procedure, versions[procedure], files, references
                    )
                )
        data = {
            "procedures": told,
            "sectors": [
                {"name": sector.name, "code": sector.code or ""}
                for sector in procedures.sector_id
            ],
            "departments": self._told(references, "onestop.department", ("name",)),
            "subjects": self._told(references, "onestop.subject", ("name",)),
            "decisions": self._told(references, "onestop.decision", DECISION),
            "reports": self._tell_reports(),
        }
        write_package(target, data, files, fields.Datetime.now().isoformat())

    @api.model
    def _told(self, references, model, names):
        return [
            {**key, **self._tell_fields(record, names)}
            for key, record in references.get(model, {}).values()
        ]

    @api.model
    def _last_versions(self, procedures, drafts=1):
        """The last published version of each procedure, and its last drafts.

        :param drafts: how many of them, None for all.
        :return: {procedure: [versions]}; they are read together, not one by one.
        """
        found = {}
        for procedure in procedures:
            versions = procedure.version_ids
            last = versions.filtered(lambda v: v.state == "published")
            drafted = versions.filtered(lambda v: v.state == "draft")
            drafted = drafted.sorted("number", reverse=True)[:drafts]
            found[procedure] = last.sorted("valid_from")[-1:] + drafted
        together = [id_ for versions in found.values() for id_ in versions.ids]
        return {
            procedure: versions.with_prefetch(together)
            for procedure, versions in found.items()
        }

    @api.model
    def _tell_procedure(self, procedure, versions, files, references):
        return {
            "code": procedure.code,
            **self._tell_fields(procedure, IDENTITY),
            "department": self._key(procedure.department_id, references),
            "sector": procedure.sector_id.name,
            "levels": procedure.level_ids.mapped("code"),
            "published": [
                self._tell(version, files, references)
                for version in versions
                if version.state == "published"
            ],
            "drafts": [
                self._tell(version, files, references)
                for version in versions
                if version.state == "draft"
            ],
        }

    @api.model
    def _tell_fields(self, record, names):
        return {name: self._plain(record, name) for name in names}

    @api.model
    def _tell_reports(self):
        """Settings of printed forms that officials see, names in each language."""
        # sudo: ir.actions.report - names of forms, which everybody prints
        reports = self.env["ir.actions.report"].sudo()
        return [
            self._tell_report(report)
            for report in reports.search([("report_type", "=", "onestop-pdf")])
        ]

    @api.model
    def _tell_report(self, report):
        languages = [code for code, _name in self.env["res.lang"].get_installed()]
        return {
            "report_name": report.report_name,
            "attachment_use": report.attachment_use,
            "names": {code: report.with_context(lang=code).name for code in languages},
        }

    # ------------------------------------------------------------
    # Content, for writing and for comparing
    # ------------------------------------------------------------

    @api.model
    def _tell(self, record, files=None, references=None):
        """The content of a version or of what hangs on it, as JSON can hold it.

        :param files: dictionary that takes the files, by SHA-256.
        :param references: dictionary that takes the records referred to.
        """
        told = {name: self._plain(record, name) for name in self._plain_names(record)}
        for name in self._reference_names(record):
            keys = [self._key(other, references) for other in record[name]]
            told[name] = sorted(keys, key=repr)
        for name in self._file_names(record):
            content = base64.b64decode(record.with_context(bin_size=False)[name] or "")
            told[name] = sha256(content) if content else ""
            if content and files is not None:
                files[told[name]] = content
        for name in LINES.get(record._name, ()):
            told[name] = [self._tell(line, files, references) for line in record[name]]
        if record._name == "onestop.procedure.case":
            steps = list(record.step_ids)
            told["back_steps"] = [
                steps.index(step.back_step_id) if step.back_step_id in steps else -1
                for step in steps
            ]
        return told

    @api.model
    def _plain(self, record, name):
        value = record[name]
        if isinstance(value, bool) and record._fields[name].type != "boolean":
            return ""
        return value.isoformat() if hasattr(value, "isoformat") else value

    @api.model
    def _content_names(self, record):
        """Fields that a copy of the record would have: neither state nor dates."""
        return [
            (name, field)
            for name, field in sorted(record._fields.items())
            if field.store
            and field.copy
            and not (field.compute and field.readonly)
            and name not in NOT_CONTENT
            and not name.startswith(("message_", "activity_", "rating_"))
        ]

    @api.model
    def _plain_names(self, record):
        return [n for n, field in self._content_names(record) if field.type in PLAIN]

    @api.model
    def _reference_names(self, record):
        return [
            name
            for name, field in self._content_names(record)
            if field.type in ("many2one", "many2many")
            and field.comodel_name in self._keys()
        ]

    @api.model
    def _file_names(self, record):
        return [
            name for name, field in record._fields.items() if field.type == "binary"
        ]

    @api.model
    def _keys(self):
        """How records are named in a package, by model; rooms may add their own."""
        return {
            "onestop.department": ("short", "code"),
            "onestop.subject": ("code",),
            "onestop.decision": ("number", "kind"),
            "onestop.procedure": ("code",),
            "res.currency": ("name",),
        }

    @api.model
    def _key(self, record, references=None):
        key = {name: self._plain(record, name) for name in self._keys()[record._name]}
        if references is not None:
            references.setdefault(record._name, {})[record.id] = (key, record)
        return key
