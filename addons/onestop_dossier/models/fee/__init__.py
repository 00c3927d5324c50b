# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from . import counter
from . import procedure_fee
from . import dossier_fee
from . import receipt_book
from . import receipt
from . import receipt_line
from . import dossier_collect
