# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models


class OnestopDossierConsultation(models.Model):
    """An opinion asked of another agency, with its question and its deadline."""

    _name = "onestop.dossier.consultation"
    _description = "Opinion asked of another agency"
    _order = "id desc"

    dossier_id = fields.Many2one(
        "onestop.dossier", required=True, readonly=True, index=True, ondelete="restrict"
    )
    asker_id = fields.Many2one(
        "onestop.department",
        string="Asked By",
        required=True,
        readonly=True,
        ondelete="restrict",
    )
    department_id = fields.Many2one(
        "onestop.department",
        string="Agency Asked",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    question_id = fields.Many2one(
        "onestop.dossier.text",
        string="Text of the Question",
        readonly=True,
        ondelete="restrict",
    )
    answer_id = fields.Many2one(
        "onestop.dossier.text",
        string="Text of the Answer",
        readonly=True,
        ondelete="restrict",
    )
    question = fields.Text(
        related="question_id.body", related_sudo=False, string="Question"
    )
    answer = fields.Text(related="answer_id.body", related_sudo=False, string="Answer")
    asked_at = fields.Datetime(required=True, readonly=True)
    due_at = fields.Datetime(string="Answer Due", required=True, readonly=True)
    answered_at = fields.Datetime(readonly=True)
    reported_at = fields.Datetime(
        readonly=True,
        help="When the silence was reported to the asking agency's head and to the "
        "one-stop unit (NĐ 61/2018/NĐ-CP, Điều 19).",
    )

    _silent_idx = models.Index(
        "(due_at) WHERE answered_at IS NULL AND reported_at IS NULL"
    )

    @api.depends("department_id", "dossier_id.code")
    def _compute_display_name(self):
        for one in self:
            one.display_name = f"{one.department_id.name} · {one.dossier_id.code}"
