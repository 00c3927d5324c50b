# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models

from ...notices import placeholders, sms
from .notice_filling import Told


class OnestopNoticePreview(models.TransientModel):
    """A text as it reads on a real dossier; nothing is sent."""

    _name = "onestop.notice.preview"
    _description = "Preview of a notice"

    template_id = fields.Many2one(
        "onestop.notice.template", required=True, readonly=True, ondelete="cascade"
    )
    dossier_id = fields.Many2one(
        "onestop.dossier",
        default=lambda self: self.env["onestop.dossier"].search([], limit=1),
    )
    channel = fields.Selection(related="template_id.channel")
    subject = fields.Char(string="Subject of the Mail", compute="_compute_text")
    body = fields.Html(compute="_compute_text", string="Message Text", sanitize=True)
    sms_length = fields.Char(compute="_compute_text")

    @api.depends("template_id", "dossier_id")
    def _compute_text(self):
        for preview in self:
            subject, text = preview._rendered()
            preview.subject = subject
            preview.body = placeholders.as_html(text)
            found = sms.length(text)
            preview.sms_length = preview.channel == "sms" and self.env._(
                "%(characters)s characters (%(encoding)s), %(segments)s message(s)",
                characters=found.characters,
                encoding=found.encoding,
                segments=found.segments,
            )

    def _rendered(self):
        if not self.dossier_id:
            return self.template_id._render(self.template_id._examples())
        self.dossier_id.check_access("read")
        # sudo: onestop.notice - the reader may see the dossier, and the text says
        # what its citizen may see
        notices = self.env["onestop.notice"].sudo()
        told = Told(self.dossier_id.sudo(), self.template_id.event, "preview")
        values = notices._values(
            told, self.template_id.language, notices._reasons([told])
        )
        return self.template_id._render(values)
