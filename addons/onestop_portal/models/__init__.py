# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from . import ir_http
from . import res_company
from . import res_users
from . import procedure
from . import procedure_case
from . import procedure_part
from . import procedure_fee
from . import portal_draft
from . import portal_upload
from . import track_attempt
from . import dossier_filing
from . import dossier_portal
from . import dossier_history
from . import dossier_tracking
from . import dossier_money
from . import dossier_returning
from . import person_notice
from . import notice
from . import res_company_notice
