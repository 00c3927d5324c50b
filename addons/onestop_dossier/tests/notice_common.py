# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from datetime import timedelta
from unittest.mock import patch

from odoo import SUPERUSER_ID, api, fields

from odoo.addons.base.models.ir_mail_server import IrMail_Server

from .common import DossierCase


class NoticeCase(DossierCase):
    """A citizen with a mail address and a phone, a Centre that tells by mail."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write({"email": "centre@test.example", "phone": "+842963000000"})
        cls.citizen.write({"email": "citizen@test.example", "phone": "+84912345678"})
        cls.env["onestop.notice.queue"].search([]).unlink()
        cls.env["onestop.notice"].search([]).unlink()
        # By day, whenever the test runs.
        cls.company.write(
            {"onestop_notice_quiet_from": 0, "onestop_notice_quiet_to": 0}
        )

    @classmethod
    def make_gateway(cls, port, **values):
        return cls.env["onestop.notice.gateway"].create(
            {
                "name": "Test gateway",
                "company_id": cls.company.id,
                "url": f"http://127.0.0.1:{port}/send",
                "headers": "Idempotency-Key: {{ key }}\nX-Token: {{ secret }}",
                "body": '{"to": "{{ phone }}", "text": "{{ text }}"}',
                **values,
            }
        )

    def at(self, moment):
        """The clock of the outbox at ``moment`` (naive UTC)."""
        return patch.object(fields.Datetime, "now", lambda: moment)

    def fill(self):
        self.env.flush_all()
        self.env["onestop.notice"]._fill(200)
        self.start = fields.Datetime.now()
        return self.notices()

    def notices(self, **values):
        domain = [(name, "=", value) for name, value in values.items()]
        return self.env["onestop.notice"].search(
            [("company_id", "=", self.company.id), *domain], order="id"
        )

    def send(self, minutes=0):
        """Run the sender, so many minutes after the notices were made."""
        now = self.start + timedelta(minutes=minutes)
        with (
            self.enter_registry_test_mode(),
            patch.object(IrMail_Server, "_disable_send", lambda self: False),
            self.at(now),
            self.registry.cursor() as cursor,
        ):
            env = api.Environment(cursor, SUPERUSER_ID, {})
            env["onestop.notice"]._cron_send()
        self.env.invalidate_all()
