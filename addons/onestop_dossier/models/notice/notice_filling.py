# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import json
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from zoneinfo import ZoneInfo

from psycopg2.extras import execute_values

from odoo import api, fields, models

from odoo.addons.onestop_procedure.models.membership import LEGAL_ZONE
from odoo.addons.onestop_procedure.phone import to_local

from ...notices import schedule
from ...notices.occasions import INSTEAD, occasion_of
from ..clock.dossier_clock import aware, naive

BATCH = 200
COLUMNS = (
    "dossier_id company_id person_id event_id occasion cause channel address "
    "address_masked language key version_id subject body state attempts next_try_at "
    "give_up_at quiet_from quiet_to create_uid create_date write_uid write_date"
).split()


@dataclass
class Told:
    """One thing to tell of one dossier."""

    dossier: models.BaseModel
    occasion: str
    cause: str
    event_id: int = None
    after: dict = field(default_factory=dict)
    data: dict = field(default_factory=dict)


class OnestopNotice(models.Model):
    """From the queue to the outbox: who is told what, in which words, over what."""

    _inherit = "onestop.notice"

    @api.model
    def _cron_fill(self):
        """Turn what is queued into notices, batch by batch."""
        # sudo: onestop.notice - of all Centres
        outbox = self.sudo()
        while True:
            seen = outbox._fill(BATCH)
            if not outbox.env["ir.cron"]._commit_progress(seen) or not seen:
                break

    @api.model
    def _fill(self, limit):
        """Take ``limit`` lines off the queue and book their notices.

        The same transaction deletes and books; a constant number of statements.

        :return: how many lines were taken.
        """
        self.env.cr.execute(
            """
            DELETE FROM onestop_notice_queue WHERE id IN (
                SELECT id FROM onestop_notice_queue
                 WHERE dossier_id IN (
                    SELECT dossier_id FROM onestop_notice_queue ORDER BY id LIMIT %s)
                   FOR UPDATE SKIP LOCKED)
            RETURNING id, dossier_id, event_id, occasion, once, data
            """,
            [limit],
        )
        lines = sorted(self.env.cr.dictfetchall(), key=lambda line: line["id"])
        if not lines:
            return 0
        told = self._worth_telling(self._told(lines))
        self._book(told)
        return len(lines)

    # ------------------------------------------------------------
    # What
    # ------------------------------------------------------------

    def _told(self, lines):
        """What the lines of the queue say, from their events."""
        self.env.cr.execute(
            "SELECT id, body FROM onestop_dossier_event WHERE id = ANY(%s)",
            [[line["event_id"] for line in lines if line["event_id"]]],
        )
        bodies = {number: json.loads(body) for number, body in self.env.cr.fetchall()}
        dossiers = self.env["onestop.dossier"].browse(
            {line["dossier_id"]: None for line in lines}
        )
        found = []
        for line in lines:
            dossier = dossiers.browse(line["dossier_id"]).with_prefetch(
                dossiers._prefetch_ids
            )
            if not line["event_id"]:
                cause = f"{line['occasion']}:{line['once'] or ''}"
                data = line["data"] or {}
                found.append(Told(dossier, line["occasion"], cause, data=data))
                continue
            body = bodies[line["event_id"]]
            outage = body["source"] == "outage"
            if outage and not dossier.company_id.onestop_notice_outage:
                continue
            outcome = body["after"].get("outcome")
            name = occasion_of(body["kind"], body["data"], outcome)
            if name:
                found.append(
                    Told(
                        dossier,
                        name,
                        f"event:{body['sequence']}",
                        line["event_id"],
                        body["after"],
                        body["data"],
                    )
                )
        return found

    def _worth_telling(self, told):
        """Without what is said better by another notice, or by no Centre's wish."""
        said = defaultdict(set)
        for one in told:
            said[one.dossier.id].update(INSTEAD.get(one.occasion, ()))
        return [
            one
            for one in told
            if one.occasion not in said[one.dossier.id]
            and one.dossier.company_id.onestop_notices
        ]

    # ------------------------------------------------------------
    # To whom
    # ------------------------------------------------------------

    def _people(self, dossier):
        """Who is told of a dossier: by its own wish, or the Centre's setting."""
        owner, submitter = dossier.person_id, dossier.submitter_id
        to = dossier.notice_to or dossier.company_id.onestop_notice_to
        if not submitter or submitter == owner:
            return owner
        return {"owner": owner, "submitter": submitter}.get(to, owner | submitter)

    def _ways(self, dossier, person, texts, gateways):
        """Over which channels a person is told: list of (channel, address, text).

        :param texts: templates by channel.
        :param gateways: channels for which the Centre has a gateway.
        """
        wish = dossier.notice_wish
        mail, phone = person._notice_mail_address(), person._notice_phone()
        if dossier.company_id.onestop_notice_verified:
            mail = mail if person.is_email_confirmed else None
            phone = phone if person.is_phone_confirmed else None
        address = {
            "mail": mail,
            "sms": "sms" in gateways and phone,
            "app": "app" in gateways and phone,
        }
        possible = [c for c in ("mail", "sms", "app") if address[c] and c in texts]
        wanted = [c for c in possible if person[f"notice_{c}"]]
        if wish:
            wanted = [c for c in possible if c == wish]
        # What the law prescribes reaches also who wants nothing: over one way.
        forced = [c for c in possible if texts[c].prescribed]
        return [(c, address[c], texts[c]) for c in wanted or forced[:1]]

    # ------------------------------------------------------------
    # Booking
    # ------------------------------------------------------------

    def _book(self, told):
        """Write the notices; what is in the outbox already stays as it is."""
        if not told:
            return
        texts = self._texts_by_centre(told)
        gateways = self._gateways_by_centre(told)
        reasons = self._reasons(told)
        rows = []
        for one in told:
            for person in self._people(one.dossier):
                centre = one.dossier.company_id
                found = texts(centre, one.occasion, person.notice_language)
                ways = self._ways(one.dossier, person, found, gateways[centre.id])
                if not ways:
                    continue
                language = ways[0][2].language
                values = self._values(one, language, reasons)
                rows += [
                    self._row(one, person, channel, address, text, values)
                    for channel, address, text in ways
                ]
        if rows:
            execute_values(
                self.env.cr._obj,
                f"INSERT INTO onestop_notice ({', '.join(COLUMNS)}) VALUES %s "
                "ON CONFLICT DO NOTHING",
                [[row.get(name) for name in COLUMNS] for row in rows],
                page_size=len(rows),
            )
            self.invalidate_model(flush=False)

    def _row(self, one, person, channel, address, text, values):
        now = fields.Datetime.now()
        centre = one.dossier.company_id
        subject, body = text._render(values)
        quiet = (person.notice_quiet_from, person.notice_quiet_to)
        if quiet == (0, 0):
            quiet = (centre.onestop_notice_quiet_from, centre.onestop_notice_quiet_to)
        if channel == "mail":
            quiet = (0, 0)
        return {
            "dossier_id": one.dossier.id,
            "company_id": centre.id,
            "person_id": person.id,
            "event_id": one.event_id,
            "occasion": one.occasion,
            "cause": one.cause,
            "channel": channel,
            "address": address,
            "address_masked": self._masked(address),
            "language": text.language,
            "key": self._key_of(one.dossier.id, one.cause, channel, person.id),
            "version_id": text.version_id.id,
            "subject": subject or None,
            "body": body,
            "state": "queued",
            "attempts": 0,
            "next_try_at": self._free(now, quiet, centre),
            "give_up_at": now + timedelta(hours=centre.onestop_notice_hours),
            "quiet_from": quiet[0],
            "quiet_to": quiet[1],
            "create_uid": self.env.uid,
            "create_date": now,
            "write_uid": self.env.uid,
            "write_date": now,
        }

    @api.model
    def _free(self, moment, quiet, centre):
        """``moment`` (naive UTC), or the end of the quiet hours that it falls into."""
        zone = ZoneInfo(centre.resource_calendar_id.tz or LEGAL_ZONE)
        return naive(schedule.after_quiet(aware(moment), *quiet, zone))

    @api.model
    def _masked(self, address):
        """An address for those who need not know it."""
        name, at, host = address.partition("@")
        if at:
            return f"{name[:1]}•••@{host}"
        local = to_local(address)
        return f"{local[:3]}••••{local[-3:]}"
