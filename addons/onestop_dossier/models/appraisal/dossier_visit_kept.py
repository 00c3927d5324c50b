# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import models

# A record that is done says for ever what it says; its texts are erased once, at most.
KEPT = """
BEGIN
    IF OLD.state = 'planned' THEN
        IF NEW.dossier_id IS DISTINCT FROM OLD.dossier_id THEN
            RAISE EXCEPTION USING ERRCODE = '23001', TABLE = TG_TABLE_NAME,
                MESSAGE = 'a record of a visit stays with its dossier';
        END IF;
        RETURN NEW;
    END IF;
    IF to_jsonb(NEW) - '{place,others,findings,opinion,conclusion,signatures,salt,
                         erased_decision_id,for_citizen,write_uid,write_date}'::text[]
       IS DISTINCT FROM
       to_jsonb(OLD) - '{place,others,findings,opinion,conclusion,signatures,salt,
                         erased_decision_id,for_citizen,write_uid,write_date}'::text[]
    OR (ROW(NEW.place, NEW.others, NEW.findings, NEW.opinion, NEW.conclusion,
            NEW.signatures, NEW.salt, NEW.erased_decision_id)
        IS DISTINCT FROM
        ROW(OLD.place, OLD.others, OLD.findings, OLD.opinion, OLD.conclusion,
            OLD.signatures, OLD.salt, OLD.erased_decision_id)
        AND (COALESCE(NEW.place, NEW.others, NEW.findings, NEW.opinion,
                      NEW.conclusion, NEW.signatures, NEW.salt) IS NOT NULL
             OR NEW.erased_decision_id IS NULL
             OR OLD.erased_decision_id IS NOT NULL))
    THEN
        RAISE EXCEPTION USING ERRCODE = '23001', TABLE = TG_TABLE_NAME,
            MESSAGE = 'a record of a visit that is done is not changed any more';
    END IF;
    RETURN NEW;
END
"""
MEMBERS_KEPT = """
BEGIN
    IF (TG_OP != 'INSERT' AND EXISTS (
            SELECT FROM onestop_dossier_visit
             WHERE id = OLD.visit_id AND state != 'planned'))
    OR (TG_OP != 'DELETE' AND EXISTS (
            SELECT FROM onestop_dossier_visit
             WHERE id = NEW.visit_id AND state != 'planned'))
    THEN
        RAISE EXCEPTION USING ERRCODE = '23001', TABLE = TG_TABLE_NAME,
            MESSAGE = TG_OP || ' refused: the record of the visit is done';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END
"""


class OnestopDossierVisit(models.Model):
    """Below the ORM: a record that is done stays what it is."""

    _inherit = "onestop.dossier.visit"

    def init(self):
        guard = self.env["onestop.database.guard"]
        guard._no_truncate(self._table)
        guard._make_function("onestop_visit_kept", KEPT)
        guard._make_trigger(
            self._table, "append_only", "BEFORE DELETE", "onestop_append_only"
        )
        guard._make_trigger(self._table, "kept", "BEFORE UPDATE", "onestop_visit_kept")
        table = self._fields["member_ids"].relation
        guard._no_truncate(table)
        guard._make_function("onestop_visit_member_kept", MEMBERS_KEPT)
        guard._make_trigger(
            table,
            "kept",
            "BEFORE INSERT OR UPDATE OR DELETE",
            "onestop_visit_member_kept",
        )
