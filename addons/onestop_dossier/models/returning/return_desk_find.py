# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import re

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_datetime

from odoo.addons.onestop_procedure.identity_card import (
    CardError,
    looks_like_card,
    parse_card,
)
from odoo.addons.onestop_procedure.models.membership import LEGAL_ZONE
from odoo.addons.onestop_procedure.phone import to_e164

from .return_desk import GIVING

FOUND = 12
SHOWN = 6


class OnestopReturnDesk(models.AbstractModel):
    """What waits at the return desk, and what a person comes for."""

    _inherit = "onestop.return.desk"

    @api.model
    def queue(self):
        """What waits to be returned, by how it is wanted, the oldest first.

        :return: list of {"key", "label", "count", "rows"}.
        """
        centre = self._centre()
        ready = self._domain_ready()
        late = fields.Datetime.subtract(
            fields.Datetime.now(), days=centre.onestop_reminder_days
        )
        wanted = self.env["onestop.dossier"]._fields["result_channel"]
        groups = [
            (key, label, ready & Domain("result_channel", "=", key))
            for key, label in wanted._description_selection(self.env)
        ]
        if centre.onestop_reminder_days:
            label = self.env._(
                "Not collected for %(days)s days", days=centre.onestop_reminder_days
            )
            counter = Domain("result_channel", "=", "counter")
            waiting = ready & counter & Domain("finished_at", "<", late)
            groups.append(("forgotten", label, waiting))
        dossiers = self.env["onestop.dossier"]
        return [
            {
                "key": key,
                "label": label,
                "count": dossiers.search_count(domain),
                "rows": [
                    self._row(dossier)
                    for dossier in dossiers.search(
                        domain, limit=SHOWN, order="finished_at, id"
                    )
                ],
            }
            for key, label, domain in groups
        ]

    @api.model
    def find(self, text):
        """Find what a person comes for: by slip, code, card, number, phone or name.

        :param text: what was scanned or typed.
        :return: rows of dossiers; those with a result first.
        :raises UserError: a card was not read whole.
        """
        self._centre()
        text = (text or "").strip()
        if len(text) < 2:
            return []
        dossiers = self.env["onestop.dossier"]
        here = Domain("support_department_id", "=", self._unit().id)
        found = dossiers.search(
            here & self._domain_code(text), limit=FOUND, order="id desc"
        )
        if not found:
            people = self._domain_people(text)
            theirs = Domain("person_id", "any", people) | Domain(
                "submitter_id", "any", people
            )
            ready = dossiers.search(
                here & theirs & self._domain_ready(), limit=FOUND, order="finished_at"
            )
            others = here & theirs & Domain("state", "in", GIVING[:2])
            found = ready | dossiers.search(others, limit=FOUND, order="id desc")
        return [self._row(dossier) for dossier in found]

    # ------------------------------------------------------------
    # Domains and rows
    # ------------------------------------------------------------

    @api.model
    def _domain_ready(self):
        return Domain("state", "=", "ready") & Domain(
            "support_department_id", "=", self._unit().id
        )

    @api.model
    def _domain_code(self, text):
        code = text
        if "code=" in code:
            code = code.split("code=", 1)[1].split("&", 1)[0]
        code = code.replace("–", "-").replace("_", "-").upper()
        if re.fullmatch(r"\d{4,6}", code):
            # The last digits, as people read them out.
            return Domain("code", "=like", f"%-{code}") & Domain(
                "state", "in", ("ready", *GIVING[:2])
            )
        return Domain("code", "=", code)

    @api.model
    def _domain_people(self, text):
        if looks_like_card(text):
            try:
                card = parse_card(text)
            except CardError as error:
                raise UserError(
                    self.env._("The card was not read whole. Scan it again.")
                ) from error
            numbers = [card.number, card.old_number or card.number]
            return Domain("identity_number", "in", numbers)
        kept = to_e164(text)
        if kept:
            return Domain("phone", "in", (kept, text))
        return Domain("display_name", "ilike", text)

    @api.model
    def _row(self, dossier):
        states = dict(dossier._fields["state"]._description_selection(self.env))
        wanted = dict(
            dossier._fields["result_channel"]._description_selection(self.env)
        )
        since = dossier.finished_at
        return {
            "id": dossier.id,
            "code": dossier.code or "",
            "person": dossier.person_id.name,
            "procedure": dossier.procedure_id.name,
            "state": dossier.state,
            "state_label": states[dossier.state],
            "wanted": wanted[dossier.result_channel],
            "since": since
            and format_datetime(
                self.env, since, tz=LEGAL_ZONE, dt_format="dd/MM HH:mm"
            ),
            "days": (fields.Datetime.now() - since).days if since else 0,
            "early": dossier.timeliness == "early" and dossier.state == "ready",
            "rejected": dossier.outcome == "rejected",
        }
