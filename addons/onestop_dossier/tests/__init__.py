# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from . import test_flow
from . import test_matrix
from . import test_table
from . import test_protected
from . import test_ledger_sql
from . import test_verify
from . import test_canonical
from . import test_timeline
from . import test_dossier_clock
from . import test_codes
from . import test_query_count
from . import test_access_rpc
from . import test_screens
from . import test_slip
from . import test_trial
from . import test_staff_web
from . import test_demo_plan
from . import test_arrivals
from . import test_legal_basis
