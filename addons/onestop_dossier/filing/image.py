# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import io
import warnings

from PIL import Image

from .refusal import Refused

# An A0 plan at 200 dpi has 62 million; a picture of the size of a page far fewer.
MOST_PIXELS = 100_000_000
PNG_END = b"IEND\xaeB`\x82"


def check_jpeg(content):
    """Refuse a JPEG that is damaged or would fill the memory when opened."""
    picture = _open(content, "JPEG")
    try:
        # An eighth of the size is enough to learn that the data goes to its end.
        picture.draft("L", (picture.width // 8, picture.height // 8))
        picture.load()
    except Exception as error:
        raise Refused("damaged") from error


def check_png(content):
    """Refuse a PNG that is damaged, too large, or has something behind its end."""
    picture = _open(content, "PNG")
    try:
        picture.verify()
    except Exception as error:
        raise Refused("damaged") from error
    end = content.rfind(PNG_END)
    if end < 0:
        raise Refused("damaged")
    if content[end + len(PNG_END) :].strip(b"\0\r\n "):
        raise Refused("polyglot")


def _open(content, kind):
    """Read the head of a picture; nothing is decoded yet."""
    with warnings.catch_warnings():
        # Our own limit follows; Pillow's warning would go to the log.
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        try:
            picture = Image.open(io.BytesIO(content), formats=[kind])
        except Image.DecompressionBombError as error:
            raise Refused("pixels", limit=MOST_PIXELS // 1_000_000) from error
        except Exception as error:
            raise Refused("damaged") from error
    if picture.width * picture.height > MOST_PIXELS:
        raise Refused("pixels", limit=MOST_PIXELS // 1_000_000)
    return picture
