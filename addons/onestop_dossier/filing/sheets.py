# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""Pages of a network scanner: read, told apart by separator sheets, put together."""

import io
from typing import NamedTuple

import pypdfium2
import zxingcpp

# Odoo has Pillow know only what browsers show; these make themselves known.
from PIL import Image, ImageSequence, PdfImagePlugin, TiffImagePlugin  # noqa: F401
from pypdf import PdfReader, PdfWriter

from .check import check
from .image import MOST_PIXELS
from .refusal import Refused

MARK = "ONESTOP"
MOST_PAGES = 500
# Enough to read the code of a sheet and to know a page again.
READ_DPI, VIEW_PIXELS = 150, 480
POINTS = 72
LONGEST_EDGE = 4000
TIFF = (b"II*\0", b"MM\0*")


class Page(NamedTuple):
    """A page of paper, and the sheet that it lay behind."""

    content: bytes
    thumbnail: bytes
    # (id of the dossier, id of its part or 0), or None before the first sheet.
    sheet: tuple | None


def sheet_text(dossier_id, part_id=0):
    """What the code of a separator sheet says."""
    return f"{MARK}/{dossier_id}/{part_id}"


def read_sheet(text):
    """The dossier and part that a code names, or None: it is no code of ours."""
    mark, *numbers = text.split("/")
    if mark != MARK or len(numbers) != 2:
        return None
    if not all(number.isascii() and number.isdecimal() for number in numbers):
        return None
    dossier, part = (int(number) for number in numbers)
    return (dossier, part) if max(dossier, part) < 2**31 else None


def read_pages(name, content):
    """The pages of a scanned file, without the separator sheets.

    :param content: PDF, TIFF of one or more pages, JPEG or PNG.
    :return: list of :class:`Page`, each a PDF of one page.
    :raises Refused: it is nothing that a scanner makes.
    """
    if content.startswith(TIFF):
        content = _tiff_to_pdf(content)
    elif not content.startswith(b"%PDF-"):
        check(name, content)
        content = _picture_to_pdf(content)
    check("x.pdf", content)
    try:
        return _split(content)
    except Refused:
        raise
    except Exception as error:
        raise Refused("damaged") from error


def join(pages):
    """One PDF of several pages.

    :param pages: list of (PDF of a page, degrees to turn it clockwise).
    """
    writer = PdfWriter()
    for content, degrees in pages:
        page = PdfReader(io.BytesIO(content)).pages[0]
        writer.add_page(page).rotate(degrees % 360)
    return _written(writer)


def _split(content):
    pages, sheet = [], None
    reader = PdfReader(io.BytesIO(content))
    document = pypdfium2.PdfDocument(content)
    try:
        if len(document) > MOST_PAGES:
            raise Refused("pages", limit=MOST_PAGES)
        for number in range(len(document)):
            picture = _render(document[number])
            found = _sheet_on(picture)
            if found:
                sheet = found
                continue
            writer = PdfWriter()
            writer.add_page(reader.pages[number])
            pages.append(Page(_written(writer), _thumbnail(picture), sheet))
    finally:
        document.close()
    return pages


def _render(page):
    width, height = page.get_size()
    scale = min(READ_DPI / POINTS, LONGEST_EDGE / max(width, height, 1))
    return page.render(scale=scale, grayscale=True).to_pil()


def _sheet_on(picture):
    for code in zxingcpp.read_barcodes(
        picture, formats=[zxingcpp.BarcodeFormat.QRCode, zxingcpp.BarcodeFormat.Code128]
    ):
        found = read_sheet(code.text)
        if found:
            return found
    return None


def _thumbnail(picture):
    small = picture.copy()
    small.thumbnail((VIEW_PIXELS, VIEW_PIXELS))
    out = io.BytesIO()
    small.save(out, "PNG")
    return out.getvalue()


def _tiff_to_pdf(content):
    try:
        with Image.open(io.BytesIO(content), formats=["TIFF"]) as picture:
            if picture.n_frames > MOST_PAGES:
                raise Refused("pages", limit=MOST_PAGES)
            return _pictures_to_pdf(ImageSequence.Iterator(picture))
    except Refused:
        raise
    except Exception as error:
        raise Refused("damaged") from error


def _picture_to_pdf(content):
    try:
        return _pictures_to_pdf([Image.open(io.BytesIO(content))])
    except Refused:
        raise
    except Exception as error:
        raise Refused("damaged") from error


def _pictures_to_pdf(pictures):
    """A PDF of pictures, one at a time: a scan of many pages fills no memory."""
    writer = PdfWriter()
    for picture in pictures:
        if picture.width * picture.height > MOST_PIXELS:
            raise Refused("pixels", limit=MOST_PIXELS // 1_000_000)
        dpi = picture.info.get("dpi", (0, 0))[0]
        out = io.BytesIO()
        flat = picture if picture.mode in ("1", "L", "RGB") else picture.convert("RGB")
        flat.save(out, "PDF", resolution=float(dpi) if dpi >= 50 else 200.0)
        writer.append(io.BytesIO(out.getvalue()))
    return _written(writer)


def _written(writer):
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
