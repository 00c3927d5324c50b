# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""A printed paper of a dossier, as the print dialog offers it."""

from collections.abc import Callable
from typing import Any, NamedTuple


class Form(NamedTuple):
    """A paper that can be printed of a dossier.

    :ivar name: as the dialog shows it, in the user's language.
    :ivar report: external id of its report, of type ``onestop-pdf``.
    :ivar when: called with one dossier as the user sees it; gives the records of the
        report's model to print, or a sentence that says why it cannot be printed now.
    :ivar states: states of the dossier in which the dialog ticks it by itself.
    """

    name: str
    report: str
    when: Callable[[Any], Any]
    states: tuple[str, ...] = ()
