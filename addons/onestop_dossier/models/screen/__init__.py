# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from . import dossier_screen
from . import dossier_queue
from . import dossier_story
from . import dossier_fee_screen
