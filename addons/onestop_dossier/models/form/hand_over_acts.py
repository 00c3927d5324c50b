# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from datetime import date

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from .hand_over import SERIES, STATES

MAX_DOSSIERS = 100


class OnestopHandOver(models.Model):
    """The two acts of a hand-over: one side gives, the other confirms."""

    _inherit = "onestop.hand.over"

    def action_give(self):
        """Hand over: the list is closed, the other side is asked to confirm.

        :return: True.
        :raises UserError: nothing on the list, or a dossier that cannot be on it.
        """
        self.ensure_one()
        self.lock_for_update()
        self._check_may_give()
        dossiers = self.env["onestop.dossier"]
        moment, source = dossiers._occurrence() or (fields.Datetime.now(), "live")
        year = dossiers._legal_day(moment).year
        series = SERIES[self.kind]
        # sudo: onestop.dossier.counter - numbers are drawn by acts
        counter = self.env["onestop.dossier.counter"].sudo()
        unit = self.company_id._onestop_unit_code()
        number = counter._draw_number(
            f"{unit}/{series}", date(year, 1, 1), own_transaction=source != "demo"
        )
        # The lines are closed with the hand-over: what changed on them comes first.
        self.env.flush_all()
        # sudo: onestop.hand.over - the act writes what nobody types in
        self.sudo().write(
            {
                "state": "given",
                "number": f"{number:02d}/{year}/{series}",
                "giver_id": self.env.uid,
                "given_at": moment,
            }
        )
        return True

    def _check_may_give(self):
        if self.state != "draft":
            raise UserError(self.env._("It was handed over already. Reload the page."))
        if not self._works_in(self.giver_department_id):
            raise AccessError(
                self.env._(
                    "You do not work in %(agency)s, which hands over.",
                    agency=self.giver_department_id.name,
                )
            )
        dossiers = self.line_ids.dossier_id
        if not dossiers or len(dossiers) > MAX_DOSSIERS:
            raise UserError(
                self.env._("Put 1 to %(limit)s dossiers on it.", limit=MAX_DOSSIERS)
            )
        for dossier in dossiers:
            # sudo: onestop.dossier - which agencies have to do with it
            involved = dossier.sudo().viewer_ids
            if dossier.state not in STATES[self.kind]:
                raise UserError(
                    self.env._(
                        "%(code)s cannot be on this hand-over: take it off.",
                        code=dossier.display_name,
                    )
                )
            strangers = (self.giver_department_id | self.taker_department_id) - involved
            if strangers:
                raise UserError(
                    self.env._(
                        "%(agency)s has nothing to do with %(code)s: take it off.",
                        agency=strangers[0].name,
                        code=dossier.display_name,
                    )
                )

    def action_take(self):
        """Confirm what was received; what is missing or differs stays on the lines.

        :return: True.
        :raises UserError: it is not to be confirmed, or a difference has no reason.
        :raises AccessError: of another agency, or the one who gave it.
        """
        self.ensure_one()
        self.lock_for_update()
        if self.state != "given":
            raise UserError(self.env._("There is nothing to confirm. Reload the page."))
        if not self.is_mine_to_take:
            raise AccessError(
                self.env._(
                    "Somebody of %(agency)s other than who gave it confirms.",
                    agency=self.taker_department_id.name,
                )
            )
        if any(line.is_missing and not line.difference for line in self.line_ids):
            raise UserError(self.env._("Say for each that is missing what differs."))
        if self.place_id:
            for line in self.line_ids.filtered(lambda line: not line.is_missing):
                if line.dossier_id.paper_place_id != self.place_id:
                    line.dossier_id._do_move_paper(self.place_id.id)
        # The lines are sealed with the hand-over: what was said of them comes first.
        self.env.flush_all()
        # sudo: onestop.hand.over - the act writes what nobody types in
        self.sudo().write(
            {
                "state": "taken",
                "taker_id": self.env.uid,
                "taken_at": self.env["onestop.dossier"]._moment(),
            }
        )
        return True

    def action_print(self):
        """Print the slip.

        :return: the action that prints it.
        """
        report = self.env.ref("onestop_dossier.hand_over_report")
        return report.report_action(self)
