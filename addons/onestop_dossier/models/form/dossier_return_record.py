# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import base64

from odoo import models

from odoo.addons.onestop_procedure.phone import to_local

from ...forms import Form
from ..file.dossier_file import QUARANTINED

KINDS = {"granted": "Kết quả giải quyết", "rejected": "Văn bản từ chối giải quyết"}


class OnestopDossier(models.Model):
    """The record of a returned result (Giấy biên nhận trả kết quả)."""

    _inherit = "onestop.dossier"

    def _form_table(self):
        return super()._form_table() | {
            "return_record": Form(
                self.env._("Return record"),
                "onestop_dossier.dossier_return_report",
                lambda dossier: dossier._returned_to_print(),
                states=("returned",),
            ),
            "give_back_record": Form(
                self.env._("Record of originals given back"),
                "onestop_dossier.dossier_give_back_report",
                lambda dossier: dossier._given_back_to_print(),
            ),
        }

    def _returned_to_print(self):
        if not self.returned_at:
            return self.env._("It is printed once the result is returned.")
        return self

    def _given_back_to_print(self):
        if not self._last_event(["give_back"]):
            return self.env._("No originals were given back apart from a result.")
        return self

    def _result_facts(self):
        """The documents that are returned; the room of results says more of them.

        :return: list of dictionaries ``kind``, ``number``, ``abstract``, ``file``,
            ``sha256``.
        """
        facts = []
        for event in self._history():
            if event["kind"] == "revoke_decision":
                facts = []
            issued = event["data"].get("result")
            if issued:
                # sudo: onestop.dossier.file - the name of what is handed over
                file = self.env["onestop.dossier.file"].sudo().browse(issued["file"])
                facts.append(
                    {
                        "kind": KINDS.get(self.outcome, KINDS["granted"]),
                        "number": self._number_outside(event) or "…",
                        "abstract": self.subject or self.procedure_id.name,
                        "file": file.exists().name or "",
                        "sha256": issued["sha256"],
                    }
                )
        return facts

    def _number_outside(self, event):
        """Number and day of a document that was made outside the Centre."""
        if event["kind"] != "record_outside":
            return ""
        ids = [text["id"] for text in event["data"].get("texts", ())]
        # sudo: onestop.dossier.text - the number of the document that is handed over
        said = self.env["onestop.dossier.text"].sudo().browse(ids).exists()
        return said.filtered(lambda text: text.kind == "note")[:1].body or ""

    def _return_record_values(self, given_back=False):
        """What the return record says besides :meth:`_return_values`.

        :param given_back: of the originals that were given back last, without a result.
        """
        self.ensure_one()
        event = self._last_event(["give_back"]) if given_back else None
        said = self._return_values(event)
        (self.person_id | (self.submitter_id or self.person_id))._log_reading(
            ["street"]
        )
        # sudo: onestop.department, res.users - the unit, and the phone of its officer
        returner = said["event"].actor_id.sudo()
        return {
            **said,
            "phone": to_local(said["phone"]),
            "giver_phone": to_local(returner.partner_id.phone),
            "signature": self._signature_image(said["signature"]),
            "results": self._result_facts(),
            "unit": self.support_department_id.sudo(),  # sudo: as above
            "competent": self.department_id.sudo().name,  # sudo: as above
            "day": self._legal_day(said["at"]),
            "place": self.company_id.state_id.name or self.company_id.city,
            **self._register_place(self._legal_day(self.received_at)),
        }

    def _signature_image(self, file):
        """The receiver's signature on the screen, as a data: URI; None without one."""
        # sudo: ir.attachment - read through the file that the user may read
        attachment = file.attachment_id.sudo()
        image = attachment.mimetype and attachment.mimetype.startswith("image/")
        if not image or file.scan_state in QUARANTINED:
            return None
        image = base64.b64encode(attachment.raw).decode()
        return f"data:{attachment.mimetype};base64,{image}"
