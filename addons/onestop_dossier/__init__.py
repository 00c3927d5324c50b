# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from . import controllers
from . import models
from . import wizard
