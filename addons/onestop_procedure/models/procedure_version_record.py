# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models


class OnestopProcedureVersion(models.Model):
    """The record of the national database of procedures (TT 02/2017/TT-VPCP)."""

    _inherit = "onestop.procedure.version"

    change = fields.Selection(
        [
            ("new", "Newly issued"),
            ("amended", "Amended"),
            ("replacing", "Replacing"),
        ],
        string="Kind of Change",
        copy=False,
        help="How this version came, as its publishing decision says; empty when it "
        "is not known, such as for a version read from a file.",
    )
    law_kind = fields.Selection(
        [
            ("central", "Regulated in detail by law"),
            ("not_local", "Not left to localities by law"),
            ("local", "Left to localities by law"),
            ("other", "Other"),
        ],
        string="Kind of Procedure",
    )
    subject_ids = fields.Many2many(
        "onestop.subject",
        relation="onestop_version_subject",
        column1="version_id",
        column2="subject_id",
        string="Subjects",
        ondelete="restrict",
        help="Who may carry the procedure out.",
    )
    executing_ids = fields.Many2many(
        "onestop.department",
        relation="onestop_version_executing",
        column1="version_id",
        column2="department_id",
        string="Executing Agencies",
        ondelete="restrict",
    )
    coordinating_ids = fields.Many2many(
        "onestop.department",
        relation="onestop_version_coordinating",
        column1="version_id",
        column2="department_id",
        string="Coordinating Agencies",
        ondelete="restrict",
    )
    delegated_id = fields.Many2one(
        "onestop.department",
        string="Delegated Agency",
        index="btree_not_null",
        ondelete="restrict",
        help="Agency that the competent one has delegated this procedure to.",
    )
    issuing_body = fields.Char(
        help="Who issued the procedure, such as a ministry (Cơ quan ban hành)."
    )
    reception_address = fields.Text()
    related_ids = fields.Many2many(
        "onestop.procedure",
        relation="onestop_version_related",
        column1="version_id",
        column2="procedure_id",
        string="Related Procedures",
    )
    legal_basis_ids = fields.Many2many(
        "onestop.decision",
        relation="onestop_version_basis",
        column1="version_id",
        column2="decision_id",
        string="Legal Bases on Record",
        ondelete="restrict",
        help="Legal documents that the procedure stands on. The text beside them is "
        "what the decision published.",
    )
    method_ids = fields.One2many(
        "onestop.procedure.method", "version_id", string="Ways of Handing in", copy=True
    )
    result_ids = fields.One2many(
        "onestop.procedure.result", "version_id", string="Results", copy=True
    )
    result_name = fields.Text(
        string="Result",
        compute="_compute_result_name",
        store=True,
        readonly=False,
        help="The results in words; follows from the list of results if there is one.",
    )
    copy_count = fields.Integer(
        string="Sets of Papers",
        help="How many sets of the dossier are handed in; 0 when it is not known.",
    )
    keywords = fields.Char(help="Other words by which people look for it.")
    description = fields.Text()

    _copy_count_positive = models.Constraint(
        "CHECK (copy_count >= 0)", "The number of sets cannot be negative."
    )

    @api.depends("result_ids.name", "result_ids.sequence")
    def _compute_result_name(self):
        for version in self:
            names = version.result_ids.sorted("sequence").mapped("name")
            # What a file or an older version says stays until there is a list.
            if names:
                version.result_name = "; ".join(filter(None, names))
