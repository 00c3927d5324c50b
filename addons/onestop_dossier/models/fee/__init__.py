# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from . import procedure_fee
from . import dossier_fee
