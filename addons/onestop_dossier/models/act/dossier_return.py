# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import fields, models
from odoo.exceptions import UserError


class OnestopDossier(models.Model):
    """Acts at the end: issue, withdraw."""

    _inherit = "onestop.dossier"

    def action_attach(self, name, content, kind):
        """Attach the appraisal sheet, the draft result or the result.

        :param name: file name.
        :param content: the file in Base64.
        :param kind: "sheet", "draft" or "result".
        :return: id of the file.
        :raises UserError: not Base64, not at this stage, not for this user, or of a
            type that is not accepted.
        """
        self.check_access("read")
        return self._attach(name, self._decoded_file(name, content), kind).id

    def action_issue(self):
        """Issue the attached result: the dossier is finished (national status 9).

        :return: True.
        :raises UserError: no result is attached.
        """
        self._do_issue()
        return True

    def action_record_outside(self, number, date, signer, file):
        """Record a result that was made outside the Centre, and issue it.

        :param number: number and symbol of the document.
        :param date: day of the document (YYYY-MM-DD).
        :param signer: name and office of who signed.
        :param file: the document in Base64.
        :return: True.
        :raises UserError: number, day or signer is missing, or the file is refused.
        """
        try:
            day = fields.Date.to_date(date)
        except (TypeError, ValueError):
            day = None
        if not (number and signer and day):
            raise UserError(
                self.env._("Give number, day (YYYY-MM-DD) and signer of the document.")
            )
        name = str(number).replace("/", "-")
        self.action_attach(f"{name}.pdf", file, "result")
        self._apply(
            "record_outside",
            texts={"note": f"{number} · {day:%d/%m/%Y} · {signer}"},
            data={"date": str(day)},
            values=lambda act: self._issued(),
        )
        self.env["onestop.dossier.search"]._remember(self, str(number))
        return True

    def action_request_withdrawal(self, reason):
        """Ask to withdraw the dossier (national status 7).

        :param reason: why.
        :return: True.
        :raises UserError: the result is ready.
        """
        self._apply("request_withdrawal", texts={"reason": reason}, for_citizen=True)
        return True

    def action_accept_withdrawal(self):
        """Accept the withdrawal: the dossier is stopped (national status 8).

        :return: True.
        """
        self._apply(
            "accept_withdrawal",
            values={"outcome": "withdrawn", "step_id": False, "user_id": False},
        )
        return True

    def action_decline_withdrawal(self, reason):
        """Decline the withdrawal: the dossier goes on where it was.

        :param reason: text for the citizen.
        :return: True.
        """
        self._apply("decline_withdrawal", texts={"reason": reason}, for_citizen=True)
        return True

    # ------------------------------------------------------------
    # What the acts do
    # ------------------------------------------------------------

    def _do_issue(self):
        return self._apply("issue", values=lambda act: self._issued())

    def _issued(self):
        # sudo: onestop.dossier - to read the process; _apply checks who acts
        return {"step_id": self.sudo()._first_step_for("ready").id, "user_id": False}

    def _result_file(self, history):
        """The result that was attached last, after the last revocation."""
        files = self.file_ids.filtered(lambda f: f.kind == "result")
        issued = {
            event["data"]["result"]["file"]
            for event in history
            if "result" in event["data"]
        }
        return files.filtered(lambda f: f.id not in issued).sorted("id")[-1:]
