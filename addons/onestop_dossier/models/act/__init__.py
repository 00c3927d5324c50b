# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from . import dossier_reception
from . import dossier_handling
from . import paper_place
from . import dossier_paper
from . import dossier_desk
from . import dossier_pause
from . import dossier_extension
from . import dossier_draft
from . import dossier_signing
from . import dossier_consultation
from . import dossier_consult
from . import dossier_spawn
from . import dossier_transfer
from . import dossier_correct
from . import dossier_recount
from . import dossier_consent
from . import dossier_decision
from . import dossier_return
from . import dossier_successor
