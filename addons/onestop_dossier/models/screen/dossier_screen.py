# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.fields import Domain

# What waits for whom: states by role, for work at the receiving unit and for work at
# the agency of the running step.
DUTIES_AT_CENTRE = {
    "receiver": ("draft", "submitted", "received", "withdrawing"),
    "returner": ("ready",),
}
DUTIES_IN_CHARGE = {
    "appraiser": ("processing",),
    "head": ("approving",),
    "deputy": ("approving",),
    "approver": ("approving",),
    "records": ("approved", "rejected"),
}
# Columns of the board; others appear when they hold a dossier.
BOARD = ("submitted", "received", "processing", "approving", "ready")


class OnestopDossier(models.Model):
    """What the screens of the staff ask for."""

    _inherit = "onestop.dossier"

    state = fields.Selection(group_expand="_read_group_board")
    is_to_do = fields.Boolean(
        compute="_compute_is_to_do",
        search="_search_is_to_do",
        string="For Me to Do",
        groups="base.group_user",
        help="It waits for a role of mine, and I hold it or nobody does yet.",
    )

    def init(self):
        # The Centre's agency is in nearly all dossiers. The planner, who does not know
        # whose list it is, shall rather expect that than the average of the agencies,
        # and ask for the viewers of the rows found, not for all rows of a viewer.
        self.env.cr.execute(
            "ALTER TABLE onestop_dossier_viewer "
            "ALTER COLUMN department_id SET (n_distinct = 2)"
        )
        return super().init()

    @api.model
    def _read_group_board(self, _states, _domain):
        return list(BOARD)

    @api.depends_context("uid")
    @api.depends("state", "step_id", "user_id", "department_id")
    def _compute_is_to_do(self):
        mine = self.filtered_domain(self._domain_to_do())
        for dossier in self:
            dossier.is_to_do = dossier in mine

    def _search_is_to_do(self, operator, value):
        if operator != "in":
            return NotImplemented
        return self._domain_to_do()

    @api.model
    def _domain_to_do(self):
        """Dossiers that wait for a role of this user, held by him or by nobody."""
        memberships = self.env["onestop.membership"]
        # sudo: onestop.membership - the user's own roles
        own = memberships.sudo().search(
            Domain("user_id", "=", self.env.uid) & memberships._domain_current()
        )
        waiting = []
        for membership in own:
            agency = membership.department_id.id
            at_centre = DUTIES_AT_CENTRE.get(membership.role)
            if at_centre:
                waiting.append(
                    Domain("state", "in", at_centre)
                    & Domain("support_department_id", "=", agency)
                )
            in_charge = DUTIES_IN_CHARGE.get(membership.role)
            if in_charge:
                step = Domain("step_id.department_id", "=", agency)
                competent = Domain("department_id", "=", agency)
                elsewhere = Domain("step_id.department_id", "!=", False)
                waiting.append(
                    Domain("state", "in", in_charge) & (step | competent & ~elsewhere)
                )
        return Domain.OR(waiting) & Domain("user_id", "in", (self.env.uid, False))

    # ------------------------------------------------------------
    # Buttons
    # ------------------------------------------------------------

    def action_open_act(self):
        """Open the dialog of the act named ``act`` in the context.

        :return: the window action of the dialog.
        """
        self.ensure_one()
        act = self.env.context.get("act")
        model = "onestop.dossier.act"
        if act in ("approve", "reject") and self.state == "approving":
            model = "onestop.dossier.approval"
        labels = dict(self.env["onestop.dossier.act"]._selection_act())
        return {
            "type": "ir.actions.act_window",
            "name": labels.get(act) or self.env._("Act"),
            "res_model": model,
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_dossier_id": self.id,
                "default_act": act,
                # Of two who act on what they saw, one has an effect.
                "onestop_head": self.head_sequence,
                "dialog_size": (
                    "extra-large" if model.endswith("approval") else "medium"
                ),
            },
        }

    def action_open_attach(self):
        """Open the dialog that attaches a file.

        :return: the window action of the dialog.
        """
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Attach a file"),
            "res_model": "onestop.dossier.attach",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_dossier_id": self.id, "dialog_size": "medium"},
        }

    def action_open_parts(self):
        """Open the parts, to enter what the appraisal found of each.

        :return: the window action of the list.
        """
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Findings · %(code)s", code=self.code),
            "res_model": "onestop.dossier.part",
            "views": [(False, "list")],
            "domain": [("dossier_id", "=", self.id)],
        }

    def action_explain_due(self):
        """Open the explanation of the due date, day by day.

        :return: the window action of the dialog.
        """
        self.ensure_one()
        view = self.env.ref("onestop_dossier.dossier_view_form_due")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Why this due date?"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(view.id, "form")],
            "target": "new",
            "context": {"dialog_size": "medium"},
        }
