# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""Which columns of a dossier follow from its last event."""

# Columns of the dossier that follow from its last event, with the name under which
# the event's body keeps them (``after``). The trigger compares them one by one.
AFTER = {
    "state": "state",
    "outcome": "outcome",
    "due_at": "due",
    "appointment_at": "appointment",
    "received_at": "received",
    "finished_at": "finished",
    "returned_at": "returned",
    "timeliness": "timeliness",
    "step_id": "step",
    "user_id": "holder",
    "department_id": "competent",
    "version_id": "version",
    "code": "code",
    "procedure_id": "procedure",
    "case_id": "case",
    "person_id": "owner",
    "submitter_id": "submitter",
    "channel": "channel",
    "company_id": "centre",
    "helped_department_id": "helped",
    "rule_set": "rules",
    "copies": "sets",
    "result_channel": "result_by",
    "area": "area",
    "step_due_at": "step_due",
    "citizen_due_at": "citizen_due",
    "relay_at": "relay",
    "repeated_at": "repeated",
    "parent_id": "parent",
    "paper_place_id": "paper_place",
    "register_book": "book",
    "register_number": "number",
}
# Of these, what is fixed when the dossier is handed in; later it changes only by a
# recorded correction. Events of a draft leave it out.
SEALED = frozenset(
    "procedure_id case_id person_id submitter_id channel company_id rule_set "
    "helped_department_id copies result_channel area".split()
)
