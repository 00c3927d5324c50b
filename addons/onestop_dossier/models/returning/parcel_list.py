# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from datetime import date

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.onestop_procedure.phone import to_local

# Series of the numbers, as the prints have it: 01/DSBG.
SERIES = "DSBG"
# What a line says of a consignment.
TOLD = ("recipient", "address", "phone", "tracking", "fee", "originals")


class OnestopParcelList(models.Model):
    """Post list (danh sách bưu gửi): what was handed to the carrier at once."""

    _name = "onestop.parcel.list"
    _description = "Post list"
    _rec_name = "number"
    _order = "id desc"

    number = fields.Char(required=True, readonly=True)
    company_id = fields.Many2one(
        "res.company",
        string="Centre",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    carrier = fields.Char(required=True, readonly=True)
    handed_at = fields.Datetime(string="Handed Over", required=True, readonly=True)
    user_id = fields.Many2one(
        "res.users",
        string="Handed Over By",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    parcel_ids = fields.One2many("onestop.parcel", "list_id", readonly=True)
    count = fields.Integer(compute="_compute_count")

    _number_unique = models.UniqueIndex("(company_id, number)")

    def init(self):
        self.env["onestop.database.guard"]._append_only(self._table)

    @api.depends("parcel_ids")
    def _compute_count(self):
        for one in self:
            one.count = len(one.parcel_ids)

    @api.model
    def hand_over(self, lines, carrier=None):
        """Hand results to the carrier: one act a dossier, one list for all.

        :param lines: [{"dossier_id", "recipient", "address", "phone", "tracking",
            "fee", "originals"}], see ``action_send_parcel`` of the dossier.
        :param carrier: who takes them; that of the settings if not given.
        :return: id of the post list.
        :raises UserError: one cannot be sent; then none is.
        """
        if not lines:
            raise UserError(self.env._("Scan at least one dossier."))
        dossiers = self.env["onestop.dossier"]
        if not all(isinstance(line, dict) for line in lines):
            raise UserError(self.env._("Scan at least one dossier."))
        ids = [line.get("dossier_id") for line in lines]
        if not all(type(number) is int for number in ids) or len({*ids}) < len(ids):
            raise UserError(self.env._("Each dossier stands on the list once."))
        dossiers = dossiers.browse(ids).exists()
        dossiers.check_access("read")
        if len(dossiers.company_id) != 1:
            raise UserError(self.env._("A post list has dossiers of one Centre only."))
        dossiers._check_sends()
        post_list = self._open(dossiers, carrier)
        for line in lines:
            told = {name: line.get(name) for name in TOLD}
            dossier = dossiers.browse(line["dossier_id"])
            try:
                dossier._do_send_parcel(post_list=post_list, **told)
            except UserError as error:
                # Which of many it is: the sentence alone does not say.
                raise UserError(
                    self.env._(
                        "%(code)s: %(reason)s", code=dossier.code, reason=str(error)
                    )
                ) from error
        return post_list.id

    @api.model
    def _open(self, dossiers, carrier=None):
        """A new list of today, numbered in the year."""
        # sudo: res.company - a setting of the Centre
        company = dossiers.company_id.sudo()
        now = dossiers[:1]._moment()
        year = dossiers[:1]._legal_day(now).year
        number = self.env["onestop.dossier.counter"]._draw_number(
            f"{SERIES}/{company.id}", date(year, 1, 1)
        )
        # sudo: onestop.parcel.list - the role was asked; lists are written here alone
        return self.sudo().create(
            {
                "number": f"{number:02d}/{year}/{SERIES}",
                "company_id": company.id,
                "carrier": carrier or company.onestop_carrier,
                "handed_at": now,
                "user_id": self.env.uid,
            }
        )

    def action_print(self):
        """Print the list, to be signed by who hands over and who takes.

        :return: the report action.
        """
        return self.env.ref("onestop_dossier.parcel_list_report").report_action(
            self.ids
        )

    def _paper_values(self):
        """What the printed list says besides its own fields."""
        self.ensure_one()
        # sudo: res.company, res.users - names of unit and officer
        company = self.company_id.sudo()
        return {
            "unit": company.onestop_department_id,
            "place": company.state_id.name or company.city,
            "officer": self.user_id.sudo().name,  # sudo: as above
            "parcels": self.parcel_ids.sorted("id"),
            "phones": {one.id: to_local(one.phone) or "" for one in self.parcel_ids},
            "day": self.env["onestop.dossier"]._legal_day(self.handed_at),
        }
