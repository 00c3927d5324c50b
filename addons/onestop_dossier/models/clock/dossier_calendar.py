# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import json
from collections import defaultdict
from datetime import datetime, timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ...ledger.canonical import instant
from ...ledger.transitions import STATES, rows_for
from .dossier_clock import naive

# Other opening hours change every day.
EVER = (datetime(1900, 1, 1), datetime(2999, 1, 1))
# What a change of the calendar can move.
COUNTED = tuple(state for state in STATES if rows_for("recalculate", state))


class OnestopDossier(models.Model):
    """What a calendar that was published late would do to running dossiers."""

    _inherit = "onestop.dossier"

    @api.model
    def _calendar_effects(self, revision):
        """Running dossiers that count otherwise with a calendar; nothing is changed.

        Only those that the user reads, and whose time holds a day that changed.

        :param revision: the calendar revision in force at a Centre.
        :return: list of (dossier, due date now, due date then), naive UTC.
        """
        span = self._changed_span(revision)
        if not span:
            return []
        running = self.search(
            Domain("company_id", "=", revision.company_id.id)
            & Domain("state", "in", COUNTED)
            & Domain("due_at", ">=", span[0])
            & Domain("received_at", "<", span[1])
        )
        histories = self._histories(running.ids)
        found = []
        for dossier in running:
            due = dossier._due_with(revision, histories[dossier.id])
            if due != dossier.due_at:
                found.append((dossier, dossier.due_at, due))
        return found

    @api.model
    def _changed_span(self, revision):
        """The time (naive UTC) in which days changed since running dossiers counted.

        :return: (first moment, last moment), None when no day changed.
        """
        # sudo: onestop.calendar.revision - public holidays and opening hours
        revisions = revision.sudo().search(
            [("company_id", "=", revision.company_id.id)], order="number desc"
        )
        new = revision.sudo()._clock()
        changed = set()
        for old in revisions - revision:
            before = old._clock()
            if dict(before.hours) != dict(new.hours):
                return EVER
            changed |= before.days_off ^ new.days_off
            changed |= set(before.swap_work.items()) ^ set(new.swap_work.items())
        days = [day[0] if isinstance(day, tuple) else day for day in changed]
        if not days:
            return None
        start = datetime.combine(min(days), datetime.min.time())
        end = datetime.combine(max(days), datetime.min.time())
        # A day more on each side: legal days are not days of UTC.
        return start - timedelta(days=1), end + timedelta(days=2)

    @api.model
    def _histories(self, ids):
        """Bodies of the events of dossiers by id, oldest first, in one query."""
        histories = defaultdict(list)
        self.env.cr.execute(
            "SELECT dossier_id, body FROM onestop_dossier_event "
            "WHERE dossier_id = ANY(%s) ORDER BY dossier_id, sequence",
            [list(ids)],
        )
        for dossier_id, body in self.env.cr.fetchall():
            histories[dossier_id].append(json.loads(body))
        return histories

    def _due_with(self, revision, history):
        """The due date that counting again with a calendar would give."""
        event = {
            "occurred": instant(fields.Datetime.now()),
            "kind": "recalculate",
            "data": {
                "clock": {
                    "effect": "recount",
                    "revision": revision.id,
                    "agency": self._charge().id or None,
                }
            },
        }
        clock = self._clock_at([*history, event])
        return naive(clock.due) if clock.due else False

    @api.model
    def _due_years(self, companies):
        """How many running dossiers are due in a year: (company id, year) -> number."""
        # sudo: onestop.dossier - a number, whoever handles them
        self.env["onestop.dossier"].sudo().flush_model(["due_at", "state"])
        self.env.cr.execute(
            """
            SELECT company_id,
                   to_char(due_at AT TIME ZONE 'UTC' AT TIME ZONE 'Asia/Ho_Chi_Minh',
                           'YYYY'),
                   count(*)
              FROM onestop_dossier
             WHERE company_id = ANY(%s) AND state = ANY(%s) AND due_at IS NOT NULL
               AND is_trial IS NOT TRUE
             GROUP BY 1, 2
            """,
            [companies.ids, list(COUNTED)],
        )
        return {(company, year): n for company, year, n in self.env.cr.fetchall()}
