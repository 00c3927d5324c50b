# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.base.models.res_users import check_identity


class OnestopDossier(models.Model):
    """Acts that stop and start the clock: supplement, payment, suspension."""

    _inherit = "onestop.dossier"

    def action_request_supplement(self, reason, items=None):
        """Ask the citizen to supplement the dossier (form 02, national status 5).

        The clock stands still until :meth:`action_resume`.

        :param reason: text for the citizen.
        :param items: list of texts, what is asked for.
        :return: True.
        :raises UserError: no reason, or asked once already while handling.
        """
        self._do_request_supplement(reason, items)
        return True

    def action_request_payment(self, reason):
        """Ask the citizen to meet a financial obligation (national status 6).

        :param reason: what is to be paid and why, for the citizen.
        :return: True.
        """
        self._do_pause("request_payment", reason)
        return True

    def action_suspend(self, reason, legal_basis):
        """Suspend the handling on a legal basis; the clock stands still.

        :param reason: text for the citizen.
        :param legal_basis: article and law.
        :return: True.
        """
        self._do_pause("suspend", reason, legal_basis)
        return True

    def action_resume(self):
        """Go on where the dossier was left; the clock runs again.

        :return: True.
        """
        self._apply("resume")
        return True

    @check_identity
    def action_extend(self, kind, new_due, reason):
        """Extend the time: by law, or with an apology and a new appointment.

        An apology (form 04) never changes the legal due date, and is given once.

        :param kind: "statutory" or "apology".
        :param new_due: new date and time, UTC, as text or datetime.
        :param reason: text for the citizen.
        :return: True.
        :raises UserError: the date is not later, or an apology was given already.
        """
        return self._do_extend(kind, new_due, reason)

    # ------------------------------------------------------------
    # What the acts do
    # ------------------------------------------------------------

    def _do_request_supplement(self, reason, items=None):
        wanted = "\n".join(str(item) for item in items or [])
        return self._apply(
            "request_supplement",
            texts={"reason": reason, "items": wanted},
            for_citizen=True,
        )

    def _do_pause(self, name, reason, legal_basis=None):
        return self._apply(
            name, texts={"reason": reason, "legal_basis": legal_basis}, for_citizen=True
        )

    def _do_extend(self, kind, new_due, reason):
        try:
            due = fields.Datetime.to_datetime(new_due)
        except (TypeError, ValueError):
            due = None
        if not due:
            raise UserError(self.env._("Give the new date and time."))
        if kind not in ("statutory", "apology"):
            raise UserError(self.env._("Say whether the law extends the time or not."))
        values = {"appointment_at": due} if kind == "apology" else {}
        self._apply(
            "extend",
            texts={"reason": reason},
            data={"kind": kind},
            values=values,
            kind=kind,
            new_due=due,
            for_citizen=True,
        )
        return True
