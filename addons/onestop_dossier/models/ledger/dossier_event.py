# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import json

from odoo import api, fields, models

from ...ledger.canonical import GENESIS, canonical, digest, instant
from ...ledger.columns import AFTER, SEALED
from ...ledger.transitions import NAMES


class OnestopDossierEvent(models.Model):
    """The ledger: each act on a dossier, in a chain of hashes.

    No name, identity number or free text stands here, only ids and salted hashes of
    texts. The body is canonical JSON (RFC 8785); its hash covers the hash before it.
    Triggers refuse UPDATE, DELETE and TRUNCATE, set ``recorded_at``, and hold the
    dossier's row to its last event.
    """

    _name = "onestop.dossier.event"
    _description = "Event of a dossier"
    _log_access = False
    _order = "dossier_id.id, sequence"

    dossier_id = fields.Many2one(
        "onestop.dossier", required=True, ondelete="restrict", readonly=True, index=True
    )
    sequence = fields.Integer(required=True, readonly=True)
    kind = fields.Selection(
        selection="_selection_kind", required=True, readonly=True, string="Act"
    )
    actor_id = fields.Many2one(
        "res.users", required=True, ondelete="restrict", readonly=True, index=True
    )
    department_id = fields.Many2one(
        "onestop.department",
        string="Agency",
        ondelete="restrict",
        readonly=True,
        index="btree_not_null",
    )
    state_from = fields.Char(readonly=True)
    state_to = fields.Char(required=True, readonly=True)
    occurred_at = fields.Datetime(required=True, readonly=True)
    recorded_at = fields.Datetime(required=True, readonly=True)
    source = fields.Selection(
        [
            ("live", "Live"),
            ("demo", "Demo"),
            ("import", "Import"),
            ("outage", "Recorded after an outage"),
        ],
        required=True,
        readonly=True,
    )
    body = fields.Text(required=True, readonly=True)
    previous_hash = fields.Char(required=True, readonly=True)
    hash = fields.Char(required=True, readonly=True)
    text_ids = fields.One2many("onestop.dossier.text", "event_id", string="Texts")
    reason = fields.Text(compute="_compute_reason", string="Said")

    _chain_unique = models.UniqueIndex("(dossier_id, sequence)")

    @api.model
    def _selection_kind(self):
        labels = {
            "create": self.env._("Opened"),
            "submit": self.env._("Submitted"),
            "receive": self.env._("Received"),
            "refuse": self.env._("Refused at reception"),
            "expire": self.env._("Time to answer expired"),
            "pass_on": self.env._("Request passed on to the citizen"),
            "recalculate": self.env._("Due date counted again"),
            "consult": self.env._("Opinion asked for"),
            "answer_consultation": self.env._("Opinion given"),
            "spawn": self.env._("Linked dossier opened"),
            "transfer": self.env._("Transferred to another agency"),
            "correct": self.env._("Entries corrected"),
            "record_consent": self.env._("Silence recorded as consent"),
            "forward": self.env._("Forwarded"),
            "send_back": self.env._("Sent back"),
            "assign": self.env._("Assigned"),
            "release": self.env._("Released"),
            "recall": self.env._("Recalled"),
            "move_paper": self.env._("Physical file moved"),
            "request_supplement": self.env._("Supplement requested"),
            "request_payment": self.env._("Payment requested"),
            "suspend": self.env._("Suspended"),
            "resume": self.env._("Resumed"),
            "extend": self.env._("Time extended"),
            "approve": self.env._("Approved"),
            "reject": self.env._("Rejected"),
            "issue": self.env._("Result issued"),
            "record_outside": self.env._("Result from outside recorded"),
            "return": self.env._("Result returned"),
            "revoke_decision": self.env._("Decision revoked"),
            "request_withdrawal": self.env._("Withdrawal requested"),
            "accept_withdrawal": self.env._("Withdrawal accepted"),
            "decline_withdrawal": self.env._("Withdrawal declined"),
            "stop": self.env._("Stopped"),
            "set_fee": self.env._("Fee stated"),
            "collect_fee": self.env._("Fee collected"),
            "give_back": self.env._("Originals given back"),
            "cancel_receipt": self.env._("Receipt cancelled"),
            "refund_fee": self.env._("Fee refunded"),
            "collect_online": self.env._("Result received electronically"),
            "send_parcel": self.env._("Handed to the post"),
            "record_undelivered": self.env._("Came back from the post"),
        }
        return [(name, labels[name]) for name in ("create", *NAMES)]

    @api.depends("text_ids.body")
    def _compute_reason(self):
        for event in self:
            event.reason = "\n".join(t.body for t in event.text_ids if t.body)

    @api.depends("kind", "sequence")
    def _compute_display_name(self):
        labels = dict(self._selection_kind())
        for event in self:
            event.display_name = f"{event.sequence}. {labels.get(event.kind)}"

    # ------------------------------------------------------------
    # Triggers
    # ------------------------------------------------------------

    def init(self):
        guard = self.env["onestop.database.guard"]
        guard._append_only(self._table)
        self.env["onestop.dossier"]._let_go_of_trials(
            self._table, "append_only", "BEFORE UPDATE OR DELETE"
        )
        self._init_recorded_at()
        self._init_row_follows_event()

    def _init_recorded_at(self):
        """The database says when an event was recorded, and holds live to it."""
        guard = self.env["onestop.database.guard"]
        function = "onestop_event_recorded"
        guard._make_function(
            function,
            """
            DECLARE
                said jsonb;
            BEGIN
                NEW.recorded_at := now() AT TIME ZONE 'UTC';
                IF NEW.source = 'live' AND NEW.occurred_at != NEW.recorded_at THEN
                    RAISE EXCEPTION USING ERRCODE = '23514', TABLE = TG_TABLE_NAME,
                        MESSAGE = 'a live event is recorded when it occurs';
                END IF;
                IF NEW.source = 'demo' AND EXISTS (
                    SELECT FROM ir_config_parameter
                     WHERE key = 'onestop.production' AND value = 'True'
                ) THEN
                    RAISE EXCEPTION USING ERRCODE = '23514', TABLE = TG_TABLE_NAME,
                        MESSAGE = 'no demo events in production';
                END IF;
                IF NEW.hash != encode(sha256(convert_to(NEW.body, 'UTF8')), 'hex')
                   OR NEW.previous_hash IS DISTINCT FROM
                       (CASE WHEN NEW.sequence = 1 THEN repeat('0', 64)
                             ELSE (SELECT hash FROM onestop_dossier_event
                                    WHERE dossier_id = NEW.dossier_id
                                      AND sequence = NEW.sequence - 1) END)
                THEN
                    RAISE EXCEPTION USING ERRCODE = '23514', TABLE = TG_TABLE_NAME,
                        MESSAGE = 'the event does not continue the chain';
                END IF;
                said := NEW.body::jsonb;
                IF ROW(
                    NEW.dossier_id, NEW.sequence, NEW.kind, NEW.actor_id,
                    NEW.department_id, NEW.state_from, NEW.state_to, NEW.source,
                    NEW.previous_hash,
                    to_char(NEW.occurred_at, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                    to_char(NEW.recorded_at, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
                ) IS DISTINCT FROM ROW(
                    (said ->> 'dossier')::int, (said ->> 'sequence')::int,
                    said ->> 'kind', (said ->> 'actor')::int,
                    (said ->> 'agency')::int, said ->> 'from', said ->> 'to',
                    said ->> 'source', said ->> 'previous',
                    said ->> 'occurred', said ->> 'recorded'
                ) THEN
                    RAISE EXCEPTION USING ERRCODE = '23514', TABLE = TG_TABLE_NAME,
                        MESSAGE = 'the event''s columns differ from its body';
                END IF;
                RETURN NEW;
            END
            """,
        )
        guard._make_trigger(self._table, "recorded", "BEFORE INSERT", function)

    def _init_row_follows_event(self):
        """A dossier's row is what its last event says, at every commit."""
        guard = self.env["onestop.database.guard"]
        function = "onestop_dossier_follows_event"

        def text_of(column):
            # The same text that ``ledger.canonical.instant`` writes.
            if column.endswith("_at"):
                return (
                    f"to_char(d.{column}, "
                    """'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""
                )
            return f"d.{column}::text"

        def follows(column, name):
            same = f"({text_of(column)}) IS NOT DISTINCT FROM (after ->> '{name}')"
            return f"(NOT after ? '{name}' OR {same})" if column in SEALED else same

        same = "\n AND ".join(follows(*pair) for pair in AFTER.items())
        guard._make_function(
            function,
            f"""
            DECLARE
                d onestop_dossier;
                after jsonb;
            BEGIN
                IF TG_TABLE_NAME = 'onestop_dossier_event' THEN
                    SELECT * INTO d FROM onestop_dossier WHERE id = NEW.dossier_id;
                ELSIF TG_OP = 'INSERT' THEN  -- deferred: the row of now
                    SELECT * INTO d FROM onestop_dossier WHERE id = NEW.id;
                ELSE
                    d := NEW;
                END IF;
                SELECT (e.body::jsonb) -> 'after' INTO after
                  FROM onestop_dossier_event e
                 WHERE e.dossier_id = d.id
                   AND e.sequence = d.head_sequence
                   AND e.hash = d.head_hash
                   AND NOT EXISTS (
                        SELECT FROM onestop_dossier_event later
                         WHERE later.dossier_id = d.id
                           AND later.sequence = d.head_sequence + 1);
                IF after IS NULL OR NOT ({same}) THEN
                    RAISE EXCEPTION USING ERRCODE = '23001',
                        TABLE = 'onestop_dossier',
                        MESSAGE = 'dossier ' || d.id || ' differs from its last event';
                END IF;
                RETURN NULL;
            END
            """,
        )
        columns = ", ".join((*AFTER, "head_sequence", "head_hash"))
        # A new dossier and its first event come in two statements, as do an event
        # and the row that follows it: those are checked when the transaction ends.
        for table, name, when, at_end in (
            ("onestop_dossier", "follows_event", f"AFTER UPDATE OF {columns}", False),
            ("onestop_dossier", "begins_with_event", "AFTER INSERT", True),
            ("onestop_dossier_event", "is_followed", "AFTER INSERT", True),
        ):
            guard._make_trigger(table, name, when, function, at_end=at_end)

    # ------------------------------------------------------------
    # Append
    # ------------------------------------------------------------

    @api.model
    def _append(self, dossier, kind, *, head, times, states, department, data, after):
        """Append an event to a dossier's chain, in one statement.

        :param head: (sequence, hash) of the last event, (0, GENESIS) for none.
        :param times: (occurred, recorded, source); naive UTC.
        :param states: (from, to).
        :param department: agency in which the actor acted, may be empty.
        :param data: what the act says, plain values without personal data.
        :param after: the dossier's columns after the act, see ``AFTER``.
        :return: (id, sequence, hash).
        """
        sequence, previous = head[0] + 1, head[1] or GENESIS
        occurred, recorded, source = times
        body = canonical(
            {
                "dossier": dossier.id,
                "sequence": sequence,
                "kind": kind,
                "actor": self.env.uid,
                "agency": department.id or None,
                "from": states[0],
                "to": states[1],
                "occurred": instant(occurred),
                "recorded": instant(recorded),
                "source": source,
                "data": data,
                "after": after,
                "previous": previous,
            }
        )
        event_hash = digest(body)
        self.env.cr.execute(
            """
            INSERT INTO onestop_dossier_event
                (dossier_id, sequence, kind, actor_id, department_id, state_from,
                 state_to, occurred_at, recorded_at, source, body, previous_hash, hash)
            VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
            RETURNING id
            """,
            [
                dossier.id,
                sequence,
                kind,
                self.env.uid,
                department.id or None,
                states[0],
                states[1],
                occurred,
                recorded,
                source,
                body,
                previous,
                event_hash,
            ],
        )
        return self.env.cr.fetchone()[0], sequence, event_hash

    def _bodies(self):
        """The bodies of these events, parsed."""
        return [json.loads(event.body) for event in self]
