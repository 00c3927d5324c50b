# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import tempfile

from werkzeug.exceptions import NotFound
from werkzeug.wsgi import wrap_file

from odoo.http import Controller, Response, content_disposition, request, route

from .register import SPOOL_BYTES


class FolderController(Controller):
    @route("/onestop/folder/<int:dossier_id>", type="http", auth="user")
    def onestop_folder(self, dossier_id, **_kwargs):
        """The folder of a dossier as one archive, as the user who asks.

        :param dossier_id: id of the dossier
        """
        dossier = request.env["onestop.dossier"].browse(dossier_id).exists()
        staff = request.env.user.has_group("onestop_procedure.group_staff")
        if not dossier or not staff or not dossier.has_access("read"):
            raise NotFound()
        file = tempfile.SpooledTemporaryFile(SPOOL_BYTES)  # noqa: SIM115
        dossier._write_folder(file)
        size = file.tell()
        file.seek(0)
        headers = [
            ("Content-Type", "application/zip"),
            ("Content-Length", size),
            ("Content-Disposition", content_disposition(f"{dossier.code}.zip")),
            ("Cache-Control", "no-store"),
        ]
        body = wrap_file(request.httprequest.environ, file)
        return Response(body, headers=headers, direct_passthrough=True)
