# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from . import notice_template
from . import notice_template_keeping
from . import notice_template_version
from . import notice_queue
from . import notice
from . import notice_gateway
from . import notice_filling
from . import notice_words
from . import notice_reminding
from . import notice_sending
from . import notice_giving_up
from . import notice_preview
from . import dossier_notice
