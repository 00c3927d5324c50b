# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from . import membership
from . import person
from . import res_company
from . import res_company_files
from . import res_company_rules
from . import res_company_counter
from . import person_notice
from . import res_company_notice
from . import res_company_return
from . import res_company_fees
