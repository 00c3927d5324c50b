# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import json

from werkzeug.exceptions import BadRequest, NotFound

from odoo.http import Controller, content_disposition, request, route


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
        return request.make_response(
            pdf,
            headers=[
                ("Content-Type", "application/pdf"),
                ("Content-Length", len(pdf)),
                (
                    "Content-Disposition",
                    content_disposition(
                        report._onestop_filename(records), disposition_type="inline"
                    ),
                ),
                ("Cache-Control", "no-store"),
            ],
        )
