# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from . import test_access
from . import test_catalogue
from . import test_dossiers
from . import test_draft
from . import test_filing
from . import test_tour
from . import test_tracking
from . import test_payment
from . import test_returning
from . import test_notices
