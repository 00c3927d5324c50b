# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class OnestopMergerProposal(models.Model):
    """A role of somebody whose agency ends, proposed in the agency that takes over.

    Nobody gets a role by a merger: the personnel manager of the new agency confirms.
    """

    _name = "onestop.merger.proposal"
    _description = "Proposed role after a merger"
    _order = "merger_id, department_id, role, id"

    merger_id = fields.Many2one(
        "onestop.merger", required=True, index=True, ondelete="cascade"
    )
    membership_id = fields.Many2one(
        "onestop.membership", string="Role Before", required=True, ondelete="restrict"
    )
    user_id = fields.Many2one("res.users", required=True, ondelete="restrict")
    department_id = fields.Many2one(
        "onestop.department",
        string="Agency",
        required=True,
        index=True,
        ondelete="restrict",
    )
    role = fields.Selection(
        selection=lambda self: (
            self.env["onestop.membership"]
            ._fields["role"]
            ._description_selection(self.env)
        ),
        required=True,
    )
    valid_from = fields.Date(required=True)
    state = fields.Selection(
        [
            ("proposed", "Proposed"),
            ("confirmed", "Confirmed"),
            ("declined", "Declined"),
        ],
        required=True,
        default="proposed",
        readonly=True,
    )
    decided_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")

    _once = models.UniqueIndex(
        "(merger_id, membership_id)", "This role is proposed already."
    )

    @api.depends("user_id", "department_id")
    def _compute_display_name(self):
        for proposal in self:
            proposal.display_name = " · ".join(
                filter(None, (proposal.user_id.name, proposal.department_id.name))
            )

    @api.model
    def _values(self, merger, membership, department):
        role = membership.role
        # An agency has one head: theirs stays, the other is proposed as a deputy.
        if role == "head" and department.head_id:
            role = "deputy"
        return {
            "merger_id": merger.id,
            "membership_id": membership.id,
            "user_id": membership.user_id.id,
            "department_id": department.id,
            "role": role,
            "valid_from": merger.effective_on,
        }

    def write(self, vals):
        if not self.env.su and (
            set(vals) - {"role", "department_id", "valid_from"}
            or any(proposal.state != "proposed" for proposal in self)
        ):
            raise UserError(
                self.env._("Only role, agency and beginning of a proposal are changed.")
            )
        result = super().write(vals)
        # The rules were asked before; a proposal must not have moved out of them.
        self.check_access("write")
        return result

    def action_confirm(self):
        """Give these roles, as whoever keeps the personnel of the agency.

        A role that the person has there already is left as it is.

        :raises UserError: a proposal is decided already.
        :raises AccessError: the user does not keep the personnel of the agency.
        """
        self.check_access("write")
        memberships = self.env["onestop.membership"]
        for proposal in self:
            proposal._check_proposed()
            present = memberships.search_count(
                Domain("user_id", "=", proposal.user_id.id)
                & Domain("department_id", "=", proposal.department_id.id)
                & Domain("role", "=", proposal.role)
                & (
                    Domain("valid_to", "=", False)
                    | Domain("valid_to", ">=", proposal.valid_from)
                )
            )
            if not present:
                memberships.create(
                    {
                        "user_id": proposal.user_id.id,
                        "department_id": proposal.department_id.id,
                        "role": proposal.role,
                        "valid_from": proposal.valid_from,
                    }
                )
        self._decide("confirmed")

    def action_decline(self):
        """Leave these people without the proposed role.

        :raises UserError: a proposal is decided already.
        """
        self.check_access("write")
        for proposal in self:
            proposal._check_proposed()
        self._decide("declined")

    def _check_proposed(self):
        if self.state != "proposed":
            raise UserError(self.env._("This proposal is decided already."))

    def _decide(self, state):
        # sudo: onestop.merger.proposal - the state is kept by the two acts above
        self.sudo().write({"state": state, "decided_by_id": self.env.uid})
