# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import hashlib
import json
from dataclasses import dataclass, field

from .rows import CONTENT, ProcedureRow


@dataclass
class Entry:
    """What an import would do with one row."""

    row: ProcedureRow
    """With the names of agency and sector as they are on record."""
    procedure: object = None
    """The record, if there is one."""
    version: object = None
    """Its last published version, if there is one."""
    changes: dict = field(default_factory=dict)
    """{field: (before, after)}; empty for a new procedure."""

    @property
    def revises(self):
        """Whether the content differs, so that a new version follows."""
        return not self.changes.keys().isdisjoint(CONTENT)


@dataclass
class CataloguePlan:
    """What an import would do, found out without writing anything."""

    new: list = field(default_factory=list)
    """Entries whose procedure is not on record, or has no published version."""
    changed: list = field(default_factory=list)
    """Entries whose procedure is on record and differs."""
    gone: list = field(default_factory=list)
    """Records of the agencies and levels of the file that it does not name."""
    named: list = field(default_factory=list)
    """Records that an earlier list missed, and that this one names again."""
    unchanged: int = 0
    problems: list = field(default_factory=list)

    def fingerprint(self):
        """Tells whether another plan would do the same to the same records."""
        told = [
            [
                [entry.row.code, entry.version and entry.version.id]
                for entry in self.new + self.changed
            ],
            [
                [entry.row.code, name, repr(change)]
                for entry in self.changed
                for name, change in entry.changes.items()
            ],
            sorted(procedure.code for procedure in self.gone),
        ]
        return hashlib.sha256(json.dumps(told, default=str).encode()).hexdigest()
