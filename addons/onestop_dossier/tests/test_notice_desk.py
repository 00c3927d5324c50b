# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo.tests import tagged

from .desk_common import DeskCase


@tagged("post_install", "-at_install")
class TestNoticeDesk(DeskCase):
    """At the desk the citizen says how he wants to be told of this dossier."""

    def test_wish(self):
        self.assertIn("notice_wish", self.desk().open_desk()["choices"])
        self.assertEqual(self.received(notice_wish="sms").notice_wish, "sms")
        self.assertFalse(
            self.received(person=self.other_citizen, notice_wish="").notice_wish
        )
