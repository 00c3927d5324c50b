# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

# What the side that receives says; the rest is fixed when it is handed over.
TAKEN = frozenset({"is_missing", "difference"})
# The list is open while it is put together: neither may a line be changed, nor come to
# it from another list, afterwards. FOR SHARE waits for an act on the hand-over.
SEALED = """
DECLARE
    free text[] := '{is_missing,difference,write_uid,write_date}';
    course text;
BEGIN
    FOR course IN
        SELECT state FROM onestop_hand_over
         WHERE id IN (CASE WHEN TG_OP != 'INSERT' THEN OLD.hand_over_id END,
                      CASE WHEN TG_OP != 'DELETE' THEN NEW.hand_over_id END)
         FOR SHARE
    LOOP
        IF course = 'taken' OR (course = 'given' AND (TG_OP != 'UPDATE'
            OR to_jsonb(NEW) - free IS DISTINCT FROM to_jsonb(OLD) - free))
        THEN
            RAISE EXCEPTION USING ERRCODE = '23001', TABLE = TG_TABLE_NAME,
                MESSAGE = 'the list of a hand-over is not changed any more';
        END IF;
    END LOOP;
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
            "BEFORE INSERT OR UPDATE OR DELETE",
            "onestop_hand_over_line_sealed",
        )

    @api.model_create_multi
    def create(self, vals_list):
        lists = {vals.get("hand_over_id") for vals in vals_list}
        self._check_lists(self.env["onestop.hand.over"].browse(lists - {None, False}))
        lines = super().create(vals_list)
        lines._check_dossiers()
        return lines

    def write(self, vals):
        self._check_open(vals.keys())
        if "hand_over_id" in vals:
            raise UserError(
                self.env._(
                    "A line stays on its list. Put the dossier on the other one."
                )
            )
        result = super().write(vals)
        if "dossier_id" in vals:
            self._check_dossiers()
        return result

    def _check_dossiers(self):
        """Whoever puts a dossier on a list may read it: the list tells whose it is."""
        self.dossier_id.check_access("read")

    @api.ondelete(at_uninstall=False)
    def _unlink_except_given(self):
        self._check_open(set())

    def _check_open(self, names):
        self._check_lists(self.hand_over_id, names)

    @api.model
    def _check_lists(self, lists, names=()):
        """Lines change while the list is put together; then only by who receives."""
        names = set(names)
        for record in lists:
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
