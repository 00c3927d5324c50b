# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from . import ir_attachment
from . import dossier_file
from . import dossier_scan
