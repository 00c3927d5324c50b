# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from . import demo
from . import demo_actor
from . import demo_money
from . import demo_bank
from . import demo_return
from . import demo_notice
from . import demo_hand_over
