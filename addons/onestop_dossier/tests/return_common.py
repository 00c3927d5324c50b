# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import base64
import json
from io import BytesIO

from PIL import Image

from .common import PATHS, PDF
from .past import PastCase

OWNER = ("Citizen 901", "089090000901")
OTHER = ("Citizen 902", "089090000902")
CARD = "089090000901||CITIZEN 901|01011990|Nam|Long Xuyên, An Giang|05062021"


def in_base64(content):
    return base64.b64encode(content).decode()


def signature():
    """A picture of a signature as the browser sends it."""
    picture = BytesIO()
    Image.new("RGBA", (60, 20), (0, 0, 139, 90)).save(picture, "PNG")
    return f"data:image/png;base64,{in_base64(picture.getvalue())}"


def power(**values):
    """The paper by which somebody else receives."""
    file = {"name": "power.pdf", "content": in_base64(PDF)}
    return {
        "kind": "power",
        "number": "12/UQ",
        "on": "2026-01-05",
        "file": file,
        **values,
    }


class ReturnCase(PastCase):
    """Dossiers with two originals in their first part."""

    def dossier_with_originals(self, state, **values):
        dossier = self.new_dossier(**values)
        part = dossier.part_ids[0]
        part.write({"originals_given": 2})
        for step in PATHS[state]:
            getattr(self, f"do_{step}")(dossier)
        return dossier, part

    def event(self, dossier):
        return dossier.sudo().event_ids.sorted("sequence")[-1]

    def data(self, dossier):
        return json.loads(self.event(dossier).body)["data"]

    def told(self, dossier, user):
        event = self.act_as(dossier, user).event_ids.sorted("sequence")[-1]
        return {text.kind: text.body for text in event.text_ids}
