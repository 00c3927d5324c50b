# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""HTML to PDF/A, without touching the network or the disk of the server.

Pure functions without database access.
"""

import base64
import io

import qrcode
import qrcode.image.svg

try:
    import weasyprint
    from weasyprint.urls import FatalURLFetchingError, URLFetcher
except OSError as error:  # a library of Pango is missing
    weasyprint, URLFetcher, missing_library = None, object, str(error)

PDF_VARIANT = "pdf/a-2b"
# A base that no fetcher knows: relative addresses are refused like all others.
NOWHERE = "nowhere://"
# Quiet zone around a QR code, in modules (ISO/IEC 18004).
QUIET_ZONE = 4


class PdfError(Exception):
    """The document cannot be turned into a PDF."""


class RemoteAddressError(PdfError):
    """The document wants something from outside itself."""


class DataFetcher(URLFetcher):
    """Reads data: addresses; refuses and remembers all others."""

    def __init__(self):
        super().__init__(allowed_protocols=("data",), fail_on_errors=True)
        self.refused = []

    def fetch(self, url, headers=None):
        if not url.startswith("data:"):
            self.refused.append(url)
        return super().fetch(url, headers)


def html_to_pdf(documents: list[str]) -> bytes:
    """One PDF/A-2b of several HTML documents, each beginning on a page of its own.

    Page numbers begin again with each document. The same HTML gives the same bytes.

    :raise RemoteAddressError: when a document names an address other than data: URIs
    :raise PdfError: when the server lacks what it takes
    """
    if weasyprint is None:
        raise PdfError(missing_library)
    fetcher = DataFetcher()
    try:
        rendered = [
            weasyprint.HTML(string=html, base_url=NOWHERE, url_fetcher=fetcher).render(
                pdf_variant=PDF_VARIANT
            )
            for html in documents
        ]
        pages = [page for document in rendered for page in document.pages]
        content = rendered[0].copy(pages).write_pdf(pdf_variant=PDF_VARIANT)
    except FatalURLFetchingError as error:
        raise RemoteAddressError(fetcher.refused[0]) from error
    # Inside an SVG image the refusal only leaves a hole: a form with holes is no form.
    if fetcher.refused:
        raise RemoteAddressError(fetcher.refused[0])
    return content


def qr_data_uri(text: str) -> str:
    """A QR code (level M) of ``text`` as an SVG data URI, quiet zone included."""
    code = qrcode.QRCode(
        error_correction=qrcode.constants.ERROR_CORRECT_M, border=QUIET_ZONE
    )
    code.add_data(text)
    code.make(fit=True)
    target = io.BytesIO()
    code.make_image(image_factory=qrcode.image.svg.SvgPathImage).save(target)
    return "data:image/svg+xml;base64," + base64.b64encode(target.getvalue()).decode()
