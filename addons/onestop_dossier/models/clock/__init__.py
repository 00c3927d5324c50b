# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from . import dossier_clock
from . import dossier_step
from . import dossier_timeout
from . import dossier_alert
from . import dossier_warning
from . import dossier_breach
from . import dossier_calendar
from . import calendar_year
from . import calendar_revision
from . import res_company_calendar
