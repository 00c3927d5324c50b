# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import urls

from odoo.addons.onestop_procedure.phone import to_local
from odoo.addons.onestop_procedure.vn_format import vn_date

from ...ledger import timeline
from ...ledger.canonical import parse_instant


class OnestopDossier(models.Model):
    """Form 01, the reception slip (TT 01/2018/TT-VPCP, TT 03/2025/TT-VPCP)."""

    _inherit = "onestop.dossier"

    def _slip_values(self):
        """What the slip says, from what was fixed at reception.

        A slip printed again says the same, even when the due date moved since.

        :return: plain values and records for the template; instants are naive UTC.
        :raises UserError: the dossier was not received.
        """
        self.ensure_one()
        history = self._history()
        received = next((e for e in history if e["kind"] == "receive"), None)
        if not received:
            raise UserError(
                self.env._("The slip is printed when the dossier is received.")
            )
        person, submitter = self.person_id, self.submitter_id or self.person_id
        (person | submitter)._log_reading(["identity_number", "street"])
        limit = timeline.limit_from(received["data"]["clock"]["limit"])
        moment = parse_instant(received["occurred"])
        day = self._legal_day(moment)
        fees = self.fee_ids.filtered("amount")
        paid = fees.filtered("paid_at")
        # sudo: res.users - only the name of who received
        receiver = self.env["res.users"].sudo().browse(received["actor"])
        form = self._paper_form("slip")
        return {
            "form": form,
            "signers": form.who_signs(self.channel == "online"),
            "second": self._second_stage(history),
            # sudo: onestop.department - the unit's name and its superior's
            "unit": self.support_department_id.sudo(),
            "agencies": self._three_agencies(),
            "person": person,
            "submitter": submitter,
            "parts": self.part_ids.filtered(lambda p: p.received or p.file_ids),
            "limit": limit,
            "received_at": moment,
            "due_at": parse_instant(received["after"]["due"]),
            "day": day,
            **self._register_place(day),
            "receiver": receiver.name,
            "paid": sum(paid.mapped("amount")),
            "unpaid": sum((fees - paid).mapped("amount")),
            "track_url": urls.urljoin(self.get_base_url(), f"/track?code={self.code}"),
            "online": self.channel == "online",
            "phone": to_local(submitter.phone),
            "authority": self._authority_text(),
            # As it was at reception: a slip printed again says the same.
            "promise": self.case_id._promise(self.company_id, moment),
            # sudo: res.users - only the name of who filed it for the citizen
            "assisted_by": self.assisted_by_id.sudo().name,
            "place": self.company_id.state_id.name or self.company_id.city,
        }

    def _register_place(self, day):
        """Book and number in the register, as the slip names them.

        Before the register was numbered, slips said the year and the code's tail.
        """
        if self.register_number:
            return {"book": self.register_book, "number": self.register_number}
        tail = self.code.split("-", 1)[1] if self.code else ""
        return {"book": day.year, "number": tail}

    def _second_stage(self, history):
        """When it was received again after a wait for the citizen, and its new date."""
        resumed = [
            event
            for event in history
            if event["kind"] == "resume"
            and event["from"] in ("supplement", "payment")
            and event["after"].get("received")
        ]
        if not resumed:
            return None
        return {
            "received_at": parse_instant(resumed[-1]["occurred"]),
            "due_at": parse_instant(resumed[-1]["after"]["due"]),
        }

    def _authority_text(self):
        """By which paper the submitter acts for the owner, in the words of the form."""
        if not self.authorisation_kind:
            return ""
        kinds = dict(
            self._fields["authorisation_kind"]._description_selection(self.env)
        )
        text = kinds[self.authorisation_kind]
        if self.authorisation_number:
            text += f" số {self.authorisation_number}"
        if self.authorisation_on:
            text += f", {vn_date(self.authorisation_on)}"
        return text
