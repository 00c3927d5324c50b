# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from . import dossier_act
from . import dossier_act_agency
from . import dossier_act_desk
from . import dossier_act_correction
from . import dossier_approval
from . import dossier_attach
from . import scan_filing
from . import dossier_batch
from . import dossier_batch_line
from . import calendar_effect
from . import calendar_effect_line
from . import dossier_visit_attach
from . import bank_import
from . import bank_decision
from . import bank_refund
from . import dossier_act_payment
from . import parcel_batch
from . import parcel_batch_line
from . import parcel_outcome
from . import collect
from . import fee_act
from . import cash_count
from . import spoil
from . import collect_transfer
