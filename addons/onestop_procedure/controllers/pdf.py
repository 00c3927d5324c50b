# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import json

from werkzeug.exceptions import BadRequest, NotFound

from odoo.http import Controller, content_disposition, request, route

# How often the same papers are printed at once.
MAX_SETS = 10


class PdfController(Controller):
    @route("/onestop/pdf/<report_name>/<docids>", type="http", auth="user")
    def onestop_pdf(self, report_name, docids, options=None, **_kwargs):
        """Print records, as the user who asks.

        :param report_name: template name of a report of type onestop-pdf
        :param docids: ids of the records, separated by commas
        :param options: JSON object of further values for the template
        """
        reports = request.env["ir.actions.report"]
        report = reports._get_report_from_name(report_name)
        if report.report_type != "onestop-pdf":
            raise NotFound()
        try:
            res_ids = [int(part) for part in docids.split(",")]
            data = json.loads(options or "{}")
        except ValueError as error:
            raise BadRequest() from error
        records = request.env[report.model].browse(res_ids).exists()
        if len(records) < len(set(res_ids)):
            raise NotFound()
        pdf, _kind = reports._render_onestop_pdf(report.id, records.ids, data)
        return self._pdf_response(pdf, report._onestop_filename(records))

    @route("/onestop/pdf", type="http", auth="user")
    def onestop_papers(self, papers="", sets="1", **_kwargs):
        """Print several forms as one PDF, as the user who asks.

        :param papers: JSON list of [template name or external id of a report, [ids]]
        :param sets: how often all of it is printed
        """
        reports = request.env["ir.actions.report"]
        try:
            chosen = [
                (self._onestop_report(name), [int(one) for one in ids])
                for name, ids in json.loads(papers)
            ]
            times = int(sets)
        except (ValueError, TypeError) as error:
            raise BadRequest() from error
        if not 1 <= times <= MAX_SETS:
            raise BadRequest()
        for report, ids in chosen:
            if len(request.env[report.model].browse(ids).exists()) < len(set(ids)):
                raise NotFound()
        pdf = reports._render_onestop_papers(
            [(report.id, ids) for report, ids in chosen], sets=times
        )
        names = {report.name for report, _ids in chosen}
        name = names.pop() if len(names) == 1 else request.env._("Forms")
        return self._pdf_response(pdf, f"{name}.pdf")

    def _onestop_report(self, name):
        """The report of a name, if it is of this type."""
        if not isinstance(name, str):
            raise BadRequest()
        report = request.env["ir.actions.report"]._get_report(name)
        if not report or report.report_type != "onestop-pdf":
            raise NotFound()
        return report

    def _pdf_response(self, pdf, filename):
        return request.make_response(
            pdf,
            headers=[
                ("Content-Type", "application/pdf"),
                ("Content-Length", len(pdf)),
                (
                    "Content-Disposition",
                    content_disposition(filename, disposition_type="inline"),
                ),
                ("Cache-Control", "no-store"),
            ],
        )
