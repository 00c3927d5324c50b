# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from . import dossier_counter
from . import dossier
from . import dossier_filing
from . import dossier_number
from . import dossier_opening
from . import dossier_event
from . import dossier_text
from . import dossier_part
from . import dossier_attempt
from . import dossier_transition
from . import dossier_guard
