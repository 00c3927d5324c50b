# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from . import dossier_search
from . import dossier_find
from . import dossier_rows
from . import dossier_export
