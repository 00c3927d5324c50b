# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models

from ...ledger.canonical import canonical

# A consignment is what it was when it left: it comes to its end once, gets its
# tracking number once, and its address is erased once, by a decision.
KEPT = """
DECLARE
    free text[] := '{recipient,address,phone,salt,erased_decision_id,tracking,state,
                     closed_at,proof_file_id,write_uid,write_date}';
BEGIN
    IF to_jsonb(NEW) - free IS DISTINCT FROM to_jsonb(OLD) - free
    OR (OLD.tracking IS NOT NULL AND NEW.tracking IS DISTINCT FROM OLD.tracking)
    OR (OLD.state != 'sent'
        AND ROW(NEW.state, NEW.closed_at, NEW.proof_file_id)
            IS DISTINCT FROM ROW(OLD.state, OLD.closed_at, OLD.proof_file_id))
    OR (ROW(NEW.recipient, NEW.address, NEW.phone, NEW.salt, NEW.erased_decision_id)
        IS DISTINCT FROM
        ROW(OLD.recipient, OLD.address, OLD.phone, OLD.salt, OLD.erased_decision_id)
        AND (COALESCE(NEW.recipient, NEW.address, NEW.phone, NEW.salt) IS NOT NULL
             OR NEW.erased_decision_id IS NULL
             OR OLD.erased_decision_id IS NOT NULL))
    THEN
        RAISE EXCEPTION USING ERRCODE = '23001', TABLE = TG_TABLE_NAME,
            MESSAGE = 'a consignment that left is not changed any more';
    END IF;
    RETURN NEW;
END
"""


class OnestopParcel(models.Model):
    """A result, and originals, sent by post: one attempt (QĐ 45/2016/QĐ-TTg).

    Written by the acts ``send_parcel``, ``record_undelivered`` and ``return`` alone.
    The dossier stays ready while its consignment is on the way; it is returned when
    delivery is proved, and waits again when the consignment came back.
    """

    _name = "onestop.parcel"
    _description = "Consignment with a result"
    _order = "id desc"

    dossier_id = fields.Many2one(
        "onestop.dossier", required=True, readonly=True, index=True, ondelete="restrict"
    )
    list_id = fields.Many2one(
        "onestop.parcel.list",
        string="Post List",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    attempt = fields.Integer(required=True, readonly=True)
    state = fields.Selection(
        [
            ("sent", "On the way"),
            ("delivered", "Delivered"),
            ("undelivered", "Came back"),
        ],
        required=True,
        readonly=True,
        default="sent",
    )
    recipient = fields.Char(readonly=True)
    address = fields.Char(readonly=True)
    phone = fields.Char(readonly=True)
    carrier = fields.Char(required=True, readonly=True)
    tracking = fields.Char(string="Tracking Number", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True, ondelete="restrict")
    fee = fields.Monetary(string="Postage", readonly=True)
    originals = fields.Json(
        readonly=True, help="Originals of parts that travel with the result."
    )
    sent_at = fields.Datetime(required=True, readonly=True)
    proof_due_on = fields.Date(
        readonly=True, help="Without proof of delivery by then, ask the carrier."
    )
    closed_at = fields.Datetime(readonly=True)
    proof_file_id = fields.Many2one(
        "onestop.dossier.file",
        string="Proof of Delivery",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
    )
    salt = fields.Char(readonly=True, groups="base.group_system")
    salted_hash = fields.Char(readonly=True)
    erased_decision_id = fields.Many2one(
        "onestop.decision",
        string="Erased by",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
    )

    _one_on_the_way = models.UniqueIndex(
        "(dossier_id) WHERE state = 'sent'",
        "A consignment of this dossier is on the way already.",
    )
    _attempt_once = models.UniqueIndex("(dossier_id, attempt)")
    _tracking_unique = models.UniqueIndex(
        "(carrier, tracking) WHERE tracking IS NOT NULL",
        "This tracking number belongs to another consignment.",
    )
    _without_proof_idx = models.Index("(proof_due_on) WHERE state = 'sent'")
    _end_told = models.Constraint(
        "CHECK ((state = 'sent') = (closed_at IS NULL) "
        "AND (state != 'delivered' OR proof_file_id IS NOT NULL))",
        "A consignment that came to its end says when, and its delivery is proved.",
    )
    _fee_positive = models.Constraint(
        "CHECK (fee >= 0)", "The postage cannot be negative."
    )

    def init(self):
        guard = self.env["onestop.database.guard"]
        guard._no_truncate(self._table)
        self.env["onestop.dossier"]._let_go_of_trials(
            self._table, "no_delete", "BEFORE DELETE"
        )
        guard._make_function("onestop_parcel_kept", KEPT)
        guard._make_trigger(self._table, "kept", "BEFORE UPDATE", "onestop_parcel_kept")

    @api.depends("dossier_id.code", "tracking")
    def _compute_display_name(self):
        for parcel in self:
            parcel.display_name = f"{parcel.dossier_id.code} · {parcel.tracking or '…'}"

    @api.model
    def _sealed(self, values):
        """What the salted hash of the event covers, as canonical JSON."""
        names = ("recipient", "address", "phone", "carrier")
        return canonical({name: values[name] or "" for name in names})

    def action_open_delivered(self):
        """Open the dialog that records the delivery.

        :return: the window action of the dialog.
        """
        return self._open_outcome("delivered")

    def action_open_undelivered(self):
        """Open the dialog that records that the consignment came back.

        :return: the window action of the dialog.
        """
        return self._open_outcome("undelivered")

    def _open_outcome(self, outcome):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.display_name,
            "res_model": "onestop.parcel.outcome",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_parcel_id": self.id,
                "default_outcome": outcome,
                "dialog_size": "medium",
            },
        }
