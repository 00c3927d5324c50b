# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""What the public pages share."""

import os

from werkzeug.exceptions import NotFound

from odoo.http import request

from odoo.addons.onestop_dossier.filing import EXTENSIONS

NATIONAL_PORTAL = "https://dichvucong.gov.vn"
# Bytes of one form: a dozen large scans; files are read one by one.
LARGEST_FORM = 512 * 1024 * 1024


def centre():
    """The Centre whose pages these are, found by the host."""
    companies = request.env["res.company"]
    # sudo: res.company - name, address and settings of the public pages
    return companies.sudo()._onestop_centre(request.httprequest.host)


def catalogue():
    """The procedures, for reading the published ones."""
    # sudo: onestop.procedure - the published catalogue is public
    return request.env["onestop.procedure"].sudo()


def procedure_or_404(code):
    """The published procedure with this code.

    :raises NotFound: there is none.
    """
    procedure = catalogue()._portal_procedure(code)
    if not procedure:
        raise NotFound()
    return procedure


def dossier_or_404(dossier_id):
    """A dossier that is this user's own; what staff may read is no reason here.

    :raises NotFound: there is none.
    """
    dossier = readable_or_404("onestop.dossier", dossier_id)
    if not dossier._owns(request.env.user):
        raise NotFound()
    return dossier


def readable_or_404(model, record_id):
    """A record that this user may read, under his own rules.

    :raises NotFound: there is none, or it is somebody else's; nobody learns which.
    """
    record = request.env[model].browse(record_id).exists()
    if not record or not record.has_access("read"):
        raise NotFound()
    return record


def content_of(file, record):
    """The bytes of a file that was sent in a form; what is too large is not read.

    :param file: as werkzeug has it: on disk, when it is larger than a page of text.
    :param record: the draft or dossier that it is for.
    :raises UserError: empty, or larger than the Centre takes.
    """
    size = file.stream.seek(0, os.SEEK_END)
    file.stream.seek(0)
    request.env["onestop.dossier.file"]._check_size(
        # sudo: onestop.portal.draft, onestop.dossier - which Centre; the owner asks
        record.sudo(),
        file.filename,
        size,
    )
    return file.stream.read()


def integer(text):
    """A number from an address or a form, or None."""
    return int(text) if text and str(text).isascii() and str(text).isdigit() else None


def render(template, page_name, **values):
    """Render a page of the portal with the Centre's name and address."""
    company = centre()
    return request.render(
        f"onestop_portal.{template}",
        {
            "page_name": page_name,
            "res_company": company,
            "national_portal": NATIONAL_PORTAL,
            "online_open": company.onestop_online_open,
            "file_types": " ".join(EXTENSIONS),
            "file_endings": ",".join(
                ending for endings in EXTENSIONS.values() for ending in endings
            ),
            **values,
        },
    )
