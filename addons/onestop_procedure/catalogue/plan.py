# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from dataclasses import dataclass, field


@dataclass
class CataloguePlan:
    """What an import would do, found out without writing anything."""

    new: list = field(default_factory=list)
    """Rows of procedures not on record, or without any published version."""
    revised: list = field(default_factory=list)
    """(row, last published version): the content differs."""
    renamed: list = field(default_factory=list)
    """(row, procedure): name, agency, sector or such differ."""
    unchanged: int = 0
    problems: list = field(default_factory=list)

    @property
    def changed_codes(self):
        return {row.code for row, _record in self.revised + self.renamed}
