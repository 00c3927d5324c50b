# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""One file that is two: what else its bytes could be read as."""

import io
import re
import zipfile

from .refusal import Refused

# Words of pages and programs that no scan, photo or form holds as plain bytes.
PAGE = re.compile(rb"<\s*(?:script|html|iframe|object|embed|svg|\?php)\b|<\?php", re.I)
ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c")


def holds_archive(content):
    """Whether an unpacking program would find an archive in it."""
    # Any end record of a ZIP counts, also one that lies about the rest.
    return zipfile.is_zipfile(io.BytesIO(content)) or any(
        start in content for start in ARCHIVES
    )


def check_image_bytes(content):
    """Refuse a picture that is an archive, a document or a page as well.

    Telephones write more pictures and films behind a JPEG; they pass.
    """
    if holds_archive(content):
        raise Refused("polyglot_archive")
    if b"%PDF-" in content or PAGE.search(content):
        raise Refused("polyglot")
