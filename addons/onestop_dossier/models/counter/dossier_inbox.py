# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import fields, models
from odoo.fields import Domain

from odoo.addons.onestop_procedure import clock

from ...ledger.answer import answer_due, late_before
from ..clock.dossier_clock import aware, naive


class OnestopDossier(models.Model):
    """Filed online: answered within 8 working hours (NĐ 45/2020, Điều 11 khoản 4)."""

    _inherit = "onestop.dossier"

    answer_due_at = fields.Datetime(
        string="Answer Due",
        compute="_compute_answer",
        groups="base.group_user",
        help="Until when the Centre accepts what was filed online, or asks for a "
        "supplement (NĐ 45/2020/NĐ-CP, Điều 11 khoản 4).",
    )
    answer_left = fields.Char(
        string="Time to Answer", compute="_compute_answer", groups="base.group_user"
    )
    is_answer_late = fields.Boolean(
        string="Answer Late",
        compute="_compute_answer",
        search="_search_is_answer_late",
        groups="base.group_user",
    )

    def _compute_answer(self):
        now = aware(fields.Datetime.now())
        # One look a Centre, not a row: lists show these columns.
        # The dossiers are read as the user; only hours and a setting are public.
        # sudo: res.company - public opening hours, a setting
        centres = {
            centre.id: (centre.onestop_answer_hours, centre._onestop_clock())
            for centre in self.company_id.sudo()
        }
        for dossier in self:
            waits = dossier.state == "submitted" and dossier.submitted_at
            if not waits:
                dossier.answer_due_at = dossier.answer_left = False
                dossier.is_answer_late = False
                continue
            hours, calendar = centres[dossier.company_id.id]
            due = answer_due(aware(dossier.submitted_at), hours, calendar)
            left = clock.remaining(now, due, calendar)
            dossier.answer_due_at = naive(due)
            dossier.is_answer_late = left.is_late
            dossier.answer_left = dossier._answer_left_text(left)

    def _answer_left_text(self, left):
        hours, minutes = divmod(abs(left.seconds) // 60, 60)
        text = f"{hours}:{minutes:02d}"
        if left.is_late:
            return self.env._("%(time)s working hours late", time=text)
        return self.env._("%(time)s working hours left", time=text)

    def _search_is_answer_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        now = aware(fields.Datetime.now())
        # sudo: res.company - public opening hours, a setting
        centres = self.env["res.company"].sudo().search(Domain.TRUE)
        waiting = Domain("state", "=", "submitted")
        return waiting & Domain.OR(
            Domain("company_id", "=", centre.id)
            & Domain(
                "submitted_at",
                "<",
                naive(
                    late_before(
                        now, centre.onestop_answer_hours, centre._onestop_clock()
                    )
                ),
            )
            for centre in centres
        )

    # ------------------------------------------------------------
    # Buttons
    # ------------------------------------------------------------

    def action_open_desk(self):
        """Open a draft, or a dossier filed online, at the reception desk.

        :return: the client action of the desk.
        """
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "onestop_dossier.reception_action"
        )
        return action | {"params": {"dossier_id": self.id}}
