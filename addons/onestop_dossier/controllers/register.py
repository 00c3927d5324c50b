# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import tempfile

from werkzeug.exceptions import NotFound
from werkzeug.wsgi import wrap_file

from odoo.http import Controller, Response, content_disposition, request, route

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}
# What is larger goes to the disk, and from there to the browser piece by piece.
SPOOL_BYTES = 16 * 1024 * 1024


class RegisterController(Controller):
    @route("/onestop/register/<int:export_id>", type="http", auth="user")
    def onestop_register(self, export_id, **_kwargs):
        """The register as a book, as the user who asked for it.

        :param export_id: id of the export
        """
        export = request.env["onestop.register.export"].browse(export_id).exists()
        if not export or not export.has_access("read"):
            raise NotFound()
        file = tempfile.SpooledTemporaryFile(SPOOL_BYTES)  # noqa: SIM115
        # sudo: ir.attachment - the file of an export that the user may read
        made = export.attachment_id.sudo()
        if export.state == "done" and made:
            file.write(made.raw)
        else:
            export._write_file(file)
        size = file.tell()
        file.seek(0)
        filename = export._filename()
        headers = [
            ("Content-Type", TYPES[export.layout]),
            ("Content-Length", size),
            ("Content-Disposition", content_disposition(filename)),
            ("Cache-Control", "no-store"),
        ]
        body = wrap_file(request.httprequest.environ, file)
        return Response(body, headers=headers, direct_passthrough=True)
