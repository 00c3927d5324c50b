# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from . import dossier_bundle
from . import dossier_slip
from . import dossier_inbox
from . import guidance
from . import guidance_item
from . import reception_desk
from . import reception_desk_person
from . import reception_desk_case
from . import reception_desk_problems
from . import reception_desk_filing
from . import reception_desk_elsewhere
from . import reception_desk_notice
from . import reception_desk_inbox
