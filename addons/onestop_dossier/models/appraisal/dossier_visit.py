# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.misc import clean_context

# While these the dossier may be looked at on the spot.
STATES = ("processing", "supplement", "payment", "suspended")
ENTERED = frozenset(
    {
        "planned_on",
        "place",
        "member_ids",
        "others",
        "held_from",
        "held_to",
        "owner_present",
        "findings",
        "opinion",
        "conclusion",
        "signatures",
        "for_citizen",
    }
)


class OnestopDossierVisit(models.Model):
    """Field verification record (biên bản xác minh, kiểm tra thực địa).

    Where a dossier has to be verified, the result of the verification is kept with
    it (NĐ 61/2018/NĐ-CP, Điều 19).
    """

    _name = "onestop.dossier.visit"
    _description = "Field verification record"
    _order = "dossier_id.id, planned_on, id"

    dossier_id = fields.Many2one(
        "onestop.dossier", required=True, index=True, ondelete="restrict"
    )
    number = fields.Char(
        readonly=True, copy=False, help="Drawn when the record is done."
    )
    state = fields.Selection(
        [("planned", "Planned"), ("done", "Done")],
        required=True,
        readonly=True,
        copy=False,
        default="planned",
    )
    department_id = fields.Many2one(
        "onestop.department",
        string="Verifying Agency",
        readonly=True,
        ondelete="restrict",
    )
    planned_on = fields.Date(string="Planned Day", required=True)
    place = fields.Text()
    member_ids = fields.Many2many(
        "res.users",
        "onestop_dossier_visit_member",
        "visit_id",
        "user_id",
        string="Members",
        domain="[('share', '=', False)]",
    )
    others = fields.Text(
        string="Other Participants", help="One a line: name, position, agency."
    )
    held_from = fields.Datetime(string="Began At")
    held_to = fields.Datetime(string="Ended At")
    owner_present = fields.Selection(
        [
            ("present", "Present"),
            ("represented", "Represented"),
            ("absent", "Absent"),
        ],
        string="Owner of the Dossier",
    )
    findings = fields.Text(string="What Was Found")
    opinion = fields.Text(string="Opinion of the Owner and Others")
    conclusion = fields.Text()
    signatures = fields.Text(
        help="Who signed the record on paper, one a line; who refused, and why."
    )
    for_citizen = fields.Boolean(
        string="Open to the Citizen",
        help="Owner and submitter may read the record once it is done.",
    )
    file_ids = fields.One2many(
        "onestop.dossier.file",
        "visit_id",
        string="Photos and Signed Record",
        groups="base.group_user",
    )
    done_at = fields.Datetime(readonly=True, copy=False)
    user_id = fields.Many2one(
        "res.users",
        string="Recorded By",
        readonly=True,
        copy=False,
        ondelete="restrict",
        groups="base.group_user",
    )
    salt = fields.Char(readonly=True, copy=False, groups="base.group_system")
    salted_hash = fields.Char(readonly=True, copy=False, groups="base.group_user")
    erased_decision_id = fields.Many2one(
        "onestop.decision",
        string="Erased by",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        groups="base.group_user",
    )
    may_record = fields.Boolean(compute="_compute_may_record")

    _number_unique = models.UniqueIndex("(department_id, number)")

    @api.depends("number", "planned_on", "dossier_id.code")
    def _compute_display_name(self):
        for visit in self:
            visit.display_name = f"{visit.number or '…'} · {visit.dossier_id.code}"

    @api.depends_context("uid")
    @api.depends("dossier_id.state", "dossier_id.step_id")
    def _compute_may_record(self):
        for visit in self:
            dossier = visit.dossier_id
            visit.may_record = dossier.state in STATES and dossier._appraises_now()

    # ------------------------------------------------------------
    # Writing it
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        plain = self.with_env(self.env(context=clean_context(self.env.context)))
        for vals in vals_list:
            self._refuse_others(vals.keys() - {"dossier_id"})
            dossier = self.env["onestop.dossier"].browse(vals.get("dossier_id"))
            dossier._check_appraises(STATES)
            # sudo: onestop.dossier - whether it is a trial, and who has it
            if dossier.sudo().is_trial:
                raise UserError(self.env._("A trial is not verified on the spot."))
        visits = super(OnestopDossierVisit, plain).create(vals_list)
        for visit in visits.sudo():  # sudo: onestop.dossier.visit - derived
            visit.department_id = visit.dossier_id._charge()
        return visits.with_env(self.env)

    def write(self, vals):
        if not self.env.su:
            self._refuse_others(vals)
            self._check_recording()
            if vals.keys() - {"for_citizen"}:
                self._check_planned()
        return super().write(vals)

    def _refuse_others(self, names):
        derived = sorted(set(names) - ENTERED)
        if derived:
            raise AccessError(
                self.env._(
                    "These fields follow from recording the visit: %(names)s.",
                    names=", ".join(derived),
                )
            )

    def _check_recording(self):
        for visit in self:
            visit.dossier_id._check_appraises(STATES)
            # sudo: onestop.dossier - only to be noticed by acts under way
            visit.dossier_id.sudo()._touch()

    def _check_planned(self):
        if any(visit.state != "planned" for visit in self):
            raise UserError(
                self.env._(
                    "This record is done and signed. Plan another visit if something "
                    "has to be looked at again."
                )
            )
