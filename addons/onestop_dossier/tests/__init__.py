# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from . import test_flow
from . import test_matrix
from . import test_table
from . import test_protected
from . import test_ledger_sql
from . import test_verify
from . import test_timeline
