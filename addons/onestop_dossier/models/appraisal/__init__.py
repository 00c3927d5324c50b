# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from . import dossier_sheet
from . import dossier_finding
from . import dossier_visit
from . import dossier_visit_kept
from . import dossier_visit_done
from . import dossier_visit_paper
from . import dossier_appraisal
