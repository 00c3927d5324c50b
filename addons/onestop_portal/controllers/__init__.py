# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from . import home
from . import catalogue
from . import filing
from . import dossiers
from . import tracking
from . import payment
from . import rating
from . import notices
