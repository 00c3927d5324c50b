# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from datetime import date

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.onestop_procedure.phone import to_local

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
    def _give(self, kind, person, procedure, reason, items=(), dossier=None):
        """Keep what is told to a citizen.

        :param items: papers asked for, as values of ``onestop.guidance.item``.
        :param dossier: the dossier it is about, if it is kept as one.
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
        company = dossier.company_id if dossier else self.env.company
        now = fields.Datetime.now()
        # sudo: onestop.guidance - only the desk writes them, which asks the role
        notice = self.sudo().create(
            {
                "number": self._next_number(company, now)
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
                "user_id": self.env.uid,
                "given_at": now,
            }
        )
        return notice.sudo(False)

    @api.model
    def _next_number(self, company, moment):
        """The next number of form 02 at a Centre; from 1 again each year."""
        year = self.env["onestop.dossier"]._legal_day(moment).year
        # sudo: onestop.dossier.counter - numbers are drawn by acts
        counter = self.env["onestop.dossier.counter"].sudo()
        number = counter._draw_number(
            f"{company._onestop_unit_code()}/{SERIES}", date(year, 1, 1)
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

    def _form_values(self):
        """What forms 02 and 03 say; instants are naive UTC."""
        self.ensure_one()
        self.person_id._log_reading(["street"])
        dossiers = self.env["onestop.dossier"]
        day = dossiers._legal_day(self.given_at)
        # sudo: res.users, res.company - how to reach who gave the guidance
        officer, centre = self.user_id.sudo(), self.company_id.sudo()
        return {
            # sudo: onestop.department - the unit's name and its superior's
            "unit": self.department_id.sudo(),
            "day": day,
            "new_rules": dossiers._rule_set_on(day) == "nd118_2025",
            "officer": officer,
            "person_phone": to_local(self.person_id.phone),
            "phone": to_local(officer.phone or centre.phone),
            "website": centre.website,
            "place": centre.state_id.name or centre.city,
        }
