# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import http
from odoo.http import request

from odoo.addons.portal.controllers.web import Home


class PublicHome(Home):
    @http.route()
    def index(self, *args, **kw):
        # The Centre's address is the citizens' front door; staff sign in from there.
        if not request.session.uid:
            return request.redirect("/procedures")
        return super().index(*args, **kw)
