# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import models
from odoo.http import request


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _match(cls, path_info):
        # Many computers here are set to English whose users are not: a visitor reads
        # the Centre's language until he chooses another one himself.
        visitor = not request.session.uid
        by_program = "Authorization" in request.httprequest.headers
        if visitor and not by_program and not hasattr(request, "is_frontend"):
            chosen = request.env["ir.http"].get_nearest_lang(
                request.cookies.get("frontend_lang")
            )
            request.update_context(lang=chosen or cls._get_default_lang().code)
        return super()._match(path_info)

    @classmethod
    def _get_default_lang(cls):
        companies = request.env["res.company"]
        # sudo: res.company - which Centre's page this is, for any visitor
        centre = companies.sudo()._onestop_centre(request.httprequest.host)
        code = centre.partner_id.lang
        languages = request.env["res.lang"]
        if code and code in languages._get_frontend():
            return languages._get_data(code=code)
        return super()._get_default_lang()
