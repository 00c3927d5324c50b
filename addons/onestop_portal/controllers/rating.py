# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from . import public


class Rating(http.Controller):
    """Satisfaction: on the page of the dossier, and by the link of a notice."""

    @http.route(
        "/my/dossiers/<int:dossier_id>/rate",
        type="http",
        auth="user",
        methods=["GET", "POST"],
        website=True,
    )
    def rate(self, dossier_id, **form):
        """Ask the owner or submitter how satisfied he is."""
        dossier = public.dossier_or_404(dossier_id)
        url = f"/my/dossiers/{dossier.id}"
        return self._page(dossier, form, dossier.action_rate, f"{url}/rate", url)

    @http.route(
        "/rating/<string:code>/<string:token>",
        type="http",
        auth="public",
        methods=["GET", "POST"],
        website=True,
    )
    def rate_by_link(self, code, token, **form):
        """Ask whoever has the link of the notice; he needs no account."""
        dossiers = request.env["onestop.dossier"]
        dossier = dossiers._of_rating_link(code, token)
        if not dossier:
            raise NotFound()

        def rate(*told):
            dossiers._rate_by_link(code, token, *told)

        response = self._page(dossier, form, rate, f"/rating/{code}/{token}", None)
        # The address is the key: it goes to no other site.
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["Cache-Control"] = "no-store"
        return response

    def _page(self, dossier, form, rate, url, back):
        asked, error, done = dossier._rating_form(), "", False
        if request.httprequest.method == "POST":
            answers = {
                str(question): int(form[f"question_{question}"])
                for question, _label in asked["questions"]
                if form.get(f"question_{question}") in ("0", "1", "2")
            }
            try:
                with request.env.cr.savepoint():
                    value = public.integer(form.get("value")) or 0
                    rate(value, answers, form.get("comment", "")[:2000])
                if back:
                    return request.redirect(f"{back}#rating")
                done = True
            except UserError as refusal:
                error = str(refusal)
        return public.render(
            "rate",
            "onestop_dossier" if back else "onestop_rate",
            dossier=dossier._portal_row() if back else None,
            code=dossier.code,
            procedure=dossier.procedure_id.name,
            # What was said before is shown to who is logged in, not to a link.
            asked=asked if back else asked | {"value": 0, "comment": "", "answers": {}},
            url=url,
            error=error,
            done=done,
        )
