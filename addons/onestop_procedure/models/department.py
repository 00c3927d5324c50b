# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ..view_many2many import ViewMany2many


class OnestopDepartment(models.Model):
    """An agency: department, board, branch, centre or vertical agency.

    Never a company: one Centre receives for all of them. Who works where and in
    which role stands in ``onestop.membership`` alone; head, deputies and users
    follow from it, so that a role ended there is ended everywhere.
    """

    _name = "onestop.department"
    _description = "Agency"
    _inherit = ["mail.thread"]
    _parent_store = True
    _order = "sequence, name"
    _rec_names_search = ["name", "short", "code"]

    name = fields.Char(required=True, translate=True, tracking=True)
    code = fields.Char(
        string="Identification Code",
        help="Identification code of the agency (QĐ 20/2020/QĐ-TTg), such as H01.06. "
        "An agency without a code numbers its dossiers under the Centre's.",
        tracking=True,
    )
    short = fields.Char(
        string="Abbreviation",
        required=True,
        help="Abbreviation used in document symbols, such as STP.",
    )
    sequence = fields.Integer(default=10)
    kind = fields.Selection(
        [
            ("province", "Provincial People's Committee"),
            ("office", "Office of the People's Committee"),
            ("centre", "Public administrative service centre"),
            ("department", "Department"),
            ("board", "Board"),
            ("unit", "Attached unit"),
            ("vertical", "Vertical agency"),
            ("ministry", "Ministry"),
            ("district", "District"),
            ("commune", "Commune"),
        ],
        required=True,
        default="department",
    )
    parent_id = fields.Many2one(
        "onestop.department", string="Superior Agency", index=True, ondelete="restrict"
    )
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many(
        "onestop.department", "parent_id", string="Subordinate Agencies"
    )
    # Portal users read agencies; who works there is not theirs to read.
    membership_ids = fields.One2many(
        "onestop.membership", "department_id", groups="base.group_user"
    )
    user_ids = ViewMany2many(
        "res.users",
        relation="onestop_department_user",
        column1="department_id",
        column2="user_id",
        string="Users",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="Who has a role in this agency today (follows from the memberships).",
    )
    personnel_ids = ViewMany2many(
        "res.users",
        relation="onestop_department_personnel",
        column1="department_id",
        column2="user_id",
        string="Personnel Managers",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="Who keeps the roles in this agency: personnel managers of this agency "
        "or of one above it.",
    )
    reader_ids = ViewMany2many(
        "res.users",
        relation="onestop_department_reader",
        column1="department_id",
        column2="user_id",
        string="Readers",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="Who reads the papers of this agency: its staff, that of the agencies "
        "above it, the Centre, the Office and the People's Committee.",
    )
    keeper_ids = ViewMany2many(
        "res.users",
        relation="onestop_department_keeper",
        column1="department_id",
        column2="user_id",
        string="Keepers",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="Who writes the papers of this agency: its head, deputies and catalogue "
        "managers, and the catalogue managers of the People's Committee.",
    )
    head_id = fields.Many2one(
        "res.users",
        compute="_compute_leaders",
        groups="base.group_user",
    )
    deputy_ids = fields.Many2many(
        "res.users",
        compute="_compute_leaders",
        string="Deputy Heads",
        groups="base.group_user",
    )
    group_id = fields.Many2one(
        "res.groups",
        string="Access Group",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        groups="base.group_user",
        help="Group of the users of this agency, kept by the system; it carries no "
        "access rule.",
    )
    valid_from = fields.Date()
    valid_to = fields.Date(tracking=True)
    successor_id = fields.Many2one(
        "onestop.department",
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
        help="Agency that took over its tasks after a merger.",
    )
    predecessor_ids = fields.One2many(
        "onestop.department", "successor_id", string="Predecessors"
    )
    procedure_ids = fields.One2many("onestop.procedure", "department_id")
    procedure_count = fields.Integer(compute="_compute_counts", string="Procedures")
    membership_count = fields.Integer(compute="_compute_counts", string="People")
    active = fields.Boolean(default=True)

    _code_unique = models.UniqueIndex(
        "(code) WHERE code IS NOT NULL",
        "This identification code belongs to another agency.",
    )
    _short_unique = models.UniqueIndex(
        "(short)", "This abbreviation belongs to another agency."
    )
    _validity = models.Constraint(
        "CHECK (valid_to IS NULL OR valid_from IS NULL OR valid_from <= valid_to)",
        "An agency cannot end before it begins.",
    )

    # ------------------------------------------------------------
    # Computes and constraints
    # ------------------------------------------------------------

    @api.depends("membership_ids.role", "membership_ids.user_id")
    def _compute_leaders(self):
        memberships = self.env["onestop.membership"].search(
            Domain("department_id", "in", self.ids)
            & Domain("role", "in", ("head", "deputy"))
            & self.env["onestop.membership"]._domain_current()
        )
        for department in self:
            own = memberships.filtered(lambda m, d=department: m.department_id == d)
            department.head_id = own.filtered(lambda m: m.role == "head")[:1].user_id
            department.deputy_ids = own.filtered(lambda m: m.role == "deputy").user_id

    def _compute_counts(self):
        procedures = dict(
            self.env["onestop.procedure"]._read_group(
                [("department_id", "in", self.ids), ("state", "!=", "abolished")],
                ["department_id"],
                ["__count"],
            )
        )
        memberships = self.env["onestop.membership"]
        people = dict(
            memberships._read_group(
                Domain("department_id", "in", self.ids) & memberships._domain_current(),
                ["department_id"],
                ["user_id:count_distinct"],
            )
        )
        for department in self:
            department.procedure_count = procedures.get(department, 0)
            department.membership_count = people.get(department, 0)

    @api.constrains("parent_id", "successor_id")
    def _check_no_cycle(self):
        if self._has_cycle("parent_id") or self._has_cycle("successor_id"):
            raise ValidationError(
                self.env._("An agency cannot be its own superior or successor.")
            )

    @api.constrains("code")
    def _check_code(self):
        for department in self.filtered("code"):
            if not self._is_agency_code(department.code):
                raise ValidationError(
                    self.env._(
                        "“%(code)s” is not an agency identification code. Write it as "
                        "a letter, two digits, and groups of two digits: H01.06.",
                        code=department.code,
                    )
                )

    @api.model
    def _is_agency_code(self, code):
        """Whether ``code`` is written as QĐ 20/2020/QĐ-TTg wants (H01.06)."""
        head, *groups = code.split(".")
        return (
            len(head) == 3
            and head[0] in "ABCDEGHK"
            and head[1:].isdigit()
            and len(groups) <= 3
            and all(len(group) == 2 and group.isdigit() for group in groups)
        )

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        departments = super().create(vals_list)
        # New records count as having no users; those above keep this one, too.
        departments.invalidate_recordset(["personnel_ids", "reader_ids", "keeper_ids"])
        for department in departments:
            # sudo: res.groups - the group is derived; whoever may create an
            # agency need not be allowed to manage groups
            department.group_id = (
                self.env["res.groups"]
                .sudo()
                .create({"name": department._group_name(), "share": False})
            )
        return departments

    def write(self, vals):
        result = super().write(vals)
        if "short" in vals or "name" in vals:
            for department in self.filtered("group_id"):
                # sudo: res.groups - as in create
                department.sudo().group_id.name = department._group_name()
        return result

    def _group_name(self):
        return f"{self.short} · {self.name}"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        if self.membership_ids:
            raise UserError(
                self.env._(
                    "This agency has staff on record. Give it an end date and a "
                    "successor instead of deleting it."
                )
            )

    # ------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------

    def _current(self):
        """Follow the successors to the agency that holds the tasks today."""
        department, seen = self, self.browse()
        while department.successor_id and department not in seen:
            seen |= department
            department = department.successor_id
        return department
