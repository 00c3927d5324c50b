# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class OnestopDecision(models.Model):
    """What a change of this document touches (gap C19: basis change -> work)."""

    _inherit = "onestop.decision"

    basis_version_ids = fields.Many2many(
        "onestop.procedure.version",
        "onestop_version_basis",
        "decision_id",
        "version_id",
        string="Versions citing it",
        readonly=True,
        copy=False,
    )
    procedure_count = fields.Integer(
        compute="_compute_procedure_count",
        string="Procedures citing it",
        help="Procedures whose version in force, or to come, stands on this document.",
    )
    is_cited = fields.Boolean(
        compute="_compute_procedure_count", search="_search_cited"
    )

    @api.model
    def _domain_citing(self):
        """Versions that matter from today on: published ones not yet over, drafts."""
        today = self.env["onestop.membership"]._today()
        open_ended = Domain("valid_to", "=", False) | Domain("valid_to", ">=", today)
        return Domain("procedure_id.state", "!=", "abolished") & (
            Domain("state", "=", "draft") | open_ended
        )

    @api.depends("basis_version_ids")
    def _compute_procedure_count(self):
        # A relation's own table cannot be grouped by: one search, counted in Python.
        versions = self.env["onestop.procedure.version"].search(
            Domain("legal_basis_ids", "in", self.ids) & self._domain_citing()
        )
        citing = dict.fromkeys(self.ids, versions.procedure_id.browse())
        for version in versions:
            for decision in version.legal_basis_ids:
                if decision.id in citing:
                    citing[decision.id] |= version.procedure_id
        for decision in self:
            decision.procedure_count = len(citing.get(decision.id, ()))
            decision.is_cited = bool(decision.procedure_count)

    def _search_cited(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain("basis_version_ids", "any", self._domain_citing())

    # ------------------------------------------------------------
    # Hook
    # ------------------------------------------------------------

    def _touched_by(self):
        """What stands on this document; the rooms above add what is theirs.

        An override calls ``super()`` and appends to its list::

            touched = super()._touched_by()
            touched.append((self.env._("Delegations"), "onestop.delegation", domain))

        :return: list of (label, model, domain). The domain is a :class:`Domain`;
            whoever shows it counts with his own rights, so an entry never leaks what
            a user may not see.
        """
        self.ensure_one()
        citing = Domain("legal_basis_ids", "in", self.ids) & self._domain_citing()
        own = Domain("decision_id", "in", self.ids)
        return [
            (
                self.env._("Procedures"),
                "onestop.procedure",
                Domain("version_ids", "any", citing),
            ),
            (
                self.env._("Versions in force or drafted"),
                "onestop.procedure.version",
                citing,
            ),
            (
                self.env._("Forms of these procedures"),
                "onestop.procedure.part",
                Domain("case_id.version_id", "any", citing)
                & Domain("form_sha256", "!=", False),
            ),
            (
                self.env._("Versions published by this decision"),
                "onestop.procedure.version",
                own & self._domain_citing(),
            ),
        ]

    # ------------------------------------------------------------
    # Showing it
    # ------------------------------------------------------------

    def action_touched(self):
        """Show what a change of this document touches, with counts and lists.

        :return: window action of the dialog.
        """
        self.ensure_one()
        touched = self.env["onestop.decision.touched"].create({"decision_id": self.id})
        return touched._open()

    def action_open_touched(self, position):
        """Open the list of one kind of touched records.

        :param position: place of the kind in the list that the dialog shows.
        :raises UserError: there is no such place.
        """
        self.ensure_one()
        touched = self._touched_by()
        if not 0 <= position < len(touched):
            raise UserError(self.env._("There is nothing of that kind."))
        label, model, domain = touched[position]
        return {
            "type": "ir.actions.act_window",
            "name": f"{self.number}: {label}",
            "res_model": model,
            "domain": list(domain),
            "views": [(False, "list"), (False, "form")],
        }

    # ------------------------------------------------------------
    # Tasks
    # ------------------------------------------------------------

    def _ended(self):
        result = super()._ended()
        for decision in self:
            decision._ask_keepers()
        return result

    def _ask_keepers(self):
        """Give the keepers of each agency whose procedures cite this one task."""
        citing = Domain("legal_basis_ids", "in", self.ids) & self._domain_citing()
        # sudo: onestop.procedure, mail.activity - tasks go to all agencies concerned,
        # whoever recorded the end
        record = self.sudo()
        by_agency = record.env["onestop.procedure"]._read_group(
            Domain("version_ids", "any", citing), ["department_id"], ["__count"]
        )
        todo = "mail.mail_activity_data_todo"
        record.activity_unlink([todo])
        keepers = record.env["onestop.membership"]._read_group(
            Domain("department_id", "in", [agency.id for agency, _count in by_agency])
            & Domain("role", "in", ("catalogue", "head"))
            & record.env["onestop.membership"]._domain_current(),
            ["department_id", "role"],
            ["user_id:recordset"],
        )
        users = {}
        # Catalogue managers first; the head where there is none.
        for agency, _role, people in sorted(keepers, key=lambda row: row[1]):
            users.setdefault(agency, people)
        for agency, count in by_agency:
            for user in users.get(agency, ()):
                reader = record.with_context(lang=user.lang)
                record.activity_schedule(
                    todo,
                    user_id=user.id,
                    date_deadline=self.effective_to,
                    summary=reader.env._(
                        "Legal basis ends: %(count)s procedures of %(agency)s cite it",
                        count=count,
                        agency=agency.short,
                    ),
                )
