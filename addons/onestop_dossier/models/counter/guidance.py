# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from datetime import date

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

# Series of the numbers of form 02, as the prints have it: …/HDHS.
SERIES = "HDHS"


class OnestopGuidance(models.Model):
    """What a citizen was told at the counter: form 02 (guidance) or 03 (refusal).

    Kept by person and procedure, with or without a dossier: the law allows one
    specific and complete guidance (NĐ 61/2018/NĐ-CP, Điều 17), so that a second one
    has to be noticed. Made by the desk alone, never changed.
    """

    _name = "onestop.guidance"
    _description = "Guidance or refusal at the counter"
    _order = "id desc"
    _rec_name = "number"

    number = fields.Char(readonly=True, help="Number of form 02; form 03 has none.")
    kind = fields.Selection(
        [("guidance", "Guidance (form 02)"), ("refusal", "Refusal (form 03)")],
        required=True,
    )
    company_id = fields.Many2one(
        "res.company", string="Centre", required=True, index=True, ondelete="restrict"
    )
    department_id = fields.Many2one(
        "onestop.department", string="Unit", required=True, index=True
    )
    person_id = fields.Many2one(
        "onestop.person", required=True, index=True, ondelete="restrict"
    )
    procedure_id = fields.Many2one(
        "onestop.procedure", required=True, index=True, ondelete="restrict"
    )
    dossier_id = fields.Many2one(
        "onestop.dossier", index="btree_not_null", ondelete="restrict"
    )
    item_ids = fields.One2many("onestop.guidance.item", "guidance_id", string="Papers")
    reason = fields.Text(required=True)
    advice = fields.Text(
        string="Guidance", help="How to mend it, in words for the citizen."
    )
    answer_due_at = fields.Datetime(
        string="Answer Until", help="Until when the citizen supplements the dossier."
    )
    user_id = fields.Many2one(
        "res.users", string="By", required=True, ondelete="restrict"
    )
    given_at = fields.Datetime(string="At", required=True)

    _person_idx = models.Index("(person_id, procedure_id)")

    @api.depends("number", "kind", "procedure_id")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for notice in self:
            notice.display_name = notice.number or kinds.get(notice.kind)

    @api.model
    def _give(
        self, kind, person, procedure, reason, items=(), dossier=None, advice=None
    ):
        """Keep what is told to a citizen.

        :param items: papers asked for, as values of ``onestop.guidance.item``.
        :param dossier: the dossier it is about, if it is kept as one.
        :param advice: how to mend it, in words for the citizen.
        :raises UserError: no reason, or a guidance that asks for nothing.
        """
        if not (reason or "").strip():
            raise UserError(
                self.env._("Give the reason; the citizen will read it in the notice.")
            )
        if kind == "guidance" and not items:
            raise UserError(
                self.env._(
                    "Name every paper that is missing or not in order: the guidance "
                    "is given once, and has to be complete."
                )
            )
        notice = self._keep(
            kind, person, procedure, reason, items, dossier, advice=advice
        )
        return notice.sudo(False)

    @api.model
    def _keep(
        self,
        kind,
        person,
        procedure,
        reason,
        items=(),
        dossier=None,
        moment=None,
        advice=None,
        own_number=True,
    ):
        """Write down what is told, as it was checked by an act or by :meth:`_give`.

        :param moment: when it is told, naive UTC; by default now.
        :param own_number: draw the number in a transaction of its own.
        """
        company = dossier.company_id if dossier else self.env.company
        now = moment or fields.Datetime.now()
        # sudo: onestop.guidance - only the desk and the acts write them, by role
        return self.sudo().create(
            {
                "number": self._next_number(company, now, own_number)
                if kind == "guidance"
                else False,
                "kind": kind,
                "company_id": company.id,
                # sudo: res.company - the unit of the Centre
                "department_id": company.sudo().onestop_department_id.id,
                "person_id": person.id,
                "procedure_id": procedure.id,
                "dossier_id": dossier.id if dossier else False,
                "item_ids": [Command.create(item) for item in items],
                "reason": reason.strip(),
                "advice": (advice or "").strip() or False,
                # A handler's request runs from now on, the citizen's own not yet.
                "answer_due_at": dossier.citizen_due_at if dossier else False,
                "user_id": self.env.uid,
                "given_at": now,
            }
        )

    @api.model
    def _next_number(self, company, moment, own_number=True):
        """The next number of form 02 at a Centre; from 1 again each year."""
        year = self.env["onestop.dossier"]._legal_day(moment).year
        # sudo: onestop.dossier.counter - numbers are drawn by acts
        counter = self.env["onestop.dossier.counter"].sudo()
        number = counter._draw_number(
            f"{company._onestop_unit_code()}/{SERIES}", date(year, 1, 1), own_number
        )
        return f"{number:02d}/{SERIES}"

    @api.model
    def _given(self, person, procedure):
        """Earlier guidance to this person on this procedure, the newest first."""
        return self.search(
            [
                ("person_id", "=", person.id),
                ("procedure_id", "=", procedure.id),
                ("kind", "=", "guidance"),
            ],
            limit=5,
        )

    def action_print(self):
        """Print the form again.

        :return: the report action.
        """
        self.ensure_one()
        return self._report().report_action(self.ids)

    def _report(self):
        forms = {
            "guidance": "onestop_dossier.guidance_report",
            "refusal": "onestop_dossier.refusal_report",
        }
        return self.env.ref(forms[self.kind])
