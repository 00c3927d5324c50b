# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import fields, models

CODE_KEPT = """
BEGIN
    IF ROW(NEW.id, NEW.block_id, NEW.number, NEW.code, NEW.secret)
       IS DISTINCT FROM ROW(OLD.id, OLD.block_id, OLD.number, OLD.code, OLD.secret)
       OR OLD.state != 'reserved'
    THEN
        RAISE EXCEPTION USING ERRCODE = '23001', TABLE = TG_TABLE_NAME,
            MESSAGE = 'a reserved code is used or spoiled once';
    END IF;
    RETURN NEW;
END
"""
# What was received during an outage stands on a code of the day, reserved for the
# very user who received, before he did.
FROM_BLOCK = """
BEGIN
    IF NOT EXISTS (
        SELECT FROM onestop_dossier d
          JOIN onestop_code_block_code c ON c.code = d.code AND c.dossier_id = d.id
          JOIN onestop_code_block b ON b.id = c.block_id
         WHERE d.id = NEW.dossier_id
           AND b.company_id = d.company_id
           AND b.user_id = NEW.actor_id
           AND NEW.occurred_at BETWEEN b.reserved_at AND NEW.recorded_at
           AND b.day = (NEW.occurred_at AT TIME ZONE 'UTC'
                        AT TIME ZONE 'Asia/Ho_Chi_Minh')::date)
    THEN
        RAISE EXCEPTION USING ERRCODE = '23514', TABLE = TG_TABLE_NAME,
            MESSAGE = 'no code was reserved for what is said to be of an outage';
    END IF;
    RETURN NULL;
END
"""
# A reserved code belongs to the dossier that it was used for.
CODE_OF_BLOCK = """
BEGIN
    IF EXISTS (
        SELECT FROM onestop_code_block_code c
         WHERE c.code = NEW.code AND c.dossier_id IS DISTINCT FROM NEW.id)
    THEN
        RAISE EXCEPTION USING ERRCODE = '23514', TABLE = TG_TABLE_NAME,
            MESSAGE = 'this code is reserved for a desk without network';
    END IF;
    RETURN NULL;
END
"""


class OnestopCodeBlockCode(models.Model):
    """One reserved code: used for one dossier, or spoiled; never both, never twice."""

    _name = "onestop.code.block.code"
    _description = "Code reserved for an outage"
    _order = "block_id, number"
    _rec_name = "code"

    block_id = fields.Many2one(
        "onestop.code.block",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    number = fields.Integer(required=True, readonly=True, aggregator=None)
    code = fields.Char(required=True, readonly=True)
    secret = fields.Char(
        required=True,
        readonly=True,
        groups="base.group_system",
        help="The citizen's key to the dossier, printed on the slip of the outage.",
    )
    state = fields.Selection(
        [("reserved", "Not used yet"), ("used", "Used"), ("spoiled", "Spoiled")],
        required=True,
        readonly=True,
        default="reserved",
    )
    dossier_id = fields.Many2one(
        "onestop.dossier", readonly=True, ondelete="restrict", index="btree_not_null"
    )

    _code_unique = models.UniqueIndex("(code)", "This code is reserved already.")
    _dossier_unique = models.UniqueIndex(
        "(dossier_id) WHERE dossier_id IS NOT NULL", "A dossier has one code."
    )
    _used_for_one = models.Constraint(
        "CHECK ((state = 'used') = (dossier_id IS NOT NULL))",
        "A code is used for a dossier, or for none.",
    )

    def init(self):
        guard = self.env["onestop.database.guard"]
        guard._no_truncate(self._table)
        guard._make_trigger(
            self._table, "no_delete", "BEFORE DELETE", "onestop_append_only"
        )
        guard._make_function("onestop_code_kept", CODE_KEPT)
        guard._make_trigger(self._table, "kept", "BEFORE UPDATE", "onestop_code_kept")
        guard._make_function("onestop_outage_from_block", FROM_BLOCK)
        guard._make_trigger(
            "onestop_dossier_event",
            "outage_from_block",
            "AFTER INSERT",
            "onestop_outage_from_block",
            level="ROW WHEN (NEW.source = 'outage')",
            at_end=True,
        )
        guard._make_function("onestop_code_of_block", CODE_OF_BLOCK)
        guard._make_trigger(
            "onestop_dossier",
            "code_of_block",
            "AFTER INSERT OR UPDATE OF code",
            "onestop_code_of_block",
            level="ROW WHEN (NEW.code IS NOT NULL)",
            at_end=True,
        )
