# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from . import calendar_propose
from . import calendar_propose_line
from . import review_simulation
from . import chain_act
from . import decision_end
from . import decision_touched
from . import decision_touched_line
from . import process_post
from . import procedure_publish
from . import procedure_decide
from . import procedure_compare
from . import catalogue_export
from . import package_import
from . import package_import_line
