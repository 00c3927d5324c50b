# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from . import ledger
from . import setting
from . import catalogue
from . import file
from . import fee
from . import scan
from . import clock
from . import appraisal
from . import act
from . import screen
from . import counter
from . import outage
from . import form
from . import verify
from . import demo
from . import notice
from . import returning
from . import search

# Last: what is said of a trial stands over what is said of any dossier.
from .ledger import dossier_trial
