# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

KIND_OF_CHANGE = {"amend": "amended", "replace": "replacing", "new": "new"}


class OnestopChangeRequestLine(models.Model):
    """What a change of rules asks for one procedure."""

    _name = "onestop.change.request.line"
    _description = "Procedure touched by a change of rules"
    _order = "request_id, sequence, id"

    request_id = fields.Many2one(
        "onestop.change.request", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    procedure_id = fields.Many2one(
        "onestop.procedure", index="btree_not_null", ondelete="restrict"
    )
    proposal = fields.Selection(
        [
            ("amend", "Amend"),
            ("replace", "Replace"),
            ("abolish", "Abolish"),
            ("new", "New procedure"),
            ("keep", "No change"),
        ],
        required=True,
        default="amend",
    )
    new_name = fields.Char(string="Name of the New One")
    new_code = fields.Char(
        string="Code of the New One", help="Empty until the national database gives it."
    )
    sector_id = fields.Many2one("onestop.sector", ondelete="restrict")
    content = fields.Text(string="What is to change")
    version_id = fields.Many2one(
        "onestop.procedure.version",
        string="Draft",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    is_finished = fields.Boolean(compute="_compute_is_finished", string="Carried out")

    _procedure_once = models.UniqueIndex(
        "(request_id, procedure_id)", "This procedure stands in the report already."
    )

    @api.depends("proposal", "version_id.state", "procedure_id.state")
    def _compute_is_finished(self):
        for line in self:
            if line.proposal == "keep":
                line.is_finished = True
            elif line.proposal == "abolish":
                line.is_finished = line.procedure_id.state == "abolished"
            else:
                line.is_finished = (
                    bool(line.version_id) and line.version_id.state != "draft"
                )

    def _check_complete(self):
        """A line names a procedure, or what a new one is called."""
        if self.proposal == "new":
            if not self.new_name or not self.sector_id:
                raise UserError(
                    self.env._("Give the name and the sector of each new procedure.")
                )
        elif not self.procedure_id:
            raise UserError(self.env._("Choose the procedure of each line."))
        if self.proposal in ("amend", "replace", "new") and not self.content:
            raise UserError(
                self.env._(
                    "Write what is to change in “%(name)s”.",
                    name=self.procedure_id.display_name or self.new_name,
                )
            )

    # ------------------------------------------------------------
    # Drafting
    # ------------------------------------------------------------

    def _draft(self):
        """Make the drafts that the accepted proposals ask for."""
        for line in self:
            if line.proposal == "new" and not line.procedure_id:
                line.procedure_id = line._new_procedure()
            if line.proposal in KIND_OF_CHANGE:
                line.version_id = line._new_draft()
            elif line.proposal == "abolish":
                line._propose_abolition()

    def _new_procedure(self):
        request = self.request_id
        return self.env["onestop.procedure"].create(
            {
                # The national database gives the code when it is published there.
                "code": self.new_code or f"NEW-{request.id}.{self.id}",
                "name": self.new_name,
                "department_id": request.department_id.id,
                "sector_id": self.sector_id.id,
            }
        )

    def _new_draft(self):
        """The draft that carries the change: one that is open, or a new one."""
        versions = self.procedure_id.version_ids.sorted("number")
        draft = versions.filtered(lambda v: v.state == "draft")[-1:]
        if not draft and versions:
            last = versions[-1]
            draft = last.copy({"number": last.number + 1})
        if not draft:
            draft = versions.create({"procedure_id": self.procedure_id.id})
        request = self.request_id
        bases = [Command.unlink(law.id) for law in request.old_law_ids]
        if request.law_id:
            bases.append(Command.link(request.law_id.id))
        values = {"legal_basis_ids": bases, "change": KIND_OF_CHANGE[self.proposal]}
        if not draft.valid_from:
            values["valid_from"] = request.effective_on
        draft.write(values)
        draft.message_post(
            body=self.env._(
                "Drafted from the report “%(report)s”: %(content)s",
                report=request.name,
                content=self.content or "",
            )
        )
        return draft

    def _propose_abolition(self):
        """Remind the keepers of the procedure of its abolition, with the ground."""
        request = self.request_id
        self.procedure_id.message_post(
            body=self.env._(
                "To be abolished: %(report)s (%(decision)s).",
                report=request.name,
                decision=request.decision_id.display_name,
            )
        )
