# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

# What the side that receives says; the rest is fixed when it is handed over.
TAKEN = frozenset({"is_missing", "difference"})
SEALED = """
BEGIN
    IF EXISTS (SELECT FROM onestop_hand_over h
                WHERE h.id = OLD.hand_over_id AND h.state = 'taken')
    THEN
        RAISE EXCEPTION USING ERRCODE = '23001', TABLE = TG_TABLE_NAME,
            MESSAGE = 'a hand-over that both sides confirmed is not changed any more';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END
"""


class OnestopHandOverLine(models.Model):
    """A dossier on the list of a hand-over, and what the other side found."""

    _name = "onestop.hand.over.line"
    _description = "Dossier in a hand-over"
    _order = "hand_over_id desc, id"

    hand_over_id = fields.Many2one(
        "onestop.hand.over", required=True, index=True, ondelete="cascade"
    )
    dossier_id = fields.Many2one(
        "onestop.dossier", required=True, index=True, ondelete="restrict"
    )
    procedure_id = fields.Many2one(related="dossier_id.procedure_id")
    person_id = fields.Many2one(related="dossier_id.person_id")
    dossier_state = fields.Selection(related="dossier_id.state", string="State")
    is_missing = fields.Boolean(string="Not Received")
    difference = fields.Char(string="What Differs")

    _once = models.UniqueIndex(
        "(hand_over_id, dossier_id)", "A dossier is on a list once."
    )

    def init(self):
        guard = self.env["onestop.database.guard"]
        guard._make_function("onestop_hand_over_line_sealed", SEALED)
        guard._make_trigger(
            self._table,
            "sealed",
            "BEFORE UPDATE OR DELETE",
            "onestop_hand_over_line_sealed",
        )

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._check_open(set())
        lines.dossier_id.check_access("read")
        return lines

    def write(self, vals):
        self._check_open(vals.keys())
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_given(self):
        self._check_open(set())

    def _check_open(self, names):
        """Lines change while the list is put together; then only by who receives."""
        for record in self.hand_over_id:
            if record.state == "draft":
                continue
            if not names or names - TAKEN or record.state != "given":
                raise UserError(
                    self.env._("The list was handed over; it is not changed any more.")
                )
            if not record.is_mine_to_take:
                raise AccessError(
                    self.env._(
                        "What differs is said by %(agency)s, which receives.",
                        agency=record.taker_department_id.name,
                    )
                )
