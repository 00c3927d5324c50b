# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import os
import re
import uuid

from odoo import api, fields, models, tools
from odoo.exceptions import UserError, ValidationError

from odoo.addons.onestop_procedure.phone import to_e164, to_local

from ...notices import gateway

SECRET_NAME = re.compile(r"[A-Z][A-Z0-9_]{0,60}")
PRESETS = {
    "sms": {
        "channel": "sms",
        "method": "POST",
        "kind": "json",
        "headers": "Authorization: Bearer {{ secret }}\nIdempotency-Key: {{ key }}",
        "body": '{"to": "{{ phone }}", "text": "{{ text }}", "id": "{{ key }}"}',
        "statuses": "200-299",
        "path": "",
        "expected": "",
        "phone_form": "e164",
    },
    # A message to a follower of the Centre's official account, by a template that
    # the provider has approved: its number is the subject of the text.
    "zalo": {
        "channel": "app",
        "url": "https://business.openapi.zalo.me/message/template",
        "method": "POST",
        "kind": "json",
        "headers": "access_token: {{ secret }}",
        "body": '{"phone": "{{ phone }}", "template_id": "{{ template }}", '
        '"template_data": {{ data }}, "tracking_id": "{{ key }}"}',
        "statuses": "200",
        "path": "error",
        "expected": "0",
        "phone_form": "84",
    },
}


class OnestopNoticeGateway(models.Model):
    """A gateway for SMS or messages over HTTP, of one Centre.

    Odoo's own ``sms`` is not used: it sends by a paid service abroad (IAP), draws a
    number of its own for each try, and knows nothing of the dossier. The secret of the
    gateway never stands in the database: only the name under which the server's
    environment or configuration holds it.
    """

    _name = "onestop.notice.gateway"
    _description = "Gateway for notices"
    _order = "company_id, channel, sequence, id"

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        string="Centre",
        required=True,
        index=True,
        ondelete="cascade",
        default=lambda self: self.env.company,
    )
    preset = fields.Selection(
        [("sms", "SMS, generic"), ("zalo", "Zalo template message")],
        store=False,
        string="Fill In From",
    )
    channel = fields.Selection(
        [("sms", "SMS"), ("app", "Messaging app")],
        string="Sends",
        required=True,
        default="sms",
    )
    url = fields.Char(
        string="Address",
        required=True,
        help="With https. Without only on this very machine.",
    )
    method = fields.Selection(
        [("POST", "POST"), ("PUT", "PUT"), ("GET", "GET")],
        string="HTTP Method",
        required=True,
        default="POST",
    )
    kind = fields.Selection(
        [("json", "JSON"), ("form", "Form")],
        string="Body In",
        required=True,
        default="json",
    )
    headers = fields.Text(string="HTTP Headers", help="One a line: Name: value.")
    body = fields.Text(
        string="HTTP Body",
        help="Placeholders: {{ phone }}, {{ text }}, {{ key }} (the same at each try), "
        "{{ secret }}, {{ template }} (the subject of the text), {{ data }} (the lines "
        "“name: value” of the text, as an object).",
    )
    phone_form = fields.Selection(
        [("e164", "+84912345678"), ("84", "84912345678"), ("local", "0912345678")],
        string="Form of Numbers",
        required=True,
        default="e164",
    )
    statuses = fields.Char(
        string="Taken When the Status Is", required=True, default="200-299"
    )
    path = fields.Char(
        string="And This Entry of the Answer",
        help="Of an answer in JSON, with dots: data.0.status. Empty: the status says "
        "it all.",
    )
    expected = fields.Char(string="Is")
    secret_name = fields.Char(
        string="Name of the Secret",
        help="The secret itself is set on the server: in the environment as "
        "ONESTOP_SECRET_<name>, or in odoo.conf as onestop_secret_<name>.",
    )
    has_secret = fields.Boolean(
        string="Secret Found on the Server", compute="_compute_has_secret"
    )
    test_phone = fields.Char(string="Try With Number", store=False)

    @api.constrains("url", "headers", "body", "statuses", "secret_name")
    def _check_request(self):
        for record in self:
            if not gateway.is_safe(record.url):
                raise ValidationError(
                    self.env._(
                        "The address begins with https:// (http:// only on this very "
                        "machine), and holds no password."
                    )
                )
            if not gateway.has_fixed_host(record.url):
                raise ValidationError(
                    self.env._(
                        "The host of the address is written out: placeholders stand "
                        "behind it."
                    )
                )
            for text in (record.url, record.headers, record.body):
                wrong = gateway.problems(text)
                if wrong:
                    raise ValidationError(
                        self.env._("“%(name)s” is no placeholder.", name=wrong[0])
                    )
            if record.secret_name and not SECRET_NAME.fullmatch(record.secret_name):
                raise ValidationError(
                    self.env._(
                        "The name of the secret is written in capitals, digits and "
                        "underscores: SMS_TOKEN. The secret itself does not stand here."
                    )
                )

    @api.depends("secret_name")
    def _compute_has_secret(self):
        for record in self:
            record.has_secret = bool(record._secret())

    @api.onchange("preset")
    def _onchange_preset(self):
        self.update(PRESETS.get(self.preset) or {})

    def _secret(self):
        """The secret, from the server's environment or configuration."""
        if not self.secret_name:
            return ""
        name = f"ONESTOP_SECRET_{self.secret_name}"
        return os.environ.get(name) or tools.config.get(name.lower()) or ""

    def _send(self, phone, text, key, template=None):
        """Send one message; see ``notices.gateway.send``.

        :param phone: in E.164.
        :param template: number of the provider's template.
        :return: the beginning of the answer.
        """
        self.ensure_one()
        forms = {"e164": phone, "84": phone.lstrip("+"), "local": to_local(phone)}
        request = gateway.Request(
            url=self.url,
            method=self.method,
            kind=self.kind,
            headers=self.headers or "",
            body=self.body or "",
            statuses=self.statuses,
            path=self.path or "",
            expected=self.expected or "",
        )
        lines = (line.partition(":") for line in (text or "").splitlines())
        return gateway.send(
            request,
            {
                "phone": forms[self.phone_form],
                "text": text or "",
                "key": key,
                "secret": self._secret(),
                "template": template or "",
                "data": {n.strip(): v.strip() for n, colon, v in lines if colon},
            },
        )

    def action_test(self):
        """Send a short text to the number given, and show the answer.

        :return: the note shown.
        :raises UserError: no number, or the gateway did not take it.
        """
        self.ensure_one()
        self.check_access("write")
        phone = to_e164(self.env.context.get("test_phone") or "")
        if not phone:
            raise UserError(self.env._("Give a Vietnamese number to try with."))
        text = self.env._("Trial message of %(centre)s", centre=self.company_id.name)
        try:
            answer = self._send(phone, text, uuid.uuid4().hex)
        except (gateway.Refused, gateway.Failed) as error:
            raise UserError(
                self.env._("The gateway did not take it: %(answer)s", answer=error)
            ) from error
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"type": "success", "sticky": True, "message": answer},
        }
