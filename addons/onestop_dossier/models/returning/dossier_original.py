# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models

# What went over the counter stays on record. The name of an old paper that was taken
# in may say whose it was: it is erased once, by a decision.
KEPT = """
DECLARE
    there int;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF to_jsonb(NEW) - '{name,salt,erased_decision_id}'::text[]
           IS DISTINCT FROM to_jsonb(OLD) - '{name,salt,erased_decision_id}'::text[]
        OR NEW.name IS NOT NULL OR NEW.salt IS NOT NULL
        OR NEW.erased_decision_id IS NULL OR OLD.erased_decision_id IS NOT NULL
        THEN
            RAISE EXCEPTION USING ERRCODE = '23001', TABLE = TG_TABLE_NAME,
                MESSAGE = 'what was handed over is not changed any more';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.move = 'given_back' THEN
        SELECT CASE WHEN COALESCE(originals_given, 0) + COALESCE(copies_given, 0) > 0
                    THEN COALESCE(originals_given, 0)
                    ELSE COALESCE(originals, 0) END
             - COALESCE((SELECT sum(o.count) FROM onestop_dossier_original o
                          WHERE o.dossier_part_id = NEW.dossier_part_id
                            AND o.move = 'given_back'), 0)
          INTO there
          FROM onestop_dossier_part
         WHERE id = NEW.dossier_part_id AND dossier_id = NEW.dossier_id;
        IF there IS NULL OR there < NEW.count THEN
            RAISE EXCEPTION USING ERRCODE = '23001', TABLE = TG_TABLE_NAME,
                MESSAGE = 'an original is given back once';
        END IF;
    END IF;
    RETURN NEW;
END
"""


class OnestopDossierOriginal(models.Model):
    """An original that went over the counter: given back, kept, or taken in.

    Written by the acts ``return`` and ``give_back`` alone; the event names the parts
    and counts, and the salted hash of the name of a paper that was taken in.
    """

    _name = "onestop.dossier.original"
    _description = "Original handed over"
    _log_access = False
    _order = "dossier_id.id, id"

    dossier_id = fields.Many2one(
        "onestop.dossier", required=True, readonly=True, index=True, ondelete="restrict"
    )
    dossier_part_id = fields.Many2one(
        "onestop.dossier.part",
        string="Part",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    event_id = fields.Many2one(
        "onestop.dossier.event",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    move = fields.Selection(
        [
            ("given_back", "Given back"),
            ("kept", "Stays in the dossier"),
            ("taken_in", "Taken in"),
        ],
        required=True,
        readonly=True,
    )
    count = fields.Integer(required=True, readonly=True)
    name = fields.Char(
        string="Old Paper", readonly=True, help="Of a paper that was taken in."
    )
    salt = fields.Char(readonly=True, groups="base.group_system")
    salted_hash = fields.Char(readonly=True, groups="base.group_user")
    erased_decision_id = fields.Many2one(
        "onestop.decision",
        string="Erased by",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
    )

    _count_positive = models.Constraint(
        "CHECK (count > 0)", "At least one original is handed over."
    )
    _part_or_paper = models.Constraint(
        "CHECK ((move = 'taken_in') = (dossier_part_id IS NULL))",
        "Parts are given back or kept; other papers are taken in.",
    )
    _once_an_act = models.UniqueIndex(
        "(event_id, dossier_part_id, move) WHERE dossier_part_id IS NOT NULL"
    )

    def init(self):
        guard = self.env["onestop.database.guard"]
        guard._no_truncate(self._table)
        self.env["onestop.dossier"]._let_go_of_trials(
            self._table, "no_delete", "BEFORE DELETE"
        )
        guard._make_function("onestop_original_kept", KEPT)
        guard._make_trigger(
            self._table, "kept", "BEFORE INSERT OR UPDATE", "onestop_original_kept"
        )

    @api.depends("dossier_part_id", "name")
    def _compute_display_name(self):
        for original in self:
            original.display_name = original.dossier_part_id.name or original.name
