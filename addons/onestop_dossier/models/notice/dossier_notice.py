# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import json
import time

from odoo import SUPERUSER_ID, api, fields, models
from odoo.tools import urls

# Each act would write and commit wake-ups of its own otherwise.
WAKE_SECONDS = 5


class OnestopDossier(models.Model):
    """What the citizen is told of his dossier."""

    _inherit = "onestop.dossier"

    notice_to = fields.Selection(
        [
            ("submitter", "Who hands it in"),
            ("owner", "The owner"),
            ("both", "Both"),
        ],
        string="Notices Go To",
        copy=False,
        groups="base.group_user",
        help="When the owner does not hand the dossier in himself. Empty: as the "
        "Centre's settings say.",
    )
    notice_wish = fields.Selection(
        [
            ("mail", "By mail only"),
            ("sms", "By SMS only"),
            ("app", "By messaging app only"),
            ("none", "None"),
        ],
        string="Notices Wanted",
        copy=False,
        groups="base.group_user",
        help="For this dossier. Empty: as the person wants. What the law prescribes is "
        "told all the same.",
    )
    notice_ids = fields.One2many(
        "onestop.notice", "dossier_id", string="Notices", groups="base.group_user"
    )

    def _notify(self, occasion, *, once="", **values):
        """Tell the citizen of something that is no act of the table of transitions.

        Acts need no call: their events are told of by themselves. Nothing leaves in
        this transaction: the occasion is put in a queue, in one statement, and becomes
        notices after the commit, if a template of the Centre speaks of it.

        :param str occasion: such as ``result_early``, ``parcel_sent``,
            ``supplement_due_soon``.
        :param str once: what makes this occasion one of its kind on the dossier, such
            as the number of a parcel: the same is told once.
        :param values: further placeholders of the text, plain and without personal
            data: ``receipt``, ``amount``, ``tracking``, ``until``, ``reason`` …;
            instants as naive UTC.
        """
        self.ensure_one()
        source = (self._occurrence() or (None, "live"))[1]
        # sudo: onestop.dossier - only whether it is a trial
        if source in ("demo", "import") or self.sudo().is_trial:
            return
        if occasion not in self.env["onestop.notice.template"]._spoken():
            return
        data = {
            name: value if isinstance(value, str) else fields.Datetime.to_string(value)
            for name, value in values.items()
            if value
        }
        # sudo: onestop.notice.queue - nobody may write the queue himself
        self.env["onestop.notice.queue"].sudo().flush_model()
        self.env.cr.execute(
            """
            INSERT INTO onestop_notice_queue (dossier_id, occasion, once, data)
            VALUES (%s, %s, %s, %s)
            """,
            [self.id, occasion, str(once), json.dumps(data)],
        )
        self._wake_notices()

    def _after_act(self, act):
        result = super()._after_act(act)
        if act.source in ("live", "outage"):
            self._wake_notices()
        return result

    @api.model
    def _wake_notices(self):
        """Have the queue read when this transaction is committed; once each."""
        data = self.env.cr.postcommit.data
        if data.get("onestop_notices"):
            return
        data["onestop_notices"] = True
        registry = self.env.registry

        def wake():
            # One wake-up serves the acts of some seconds; a later one comes after them.
            now = time.monotonic()
            if now < getattr(registry, "onestop_notices_woken", 0):
                return
            registry.onestop_notices_woken = now + WAKE_SECONDS
            # A cursor of its own: the act is over and must not fail any more.
            with registry.cursor() as cursor:
                outbox = api.Environment(cursor, SUPERUSER_ID, {})["onestop.notice"]
                outbox._wake(again=WAKE_SECONDS + 1)

        self.env.cr.postcommit.add(wake)

    def _notice_link(self):
        """Where the citizen follows this dossier; never with the secret of the slip."""
        self.ensure_one()
        if not self.code:
            return ""
        centre = self.company_id._onestop_public_url()
        return urls.urljoin(centre, f"/track?code={self.code}")
