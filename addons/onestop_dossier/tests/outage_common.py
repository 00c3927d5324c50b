# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import base64
import hashlib
import json
import uuid
from datetime import timedelta

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils

from odoo import fields

from ..ledger.canonical import GENESIS, digest
from .desk_common import DeskCase


class OutageDesk:
    """A browser with its key, writing entries while the network fails."""

    def __init__(self):
        self.name = str(uuid.uuid4())
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.public_key = base64.b64encode(
            self.key.public_key().public_bytes(
                serialization.Encoding.DER,
                serialization.PublicFormat.SubjectPublicKeyInfo,
            )
        ).decode()
        self.previous = {}

    def sign(self, text):
        pair = utils.decode_dss_signature(
            self.key.sign(text.encode(), ec.ECDSA(hashes.SHA256()))
        )
        return base64.b64encode(b"".join(n.to_bytes(32) for n in pair)).decode()

    def compose(self, block, code, said, occurred, **more):
        """(text, signature) of an entry."""
        text = json.dumps(
            {
                "token": str(uuid.uuid4()),
                "code": code,
                "occurred": f"{occurred.isoformat()}Z",
                "skew": 0,
                "previous": self.previous.get(block, GENESIS),
                "due": None,
                "entry": said,
                **more,
            },
            ensure_ascii=False,
        )
        self.previous[block] = digest(text)
        return text, self.sign(text)


class OutageCase(DeskCase):
    """The desk without network, and what the server makes of it afterwards."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.onestop_outage_codes = 4
        cls.browser = OutageDesk()

    def prepare(self, browser=None, user="receiver", **more):
        browser = browser or self.browser
        return self.desk(user).outage_prepare(browser.name, browser.public_key, **more)

    def held(self):
        """The block that the desk holds, reserved an hour ago, and its codes."""
        row = self.prepare()["blocks"][0]
        block = self.env["onestop.code.block"].browse(row["id"])
        self.move(block, reserved_at=self.now() - timedelta(hours=1))
        return block, [code["code"] for code in row["codes"]]

    def move(self, block, **values):
        """Change what the database keeps, as time does and nobody may."""
        self.env.flush_all()
        self.env.cr.execute("ALTER TABLE onestop_code_block DISABLE TRIGGER USER")
        block.sudo().write(values)
        block.flush_recordset()
        self.env.cr.execute("ALTER TABLE onestop_code_block ENABLE TRIGGER USER")

    def said(self, person=None, procedure=None, **values):
        """What the desk holds, as its browser writes it down."""
        entry = self.entry(person=person or self.citizen, procedure=procedure)
        entry.pop("person_id")
        return {
            **entry,
            "person": {"id": (person or self.citizen).id},
            "procedure": "Procedure on the slip",
            **values,
        }

    def now(self):
        return fields.Datetime.now()

    def send(self, block, written, files=None, user="receiver"):
        text, signature = written
        return self.desk(user).outage_send(block.id, text, signature, files)

    def moment(self, number=0):
        """A moment ago; the greater the number, the later."""
        return self.now() - timedelta(seconds=20 - number)

    def entry_of(self, answer, user="receiver"):
        self.env.flush_all()
        entries = self.env["onestop.outage.entry"].with_user(self.users[user])
        return entries.browse(answer["id"])

    def kinds(self, answer):
        # sudo: the conflicts of the entry under test
        conflicts = self.entry_of(answer).sudo().conflicts or []
        return {conflict["kind"] for conflict in conflicts}

    @staticmethod
    def sha256(content):
        return hashlib.sha256(content).hexdigest()
