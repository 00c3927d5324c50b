# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from . import test_calendar
from . import test_clock_elapsed
from . import test_clock_examples
from . import test_clock_explain
from . import test_clock_holidays
from . import test_clock_properties
from . import test_pdf
from . import test_planning
from . import test_vn_format
from . import test_uninstall
