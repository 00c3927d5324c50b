# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import base64
import hashlib

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..catalogue.text import clean
from ..view_many2many import ViewMany2many

# Once in force these stay as they are; what was not known may still be filled in.
FROZEN = (
    "number",
    "date",
    "kind",
    "issuer_id",
    "issuer_name",
    "title",
    "effective_from",
    "file_hash",
)

# Stands in the context of the acts that move the state; a caller from outside can
# write the key, but not this object.
ACT = object()


class OnestopDecision(models.Model):
    """A legal instrument that something in the system stands on.

    Beside decisions of the agencies these are the laws, decrees and circulars that
    procedures cite (kind ``law``), whose date may be unknown. The state follows
    the dates: :meth:`_cron_follow_dates`.
    """

    _name = "onestop.decision"
    _description = "Decision"
    _inherit = ["onestop.derived", "mail.thread", "mail.activity.mixin"]
    _order = "date desc, number"
    _rec_names_search = ["number", "title"]

    number = fields.Char(required=True, help="Such as 1523/QĐ-UBND.", tracking=True)
    title = fields.Char(string="Subject", tracking=True)
    date = fields.Date(
        tracking=True, help="The day it was signed; may be unknown for a law only."
    )
    issuer_id = fields.Many2one(
        "onestop.department", index=True, ondelete="restrict", tracking=True
    )
    issuer_name = fields.Char(
        string="Issuer outside the Province",
        help="Such as the Government or a ministry.",
        tracking=True,
    )
    by_chair = fields.Boolean(
        string="Issued by the Chair",
        help="By the Chair himself, not by the People's Committee.",
    )
    kind = fields.Selection(
        [
            ("publication", "Publishes procedures"),
            ("onsite_list", "List of on-the-spot procedures"),
            ("process", "Approves internal processes"),
            ("delegation", "Delegation or decentralisation"),
            ("regulation", "Regulation"),
            ("law", "Legal normative document"),
            ("other", "Other"),
        ],
        required=True,
        default="publication",
        tracking=True,
    )
    law_type = fields.Selection(
        [
            ("assembly", "Law or resolution of the National Assembly"),
            ("ordinance", "Ordinance or resolution of its Standing Committee"),
            ("decree", "Decree"),
            ("resolution", "Resolution"),
            ("decision", "Decision"),
            ("circular", "Circular"),
            ("joint_circular", "Joint circular"),
            ("other", "Other"),
        ],
        string="Type of Document",
    )
    effective_from = fields.Date(
        compute="_compute_effective_from",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
        help="First legal day on which it holds.",
    )
    effective_to = fields.Date(
        tracking=True, help="Last legal day on which it holds; empty: no end is known."
    )
    end_reason = fields.Text(string="Why it ends", copy=False)
    replaced_by_id = fields.Many2one(
        "onestop.decision",
        index="btree_not_null",
        ondelete="restrict",
        copy=False,
        tracking=True,
    )
    replaces_ids = fields.One2many("onestop.decision", "replaced_by_id")
    amended_by_ids = fields.Many2many(
        "onestop.decision",
        "onestop_decision_amendment",
        "decision_id",
        "amended_by_id",
    )
    amends_ids = fields.Many2many(
        "onestop.decision",
        "onestop_decision_amendment",
        "amended_by_id",
        "decision_id",
        string="Amended Documents",
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("in_force", "In force"),
            ("lapsed", "Lapsed"),
            ("replaced", "Replaced"),
        ],
        required=True,
        default="draft",
        copy=False,
        tracking=True,
        index=True,
        help="Follows the dates. A law that is cited counts as in force until its "
        "end is recorded.",
    )
    file = fields.Binary(string="Document", attachment=True)
    filename = fields.Char()
    file_hash = fields.Char(
        compute="_compute_file_hash",
        store=True,
        string="SHA-256",
        help="Fingerprint of the document.",
    )
    keeper_ids = ViewMany2many(
        "res.users",
        relation="onestop_decision_keeper",
        column1="decision_id",
        column2="user_id",
        string="Keepers",
        readonly=True,
        copy=False,
        help="Catalogue managers of the People's Committee and its Office; for a law "
        "also the author who recorded it.",
    )

    _number_unique = models.UniqueIndex(
        "(number, date, issuer_id)", "This decision is recorded already."
    )
    _law_unique = models.UniqueIndex(
        "(number, COALESCE(issuer_id, 0)) WHERE kind = 'law'",
        "This legal document is recorded already.",
    )
    _dated = models.Constraint(
        "CHECK (kind = 'law' OR (date IS NOT NULL AND issuer_id IS NOT NULL))",
        "A decision needs its date and who issued it. Only of a legal normative "
        "document they may be unknown.",
    )
    _effect = models.Constraint(
        "CHECK (effective_to IS NULL OR effective_from <= effective_to)",
        "A decision cannot lapse before it takes effect.",
    )
    _not_itself = models.Constraint(
        "CHECK (replaced_by_id IS NULL OR replaced_by_id <> id)",
        "A decision cannot replace itself.",
    )

    def init(self):
        """Keepers as of this instant, and immutability, both in the database."""
        self.env.cr.execute(
            """
            CREATE OR REPLACE VIEW onestop_decision_keeper AS
            SELECT decision.id AS decision_id, role.user_id
              FROM onestop_decision decision
             CROSS JOIN onestop_membership role
              JOIN onestop_department own ON own.id = role.department_id
             WHERE daterange(role.valid_from, role.valid_to, '[]')
                   @> (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
               AND ((role.role = 'catalogue' AND own.kind IN ('province', 'office'))
                    OR (role.role IN ('head', 'deputy', 'catalogue')
                        AND decision.kind = 'law'
                        AND decision.create_uid = role.user_id))
             GROUP BY decision.id, role.user_id
            """
        )
        guard = self.env["onestop.database.guard"]
        changed = " OR ".join(
            f"(OLD.{name} IS NOT NULL AND NEW.{name} IS DISTINCT FROM OLD.{name})"
            for name in FROZEN
        )
        guard._make_function(
            "onestop_decision_frozen",
            f"""
            BEGIN
                IF OLD.state <> 'draft' AND (NEW.state = 'draft' OR {changed}) THEN
                    RAISE EXCEPTION USING ERRCODE = '23001', TABLE = TG_TABLE_NAME,
                        MESSAGE = 'a decision that took effect is not edited';
                END IF;
                RETURN NEW;
            END
            """,
        )
        guard._make_trigger(
            self._table, "frozen", "BEFORE UPDATE", "onestop_decision_frozen"
        )
        # The document itself stands in the table of attachments.
        guard._make_function(
            "onestop_decision_file_frozen",
            """
            BEGIN
                IF OLD.res_model = 'onestop.decision' AND OLD.res_field = 'file'
                   AND (TG_OP = 'DELETE'
                        OR NEW.checksum IS DISTINCT FROM OLD.checksum
                        OR NEW.res_id IS DISTINCT FROM OLD.res_id
                        OR NEW.res_model IS DISTINCT FROM OLD.res_model
                        OR NEW.res_field IS DISTINCT FROM OLD.res_field)
                   AND EXISTS (SELECT FROM onestop_decision
                                WHERE id = OLD.res_id AND state <> 'draft') THEN
                    RAISE EXCEPTION USING ERRCODE = '23001', TABLE = TG_TABLE_NAME,
                        MESSAGE = 'the document of a decision that took effect stays';
                END IF;
                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                RETURN NEW;
            END
            """,
        )
        guard._make_trigger(
            "ir_attachment",
            "decision_file",
            "BEFORE UPDATE OR DELETE",
            "onestop_decision_file_frozen",
        )

    # ------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------

    @api.depends("date", "kind")
    def _compute_effective_from(self):
        for decision in self:
            # A law takes effect on the day that it says, seldom that of its signing.
            day = decision.kind != "law" and decision.date
            decision.effective_from = decision.effective_from or day

    @api.depends("file")
    def _compute_file_hash(self):
        for decision in self.with_context(bin_size=False):
            file = decision.file and base64.b64decode(decision.file)
            decision.file_hash = file and hashlib.sha256(file).hexdigest()

    @api.depends("number", "date")
    def _compute_display_name(self):
        for decision in self:
            day = decision.date and decision.date.strftime("%d/%m/%Y")
            decision.display_name = " · ".join(filter(None, (decision.number, day)))

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._clean(vals) for vals in vals_list])

    def write(self, vals):
        kept = {"state", "replaced_by_id"}
        if self.env.context.get("onestop_act") is not ACT and kept & set(vals):
            raise UserError(
                self.env._(
                    "The state of a decision follows its dates; use the buttons to "
                    "put it in force, to end or to replace it."
                )
            )
        vals = self._clean(vals)
        self._check_frozen(vals)
        return super().write(vals)

    def _change(self, values):
        """Write what :meth:`write` keeps from callers from outside."""
        # sudo: onestop.decision - the callers asked for the right to write, or it is
        # the nightly job
        self.sudo().with_context(onestop_act=ACT).write(values)

    @api.model
    def _clean(self, vals):
        if vals.get("number"):
            vals = {**vals, "number": clean(vals["number"])}
        return vals

    def _check_frozen(self, vals):
        """Say in words what the trigger of the database refuses anyway."""
        names = {"file" if name == "file_hash" else name for name in FROZEN}
        for name in names.intersection(vals):
            if any(d.state != "draft" and d[name] for d in self):
                raise UserError(
                    self.env._(
                        "A decision that took effect is not edited any more: others "
                        "stand on it. Only its end can be recorded."
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_in_force(self):
        if any(decision.state != "draft" for decision in self):
            raise UserError(
                self.env._("A decision that took effect stays on record; end it.")
            )

    @api.model
    def _domain_at(self, day):
        """Decisions that hold on a legal day (Viet Nam); unknown dates count as so."""
        return (
            Domain("state", "!=", "draft")
            & (
                Domain("effective_from", "=", False)
                | Domain("effective_from", "<=", day)
            )
            & (Domain("effective_to", "=", False) | Domain("effective_to", ">=", day))
        )
