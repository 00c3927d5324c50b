# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from . import ir_attachment
from . import dossier_file
from . import dossier_file_scan
from . import file_refusal
from . import file_quarantine
from . import dossier_scan
from . import file_origin
from . import part_digitised
from . import dossier_digitised
