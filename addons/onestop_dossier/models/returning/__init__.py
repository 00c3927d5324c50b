# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from . import dossier_original
from . import dossier_receiver
from . import dossier_return
from . import dossier_give_back
from . import dossier_handed_over
from . import return_desk
from . import return_desk_find
from . import parcel
from . import parcel_list
from . import dossier_parcel
from . import dossier_parcel_rules
from . import rating_question
from . import rating
from . import rating_answer
from . import dossier_rating
from . import notice_template
from . import dossier_early
from . import dossier_collect_online
