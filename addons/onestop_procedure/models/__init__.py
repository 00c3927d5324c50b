# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from . import database_guard
from . import department
from . import membership
from . import res_users
from . import res_company
from . import sector
from . import decision
from . import ir_module_module
from . import person
from . import person_reading
from . import procedure
from . import procedure_content
from . import procedure_version
from . import procedure_case
from . import procedure_part
from . import procedure_fee
from . import procedure_step
from . import department_loader
from . import catalogue_loader
from . import demo
from . import calendar_day
from . import calendar_revision
from . import res_company_calendar
from . import ir_actions_report
from . import resource_calendar
from . import resource_calendar_leaves
