# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""Offices that take part in a chain of approval, and a move from state to state."""

from dataclasses import dataclass

# Kinds of agency that answer for the whole province: they read all agencies' papers.
OVERSEERS = ("province", "office", "centre")


@dataclass(frozen=True)
class Office:
    """Who acts: holders of ``roles`` in the record's agency or in agencies of a kind.

    ``roles`` stand in the order in which they are asked to act.
    """

    roles: tuple[str, ...]
    kind: str | None = None


OFFICES = {
    # Those who prepare papers of the agency concerned, and its head.
    "author": Office(("catalogue", "head", "deputy")),
    "head": Office(("head", "deputy")),
    "centre": Office(("catalogue", "head", "deputy"), "centre"),
    "office": Office(("catalogue", "head", "deputy"), "office"),
    "chair": Office(("head", "deputy"), "province"),
}


@dataclass(frozen=True)
class Move:
    """A move of a chain: from one of ``sources`` to ``target``, by ``office``.

    ``then`` is the office whose turn it is afterwards, None when the chain ends.
    """

    sources: tuple[str, ...]
    target: str
    office: str
    then: str | None = None
