# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from . import scan_batch
from . import scan_page
from . import dossier_sheets
