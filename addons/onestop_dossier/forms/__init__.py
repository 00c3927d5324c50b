# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""Printed forms: what the circulars fix of them. Pure, without database access."""

from .copies import split_copies
from .form import Form
from .paper import PaperForm, Signer
from .signing import signature_lines
from .table import FORMS, form_of

__all__ = [
    "FORMS",
    "Form",
    "PaperForm",
    "Signer",
    "form_of",
    "signature_lines",
    "split_copies",
]
