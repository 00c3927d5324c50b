# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import fields, models
from odoo.fields import Command

from .merger_line import plain

# A sentence names the first records; the list has them all.
MAX_NAMED = 5


class OnestopMergerItem(models.Model):
    """Records of one kind that a merger moves or leaves, and how to undo it."""

    _name = "onestop.merger.item"
    _description = "Item of a merger"
    _order = "merger_id, line_id, id"

    merger_id = fields.Many2one(
        "onestop.merger", required=True, index=True, ondelete="cascade"
    )
    line_id = fields.Many2one(
        "onestop.merger.line", required=True, index=True, ondelete="cascade"
    )
    predecessor_id = fields.Many2one(related="line_id.predecessor_id")
    successor_id = fields.Many2one(related="line_id.successor_id")
    key = fields.Char(required=True, export_string_translation=False)
    name = fields.Char(string="What", required=True)
    outcome = fields.Selection(
        [("moves", "Moves"), ("stays", "Stays with the old agency")], required=True
    )
    res_model = fields.Char(required=True, export_string_translation=False)
    record_ids = fields.Json(export_string_translation=False)
    changes = fields.Json(export_string_translation=False, groups="base.group_system")
    count = fields.Integer(string="Number")

    def action_open(self):
        """Show the records of this kind.

        :return: the window action.
        """
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": self.res_model,
            "view_mode": "list,form",
            "domain": [("id", "in", self.record_ids or [])],
            "context": {"active_test": False, "create": False},
        }

    def _records_of(self, model):
        """The records of a model that these items moved."""
        items = self.filtered(
            lambda item: item.res_model == model and item.outcome == "moves"
        )
        ids = [res_id for item in items for res_id in item.record_ids or ()]
        return self.env[model].with_context(active_test=False).browse(ids).exists()

    # ------------------------------------------------------------
    # Undoing
    # ------------------------------------------------------------

    def _changed_since(self):
        """A sentence for each kind of records that are no longer as they were left."""
        # A row that two agencies added to is judged by the last change.
        last = {}
        for item in self:
            for model, res_id, _old, new in item.changes or ():
                for name, value in (new or {}).items():
                    last[model, res_id, name] = (item, value)
        found = {}
        for (model, res_id, name), (item, value) in last.items():
            record = self.env[model].browse(res_id)
            if not record.exists() or plain(record, name) != value:
                found.setdefault(item, []).append(record)
        return [
            self.env._(
                "%(kind)s were changed: %(names)s.",
                kind=item.name,
                names=", ".join(
                    record.display_name or str(record.id)
                    for record in records[:MAX_NAMED]
                    if record.exists()
                ),
            )
            for item, records in found.items()
        ]

    def _restore(self):
        """Write back what stood there before, last change first."""
        self.ensure_one()
        for model, res_id, old, _new in reversed(self.changes or []):
            record = self.env[model].browse(res_id)
            if old is None:
                record.unlink()
                continue
            record.write({name: _writable(record, name, old[name]) for name in old})
            record.flush_recordset()


def _writable(record, name, value):
    if record._fields[name].type == "many2many":
        return [Command.set(value)]
    return value
