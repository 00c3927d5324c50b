# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""A QR code as a picture that a phone can save and hand to a banking app."""

import base64
import io

import qrcode

MODULE = 8  # pixels


def png_data_uri(text: str) -> str:
    """A QR code (level M) of ``text`` as a PNG data URI, quiet zone included.

    Banking apps open photographs, not the SVG that printed forms use.
    """
    code = qrcode.QRCode(
        error_correction=qrcode.constants.ERROR_CORRECT_M, border=4, box_size=MODULE
    )
    code.add_data(text)
    code.make(fit=True)
    target = io.BytesIO()
    code.make_image().save(target)
    return "data:image/png;base64," + base64.b64encode(target.getvalue()).decode()
