# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from . import pdf
from . import plan_progress
from . import review
from . import catalogue_export
