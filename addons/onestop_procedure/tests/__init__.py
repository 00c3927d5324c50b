# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from . import test_access
from . import test_calendar
from . import test_catalogue_files
from . import test_catalogue_import
from . import test_catalogue_search
from . import test_clock_elapsed
from . import test_clock_examples
from . import test_clock_explain
from . import test_clock_holidays
from . import test_clock_properties
from . import test_department
from . import test_identity
from . import test_identity_card
from . import test_membership
from . import test_pdf
from . import test_readers
from . import test_person
from . import test_planning
from . import test_procedure_version
from . import test_uninstall
from . import test_vn_format
from . import test_plan
