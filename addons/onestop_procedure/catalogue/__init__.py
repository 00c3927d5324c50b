# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""Reading the procedure catalogue from files, without a database.

The layout is that of the national database's exports as provinces keep them: one
table of agencies, one of procedures, one of the parts of their dossiers. A reader
returns what it understood and, row by row, what it did not (:class:`Problem`); it
never guesses. Empty means "not known", never zero.
"""

from .departments import DepartmentRow, read_departments
from .error import FileError
from .laws import describe_law, read_laws
from .plan import CataloguePlan
from .problem import Problem
from .procedures import read_procedures
from .process import ONSITE_MODES, StepPlan, default_process
from .rows import CaseRow, FeeRow, PartRow, ProcedureRow
from .table import Table, read_table

__all__ = [
    "CaseRow",
    "CataloguePlan",
    "DepartmentRow",
    "FeeRow",
    "FileError",
    "ONSITE_MODES",
    "PartRow",
    "Problem",
    "ProcedureRow",
    "StepPlan",
    "Table",
    "default_process",
    "describe_law",
    "read_departments",
    "read_laws",
    "read_procedures",
    "read_table",
]
