# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import json

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.misc import clean_context

from ...ledger.canonical import GENESIS, digest
from ...ledger.outage import OutageError, is_signed, read_entry

ENTRY_KEPT = """
BEGIN
    IF ROW(NEW.id, NEW.block_id, NEW.code_id, NEW.token, NEW.occurred_at, NEW.hash,
           NEW.signature, NEW.sent_at, NEW.user_id, NEW.department_id, NEW.skew,
           NEW.is_signed, NEW.is_online_meanwhile, NEW.due_promised_at)
       IS DISTINCT FROM
       ROW(OLD.id, OLD.block_id, OLD.code_id, OLD.token, OLD.occurred_at, OLD.hash,
           OLD.signature, OLD.sent_at, OLD.user_id, OLD.department_id, OLD.skew,
           OLD.is_signed, OLD.is_online_meanwhile, OLD.due_promised_at)
       OR (NEW.payload IS DISTINCT FROM OLD.payload
           AND (NEW.payload IS NOT NULL OR NEW.erased_decision_id IS NULL))
       OR (OLD.state IN ('received', 'void')
           AND ROW(NEW.state, NEW.resolution, NEW.reason, NEW.resolved_by_id,
                   NEW.resolved_at)
           IS DISTINCT FROM
           ROW(OLD.state, OLD.resolution, OLD.reason, OLD.resolved_by_id,
               OLD.resolved_at))
       OR (OLD.dossier_id IS NOT NULL
           AND NEW.dossier_id IS DISTINCT FROM OLD.dossier_id)
    THEN
        RAISE EXCEPTION USING ERRCODE = '23001', TABLE = TG_TABLE_NAME,
            MESSAGE = 'what a desk wrote during an outage stays as it was sent';
    END IF;
    RETURN NEW;
END
"""


class OnestopOutageEntry(models.Model):
    """What a desk received while the network failed, as the server got it later.

    It becomes a dossier, or a conflict that a clerk decides; it never disappears. The
    payload is personal data: it goes by a decision, its hash stays.
    """

    _name = "onestop.outage.entry"
    _description = "Received during an outage"
    _order = "occurred_at desc, id desc"

    block_id = fields.Many2one(
        "onestop.code.block",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    code_id = fields.Many2one(
        "onestop.code.block.code",
        string="Code on the Slip",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    department_id = fields.Many2one(
        "onestop.department",
        string="Receiving Unit",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Receiver",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    token = fields.Char(required=True, readonly=True, export_string_translation=False)
    occurred_at = fields.Datetime(string="Received At", required=True, readonly=True)
    sent_at = fields.Datetime(string="Recorded At", required=True, readonly=True)
    skew = fields.Integer(
        string="Clock Ahead (s)",
        readonly=True,
        aggregator=None,
        help="By how many seconds the clock of the desk was ahead of the server's when "
        "they last met; the time of reception is already corrected by it.",
    )
    hash = fields.Char(required=True, readonly=True)
    signature = fields.Char(readonly=True)
    is_signed = fields.Boolean(string="As the Desk Signed It", readonly=True)
    is_online_meanwhile = fields.Boolean(
        string="Worked Online Meanwhile",
        readonly=True,
        help="The receiver did other acts online between this reception and its "
        "sending: whether the network had really failed is worth a question.",
    )
    payload = fields.Text(readonly=True, groups="onestop_dossier.group_receiver")
    due_promised_at = fields.Datetime(string="Promised on the Slip", readonly=True)
    state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("received", "Received"),
            ("conflict", "Conflict"),
            ("void", "Void"),
        ],
        required=True,
        readonly=True,
        default="waiting",
        index=True,
    )
    conflicts = fields.Json(readonly=True)
    accepted = fields.Json(
        readonly=True, help="Conflicts that a clerk has decided to accept."
    )
    resolution = fields.Selection(
        [
            ("straight", "As it was sent"),
            ("anyway", "Received all the same"),
            ("corrected", "Corrected, then received"),
            ("recoded", "Received under a new code"),
            ("online", "Was received before the network failed"),
            ("void", "Code void"),
        ],
        readonly=True,
    )
    resolved_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    resolved_at = fields.Datetime(readonly=True)
    reason = fields.Text(readonly=True)
    dossier_id = fields.Many2one(
        "onestop.dossier", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    erased_decision_id = fields.Many2one(
        "onestop.decision", string="Erased By", readonly=True, ondelete="restrict"
    )

    _token_unique = models.UniqueIndex("(token)", "This entry was sent already.")

    def init(self):
        guard = self.env["onestop.database.guard"]
        guard._no_truncate(self._table)
        guard._make_trigger(
            self._table, "no_delete", "BEFORE DELETE", "onestop_append_only"
        )
        guard._make_function("onestop_outage_entry_kept", ENTRY_KEPT)
        guard._make_trigger(
            self._table, "kept", "BEFORE UPDATE", "onestop_outage_entry_kept"
        )

    @api.depends("code_id.code")
    def _compute_display_name(self):
        for entry in self:
            entry.display_name = entry.code_id.code

    # ------------------------------------------------------------
    # Record what a desk sends
    # ------------------------------------------------------------

    @api.model
    def _record(self, block, text, signature, files):
        """Keep what a desk sends, once, before anything is made of it.

        :param block: the block of codes that the desk holds.
        :param text: the very text that the desk has signed.
        :param files: contents (base64) of its files, by SHA-256.
        :return: the entry; the one on record when it was sent before.
        :raises AccessError: another desk's block.
        :raises UserError: no desk writes this; nothing is kept then.
        """
        if not block or block.user_id != self.env.user:
            raise AccessError(
                self.env._(
                    "These codes were reserved for another receiver. Only he can send "
                    "what he received with them."
                )
            )
        try:
            read = read_entry(text)
        except OutageError as error:
            raise UserError(
                self.env._("This is no entry of a reception desk; nothing was kept.")
            ) from error
        text_hash = digest(text)
        known = self.sudo().search([("token", "=", read.token)])  # sudo: as below
        if known and (known.hash != text_hash or known.block_id != block):
            raise UserError(
                self.env._(
                    "The entry %(code)s was sent before with another content. The one "
                    "sent first is kept.",
                    code=known.code_id.code,
                )
            )
        if known:
            return known.sudo(False)
        code = block.code_ids.filtered(lambda c: c.code == read.code)
        if not code:
            raise UserError(
                self.env._(
                    "The code %(code)s was not reserved for this desk.", code=read.code
                )
            )
        # A caller's default_accepted would decide conflicts that nobody has seen.
        plain = self.with_env(self.env(context=clean_context(self.env.context)))
        # sudo: onestop.outage.entry - written by the desk's methods alone
        entry = plain.sudo().create(
            {
                "block_id": block.id,
                "code_id": code.id,
                "department_id": block.department_id.id,
                "user_id": self.env.uid,
                "token": read.token,
                "occurred_at": read.occurred,
                "sent_at": self.env["onestop.dossier"]._moment(),
                "skew": read.skew,
                "hash": text_hash,
                "signature": signature if isinstance(signature, str) else False,
                "is_signed": is_signed(text, signature, block.public_key)
                and self._continues(block, code, read.previous),
                "is_online_meanwhile": self._was_online(read.occurred),
                "payload": text,
                "due_promised_at": read.due,
            }
        )
        entry._keep_files(files)
        return entry.sudo(False)

    @api.model
    def _was_online(self, occurred):
        """Whether this user did something online since the moment of an entry."""
        # sudo: onestop.dossier.event - only whether there is one of his own
        events = self.env["onestop.dossier.event"].sudo()
        return bool(
            events.search(
                [
                    ("actor_id", "=", self.env.uid),
                    ("source", "=", "live"),
                    ("occurred_at", ">", occurred),
                ],
                limit=1,
            )
        )

    @api.model
    def _continues(self, block, code, previous):
        """Whether the entry names the one before it in the block.

        One that was taken out of the browser, or put in, is noticed by the next.
        """
        # sudo: onestop.outage.entry - only hashes of the same block
        before = self.sudo().search(
            [
                ("block_id", "=", block.id),
                ("code_id.number", "<", code.number),
            ]
        )
        last = before.sorted(lambda entry: entry.code_id.number)[-1:]
        return previous == (last.hash or GENESIS)

    def _read(self):
        """What the desk wrote.

        :raises UserError: it was erased.
        """
        # sudo: onestop.outage.entry - its own text, for its own methods
        payload = self.sudo().payload
        if not payload:
            raise UserError(self.env._("What was entered has been erased."))
        return read_entry(payload)

    def _told(self):
        """What the desk needs to know of it."""
        self.ensure_one()
        return {
            "id": self.id,
            "token": self.token,
            "state": self.state,
            "code": self.code_id.code,
            # sudo: onestop.dossier - the code that it got
            "given": self.dossier_id.sudo().code or "",
            "dossier_id": self.dossier_id.id,
            "conflicts": [c["text"] for c in self.conflicts or []],
        }

    def _payload_text(self):
        """The entry in readable JSON, for an official who checks it."""
        return json.dumps(self._read().said, ensure_ascii=False, indent=2)
