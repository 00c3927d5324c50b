# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import io
import re
import time
import zipfile

from lxml import etree

from .refusal import Refused

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAIN = {f"{DOCX}.main+xml": DOCX, f"{XLSX}.main+xml": XLSX}

MOST_MEMBERS = 5_000
MOST_UNPACKED = 200 * 1024 * 1024
# A sheet of equal rows packs 1:100; a bomb 1:1000.
MOST_RATIO = 300
RATIO_FROM = 4 * 1024 * 1024
LONGEST_LIST = 4 * 1024 * 1024
SECONDS = 10
CHUNK = 65536

# What may point out of the document: what a reader clicks himself.
LINKS = ("/hyperlink", "/externalLinkPath")
MACROS = re.compile(r"vbaProject|vbaData|macrosheets/|activeX|ctrlProps/", re.I)
OBJECTS = re.compile(r"/embeddings/(?!.*\.(?:xlsx|docx|pptx)$)", re.I)
FIELDS = re.compile(rb"DDEAUTO|<(?:\w+:)?ddeLink\b|<!DOCTYPE|<!ENTITY", re.I)


def check_office(content, depth=0):
    """Refuse what is no plain Word or Excel document, or a bomb.

    :return: the media type.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_sizes(archive, len(content))
            mimetype = _check_kind(archive)
            _check_members(archive, depth)
    except Refused:
        raise
    except Exception as error:
        # zipfile, zlib and lxml have many; none says more than this.
        raise Refused("damaged") from error
    return mimetype


def _check_sizes(archive, size):
    """What the list of members promises, before any of them is unpacked."""
    members = archive.infolist()
    if len(members) > MOST_MEMBERS:
        raise Refused("bomb")
    if any(member.flag_bits & 1 for member in members):
        raise Refused("password")
    if sum(member.file_size for member in members) > MOST_UNPACKED:
        raise Refused("bomb")
    # Members that share their bytes: a small file that unpacks without end.
    if sum(member.compress_size for member in members) > size:
        raise Refused("bomb")
    for member in members:
        if (
            member.file_size > RATIO_FROM
            and member.file_size > MOST_RATIO * member.compress_size
        ):
            raise Refused("bomb")


def _check_kind(archive):
    types = _read(archive, "[Content_Types].xml")
    if types is None:
        raise Refused("type")
    kinds = [element.get("ContentType") or "" for element in types.iter()]
    if any("macroEnabled" in kind or "vbaProject" in kind for kind in kinds):
        raise Refused("macro")
    found = {MAIN[kind] for kind in kinds if kind in MAIN}
    if len(found) != 1:
        raise Refused("type")
    return found.pop()


def _check_members(archive, depth):
    """Look through each member, a piece at a time."""
    until = time.monotonic() + SECONDS
    for member in archive.infolist():
        name = member.filename
        if MACROS.search(name):
            raise Refused("macro")
        if OBJECTS.search(f"/{name}") and not member.is_dir():
            raise Refused("embedded")
        if name.endswith(".rels"):
            _check_links(archive, name)
        _look_through(archive, member, until)
        if "/embeddings/" in name and not member.is_dir():
            if depth or member.file_size > LONGEST_LIST:
                raise Refused("embedded")
            check_office(archive.read(member), depth + 1)


def _look_through(archive, member, until):
    """Unpack a member piecewise; its checksum is tested on the way."""
    is_text = member.filename.endswith((".xml", ".rels"))
    rest = b""
    with archive.open(member) as stream:
        while chunk := stream.read(CHUNK):
            if time.monotonic() > until:
                raise Refused("bomb")
            if is_text and FIELDS.search(rest + chunk):
                raise Refused("active")
            rest = chunk[-32:]


def _check_links(archive, name):
    links = _read(archive, name)
    for link in links.iter("{*}Relationship"):
        if link.get("TargetMode") == "External" and not (
            link.get("Type") or ""
        ).endswith(LINKS):
            raise Refused("external")


def _read(archive, name):
    """A small XML member, read without entities and network; None: there is none."""
    try:
        member = archive.getinfo(name)
    except KeyError:
        return None
    if member.file_size > LONGEST_LIST:
        raise Refused("bomb")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(archive.read(member), parser)
