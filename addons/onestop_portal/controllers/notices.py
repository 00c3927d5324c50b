# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from . import public


class Notices(http.Controller):
    """How a citizen is told: his choice, and the links in mails."""

    @http.route(
        "/my/notices",
        type="http",
        auth="user",
        methods=["GET", "POST"],
        website=True,
    )
    def choice(self, **form):
        """Show and save the choice of the signed-in citizen."""
        person = request.env["onestop.person"]._of_user()
        if not person:
            return request.redirect("/my")
        error, saved = None, form.get("saved") == "1"
        asked = form.get("asked") == "1"
        if request.httprequest.method == "POST":
            error = person._save_notice_choice(form)
            if not error:
                return request.redirect("/my/notices?saved=1")
        return public.render(
            "notices",
            "onestop_notices",
            choice=person._notice_values(),
            error=error,
            saved=saved and not error,
            asked=asked and not error,
        )

    @http.route(
        "/my/notices/confirm",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
    )
    def ask_to_confirm(self, **_form):
        """Send the link that confirms the mail address."""
        person = request.env["onestop.person"]._of_user()
        if not person or not person._notice_mail_address():
            return request.redirect("/my/notices")
        if not person.is_email_confirmed:
            person._send_confirmation(public.centre()._onestop_public_url())
        return request.redirect("/my/notices?asked=1")

    @http.route(
        "/notices/confirm/<string:token>",
        type="http",
        auth="public",
        website=True,
        sitemap=False,
    )
    def confirm(self, token, **_other):
        """The address is its reader's."""
        # sudo: onestop.person - the link was sent to this very address
        done = request.env["onestop.person"].sudo()._confirm_address(token)
        return public.render("notices_confirmed", "onestop_notices", done=done)

    # No token of the session: mail programs stop by one request (RFC 8058); the link
    # itself is the proof.
    @http.route(
        "/notices/stop/<int:person_id>/<string:token>",
        type="http",
        auth="public",
        methods=["GET", "POST"],
        website=True,
        csrf=False,
        sitemap=False,
    )
    def stop(self, person_id, token, **_other):
        """Ask once more, then send no more mails."""
        # sudo: onestop.person - the token proves who asks
        person = request.env["onestop.person"].sudo().browse(person_id)
        if not person._is_stop_token(token):
            raise NotFound()
        done = request.httprequest.method == "POST"
        if done:
            person.notice_mail = False
        return public.render("notices_stopped", "onestop_notices", done=done)
