# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from . import code_block
from . import code_block_code
from . import dossier_counter
from . import dossier_event
from . import dossier_outage
from . import outage_entry
from . import outage_entry_conflict
from . import outage_entry_file
from . import outage_entry_resolve
from . import outage_entry_shown
from . import reception_desk_outage
from . import reception_desk_snapshot
from . import res_company
from . import res_company_due
