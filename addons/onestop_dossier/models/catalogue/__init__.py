# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from . import procedure_case_law
from . import procedure_arrivals
from . import procedure_part
from . import procedure_version
from . import procedure_step
from . import procedure_case
from . import decision
from . import procedure_step_role
from . import merger
from . import merger_line
