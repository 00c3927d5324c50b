# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models


class OnestopProcedureVersion(models.Model):
    """What a version still lacks: compulsory contents, conditions to be online.

    Nothing of it blocks: files of the national database lack much of it. Who
    publishes sees it before the act.
    """

    _inherit = "onestop.procedure.version"

    online_named = fields.Boolean(
        string="Code and Name Standardised",
        help="Code and name are those of the national database (NĐ 42/2022/NĐ-CP).",
    )
    online_form = fields.Boolean(
        string="Electronic Form", help="It is filled in on an interactive form."
    )
    online_synced = fields.Boolean(
        string="Synchronised",
        help="The record is synchronised with the national database.",
    )
    online_missing = fields.Char(
        string="Missing to be Fully Online", compute="_compute_online_missing"
    )
    remarks = fields.Text(compute="_compute_remarks")

    @api.depends(
        "online_level",
        "online_named",
        "online_form",
        "online_synced",
        "procedure_id.code",
    )
    def _compute_online_missing(self):
        for version in self:
            version.online_missing = ", ".join(
                version._online_missing() if version.online_level == "full" else ()
            )

    def _online_missing(self):
        """The conditions of a fully online procedure that are not met, in words."""
        code = self.procedure_id.code
        conditions = [
            (
                self.online_named and (not code or self._is_national_code(code)),
                self.env._("code and name standardised"),
            ),
            (self.online_form, self.env._("electronic form")),
            (
                self.online_synced,
                self.env._("synchronised with the national database"),
            ),
        ]
        return [words for met, words in conditions if not met]

    @api.model
    def _is_national_code(self, code):
        """Whether a code is written as in the national database (1.004616)."""
        head, _dot, digits = code.partition(".")
        return (
            len(head) == 1
            and head in "123456"
            and len(digits) == 6
            and digits.isdecimal()
        )

    @api.depends(
        "online_missing",
        "subject_ids",
        "executing_ids",
        "method_ids",
        "result_name",
        "case_ids.name",
        "case_ids.sequence_text",
        "case_ids.part_ids",
        "case_ids.step_ids",
        "case_ids.time_unit",
    )
    def _compute_remarks(self):
        for version in self:
            version.remarks = "\n".join(version._remarks())

    def _remarks(self):
        """What is missing, as sentences (NĐ 63/2010/NĐ-CP, Điều 8 khoản 2)."""
        sentences = []
        if missing := self._missing_contents():
            sentences.append(
                self.env._(
                    "Not on record yet: %(contents)s.", contents=", ".join(missing)
                )
            )
        bare = self.case_ids.filtered(lambda case: not case.step_ids)
        if bare:
            sentences.append(
                self.env._(
                    "The internal process is not written for: %(cases)s.",
                    cases=", ".join(bare.mapped("name")),
                )
            )
        if self.online_missing:
            sentences.append(
                self.env._(
                    "It is called fully online, but this is missing: %(conditions)s.",
                    conditions=self.online_missing,
                )
            )
        return sentences

    def _missing_contents(self):
        cases = self.case_ids
        contents = [
            (all(case.sequence_text for case in cases), self.env._("order of steps")),
            (self.method_ids, self.env._("ways of handing in")),
            (all(case.part_ids for case in cases), self.env._("documents")),
            (
                all(case.time_unit != "none" for case in cases),
                self.env._("time limit"),
            ),
            (self.subject_ids, self.env._("subjects")),
            (self.executing_ids, self.env._("executing agencies")),
            (self.result_name, self.env._("result")),
        ]
        return [words for there, words in contents if not there]
