# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import models


class OnestopProcedureVersion(models.Model):
    """Drafting the next version, and the dialogs that a version opens."""

    _inherit = "onestop.procedure.version"

    def action_compare(self):
        """Open this version beside the one before it.

        :return: the window action of the comparison.
        """
        self.ensure_one()
        self.check_access("read")
        earlier = self.procedure_id.version_ids.filtered(
            lambda v: v.number < self.number
        ).sorted("number")[-1:]
        later = self.procedure_id.version_ids.filtered(
            lambda v: v.number > self.number
        ).sorted("number")[:1]
        before, after = (earlier, self) if earlier else (self, later or self)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Compare versions"),
            "res_model": "onestop.procedure.compare",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "dialog_size": "extra-large",
                "default_procedure_id": self.procedure_id.id,
                "default_before_id": before.id,
                "default_after_id": after.id,
            },
        }

    def action_open_publish(self):
        """Open the dialog in which drafts are published by a decision.

        :return: its window action.
        """
        self.procedure_id._check_publisher()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Publish by a decision"),
            "res_model": "onestop.procedure.publish",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_version_ids": self.ids},
        }

    def action_new_version(self):
        """Draft the next version as a copy of this one.

        :return: the window action that opens the draft.
        """
        self.ensure_one()
        self.procedure_id.check_access("write")
        number = max(self.procedure_id.version_ids.mapped("number")) + 1
        return self.copy({"number": number, "change": "amended"})._open()

    def copy(self, default=None):
        """Copy with the links between steps, which name the copied steps."""
        copies = super().copy(default)
        for version, copied in zip(self, copies, strict=True):
            for case, twin in zip(version.case_ids, copied.case_ids, strict=True):
                twin._copy_links(case)
        return copies

    def _open(self):
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "name": self.display_name,
        }
