# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""Of what a citizen is told: acts of the ledger, and occasions that are no act."""

# Acts told under another name, by what their event says.
APOLOGY = "apology"
NOT_GRANTED = "issue_rejected"
# Occasions besides the kinds of events; rooms add theirs (``_occasions``).
OTHERS = (
    APOLOGY,
    NOT_GRANTED,
    "supplement_due_soon",
    "result_early",
    "parcel_sent",
)
# What says more than another thing told at the same time, which is not told then.
INSTEAD = {"result_early": ("issue",), NOT_GRANTED: ("result_early",)}
# Acts whose texts a later act tells: the counter passes on what a handler asked.
TEXTS_OF = {"pass_on": "request_supplement", NOT_GRANTED: "reject"}


def occasion_of(kind: str, data: dict, outcome: str | None) -> str | None:
    """Under which name an act is told; None when it is not.

    A handler's request for a supplement is told by the counter, when it passes it on
    and the citizen's time begins.
    """
    if kind == "request_supplement" and data.get("clock", {}).get("relay"):
        return None
    if kind == "pass_on":
        return "request_supplement"
    if kind == "extend" and data.get("kind") == "apology":
        return APOLOGY
    if kind in ("issue", "record_outside"):
        return NOT_GRANTED if outcome == "rejected" else "issue"
    return kind
