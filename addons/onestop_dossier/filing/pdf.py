# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import io
import logging
import re
import time
import zlib

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

from .hidden import PAGE, holds_archive
from .image import MOST_PIXELS
from .refusal import Refused

# What is wrong with a file is told to who hands it in; a damaged one of a stranger
# would fill the server's log, with pieces of its content.
logging.getLogger("pypdf").setLevel(logging.ERROR)

MOST_PAGES = 2_000
MOST_OBJECTS = 200_000
# A page scanned at 600 dpi in colour, packed without loss, unpacks to 105 MB.
MOST_UNPACKED = 300 * 1024 * 1024
MOST_UNPACKED_IN_ALL = 2 * 1024 * 1024 * 1024
SECONDS = 10
CHUNK = 65536

# Actions that do more than turn a page or follow a link that is clicked.
ACTIONS = frozenset(
    """
    /JavaScript /Launch /ImportData /SubmitForm /GoToE /GoToR /Rendition /Movie /Sound
    /RichMediaExecute
    """.split()
)
ANNOTATIONS = frozenset("/RichMedia /3D /Screen /Movie /Sound".split())
STREAM = re.compile(rb"\bstream\r?\n.*?\bendstream\b", re.S)
ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
# The same, as bytes: for readers that mend a broken table their own way.
ACTIVE_BYTES = re.compile(
    rb"/JS(?![A-Za-z0-9])|/S\s*/(?:JavaScript|Launch|ImportData|SubmitForm)"
    rb"(?![A-Za-z0-9])"
)
EMBEDDED_BYTES = re.compile(rb"/(?:EF|EmbeddedFile)(?![A-Za-z0-9])")


def check_pdf(content):
    """Refuse a PDF that is damaged, locked, active, a bomb, or something else too."""
    _check_ends(content)
    until = time.monotonic() + SECONDS
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted:
            raise Refused("password")
        _check_objects(reader, until)
        _count_pages(reader)
    except Refused:
        raise
    except Exception as error:
        # pypdf raises much besides its own errors at broken input.
        raise Refused("damaged") from error


def _check_ends(content):
    """Nothing before, behind or between the objects of a document."""
    end = content.rfind(b"%%EOF")
    if end < 0:
        raise Refused("damaged")
    if holds_archive(content):
        raise Refused("polyglot_archive")
    if content[end + 5 :].strip(b"\0\r\n\t\x0c \x1a"):
        raise Refused("polyglot")
    plain = STREAM.sub(b"", content)
    if PAGE.search(plain) or PAGE.search(content, 0, 2048):
        raise Refused("polyglot")
    plain = ESCAPE.sub(lambda code: bytes([int(code[1], 16)]), plain)
    if ACTIVE_BYTES.search(plain):
        raise Refused("active")
    if EMBEDDED_BYTES.search(plain):
        raise Refused("embedded")


def _check_objects(reader, until):
    numbers = {
        (number, generation)
        for generation, table in reader.xref.items()
        for number in table
    }
    numbers |= {(number, 0) for number in reader.xref_objStm}
    if len(numbers) > MOST_OBJECTS:
        raise Refused("bomb")
    left = MOST_UNPACKED_IN_ALL
    for number, generation in sorted(numbers):
        if time.monotonic() > until:
            raise Refused("bomb")
        found = reader.get_object(IndirectObject(number, generation, reader))
        _check_values(found)
        if isinstance(found, StreamObject):
            left -= _unpacked(found, min(left, MOST_UNPACKED), until)
    _check_values(reader.trailer)


def _check_values(top):
    """Look at each dictionary in an object; what it refers to is an object, too."""
    waiting = [top]
    while waiting:
        value = waiting.pop()
        if isinstance(value, DictionaryObject):
            _check_dictionary(value)
            waiting.extend(value.values())
        elif isinstance(value, ArrayObject):
            waiting.extend(value)


def _check_dictionary(value):
    # What stands behind a reference counts as if it stood here.
    action = value["/S"] if "/S" in value else None
    subtype = value["/Subtype"] if "/Subtype" in value else None
    if "/JS" in value or "/XFA" in value or action in ACTIONS:
        raise Refused("active")
    if subtype in ANNOTATIONS:
        raise Refused("active")
    if "/EF" in value or subtype == "/FileAttachment":
        raise Refused("embedded")
    if subtype == "/Image" and "/Width" in value and "/Height" in value:
        width, height = value["/Width"], value["/Height"]
        if width * height > MOST_PIXELS * 2:
            raise Refused("pixels", limit=MOST_PIXELS // 500_000)


def _unpacked(stream, limit, until):
    """Bytes that a packed stream unpacks to; they are counted, not kept."""
    filters = stream.get("/Filter", [])
    filters = filters if isinstance(filters, list) else [filters]
    machines = []
    for name in filters:
        if name not in ("/FlateDecode", "/Fl"):
            break
        machines.append(zlib.decompressobj())
    if not machines:
        return 0
    return _count(stream._data, machines, limit, until)


def _count(data, machines, limit, until):
    pieces = (data[start : start + CHUNK] for start in range(0, len(data), CHUNK))
    for machine in machines:
        pieces = _pieces_of(machine, pieces)
    total = 0
    try:
        for piece in pieces:
            total += len(piece)
            if total > limit or time.monotonic() > until:
                raise Refused("bomb")
    except zlib.error:
        # Many writers end a stream badly; readers show what there is.
        return total
    return total


def _pieces_of(machine, pieces):
    """Unpack piece by piece; no piece that comes out is larger than CHUNK."""
    for piece in pieces:
        while piece and not machine.eof:
            yield machine.decompress(piece, CHUNK)
            piece = machine.unconsumed_tail


def _count_pages(reader):
    """Count the pages by walking their tree, whatever its numbers say."""
    count = 0
    waiting = [reader.trailer["/Root"]["/Pages"]]
    steps = 0
    while waiting:
        node = waiting.pop().get_object()
        steps += 1
        if steps > MOST_PAGES * 4:
            raise Refused("pages", limit=MOST_PAGES)
        if "/Kids" in node:
            waiting.extend(node["/Kids"])
        else:
            count += 1
    if count > MOST_PAGES:
        raise Refused("pages", limit=MOST_PAGES)
    if not count:
        raise Refused("damaged")
