# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

# Legal days are days in Viet Nam, whatever the server's or the user's zone.
LEGAL_ZONE = "Asia/Ho_Chi_Minh"


class OnestopMembership(models.Model):
    """Who has which role in which agency, from when to when.

    A role holds for one agency. Access groups are derived from it by
    :meth:`_sync_groups`; record rules and legal acts ask this table (or the view
    ``onestop_department_user`` made from it), so that a role ended is felt at
    the next request.
    """

    _name = "onestop.membership"
    _description = "Role in an agency"
    _inherit = ["mail.thread"]
    _order = "department_id, role, valid_from"

    user_id = fields.Many2one(
        "res.users", required=True, index=True, ondelete="restrict", tracking=True
    )
    department_id = fields.Many2one(
        "onestop.department",
        string="Agency",
        required=True,
        index=True,
        ondelete="restrict",
        tracking=True,
    )
    role = fields.Selection(
        [
            ("head", "Head"),
            ("deputy", "Deputy head"),
            ("staff", "Staff member"),
            ("catalogue", "Catalogue manager"),
            ("personnel", "Personnel manager"),
        ],
        required=True,
        tracking=True,
    )
    valid_from = fields.Date(
        required=True, default=lambda self: self._today(), tracking=True
    )
    valid_to = fields.Date(string="Valid Until", tracking=True)
    is_current = fields.Boolean(
        compute="_compute_is_current", search="_search_is_current", string="Current"
    )

    _validity = models.Constraint(
        "CHECK (valid_to IS NULL OR valid_from <= valid_to)",
        "A role cannot end before it begins.",
    )
    _no_overlap = models.Constraint(
        "EXCLUDE USING gist (user_id WITH =, department_id WITH =, role WITH =, "
        "daterange(valid_from, valid_to, '[]') WITH &&)",
        "This person already has this role in this agency in that time.",
    )
    _one_head = models.Constraint(
        "EXCLUDE USING gist (department_id WITH =, "
        "daterange(valid_from, valid_to, '[]') WITH &&) WHERE (role = 'head')",
        "An agency has one head at a time. End the role of the present head first.",
    )

    def init(self):
        self.env.cr.execute(
            """
            CREATE OR REPLACE VIEW onestop_department_user AS
            SELECT DISTINCT department_id, user_id
              FROM onestop_membership
             WHERE daterange(valid_from, valid_to, '[]')
                   @> (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
            """
        )
        # Personnel managers of an agency keep its subordinate agencies, too.
        self.env.cr.execute(
            """
            CREATE OR REPLACE VIEW onestop_department_personnel AS
            SELECT DISTINCT below.id AS department_id, user_id
              FROM onestop_membership
              JOIN onestop_department own ON own.id = department_id
              JOIN onestop_department below
                ON starts_with(below.parent_path, own.parent_path)
             WHERE role = 'personnel'
               AND daterange(onestop_membership.valid_from,
                             onestop_membership.valid_to, '[]')
                   @> (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
            """
        )

        # Who reads an agency's papers: its own staff, that of the agencies above it,
        # that of the agency in which it went up, and those who answer for the whole
        # province.
        self.env.cr.execute(
            """
            CREATE OR REPLACE VIEW onestop_department_reader AS
            WITH RECURSIVE heir AS (
                SELECT id AS department_id, id AS heir_id FROM onestop_department
                 UNION
                SELECT heir.department_id, ended.successor_id
                  FROM heir
                  JOIN onestop_department ended ON ended.id = heir.heir_id
                 WHERE ended.successor_id IS NOT NULL
            )
            SELECT heir.department_id, staff.user_id
              FROM heir
              JOIN onestop_department department ON department.id = heir.heir_id
              JOIN onestop_department own
                ON starts_with(department.parent_path, own.parent_path)
                OR own.kind IN ('province', 'office', 'centre')
              JOIN onestop_department_user staff ON staff.department_id = own.id
             GROUP BY heir.department_id, staff.user_id
            """
        )
        # Who writes them: its head, deputies and catalogue managers, and the
        # catalogue managers of the People's Committee and its Office.
        self.env.cr.execute(
            """
            CREATE OR REPLACE VIEW onestop_department_keeper AS
            SELECT department.id AS department_id, role.user_id
              FROM onestop_membership role
              JOIN onestop_department own ON own.id = role.department_id
              JOIN onestop_department department
                ON department.id = own.id
                OR (own.kind IN ('province', 'office') AND role.role = 'catalogue')
             WHERE role.role IN ('head', 'deputy', 'catalogue')
               AND daterange(role.valid_from, role.valid_to, '[]')
                   @> (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
             GROUP BY department.id, role.user_id
            """
        )

    # ------------------------------------------------------------
    # Computes and constraints
    # ------------------------------------------------------------

    @api.model
    def _today(self):
        """Today's legal date (Viet Nam), never the date of UTC."""
        return fields.Date.context_today(self.with_context(tz=LEGAL_ZONE))

    @api.model
    def _domain_current(self):
        today = self._today()
        return Domain("valid_from", "<=", today) & (
            Domain("valid_to", "=", False) | Domain("valid_to", ">=", today)
        )

    @api.depends("user_id", "role", "department_id")
    def _compute_display_name(self):
        roles = dict(self._fields["role"]._description_selection(self.env))
        for membership in self:
            parts = (
                membership.user_id.name,
                roles.get(membership.role),
                membership.department_id.name,
            )
            membership.display_name = " · ".join(filter(None, parts))

    def _compute_is_current(self):
        today = self._today()
        for membership in self:
            membership.is_current = membership.valid_from <= today and (
                not membership.valid_to or membership.valid_to >= today
            )

    def _search_is_current(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._domain_current()

    @api.constrains("user_id")
    def _check_internal(self):
        if any(membership.user_id.share for membership in self):
            raise ValidationError(
                self.env._("Only an internal user can have a role in an agency.")
            )

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        memberships = super().create(vals_list)
        memberships._membership_changed(memberships.user_id)
        return memberships

    def write(self, vals):
        users = self.user_id
        result = super().write(vals)
        self._membership_changed(users | self.user_id)
        # The rules were asked before; a role must not have moved out of them.
        self.check_access("write")
        return result

    def unlink(self):
        users = self.user_id
        result = super().unlink()
        self._membership_changed(users)
        return result

    def _membership_changed(self, users):
        """Make the change felt at once: the view reads the table, not the cache."""
        self.env.flush_all()
        self.env["onestop.department"].invalidate_model(
            [
                "user_ids",
                "personnel_ids",
                "reader_ids",
                "keeper_ids",
                "head_id",
                "deputy_ids",
            ]
        )
        self._sync_groups(users)

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_end(self):
        """End these roles now: yesterday becomes their last day.

        A role that began today ends with today, as it has been used already.
        """
        self.check_access("write")
        today = self._today()
        for membership in self:
            last = max(membership.valid_from, today - timedelta(days=1))
            if not membership.valid_to or membership.valid_to > last:
                membership.valid_to = last

    # ------------------------------------------------------------
    # Roles and groups
    # ------------------------------------------------------------

    @api.model
    def _role_groups(self):
        """External ids of the access groups by role; rooms add their own roles."""
        return {
            "head": "onestop_procedure.group_head",
            "deputy": "onestop_procedure.group_deputy",
            "staff": "onestop_procedure.group_staff",
            "catalogue": "onestop_procedure.group_catalogue_manager",
            "personnel": "onestop_procedure.group_personnel_manager",
        }

    @api.model
    def _has_role(self, user, roles, departments, lock=False):
        """Whether ``user`` has one of ``roles`` in one of ``departments`` today.

        Asks the table, not a group: the answer is that of this instant.

        :param lock: lock the rows relied on (``FOR SHARE``), so that a legal act
            and the end of the role cannot pass each other.
        """
        self.flush_model()
        self.env.cr.execute(
            """
            SELECT id FROM onestop_membership
             WHERE user_id = %s AND role = ANY(%s) AND department_id = ANY(%s)
               AND daterange(valid_from, valid_to, '[]') @> %s
            """
            + ("FOR SHARE" if lock else ""),
            [user.id, list(roles), departments.ids, self._today()],
        )
        return bool(self.env.cr.fetchall())

    @api.model
    def _sync_groups(self, users):
        """Give ``users`` exactly the groups that their current roles call for."""
        if not users:
            return
        # sudo: onestop.membership, res.groups - groups are derived from roles,
        # whoever was allowed to change the role
        memberships = self.sudo().search(
            Domain("user_id", "in", users.ids) & self._domain_current()
        )
        by_role = {
            role: self.env.ref(xmlid, raise_if_not_found=False)
            for role, xmlid in self._role_groups().items()
        }
        groups = self.env["res.groups"].union(*filter(None, by_role.values()))
        # sudo: onestop.department - all groups of agencies, ended ones too
        departments = self.env["onestop.department"].sudo()
        departments = departments.with_context(active_test=False)
        managed = groups | departments.search([("group_id", "!=", False)]).group_id
        wanted = {group: self.env["res.users"] for group in managed}
        for membership in memberships:
            for group in (
                by_role.get(membership.role),
                membership.department_id.group_id,
            ):
                if group:
                    wanted[group] |= membership.user_id
        for group, members in wanted.items():
            # sudo: res.groups - as above
            present = group.sudo().user_ids & users
            if present != members:
                group.sudo().write(  # sudo: res.groups - as above
                    {
                        "user_ids": [
                            *(fields.Command.unlink(u.id) for u in present - members),
                            *(fields.Command.link(u.id) for u in members - present),
                        ]
                    }
                )

    @api.model
    def _cron_sync_groups(self):
        """Roles begin and end by date: once a day the groups follow."""
        # sudo: res.users - every user who ever had a role
        users = self.sudo().search(Domain.TRUE).user_id
        self._sync_groups(users)
