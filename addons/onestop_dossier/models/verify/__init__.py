# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from . import dossier_verify
from . import dossier_verify_content
from . import dossier_verify_sheet
from . import dossier_verify_return
from . import dossier_verify_money
