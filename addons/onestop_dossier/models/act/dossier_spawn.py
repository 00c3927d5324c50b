# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools.misc import clean_context

from ...ledger.transitions import OPEN
from ..ledger.dossier import ACT

# A parent does not wait for a linked dossier in these states.
CHILD_DONE = ("ready", "returned", "refused", "stopped")


class OnestopDossier(models.Model):
    """Inter-linked procedures: a child dossier for another agency's part.

    The citizen hands in once and follows one code, that of the first dossier; the
    parent waits for its children.
    """

    _inherit = "onestop.dossier"

    parent_id = fields.Many2one(
        "onestop.dossier",
        string="Linked To",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        groups="base.group_user",
    )
    child_ids = fields.One2many(
        "onestop.dossier",
        "parent_id",
        string="Linked Dossiers",
        readonly=True,
        groups="base.group_user",
    )
    waits_for_agency = fields.Boolean(
        compute="_compute_waits_for_agency",
        search="_search_waits_for_agency",
        string="Waiting for Another Agency",
        groups="base.group_user",
        help="An opinion asked for is missing, or a linked dossier is not done.",
    )
    tracking_code = fields.Char(
        compute="_compute_tracking_code",
        help="The one code under which the citizen follows linked dossiers.",
    )

    @api.depends("code")
    def _compute_tracking_code(self):
        for dossier in self:
            # sudo: onestop.dossier - only the code of the first one
            first = dossier.sudo()
            while first.parent_id:
                first = first.parent_id
            dossier.tracking_code = first.code

    @api.depends("consultation_ids.answered_at", "child_ids.state", "state")
    def _compute_waits_for_agency(self):
        waiting = self.filtered_domain(self._search_waits_for_agency("in", [True]))
        for dossier in self:
            dossier.waits_for_agency = dossier in waiting

    def _search_waits_for_agency(self, operator, value):
        if operator != "in":
            return NotImplemented
        # What is waited for may lie where this user sees nothing.
        unanswered = Domain("answered_at", "=", False)
        unfinished = Domain("state", "not in", CHILD_DONE)
        return Domain("state", "in", OPEN) & (
            Domain("consultation_ids", "any!", unanswered)
            | Domain("child_ids", "any!", unfinished)
        )

    def action_spawn(self, procedure_id):
        """Open a linked dossier under another procedure; this one waits for it.

        The child lies as a draft at the one-stop unit, which receives it.

        :param procedure_id: id of the other procedure.
        :return: id of the child.
        :raises UserError: the procedure is not in force, or is linked already.
        """
        if isinstance(procedure_id, bool) or not isinstance(procedure_id, int):
            raise UserError(self.env._("Choose the procedure."))
        # sudo: onestop.procedure - public content
        procedure = self.env["onestop.procedure"].sudo().browse(procedure_id).exists()
        found = []

        def values(act):
            found.append(self._new_child(procedure))
            act.data["child"] = found[0].id
            return {}

        self._apply("spawn", values=values, procedure=procedure)
        return found[0].id

    def _new_child(self, procedure):
        # sudo: onestop.dossier - the act was checked against the table; the child
        # continues what the citizen handed in
        parent = self.sudo()
        plain = self.env(context=clean_context(self.env.context))
        children = self.with_env(plain).sudo().with_context(onestop_act=ACT)
        child = children.create(
            {
                "procedure_id": procedure.id,
                "person_id": parent.person_id.id,
                "submitter_id": parent.submitter_id.id,
                "company_id": parent.company_id.id,
                "channel": parent.channel,
                "result_channel": parent.result_channel,
                "parent_id": parent.id,
            }
        )
        return child

    # ------------------------------------------------------------
    # Guards
    # ------------------------------------------------------------

    def _guard_spawnable(self, act):
        procedure = act.arguments["procedure"]
        if not procedure or procedure.state != "published" or not procedure.version_id:
            raise UserError(
                self.env._(
                    "Choose a procedure that is in force for the linked dossier."
                )
            )
        linked = self.child_ids.filtered(lambda d: d.state in OPEN)
        if procedure == self.procedure_id or procedure in linked.procedure_id:
            raise UserError(
                self.env._("A dossier under this procedure is linked already.")
            )

    def _guard_children_done(self, act):
        # sudo: onestop.dossier - children lie at other agencies
        waiting = self.sudo().search(
            [
                ("parent_id", "=", self.id),
                ("state", "not in", CHILD_DONE),
            ]
        )
        if waiting:
            raise UserError(
                self.env._(
                    "This dossier waits for its linked dossiers: %(codes)s.",
                    codes=", ".join(waiting.mapped("display_name")),
                )
            )
