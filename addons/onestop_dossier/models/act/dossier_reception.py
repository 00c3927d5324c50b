# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import models
from odoo.fields import Command


class OnestopDossier(models.Model):
    """Acts at the counter: submit, receive, refuse."""

    _inherit = "onestop.dossier"

    def action_submit(self):
        """Hand the draft in (national status 1).

        :return: True.
        :raises UserError: a required part has no file, when filed online.
        """
        self._do_submit()
        return True

    def action_receive(self):
        """Receive the dossier: the clock starts, the code is given (status 2).

        NĐ 61/2018/NĐ-CP, Điều 17; the rules and the version of the procedure in force
        at this moment stay with the dossier.

        :return: True.
        :raises UserError: parts are missing, or the procedure is not in force.
        """
        for dossier in self:
            dossier._do_receive()
        return True

    def action_refuse(self, reason):
        """Refuse reception (form 03, national status 3).

        :param reason: text for the citizen.
        :return: True.
        :raises UserError: no reason, or the dossier was received already.
        """
        self._do_refuse(reason)
        return True

    # ------------------------------------------------------------
    # What the acts do
    # ------------------------------------------------------------

    def _do_submit(self):
        return self._apply(
            "submit",
            values=lambda act: {
                "submitted_at": act.now,
                "code": self._code_for(act.now),
            },
        )

    def _do_receive(self):
        return self._apply("receive", values=self._received)

    def _received(self, act):
        """What reception fixes: the code, the rules, the version, who is involved."""
        # sudo: onestop.dossier - the guards have passed
        dossier = self.sudo()
        competent = dossier.procedure_id.department_id._current()
        unit = dossier.support_department_id
        case = dossier.case_id
        return {
            **self._numbers_for(act.now),
            "version_id": case.version_id.id,
            "rule_set": self._rule_set_on(self._legal_day(act.now)),
            "department_id": competent.id,
            "step_id": dossier._first_step_for("received").id,
            "user_id": self.env.uid,
            "receiver_id": self.env.uid,
            "viewer_ids": [
                Command.link(department.id)
                for department in competent | unit | case.step_ids.department_id
            ],
        }

    def _do_refuse(self, reason):
        return self._apply(
            "refuse",
            texts={"reason": reason},
            values={"outcome": "refused", "step_id": False, "user_id": False},
            for_citizen=True,
        )

    def _moment(self):
        """When an act that begins now occurs (naive UTC)."""
        occurrence = self._occurrence()
        if occurrence:
            return occurrence[0]
        self.env.cr.execute("SELECT now() AT TIME ZONE 'UTC'")
        return self.env.cr.fetchone()[0]

    def _code_for(self, moment):
        """The dossier's code: the one it has, or a new one of its receiving unit."""
        # sudo: onestop.dossier, onestop.dossier.counter - numbers are drawn by acts
        dossier = self.sudo()
        source = (self._occurrence() or (None, "live"))[1]
        counter = self.env["onestop.dossier.counter"].sudo()
        return dossier._given_code() or counter._draw(
            dossier.company_id._onestop_unit_code(),
            self._legal_day(moment),
            own_transaction=source != "demo",
        )
