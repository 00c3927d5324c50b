# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from . import membership
from . import person
from . import res_company
from . import procedure_part
from . import procedure_fee
from . import ir_attachment
from . import dossier_counter
from . import dossier
from . import dossier_event
from . import dossier_text
from . import dossier_part
from . import dossier_fee
from . import dossier_file
from . import dossier_attempt
from . import dossier_transition
from . import dossier_guard
from . import dossier_clock
from . import dossier_step
from . import dossier_reception
from . import dossier_handling
from . import dossier_pause
from . import dossier_decision
from . import dossier_return
from . import dossier_verify
from . import dossier_verify_content
