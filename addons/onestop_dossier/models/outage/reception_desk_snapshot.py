# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import base64
import gzip
import json

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import urls

from odoo.addons.onestop_procedure.clock import Limit

from ...ledger.canonical import digest


class OnestopReceptionDesk(models.AbstractModel):
    """What a desk needs to go on without the server, in one package.

    Procedures in force with their cases, parts and fees, due dates computed
    beforehand, and the slip of the outage. No personal data of citizens.
    """

    _inherit = "onestop.reception.desk"

    @api.model
    def outage_snapshot(self, known=None):
        """The catalogue for work without network.

        :param known: mark of the package that the desk has.
        :return: {"mark", "data": base64 of gzip of JSON, "size": bytes of it}; only
            "mark" when it is the one known.
        """
        centre = self._centre()
        mark = self._snapshot_mark(centre)
        if known == mark:
            return {"mark": mark}
        text = json.dumps(
            self._snapshot(centre), ensure_ascii=False, separators=(",", ":")
        )
        packed = gzip.compress(text.encode(), mtime=0)
        return {
            "mark": mark,
            "data": base64.b64encode(packed).decode(),
            "size": len(packed),
        }

    @api.model
    def _snapshot_mark(self, centre):
        """Differs when anything in the package may."""
        today = self.env["onestop.membership"]._today()
        facts = [
            self._last_change("onestop.procedure"),
            self._last_change("onestop.procedure.version"),
            centre._onestop_calendar().id,
            centre.write_date.isoformat(),
            today.isoformat(),
            self.env.uid,
            self.env.lang,
        ]
        return digest(json.dumps(facts))

    @api.model
    def _last_change(self, model):
        # sudo: onestop.procedure - public catalogue
        [(count, moment)] = (
            self.env[model].sudo()._read_group([], [], ["__count", "write_date:max"])
        )
        return [count, moment and moment.isoformat()]

    @api.model
    def _snapshot(self, centre):
        limits, procedures = self._snapshot_procedures(centre)
        days = centre._outage_days(self.env["onestop.membership"]._today())
        texts = [self.env["onestop.dossier"]._limit_text(limit) for limit in limits]
        return {
            "procedures": procedures,
            "limits": [
                {"text": text, "due": due}
                for text, due in zip(
                    texts, centre._outage_due(limits, days), strict=True
                )
            ],
            "slip": self._snapshot_slip(centre),
            "track": urls.urljoin(
                self.env["onestop.dossier"].get_base_url(), "/track?code="
            ),
            # sudo: onestop.department - names of the unit
            "unit": centre.onestop_department_id.sudo().name,
            "centre": centre.name,
        }

    @api.model
    def _snapshot_procedures(self, centre):
        """(distinct limits, procedures in force with all that the desk shows)."""
        today = self.env["onestop.membership"]._today()
        procedures = self.env["onestop.procedure"].search(
            Domain("state", "=", "published")
        )
        versions = procedures._versions_at(today)
        limits, rows = {}, []
        for procedure in procedures:
            version = versions.get(procedure.id)
            if version:
                cases = [
                    self._snapshot_case(case, centre, limits)
                    for case in version.case_ids
                ]
                rows.append(
                    {
                        "id": procedure.id,
                        "code": procedure.code,
                        "name": procedure.name,
                        "pooled": procedure.pooled,
                        "often": {"frequent": 0, "low": 1}.get(procedure.frequency, 2),
                        "time": procedure.time_text,
                        # sudo: onestop.department - names of agencies
                        "agency": procedure.department_id.sudo()._current().name,
                        "cases": cases,
                    }
                )
        return list(limits), rows

    @api.model
    def _snapshot_case(self, case, centre, limits):
        def place(area):
            limit = self._limit_of(case, centre, area)
            return limits.setdefault(limit, len(limits))

        return {
            "id": case.id,
            "name": case.name,
            "limit": place(False),
            "remote_extra": case.remote_extra,
            "remote_limit": place("remote"),
            "parts": [self._part_row(part, {}) for part in case.part_ids],
            "fees": [self._fee_row(fee) for fee in case.fee_ids],
        }

    @api.model
    def _limit_of(self, case, centre, area) -> Limit:
        dossiers = self.env["onestop.dossier"]
        return dossiers.new({"company_id": centre.id})._limit(case, area)

    @api.model
    def _snapshot_slip(self, centre):
        """The slip of the outage as HTML, its fixed words in place."""
        return str(
            self.env["ir.qweb"]._render(
                "onestop_dossier.outage_slip",
                {
                    # sudo: onestop.department - the unit's name and its superior's
                    "unit": centre.onestop_department_id.sudo(),
                    "place": centre.state_id.name or centre.city or "",
                    "receiver": self.env.user.name,
                },
            )
        )
