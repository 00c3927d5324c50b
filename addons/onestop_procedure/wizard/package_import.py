# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import base64

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..catalogue import FileError
from ..catalogue.package import read_package
from ..models.catalogue_sentences import SENTENCES

MAX_LINES_TOLD = 10


class OnestopPackageImport(models.TransientModel):
    """Import of a configuration that was exported from another database.

    All or nothing. What differs comes as a draft, for somebody to publish here; what
    is the same here stays as it is, published or drafted.
    """

    _name = "onestop.package.import"
    _description = "Import of a configuration"

    file = fields.Binary(string="Package", attachment=False)
    filename = fields.Char()
    state = fields.Selection(
        [("file", "File"), ("checked", "Checked"), ("done", "Imported")],
        default="file",
        required=True,
    )
    line_ids = fields.One2many(
        "onestop.package.import.line", "import_id", readonly=True
    )
    problem_count = fields.Integer(string="Errors", readonly=True)
    new_count = fields.Integer(string="New Procedures", readonly=True)
    draft_count = fields.Integer(string="Versions to Draft", readonly=True)
    changed_count = fields.Integer(string="Changed Procedures", readonly=True)
    unchanged_count = fields.Integer(string="Unchanged Procedures", readonly=True)
    report_count = fields.Integer(
        string="Printed Forms",
        readonly=True,
        help="Forms whose settings differ; administrators take them over.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        self.env["onestop.catalogue.import"]._check_importer()
        return super().create(vals_list)

    def action_preview(self):
        """Read the package and say what an import would do; nothing is written.

        :return: the window action that shows this import again.
        :raises UserError: it is no package, is of a newer version, or was changed.
        """
        self.ensure_one()
        self._check()
        return self._reopen()

    def action_import(self):
        """Take the package over: all of it, or nothing when a procedure has an error.

        :return: the window action that shows this import again.
        :raises UserError: it cannot be read, or some procedure cannot be taken over.
        """
        self.ensure_one()
        plan, data, files = self._check()
        if plan.problems:
            raise UserError(
                self.env._(
                    "Nothing was imported: %(count)s procedures have errors.\n%(rows)s",
                    count=len(plan.problems),
                    rows="\n".join(
                        f"{code}: {reason}"
                        for code, reason in plan.problems[:MAX_LINES_TOLD]
                    ),
                )
            )
        self.env["onestop.package"]._apply_package(plan, data, files)
        self.state = "done"
        return self._reopen()

    def _check(self):
        self.env["onestop.catalogue.import"]._check_importer()
        if not self.file:
            raise UserError(self.env._("Choose the file of a configuration first."))
        try:
            data, files = read_package(base64.b64decode(self.file))
            plan = self.env["onestop.package"]._plan_package(data)
        except FileError as error:
            sentence = self.env._(SENTENCES[error.reason])
            raise UserError(sentence % error.values) from error
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            # The list of files is right, but somebody else wrote what stands in them.
            raise UserError(
                self.env._("The data in this package have a form that is not known.")
            ) from error
        self.line_ids.unlink()
        self.line_ids.create(
            [{"import_id": self.id, **values} for values in self._lines(plan)]
        )
        self.write(
            {
                "state": "checked",
                "problem_count": len(plan.problems),
                "new_count": len(plan.new),
                "draft_count": len(plan.drafts),
                "changed_count": len(plan.changed),
                "unchanged_count": len(plan.unchanged),
                "report_count": len(plan.reports),
            }
        )
        return plan, data, files

    def _lines(self, plan):
        new = {told["code"] for told in plan.new}
        for code, reason in plan.problems:
            yield {"kind": "problem", "code": code, "name": reason}
        for told in plan.new:
            yield {"kind": "new", "code": told["code"], "name": told["name"]}
        for procedure, _values in plan.changed:
            yield {"kind": "changed", "code": procedure.code, "name": procedure.name}
        for told in {t["code"]: t for t, _c in plan.drafts}.values():
            if told["code"] not in new:
                yield {"kind": "draft", "code": told["code"], "name": told["name"]}

    def _reopen(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Import a configuration"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }
