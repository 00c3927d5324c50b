# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import http
from odoo.http import request

from . import public


class Tracking(http.Controller):
    """Public tracking by the code and the secret of the slip."""

    @http.route(
        "/track",
        type="http",
        auth="public",
        methods=["GET"],
        website=True,
        readonly=True,
    )
    def track(self, code="", **_other):
        """Ask for code and secret; the QR code of the slip fills in the code."""
        return public.render("track", "onestop_track", code=code[:64], status="ask")

    # The secret comes in the body, so that it stands in no log and no history.
    @http.route(
        "/track",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
    )
    def tracked(self, code="", secret="", **_other):
        """Show where the dossier is, to whoever has the secret of its slip."""
        dossiers = request.env["onestop.dossier"]
        # sudo: onestop.track.attempt - visitors are counted, they count nothing
        attempts = request.env["onestop.track.attempt"].sudo()
        tidy = dossiers._tidy_code(code)
        found, status = None, "wrong"
        address = request.httprequest.remote_addr or ""
        if not attempts._allows(public.centre(), address, tidy):
            status = "limited"
        else:
            found = dossiers._track(code, secret)
            status = "found" if found else "wrong"
        response = public.render(
            "track", "onestop_track", code=tidy, status=status, dossier=found
        )
        response.headers["Cache-Control"] = "no-store"
        if status == "limited":
            response.status_code = 429
        return response
