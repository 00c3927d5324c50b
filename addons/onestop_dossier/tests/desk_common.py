# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import base64

from odoo.fields import Command

from .common import PDF, DossierCase

CARD = (
    "089090000777|351000777|Người Mới Bảy|05021990|Nam|Tổ 1, Mỹ Bình, Long Xuyên|"
    "05052021"
)
SCAN = base64.b64encode(PDF).decode()


class DeskCase(DossierCase):
    """The reception desk, asked as its screen asks it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.procedure = cls.make_procedure(
            "9.000003",
            cls.justice,
            fee_ids=[
                Command.create({"name": "Charge", "amount": 20000}),
                Command.create(
                    {"name": "Copy", "mode": "unknown", "collect_at": "return"}
                ),
            ],
            part_ids=[
                Command.create({"name": "Form", "originals": 1, "code": "KQ.G01"}),
                Command.create({"name": "Attachment", "copies": 1, "required": False}),
            ],
        )

    def desk(self, name="receiver", company=None):
        self.env.flush_all()
        return (
            self.env["onestop.reception.desk"]
            .with_user(self.users[name])
            .with_company(company or self.company)
        )

    def entry(self, person=None, procedure=None, **values):
        """What the screen sends when everything was ticked."""
        procedure = procedure or self.procedure
        person = person or self.citizen
        case = self.desk().open_case(procedure.id, person_id=person.id)
        for part in case["parts"]:
            part.update(received=True, finding="ok")
        return {
            "person_id": person.id,
            "procedure_id": procedure.id,
            "case_id": case["case_id"],
            "parts": case["parts"],
            "channel": "counter",
            "result_channel": "counter",
            "copies": 1,
            **values,
        }

    def received(self, **values):
        """The dossier that the desk receives."""
        answer = self.desk().receive(self.entry(**values))
        self.assertNotIn("problems", answer)
        return self.act_as(self.env["onestop.dossier"].browse(answer["id"]), "receiver")
