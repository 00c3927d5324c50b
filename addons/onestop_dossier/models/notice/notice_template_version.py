# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class OnestopNoticeTemplateVersion(models.Model):
    """A text of notices as it was at a time."""

    _name = "onestop.notice.template.version"
    _description = "Version of a text of notices"
    _order = "template_id, number desc"
    _rec_name = "number"

    template_id = fields.Many2one(
        "onestop.notice.template",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    number = fields.Integer(required=True, readonly=True, aggregator=None)
    subject = fields.Char(string="Subject of the Mail", readonly=True)
    body = fields.Text(string="Message Text", readonly=True)
    plain = fields.Boolean(string="Without Diacritics", readonly=True)

    _once = models.UniqueIndex("(template_id, number)")
