# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import fields, models
from odoo.exceptions import AccessError

FILLED = frozenset({"result", "remark"})
# As its sheet: kept once that was passed on, but for a remark that is erased.
KEPT = """
DECLARE
    sheet onestop_dossier_sheet%ROWTYPE;
BEGIN
    SELECT * INTO sheet FROM onestop_dossier_sheet
     WHERE id = CASE WHEN TG_OP = 'INSERT' THEN NEW.sheet_id ELSE OLD.sheet_id END;
    IF TG_OP = 'DELETE' AND (sheet.id IS NULL OR sheet.state = 'draft' OR EXISTS (
        SELECT FROM onestop_dossier WHERE id = sheet.dossier_id AND is_trial))
    THEN
        RETURN OLD;
    END IF;
    IF TG_OP != 'DELETE' AND sheet.state = 'draft'
       AND (TG_OP = 'INSERT' OR NEW.sheet_id = OLD.sheet_id)
    THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND sheet.erased_decision_id IS NOT NULL
       AND NEW.remark IS NULL
       AND ROW(NEW.sheet_id, NEW.sequence, NEW.condition, NEW.result)
           IS NOT DISTINCT FROM
           ROW(OLD.sheet_id, OLD.sequence, OLD.condition, OLD.result)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION USING ERRCODE = '23001', TABLE = TG_TABLE_NAME,
        MESSAGE = TG_OP || ' refused: the appraisal sheet was passed on';
END
"""


class OnestopDossierFinding(models.Model):
    """What the appraisal found of one condition of the procedure."""

    _name = "onestop.dossier.finding"
    _description = "Finding on a condition"
    _order = "sheet_id, sequence, id"
    _rec_name = "condition"

    sheet_id = fields.Many2one(
        "onestop.dossier.sheet",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    sequence = fields.Integer(default=10, readonly=True)
    condition = fields.Text(required=True, readonly=True)
    result = fields.Selection(
        [("met", "Met"), ("not_met", "Not met"), ("na", "Does not apply")],
        string="Finding",
    )
    remark = fields.Text()

    def init(self):
        guard = self.env["onestop.database.guard"]
        guard._no_truncate(self._table)
        guard._make_function("onestop_finding_kept", KEPT)
        guard._make_trigger(
            self._table,
            "kept",
            "BEFORE INSERT OR UPDATE OR DELETE",
            "onestop_finding_kept",
        )

    def write(self, vals):
        if not self.env.su:
            if vals.keys() - FILLED:
                raise AccessError(
                    self.env._("The conditions are those of the procedure.")
                )
            self.sheet_id._check_filling()
        return super().write(vals)
