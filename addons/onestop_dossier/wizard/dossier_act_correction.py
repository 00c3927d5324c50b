# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models

from ..models.act.dossier_correct import CORRECTABLE, RECORDS


class OnestopDossierAct(models.TransientModel):
    """Entries corrected after reception: shown as they are, changed where wrong."""

    _inherit = "onestop.dossier.act"

    right_person_id = fields.Many2one(
        "onestop.person",
        string="Owner",
        compute="_compute_right",
        compute_sudo=False,
        store=True,
        readonly=False,
    )
    right_submitter_id = fields.Many2one(
        "onestop.person",
        string="Submitter",
        compute="_compute_right",
        compute_sudo=False,
        store=True,
        readonly=False,
    )
    right_procedure_id = fields.Many2one(
        "onestop.procedure",
        string="Procedure",
        compute="_compute_right",
        compute_sudo=False,
        store=True,
        readonly=False,
        domain="[('state', '!=', 'draft')]",
    )
    right_case_id = fields.Many2one(
        "onestop.procedure.case",
        string="Case",
        compute="_compute_right_case_id",
        compute_sudo=False,
        store=True,
        readonly=False,
        domain="[('version_id.procedure_id', '=', right_procedure_id),"
        " ('version_id.state', '=', 'published')]",
    )
    right_subject = fields.Char(
        string="Subject",
        compute="_compute_right",
        compute_sudo=False,
        store=True,
        readonly=False,
    )
    right_copies = fields.Integer(
        string="Sets",
        compute="_compute_right",
        compute_sudo=False,
        store=True,
        readonly=False,
    )
    right_result_channel = fields.Selection(
        [
            ("counter", "At the counter"),
            ("post", "By post"),
            ("electronic", "Electronically"),
        ],
        string="Result Wanted",
        compute="_compute_right",
        compute_sudo=False,
        store=True,
        readonly=False,
    )

    right_area = fields.Selection(
        [("remote", "Area with difficult conditions")],
        string="Area",
        compute="_compute_right",
        compute_sudo=False,
        store=True,
        readonly=False,
    )

    @api.depends("dossier_id")
    def _compute_right(self):
        for wizard in self:
            for name in CORRECTABLE:
                if name != "case_id":
                    wizard[f"right_{name}"] = wizard.dossier_id[name]

    @api.depends("right_procedure_id")
    def _compute_right_case_id(self):
        for wizard in self:
            dossier = wizard.dossier_id
            if wizard.right_procedure_id == dossier.procedure_id:
                wizard.right_case_id = dossier.case_id
            else:
                cases = wizard.right_procedure_id.version_id.case_ids
                wizard.right_case_id = cases[:1]

    def _call_correct(self, dossier):
        values = {}
        for name in CORRECTABLE:
            value, old = self[f"right_{name}"], dossier[name]
            if value != old:
                values[name] = value.id if name in RECORDS else value
        return dossier.action_correct(values, self.reason)
