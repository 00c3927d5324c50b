# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import os

import magic

from .hidden import check_image_bytes
from .image import check_jpeg, check_png
from .office import DOCX, XLSX, check_office
from .pdf import check_pdf
from .refusal import Refused

PDF = "application/pdf"
JPEG = "image/jpeg"
PNG = "image/png"
ZIP_START = b"PK\x03\x04"
OLE_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

# Documents that people file and that the Centre can show and keep; the first ending
# of a type is given to a file that has none.
EXTENSIONS = {
    PDF: (".pdf",),
    JPEG: (".jpg", ".jpeg", ".jpe", ".jfif"),
    PNG: (".png",),
    DOCX: (".docx",),
    XLSX: (".xlsx",),
}
# libmagic knows OOXML only when its members stand in the usual order.
OFFICE = {DOCX, XLSX, "application/zip", "application/octet-stream"}
# What it may say of a file that begins as this one.
SAID = {
    PDF: {PDF},
    JPEG: {JPEG},
    PNG: {PNG},
    DOCX: OFFICE,
    XLSX: OFFICE,
}


def check(name, content):
    """Judge a file by its content.

    :param name: its file name; its ending must fit the content.
    :param content: its bytes, of bearable size.
    :return: its media type.
    :raises Refused: it is not taken.
    """
    mimetype = _kind(content)
    said = magic.from_buffer(content[:65536], mime=True)
    if said not in SAID[mimetype]:
        raise Refused("type")
    ending = os.path.splitext(name or "")[1].lower()
    if ending and ending not in EXTENSIONS[mimetype]:
        raise Refused(
            "ending", ending=ending, kind=EXTENSIONS[mimetype][0].lstrip(".").upper()
        )
    return mimetype


def _kind(content):
    """The type by the first bytes, with the test that belongs to it."""
    if not content:
        raise Refused("empty")
    if content.startswith(b"%PDF-"):
        check_pdf(content)
        return PDF
    if content.startswith(b"\xff\xd8\xff"):
        check_image_bytes(content)
        check_jpeg(content)
        return JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        check_image_bytes(content)
        check_png(content)
        return PNG
    if content.startswith(ZIP_START):
        return check_office(content)
    # Word 97, or a new document under a password: both come in this old container.
    raise Refused("old_office" if content.startswith(OLE_START) else "type")
