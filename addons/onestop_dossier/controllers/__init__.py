# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from . import register
from . import folder
