# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class OnestopProcedureAct(models.Model):
    """What was decided about a procedure, from which day on: its history.

    Lines are only added, by :meth:`OnestopProcedureVersion._publish` and the acts of
    ``onestop.procedure``; the state of a procedure follows from them by date.
    """

    _name = "onestop.procedure.act"
    _description = "Act on a procedure"
    _order = "effective_on desc, id desc"
    _rec_name = "kind"

    procedure_id = fields.Many2one(
        "onestop.procedure",
        required=True,
        index=True,
        ondelete="restrict",
        readonly=True,
    )
    version_id = fields.Many2one(
        "onestop.procedure.version",
        index="btree_not_null",
        ondelete="restrict",
        readonly=True,
    )
    kind = fields.Selection(
        [
            ("publish", "Published"),
            ("amend", "Amended"),
            ("replace", "Issued anew in place of the former version"),
            ("withdraw", "Publication withdrawn before its day"),
            ("suspend", "Suspended"),
            ("resume", "Resumed"),
            ("abolish", "Abolished"),
            ("succeed", "Replaced by another procedure"),
        ],
        string="Act",
        required=True,
        readonly=True,
    )
    effective_on = fields.Date(string="Effective from", required=True, readonly=True)
    decision_id = fields.Many2one(
        "onestop.decision", index="btree_not_null", ondelete="restrict", readonly=True
    )
    reason = fields.Text(readonly=True)
    # What the publication ended, so that it can be withdrawn before its day.
    before_id = fields.Many2one(
        "onestop.procedure.version",
        index="btree_not_null",
        ondelete="restrict",
        readonly=True,
    )
    before_valid_to = fields.Date(readonly=True)

    def init(self):
        self.env["onestop.database.guard"]._append_only(self._table)
