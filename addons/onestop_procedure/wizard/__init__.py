# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from . import calendar_propose
from . import calendar_propose_line
from . import catalogue_import
from . import catalogue_import_line
