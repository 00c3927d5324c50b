# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import json

from odoo import models

from ...forms import Form
from ...ledger.canonical import parse_instant


class OnestopDossier(models.Model):
    """The trace print (Quá trình xử lý): each act, in one line."""

    _inherit = "onestop.dossier"

    def _form_table(self):
        return super()._form_table() | {
            "trace": Form(
                self.env._("Course of the dossier"),
                "onestop_dossier.dossier_trace_report",
                lambda dossier: dossier._received_to_print(),
            ),
        }

    def _trace_values(self):
        """What the trace says: a row an act, oldest first; instants are naive UTC."""
        self.ensure_one()
        labels = dict(self.env["onestop.dossier.event"]._selection_kind())
        # sudo: onestop.department, res.users - names in the history of this dossier
        departments = self.env["onestop.department"].sudo()
        users = self.env["res.users"].sudo()  # sudo: as above
        rows = []
        for event in self.event_ids.sorted("sequence"):
            body = json.loads(event.body)
            after, charge = body["after"], body["data"].get("clock", {}).get("agency")
            holder = users.browse(after.get("holder") or ()).name
            agency = departments.browse(charge or ()).name
            rows.append(
                {
                    "at": event.occurred_at,
                    "actor": users.browse(body["actor"]).name,
                    "agency": departments.browse(body["agency"] or ()).name or "",
                    "act": labels.get(event.kind, event.kind),
                    "taker": ", ".join(filter(None, (holder, agency))),
                    "due": parse_instant(after.get("step_due") or after.get("due")),
                    "hash": event.hash,
                    "sequence": event.sequence,
                }
            )
        return {
            "rows": rows,
            # sudo: onestop.department - the unit's name and its superior's
            "unit": self.support_department_id.sudo(),
            "day": self._legal_day(self._moment()),
            "place": self.company_id.state_id.name or self.company_id.city,
        }
