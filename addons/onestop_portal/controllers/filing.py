# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from werkzeug.exceptions import NotFound, abort

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from . import public


class Filing(http.Controller):
    """Filing in steps: case, papers, check, receipt.

    Each step is a plain form that works without JavaScript. What was entered is kept
    in a draft from the first step on; an error is shown at its field.
    """

    # ------------------------------------------------------------
    # Step 1: the case
    # ------------------------------------------------------------

    @http.route(
        "/procedures/<string:code>/file",
        type="http",
        auth="user",
        methods=["GET"],
        website=True,
    )
    def begin(self, code, **_other):
        """Ask for the case and how to receive the result."""
        procedure = public.procedure_or_404(code)
        return self._case_page(procedure, {})

    @http.route(
        "/procedures/<string:code>/file",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
    )
    def open_draft(self, code, **form):
        """Open a draft and go on to the papers."""
        procedure = public.procedure_or_404(code)
        person = request.env.user._onestop_person()
        if not person or not public.centre().onestop_online_open:
            return self._case_page(procedure, form)
        try:
            draft = request.env["onestop.portal.draft"]._open(
                person, procedure, public.centre(), self._case_values(form)
            )
        except UserError as error:
            return self._case_page(procedure, form, error=str(error))
        return request.redirect(f"/my/drafts/{draft.id}")

    @http.route(
        "/my/drafts/<int:draft_id>/case",
        type="http",
        auth="user",
        methods=["GET", "POST"],
        website=True,
    )
    def change_case(self, draft_id, **form):
        """Change the case of a draft; its files stay."""
        draft = self._draft(draft_id)
        # sudo: onestop.portal.draft - the reader was checked; public procedure
        procedure = draft.sudo().procedure_id
        if request.httprequest.method == "GET":
            form = {
                "case_id": draft.case_id.id,
                "result_channel": draft.result_channel,
                "area": draft.area,
                "subject": draft.subject or "",
            }
            return self._case_page(procedure, form, draft=draft)
        try:
            draft._change(self._case_values(form))
        except UserError as error:
            return self._case_page(procedure, form, draft=draft, error=str(error))
        return request.redirect(f"/my/drafts/{draft.id}")

    def _case_values(self, form):
        return {
            "case_id": public.integer(form.get("case_id")),
            "result_channel": form.get("result_channel"),
            "area": form.get("area"),
            "subject": form.get("subject"),
        }

    def _case_page(self, procedure, form, draft=None, error=""):
        person = request.env.user._onestop_person()
        drafts = request.env["onestop.portal.draft"]
        earlier = drafts
        if person and not draft:
            earlier = drafts.search(
                [("procedure_id", "=", procedure.id), ("dossier_id", "=", False)],
                limit=5,
            )
        channels = drafts._fields["result_channel"]._description_selection(request.env)
        return public.render(
            "filing_case",
            "onestop_filing",
            procedure=procedure._portal_values(),
            person=person and {"name": person.name, "number": person.identity_masked},
            chosen_case=public.integer(form.get("case_id")),
            channel=form.get("result_channel") or "counter",
            channels=channels,
            # sudo: onestop.procedure.case - public content of the procedure
            remote=any(procedure.sudo().version_id.case_ids.mapped("remote_extra")),
            area=form.get("area"),
            subject=form.get("subject") or "",
            error=error,
            draft_url=draft and f"/my/drafts/{draft.id}",
            earlier=[
                {
                    "url": f"/my/drafts/{old.id}",
                    "edited": public.centre()._onestop_time(old.edited_at),
                }
                for old in earlier
            ],
        )

    # ------------------------------------------------------------
    # Step 2: the papers
    # ------------------------------------------------------------

    @http.route(
        "/my/drafts/<int:draft_id>",
        type="http",
        auth="user",
        methods=["GET"],
        website=True,
    )
    def papers(self, draft_id, **_other):
        """Show the parts with the files chosen so far."""
        return self._papers_page(self._draft(draft_id))

    @http.route(
        "/my/drafts/<int:draft_id>",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
        max_content_length=public.LARGEST_FORM,
    )
    def save_papers(self, draft_id, **form):
        """Keep the chosen files; then remove one, stay, or go on to the check."""
        draft = self._draft(draft_id)
        errors = self._keep_files(draft)
        remove = public.integer(form.get("remove"))
        if remove:
            draft._remove(remove)
        elif not errors and "next" in form:
            missing = draft._missing()
            if not missing:
                return request.redirect(f"/my/drafts/{draft.id}/check")
            errors = {
                part.id: request.env._("A file is needed here.") for part in missing
            }
        if errors:
            return self._papers_page(draft, errors)
        # A reload must not send the files again.
        return request.redirect(f"/my/drafts/{draft.id}")

    def _keep_files(self, draft):
        """Keep each chosen file that is accepted; the reasons of the others by part."""
        errors = {}
        # sudo: onestop.procedure.part - public content of the procedure
        for part in draft.sudo().case_id.part_ids:
            for file in request.httprequest.files.getlist(f"part_{part.id}"):
                if not file.filename:
                    continue
                try:
                    draft._put(part, file.filename, public.content_of(file, draft))
                except UserError as error:
                    errors[part.id] = "\n".join(
                        filter(None, (errors.get(part.id), str(error)))
                    )
        return errors

    def _papers_page(self, draft, errors=None):
        # sudo: onestop.portal.draft - the reader was checked; the version in force
        draft.sudo()._follow_case()
        return public.render(
            "filing_papers",
            "onestop_filing",
            errors=errors or {},
            **self._draft_values(draft),
        )

    def _draft_values(self, draft):
        # sudo: onestop.portal.draft - as in _papers_page
        kept = draft.sudo()
        files = {}
        size = request.env["onestop.dossier"]._portal_size
        for upload in kept._uploads():
            files.setdefault(upload.part_id.id, []).append(
                {
                    "id": upload.id,
                    "name": upload.name,
                    "size": size(upload.size),
                    "url": f"/my/drafts/{draft.id}/files/{upload.id}",
                }
            )
        channels = dict(
            kept._fields["result_channel"]._description_selection(request.env)
        )
        return {
            "procedure": kept.procedure_id._portal_values(),
            "case": kept.case_id._portal_values() if kept.case_id else None,
            "files": files,
            "limit_mb": kept.company_id.onestop_file_size,
            "draft": {
                "url": f"/my/drafts/{draft.id}",
                "subject": kept.subject or "",
                "channel": channels[kept.result_channel],
            },
            "person": {
                "name": kept.person_id.name,
                "number": kept.person_id.identity_masked,
            },
        }

    @http.route(
        "/my/drafts/<int:draft_id>/files/<int:upload_id>",
        type="http",
        auth="user",
        methods=["GET"],
        website=True,
        readonly=True,
    )
    def draft_file(self, draft_id, upload_id, **_other):
        """Let the citizen look at a file he has chosen."""
        upload = public.readable_or_404("onestop.portal.upload", upload_id)
        if upload.draft_id.id != draft_id:
            raise NotFound()
        # sudo: onestop.portal.upload - the reader was checked against the rules
        stream = request.env["ir.binary"]._get_stream_from(
            upload.sudo(), "content", filename=upload.name, mimetype=upload.mimetype
        )
        return stream.get_response(as_attachment=True)

    @http.route(
        "/my/drafts/<int:draft_id>/discard",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
    )
    def discard(self, draft_id, **_form):
        """Throw a draft away."""
        self._draft(draft_id)._discard()
        return request.redirect("/my/dossiers")

    # ------------------------------------------------------------
    # Step 3: check, step 4: receipt
    # ------------------------------------------------------------

    @http.route(
        "/my/drafts/<int:draft_id>/check",
        type="http",
        auth="user",
        methods=["GET"],
        website=True,
    )
    def check(self, draft_id, **_other):
        """Show everything once more before it is handed in."""
        draft = self._draft(draft_id)
        if not draft.case_id or draft._missing():
            return request.redirect(f"/my/drafts/{draft.id}")
        return self._check_page(draft)

    @http.route(
        "/my/drafts/<int:draft_id>/check",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
    )
    def submit(self, draft_id, **form):
        """Hand the draft in and show the receipt."""
        draft = public.readable_or_404("onestop.portal.draft", draft_id)
        if not draft.dossier_id and not draft.case_id:
            return request.redirect(f"/my/drafts/{draft.id}")
        if not draft.dossier_id and not form.get("declared"):
            return self._check_page(
                draft,
                request.env._("Tick the declaration; without it nothing is handed in."),
            )
        try:
            with request.env.cr.savepoint():
                dossier = draft._submit()
        except UserError as error:
            return self._check_page(draft, str(error))
        return request.redirect(f"/my/dossiers/{dossier.id}/receipt")

    def _check_page(self, draft, error=""):
        return public.render(
            "filing_check",
            "onestop_filing",
            error=error,
            **self._draft_values(draft),
        )

    def _draft(self, draft_id):
        """A draft of this citizen that is not handed in yet.

        Whoever goes back in his browser after handing in comes to the receipt.

        :raises NotFound: there is none.
        """
        draft = public.readable_or_404("onestop.portal.draft", draft_id)
        if draft.dossier_id:
            abort(request.redirect(f"/my/dossiers/{draft.dossier_id.id}/receipt"))
        return draft
