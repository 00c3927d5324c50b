# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import tempfile

from werkzeug.exceptions import NotFound
from werkzeug.wsgi import wrap_file

from odoo.http import Controller, Response, content_disposition, request, route

from ..catalogue.annex import write_annex
from ..catalogue.limits import MEGABYTE

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
    "pdf": "application/pdf",
}
# What is larger goes to the disk, and from there to the browser piece by piece.
SPOOL_BYTES = 16 * MEGABYTE


class CatalogueExportController(Controller):
    @route("/onestop/catalogue/export/<int:export_id>", type="http", auth="user")
    def onestop_catalogue_export(self, export_id, **_kwargs):
        """The file of an export, as the user who asked for it.

        :param export_id: id of the export
        """
        export = request.env["onestop.catalogue.export"].browse(export_id).exists()
        if not export or export.create_uid != request.env.user:
            raise NotFound()
        file = tempfile.SpooledTemporaryFile(SPOOL_BYTES)  # noqa: SIM115
        export._write(file)
        return self._download(file, export._filename())

    @route("/onestop/decision/<int:decision_id>/annex.xlsx", type="http", auth="user")
    def onestop_decision_annex(self, decision_id, **_kwargs):
        """The annex of a publishing decision, as the user who asks.

        :param decision_id: id of the decision
        """
        decision = request.env["onestop.decision"].browse(decision_id).exists()
        if not decision or not decision.has_access("read"):
            raise NotFound()
        file = tempfile.SpooledTemporaryFile(SPOOL_BYTES)  # noqa: SIM115
        file.write(write_annex(*decision._publication_annex()))
        return self._download(file, "phu-luc.xlsx")

    def _download(self, file, filename):
        size = file.tell()
        file.seek(0)
        headers = [
            ("Content-Type", TYPES[filename.rsplit(".", 1)[1]]),
            ("Content-Length", size),
            ("Content-Disposition", content_disposition(filename)),
            ("Cache-Control", "no-store"),
        ]
        body = wrap_file(request.httprequest.environ, file)
        return Response(body, headers=headers, direct_passthrough=True)
