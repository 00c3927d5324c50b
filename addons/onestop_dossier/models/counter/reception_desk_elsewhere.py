# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, models
from odoo.fields import Command, Domain


class OnestopReceptionDesk(models.AbstractModel):
    """Helping a citizen to file for another Centre.

    Place of support, place of reception and competent agency may be three (NĐ
    118/2025/NĐ-CP). The desk hands the dossier in online, for the citizen; the other
    Centre receives it, gives its code and answers within its 8 working hours. This
    Centre can read it from then on, and no more.
    """

    _inherit = "onestop.reception.desk"

    @api.model
    def open_desk(self):
        centre = self._centre()
        return super().open_desk() | {
            "centres": [
                {"id": other.id, "name": other.name}
                for other in self._other_centres(centre)
            ]
        }

    @api.model
    def receive(self, entry):
        """Receive it, or hand it in to the Centre that it is for (``centre_id``).

        :return: as for a reception; with "filed": {"centre", "answer": until when the
            Centre answers} when it was handed in elsewhere.
        """
        if self._for_other_centre(entry):
            return self._file_elsewhere(entry)
        return super().receive(entry)

    @api.model
    def save_draft(self, entry):
        self._centre()
        if self._for_other_centre(entry):
            return {
                "problems": {
                    "centre": self.env._(
                        "What is filed for another Centre is handed in at once (F9); "
                        "it is not kept as a draft."
                    )
                }
            }
        return super().save_draft(entry)

    # ------------------------------------------------------------
    # For another Centre
    # ------------------------------------------------------------

    @api.model
    def _other_centres(self, centre):
        # sudo: res.company - names of the Centres that receive
        companies = self.env["res.company"].sudo()
        others = companies.search(
            Domain("onestop_department_id", "!=", False)
            & Domain("id", "!=", centre.id)
            & Domain("onestop_department_id", "!=", centre.onestop_department_id.id)
        )
        return others.sorted("name")

    @api.model
    def _for_other_centre(self, entry):
        chosen = entry.get("centre_id")
        return bool(chosen) and chosen != self.env.company.id

    @api.model
    def _file_elsewhere(self, entry):
        """Hand in online, for the citizen, what another Centre receives."""
        here = self._centre()
        known = self._of_token(entry)
        if known.helped_department_id:
            return self._filed(known)
        centre = self._other_centres(here).filtered(
            lambda other: other.id == self._id(entry["centre_id"])
        )
        entry = {**entry, "channel": "online"}
        problems = self._problems(entry) | self._missing(entry)
        if wrong := self._wrong_elsewhere(entry, centre):
            problems["centre"] = wrong
        if problems:
            return {"problems": problems}
        helper = here.onestop_department_id
        # sudo: onestop.dossier - opened for the Centre that receives it, handed in
        # before anybody could see a draft of it
        dossier = (
            self.env["onestop.dossier"]
            .sudo()
            .create({"company_id": centre.id, **self._filing_values(entry)})
        )
        dossier._write_protected(
            {
                "helped_department_id": helper.id,
                "viewer_ids": [Command.link(helper.id)],
            }
        )
        kept = self._keep({**entry, "dossier_id": dossier.id})
        kept.action_submit()
        return self._filed(kept)

    @api.model
    def _wrong_elsewhere(self, entry, centre):
        """Why this cannot be handed in to that Centre, or None."""
        if not centre:
            return self.env._("This Centre does not receive. Choose another one.")
        if self._id(entry.get("dossier_id")) or entry.get("outage_id"):
            return self.env._(
                "This dossier stays at the Centre where it was opened. Clear the desk "
                "and enter it anew for the other Centre."
            )
        if entry.get("paid_fee_ids"):
            return self.env._(
                "Fees are collected by the Centre that receives. Take the ticks away."
            )
        return None

    @api.model
    def _filed(self, dossier):
        """What the desk says and prints of what another Centre will receive."""
        report = self.env.ref("onestop_dossier.dossier_filing_report")
        return {
            "id": dossier.id,
            "code": dossier.code,
            "person": dossier.person_id.name,
            "procedure": dossier.procedure_id.name,
            "bundle": False,
            "due": "",
            "same_day": False,
            "filed": {
                # sudo: res.company - the name of the Centre
                "centre": dossier.company_id.sudo().name,
                "answer": self._when(dossier.answer_due_at) or "",
            },
            "print": report.report_action(dossier.ids),
        }
