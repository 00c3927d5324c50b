# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from . import dossier_original
from . import dossier_receiver
from . import dossier_return
from . import dossier_give_back
from . import return_desk
