# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""A configuration as one archive: data, files, and a list of what belongs to it."""

import hashlib
import io
import json
import zipfile

from .error import FileError
from .limits import (
    MAX_BYTES,
    MAX_ENTRIES,
    MAX_UNPACKED_BYTES,
    MEGABYTE,
)

FORMAT = "onestop-configuration"
# Raised when a package says something that an older reader would misunderstand.
VERSION = 1
MANIFEST = "manifest.json"
DATA = "data.json"
FILES = "files/"
# A form of each document of all procedures.
MAX_FILES = MAX_ENTRIES * 5


def write_package(target, data, files, made_at):
    """Write a package.

    :param target: a file open for binary writing.
    :param data: what JSON can hold.
    :param files: {SHA-256: bytes}.
    :param made_at: instant in ISO 8601 (UTC).
    """
    entries = {f"{FILES}{digest}": content for digest, content in files.items()}
    entries[DATA] = _json(data)
    manifest = {
        "format": FORMAT,
        "version": VERSION,
        "made_at": made_at,
        "files": {
            name: {"sha256": sha256(content), "size": len(content)}
            for name, content in sorted(entries.items())
        },
    }
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(MANIFEST, _json(manifest))
        for name, content in entries.items():
            archive.writestr(name, content)


def read_package(content):
    """Read a package, or refuse it as a whole.

    :param content: the file, as bytes.
    :return: (data, {SHA-256: bytes}).
    :raises FileError: it is no package, of a newer version, or not what it was when
        it was made.
    """
    if len(content) > MAX_BYTES:
        raise FileError("too_large", limit=MAX_BYTES // MEGABYTE)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _read(archive)
    except FileError:
        raise
    except Exception as error:  # whatever a damaged archive makes the readers raise
        raise FileError("not_a_package") from error


def _read(archive):
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_FILES or unpacked > MAX_UNPACKED_BYTES:
        raise FileError("unfolds", limit=MAX_UNPACKED_BYTES // MEGABYTE)
    if MANIFEST not in names:
        raise FileError("not_a_package")
    manifest = json.loads(archive.read(MANIFEST))
    if manifest.get("format") != FORMAT:
        raise FileError("not_a_package")
    if not isinstance(manifest.get("version"), int) or manifest["version"] > VERSION:
        raise FileError("package_newer", version=manifest.get("version"), known=VERSION)
    listed = manifest["files"]
    if sorted(names) != sorted([MANIFEST, *listed]) or DATA not in listed:
        raise FileError("package_tampered", name=MANIFEST)
    found = {}
    for name, told in listed.items():
        found[name] = archive.read(name)
        if sha256(found[name]) != told["sha256"] or len(found[name]) != told["size"]:
            raise FileError("package_tampered", name=name)
    data = json.loads(found.pop(DATA))
    files = {name.removeprefix(FILES): content for name, content in found.items()}
    if any(sha256(content) != digest for digest, content in files.items()):
        raise FileError("package_tampered", name=FILES)
    return data, files


def sha256(content):
    return hashlib.sha256(content).hexdigest()


def _json(value):
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True).encode()
