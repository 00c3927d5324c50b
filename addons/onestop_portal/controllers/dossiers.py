# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from urllib.parse import urlencode

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import request

from odoo.addons.onestop_dossier.ledger.transitions import CLOSED
from odoo.addons.onestop_dossier.models.file.dossier_file import QUARANTINED
from odoo.addons.onestop_procedure.identity import search_key
from odoo.addons.onestop_procedure.pdf import qr_data_uri
from odoo.addons.portal.controllers.portal import CustomerPortal, pager

from ..models.dossier_portal import SHOWN
from . import public

PAGE = 20


class MyDossiers(CustomerPortal):
    """A citizen's own dossiers. All reading is under his own rules."""

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "dossier_count" in counters:
            dossiers = request.env["onestop.dossier"]
            allowed = dossiers.has_access("read")
            own = dossiers._portal_own_domain()
            values["dossier_count"] = dossiers.search_count(own) if allowed else 0
        return values

    # ------------------------------------------------------------
    # The list
    # ------------------------------------------------------------

    def _filters(self):
        return {
            "all": (request.env._("All"), Domain.TRUE),
            "open": (request.env._("Under way"), Domain("state", "not in", CLOSED)),
            "waiting": (
                request.env._("Waiting for you"),
                Domain("state", "in", ("supplement", "payment")),
            ),
            "ready": (request.env._("Result ready"), Domain("state", "=", "ready")),
            "closed": (request.env._("Finished"), Domain("state", "in", CLOSED)),
        }

    def _sortings(self):
        return {
            "newest": (request.env._("Newest first"), "id desc"),
            "due": (request.env._("Due first"), "due_at, id desc"),
            "code": (request.env._("Code"), "code, id desc"),
        }

    def _search_domain(self, search):
        by_name = Domain.AND(
            Domain("search_key", "like", word) for word in search_key(search).split()
        )
        return Domain("code", "ilike", search.strip()) | Domain(
            "procedure_id", "any", by_name
        )

    @http.route(
        ["/my/dossiers", "/my/dossiers/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def my_dossiers(self, page=1, search="", filterby="all", sortby="newest", **_other):
        """List the citizen's dossiers, and his drafts on top."""
        dossiers = request.env["onestop.dossier"]
        if not dossiers.has_access("read"):
            return request.redirect("/my")
        filters, sortings = self._filters(), self._sortings()
        filterby = filterby if filterby in filters else "all"
        sortby = sortby if sortby in sortings else "newest"
        search = search[:200]
        domain = dossiers._portal_own_domain() & filters[filterby][1]
        if search.strip():
            domain &= self._search_domain(search)
        total = dossiers.search_count(domain)
        chosen = {"search": search, "filterby": filterby, "sortby": sortby}
        pages = pager(
            url="/my/dossiers", total=total, page=page, step=PAGE, url_args=chosen
        )
        found = dossiers.search(
            domain, order=sortings[sortby][1], limit=PAGE, offset=pages["offset"]
        )
        return public.render(
            "my_dossiers",
            "onestop_dossiers",
            dossiers=[dossier._portal_row() for dossier in found],
            drafts=self._my_drafts() if page == 1 and filterby == "all" else [],
            total=total,
            pager=pages,
            filters=[(key, label) for key, (label, _domain) in filters.items()],
            sortings=[(key, label) for key, (label, _order) in sortings.items()],
            **chosen,
        )

    def _my_drafts(self):
        drafts = request.env["onestop.portal.draft"]
        if not drafts.has_access("read"):
            return []
        return [
            {
                "procedure": draft.procedure_id.name,
                "edited": public.centre()._onestop_time(draft.edited_at),
                "url": f"/my/drafts/{draft.id}",
            }
            for draft in drafts.search([("dossier_id", "=", False)], limit=PAGE)
        ]

    # ------------------------------------------------------------
    # One dossier
    # ------------------------------------------------------------

    @http.route(
        "/my/dossiers/<int:dossier_id>",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def my_dossier(self, dossier_id, **_other):
        """One dossier: where it is, what to do, what happened."""
        dossier = public.dossier_or_404(dossier_id)
        return public.render(
            "my_dossier", "onestop_dossier", dossier=dossier._portal_values()
        )

    @http.route(
        "/my/dossiers/<int:dossier_id>/receipt",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def receipt(self, dossier_id, **_other):
        """Code, secret and what happens next, after filing online."""
        dossier = public.dossier_or_404(dossier_id)
        if dossier.channel != "online":
            raise NotFound()
        query = urlencode({"code": dossier.code})
        track_url = f"{request.httprequest.host_url}track?{query}"
        return public.render(
            "receipt",
            "onestop_dossier",
            dossier=dossier._portal_values(),
            # sudo: onestop.dossier - the secret of his own slip
            secret=dossier.sudo().slip_secret,
            track_url=track_url,
            qr=qr_data_uri(track_url),
        )

    @http.route(
        "/my/dossiers/<int:dossier_id>/files/<int:file_id>",
        type="http",
        auth="user",
        website=True,
    )
    def dossier_file(self, dossier_id, file_id, **_other):
        """Download a file that the rules show to this user."""
        file = self._file(dossier_id, file_id)
        dossier = file.dossier_id
        if dossier._portal_receives(file):
            try:
                with request.env.cr.savepoint():
                    dossier.action_collect_online()
            except UserError:
                # What is due first is said on the page of the dossier.
                return request.redirect(f"/my/dossiers/{dossier.id}")
        # sudo: ir.attachment - the reader was checked against the file's rules
        stream = request.env["ir.binary"]._get_stream_from(
            file.sudo().attachment_id,
            "raw",
            filename=file.name,
            mimetype=file.mimetype,
        )
        # Kept on no shared computer, and never shown as a page of this site.
        response = stream.get_response(as_attachment=True)
        response.headers["Cache-Control"] = "private, no-store"
        return response

    @http.route(
        "/my/dossiers/<int:dossier_id>/files/<int:file_id>/view",
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def view_file(self, dossier_id, file_id, **_other):
        """Show a PDF or a picture; its content comes by the address of downloads."""
        file = self._file(dossier_id, file_id)
        if file.mimetype not in SHOWN:
            return request.redirect(f"/my/dossiers/{dossier_id}/files/{file_id}")
        url = f"/my/dossiers/{dossier_id}/files/{file_id}"
        is_pdf = file.mimetype == "application/pdf"
        viewer = "/web/static/lib/pdfjs/web/viewer.html?"
        return public.render(
            "file_view",
            "onestop_file",
            name=file.name,
            back=f"/my/dossiers/{dossier_id}#files",
            url=url,
            frame=is_pdf and viewer + urlencode({"file": url}),
        )

    def _file(self, dossier_id, file_id):
        """A file of the citizen's own dossier that is not in quarantine."""
        dossier = public.dossier_or_404(dossier_id)
        file = public.readable_or_404("onestop.dossier.file", file_id)
        if file.dossier_id != dossier or file.scan_state in QUARANTINED:
            raise NotFound()
        return file

    # ------------------------------------------------------------
    # What the citizen does
    # ------------------------------------------------------------

    @http.route(
        "/my/dossiers/<int:dossier_id>/withdraw",
        type="http",
        auth="user",
        methods=["GET", "POST"],
        website=True,
    )
    def withdraw(self, dossier_id, reason="", **form):
        """Ask for the reason and a confirmation, then ask to withdraw."""
        dossier = public.dossier_or_404(dossier_id)
        url = f"/my/dossiers/{dossier.id}"
        if not dossier._portal_can_withdraw():
            return request.redirect(url)
        errors = {}
        reason = reason.strip()[:2000]
        if request.httprequest.method == "POST":
            if not reason:
                errors["reason"] = request.env._("Write why you withdraw the dossier.")
            if not form.get("confirmed"):
                errors["confirmed"] = request.env._("Tick the box to confirm.")
            if not errors:
                try:
                    with request.env.cr.savepoint():
                        dossier.action_request_withdrawal(reason)
                    return request.redirect(url)
                except UserError as error:
                    errors["reason"] = str(error)
        return public.render(
            "withdraw",
            "onestop_dossier",
            dossier=dossier._portal_row(),
            reason=reason,
            errors=errors,
        )

    @http.route(
        "/my/dossiers/<int:dossier_id>/supplement",
        type="http",
        auth="user",
        methods=["GET", "POST"],
        website=True,
        max_content_length=public.LARGEST_FORM,
    )
    def supplement(self, dossier_id, **_form):
        """Add the papers that the Centre asked for."""
        dossier = public.dossier_or_404(dossier_id)
        error = ""
        if request.httprequest.method == "POST":
            try:
                with request.env.cr.savepoint():
                    dossier._supplement_online(self._chosen_files(dossier))
                return request.redirect(f"/my/dossiers/{dossier.id}#files")
            except UserError as refusal:
                error = str(refusal)
        elif dossier.state != "supplement":
            return request.redirect(f"/my/dossiers/{dossier.id}")
        return public.render(
            "supplement",
            "onestop_dossier",
            dossier=dossier._portal_values(),
            wanted=dossier._portal_wanted(),
            parts=[{"id": part.id, "name": part.name} for part in dossier.part_ids],
            limit_mb=public.centre().onestop_file_size,
            error=error,
        )

    def _chosen_files(self, dossier):
        """The files of the form: of each part, and those of no part."""
        fields = [(f"part_{part.id}", part) for part in dossier.part_ids]
        plain_name = request.env["onestop.portal.upload"]._plain_name
        return [
            (part, plain_name(file.filename), public.content_of(file, dossier))
            for name, part in [*fields, ("other", None)]
            for file in request.httprequest.files.getlist(name)
            if file.filename
        ]
