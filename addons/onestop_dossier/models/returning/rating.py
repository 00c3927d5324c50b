# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import AccessError

# Carried in the context by the one method that rates a dossier. An object's identity
# cannot come over RPC.
RATED = object()
# Below the ORM: a rating of a dossier names it, stays with it, and is fixed when the
# days to change it are over.
KEPT = """
DECLARE
    days int;
    ours bool;
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.onestop_dossier_id IS NULL THEN RETURN OLD; END IF;
        RAISE EXCEPTION USING ERRCODE = '23001', TABLE = TG_TABLE_NAME,
            MESSAGE = 'the rating of a dossier is not deleted';
    END IF;
    -- The name of the model is written by a second statement.
    ours := COALESCE(NEW.res_model, '') = 'onestop.dossier'
         OR NEW.res_model_id IS NOT DISTINCT FROM
            (SELECT id FROM ir_model WHERE model = 'onestop.dossier');
    IF ours != (NEW.onestop_dossier_id IS NOT NULL)
    OR NEW.onestop_dossier_id IS NOT NULL
       AND (NEW.res_id != NEW.onestop_dossier_id OR NOT EXISTS (
            SELECT FROM onestop_dossier WHERE id = NEW.onestop_dossier_id
               AND is_trial IS NOT TRUE
               AND state IN ('returned', 'refused', 'stopped')))
    THEN
        RAISE EXCEPTION USING ERRCODE = '23001', TABLE = TG_TABLE_NAME,
            MESSAGE = 'a rating belongs to one dossier that has come to its end';
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.onestop_dossier_id IS NOT NULL THEN
        SELECT c.onestop_rating_days INTO days
          FROM onestop_dossier d JOIN res_company c ON c.id = d.company_id
         WHERE d.id = OLD.onestop_dossier_id;
        IF NEW.onestop_dossier_id IS DISTINCT FROM OLD.onestop_dossier_id
        OR NEW.create_date IS DISTINCT FROM OLD.create_date
        OR NEW.onestop_source IS DISTINCT FROM OLD.onestop_source
        OR (ROW(NEW.rating, NEW.feedback, NEW.consumed)
            IS DISTINCT FROM ROW(OLD.rating, OLD.feedback, OLD.consumed)
            AND now() AT TIME ZONE 'UTC'
                > OLD.create_date + make_interval(days => COALESCE(days, 0)))
        THEN
            RAISE EXCEPTION USING ERRCODE = '23001', TABLE = TG_TABLE_NAME,
                MESSAGE = 'the rating of a dossier stays as it is';
        END IF;
    END IF;
    RETURN NEW;
END
"""


class RatingRating(models.Model):
    """Ratings of dossiers: one a dossier, seen by the leaders of the Centre alone."""

    _inherit = "rating.rating"

    onestop_dossier_id = fields.Many2one(
        "onestop.dossier", string="Dossier", readonly=True, ondelete="restrict"
    )
    onestop_source = fields.Selection(
        [
            ("portal", "On the portal"),
            ("link", "By the link of a notice"),
            ("counter", "At the counter"),
        ],
        string="Rated",
        readonly=True,
    )
    # Of the end of the dossier, which does not move any more: a related field would
    # have every act on any dossier look for ratings.
    onestop_department_id = fields.Many2one(
        "onestop.department",
        string="Agency",
        compute="_compute_onestop_department_id",
        store=True,
    )
    onestop_answer_ids = fields.One2many(
        "onestop.rating.answer", "rating_id", string="Answers", readonly=True
    )

    _onestop_once = models.UniqueIndex(
        "(onestop_dossier_id) WHERE onestop_dossier_id IS NOT NULL",
        "This dossier was rated already.",
    )

    @api.depends("onestop_dossier_id")
    def _compute_onestop_department_id(self):
        for rating in self:
            # sudo: onestop.dossier - which agency was rated
            dossier = rating.onestop_dossier_id.sudo()
            rating.onestop_department_id = dossier.department_id

    def init(self):
        result = super().init()
        guard = self.env["onestop.database.guard"]
        guard._make_function("onestop_rating_kept", KEPT)
        guard._make_trigger(
            self._table,
            "kept",
            "BEFORE INSERT OR UPDATE OR DELETE",
            "onestop_rating_kept",
        )
        return result

    @api.model_create_multi
    def create(self, vals_list):
        if any(self._is_of_dossier(vals) for vals in vals_list):
            self._refuse_by_hand()
        return super().create(vals_list)

    def write(self, vals):
        ours = self.sudo().filtered("onestop_dossier_id")  # sudo: only whose they are
        if ours or self._is_of_dossier(vals):
            self._refuse_by_hand()
        return super().write(vals)

    @api.model
    def _is_of_dossier(self, vals):
        if vals.get("onestop_dossier_id"):
            return True
        model = self.env["ir.model"]._get_id("onestop.dossier")
        return vals.get("res_model_id") == model or (
            vals.get("res_model") == "onestop.dossier"
        )

    @api.model
    def _refuse_by_hand(self):
        if self.env.context.get("onestop_rating") is not RATED:
            raise AccessError(
                self.env._("A dossier is rated by who had it, and by nobody else.")
            )
