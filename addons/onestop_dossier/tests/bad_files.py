# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""Files that are not taken, each with a word of the sentence that says why."""

import io
import struct
import zipfile
import zlib
from functools import cache
from hashlib import sha256

from PIL import Image
from pypdf import PdfReader, PdfWriter

from ..filing.office import DOCX, XLSX
from .common import PDF, make_pdf

RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def make_office(members=(), kind=DOCX, links="", body=b"<w:document/>"):
    """A Word or Excel document of the least that makes one.

    :param members: further (name, bytes) of the package.
    :param links: relationships of its main part.
    """
    main = f"{kind}.main+xml"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{PACKAGE}/content-types"><Override '
            f'PartName="/word/document.xml" ContentType="{main}"/></Types>',
        )
        archive.writestr("word/document.xml", body)
        archive.writestr(
            "word/_rels/document.xml.rels",
            f'<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>',
        )
        for name, content in members:
            archive.writestr(name, content)
    return out.getvalue()


def make_link(kind, target, mode="External"):
    return (
        f'<Relationship Id="r1" Type="{RELS}/{kind}" Target="{target}" '
        f'TargetMode="{mode}"/>'
    )


def make_picture(kind="JPEG", size=(64, 64)):
    out = io.BytesIO()
    Image.new("RGB", size, "white").save(out, kind)
    return out.getvalue()


def make_zip(name="x.txt", content=b"x"):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()


def huge_png():
    """A picture of 30,000 by 30,000 points in 100 bytes."""

    def chunk(kind, data):
        body = kind + data
        return struct.pack("!L", len(data)) + body + struct.pack("!L", zlib.crc32(body))

    head = struct.pack("!LLBBBBB", 30000, 30000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 10))
        + chunk(b"IEND", b"")
    )


def locked_pdf(user_password="secret"):
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(PDF)))
    writer.encrypt(user_password, "owner", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def packed(data, filters=b"/FlateDecode"):
    """A stream of a PDF."""
    return b"<</Length %d/Filter%b>>stream\n%b\nendstream" % (len(data), filters, data)


@cache
def bomb(size=400 * 1024 * 1024):
    machine = zlib.compressobj(9)
    zeros = b"\0" * (1024 * 1024)
    return b"".join(
        [machine.compress(zeros) for _ in range(size // len(zeros))] + [machine.flush()]
    )


def page_bomb():
    """Ten levels of ten references to the same page: ten thousand million pages."""
    levels = [
        b"<</Type/Pages/Count 10/Kids[%b]>>" % (b"%d 0 R " % (number + 1) * 10)
        for number in range(4, 14)
    ]
    pdf = make_pdf(*levels, b"<</Type/Page/MediaBox[0 0 9 9]>>")
    # Same length, so that the table of objects still holds.
    return pdf.replace(b"/Kids[3 0 R]", b"/Kids[4 0 R]")


def escaped(action):
    return make_pdf(page=b"/AA<</O<</S/%b>>>>" % action)


def xref_zip():
    """A ZIP whose bytes stand in the middle of a PDF, its end near the end."""
    packed_file = make_zip()
    return make_pdf(
        b"<</Length %d>>stream\n%b\nendstream" % (len(packed_file), packed_file)
    )


def bad_files():
    """Rows of (what, file name, bytes, word of the sentence)."""
    photo, png = make_picture(), make_picture("PNG")
    half = photo[: len(photo) // 2]
    return [
        ("0 bytes", "x.pdf", b"", "is empty"),
        ("program", "x.pdf", b"MZ" + b"\0" * 200, "type that is not accepted"),
        ("page", "x.pdf", b"<html><script>1</script>", "type that is not accepted"),
        ("svg", "x.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not accepted"),
        ("zip", "x.docx", make_zip(), "type that is not accepted"),
        ("pdf as jpg", "x.jpg", PDF, "ends in .jpg"),
        ("pdf as program", "x.pdf.exe", PDF, "ends in .exe"),
        ("jpg as pdf", "x.pdf", photo, "ends in .pdf"),
        ("docx as xlsx", "x.xlsx", make_office(), "ends in .xlsx"),
        ("pdf cut off", "x.pdf", PDF[:-60], "damaged"),
        ("pdf of nothing", "x.pdf", b"%PDF-1.4\n%%EOF\n", "damaged"),
        ("jpg cut off", "x.jpg", half, "damaged"),
        ("png cut off", "x.png", png[:-20], "damaged"),
        ("pdf and zip", "x.pdf", PDF + make_zip(), "archive"),
        ("zip inside pdf", "x.pdf", xref_zip(), "archive"),
        ("jpg and zip", "x.jpg", photo + make_zip(), "archive"),
        ("jpg and rar", "x.jpg", photo + b"Rar!\x1a\x07\x01\0", "archive"),
        ("jpg and page", "x.jpg", photo + b"<script>1</script>", "hides"),
        ("jpg and pdf", "x.jpg", photo + PDF, "hides"),
        ("png and more", "x.png", png + b"more", "hides"),
        ("pdf and more", "x.pdf", PDF + b"<html>", "hides"),
        ("pdf and page", "x.pdf", PDF[:9] + b"%<script>\n" + PDF[9:], "hides"),
        ("pdf locked", "x.pdf", locked_pdf(), "password"),
        ("pdf without printing", "x.pdf", locked_pdf(""), "password"),
        (
            "pdf with script",
            "x.pdf",
            escaped(b"JavaScript/JS(app.alert\\(1\\))"),
            "prog",
        ),
        (
            "pdf with hidden script",
            "x.pdf",
            escaped(b"J#61vaScript/J#53(1)"),
            "program",
        ),
        ("pdf with program", "x.pdf", escaped(b"Launch/F(cmd.exe)"), "program"),
        (
            "pdf with file",
            "x.pdf",
            make_pdf(b"<</Type/Filespec/F(a.exe)/EF<</F 5 0 R>>>>", packed(b"")),
            "other files inside",
        ),
        ("pdf bomb", "x.pdf", make_pdf(packed(bomb())), "enormous"),
        (
            "pdf bomb packed twice",
            "x.pdf",
            make_pdf(packed(zlib.compress(bomb()), b"[/FlateDecode/FlateDecode]")),
            "enormous",
        ),
        ("page bomb", "x.pdf", page_bomb(), "pages"),
        ("picture bomb", "x.png", huge_png(), "million pixels"),
        ("zip bomb", "x.docx", make_office([("word/x.bin", bomb_text())]), "enormous"),
        ("many members", "x.docx", many_members(), "enormous"),
        ("shared members", "x.docx", overlapping(), "enormous"),
        ("macro", "x.docx", make_office([("word/vbaProject.bin", b"x")]), "macros"),
        (
            "macro document",
            "x.docx",
            make_office(kind="application/vnd.ms-word.document.macroEnabled"),
            "macros",
        ),
        (
            "far template",
            "x.docx",
            make_office(links=make_link("attachedTemplate", "http://x.vn/a.dotm")),
            "fetches content",
        ),
        (
            "far picture",
            "x.docx",
            make_office(links=make_link("image", "file://x/a.png")),
            "fetches content",
        ),
        (
            "object",
            "x.docx",
            make_office([("word/embeddings/oleObject1.bin", b"x")]),
            "other files inside",
        ),
        (
            "field with program",
            "x.docx",
            make_office(body=b"<w:p>DDEAUTO cmd.exe</w:p>"),
            "program",
        ),
        (
            "entities",
            "x.docx",
            make_office(body=b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"),
            "program",
        ),
        ("old or locked", "x.docx", OLE, "old Word or Excel"),
    ]


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def bomb_text():
    return b"\0" * (30 * 1024 * 1024)


def many_members():
    return make_office([(f"word/{number}.xml", b"") for number in range(5001)])


def overlapping():
    """Members that are the same bytes."""
    noise = b"".join(sha256(b"%d" % number).digest() for number in range(900))
    content = make_office([("word/a.bin", noise)])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        member = archive.getinfo("word/a.bin")
        size, at = member.compress_size, archive.start_dir
    entry = content[content.rindex(b"PK\x01\x02", at) : content.rindex(b"PK\x05\x06")]
    times = 2 + len(content) // size
    directory = content[at : content.rindex(b"PK\x05\x06")] + entry * times
    count = 4 + times
    end = struct.pack(
        "<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(directory), at, 0
    )
    return content[:at] + directory + end


def good_files():
    """Rows of (file name, bytes, media type)."""
    photo = make_picture()
    return [
        ("x.pdf", PDF, "application/pdf"),
        ("x.PDF", PDF + b"\n\0\0", "application/pdf"),
        ("x", PDF, "application/pdf"),
        ("x.jpeg", photo, "image/jpeg"),
        # What telephones write behind a picture: a film of the second before.
        ("x.jpg", photo + b"\0\0\0\x18ftypmp42" + b"\0" * 99, "image/jpeg"),
        ("x.png", make_picture("PNG"), "image/png"),
        ("x.docx", make_office(), DOCX),
        (
            "x.docx",
            make_office(links=make_link("hyperlink", "https://dichvucong.gov.vn")),
            DOCX,
        ),
        ("x.xlsx", make_office(kind=XLSX), XLSX),
        (
            "x.docx",
            make_office([("word/embeddings/a.xlsx", make_office(kind=XLSX))]),
            DOCX,
        ),
        ("x.pdf", make_pdf(page=b"/A<</S/URI/URI(https://x.vn)>>"), "application/pdf"),
        ("x.pdf", make_pdf(packed(zlib.compress(b"q Q"))), "application/pdf"),
    ]
