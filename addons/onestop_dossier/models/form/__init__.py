# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from . import dossier_form
from . import dossier_guidance
from . import dossier_draft_form
from . import dossier_letters
from . import guidance_form
from . import dossier_control
from . import dossier_return_record
from . import dossier_trace
from . import hand_over
from . import hand_over_acts
from . import hand_over_line
from . import dossier_hand_over
from . import dossier_folder
from . import register_rows
from . import register_export
from . import register_export_run
from . import register_export_file
from . import dossier_receipt
from . import dossier_print
from . import dossier_print_line
from . import dossier_early_notice
from . import dossier_filing_note
