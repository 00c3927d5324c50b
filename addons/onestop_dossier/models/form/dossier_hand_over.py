# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from textwrap import shorten

from odoo import fields, models

from ...forms import Form

# So much of the name of a paper tells which one it is.
SHORT = 60
RESULTS = {"approved": "Đã giải quyết", "rejected": "Từ chối giải quyết"}


class OnestopDossier(models.Model):
    """The hand-overs of a dossier, and what their slips say of it."""

    _inherit = "onestop.dossier"

    hand_over_line_ids = fields.One2many(
        "onestop.hand.over.line", "dossier_id", groups="base.group_user"
    )

    def _form_table(self):
        return super()._form_table() | {
            "hand_over": Form(
                self.env._("Hand-over slip (the last one)"),
                "onestop_dossier.hand_over_report",
                lambda dossier: dossier._hand_over_to_print(),
            ),
        }

    def _hand_over_to_print(self):
        given = self.env["onestop.hand.over"].search(
            [("line_ids.dossier_id", "=", self.id), ("state", "!=", "draft")], limit=1
        )
        return given or self.env._("It is in no hand-over that you may see.")

    def _hand_over_values(self):
        """What a line of a hand-over slip says; read as the user."""
        self.ensure_one()
        self.person_id._log_reading(["street"])
        parts = self.part_ids.filtered("received")
        return {
            "code": self.code,
            "content": self.subject or self.procedure_id.name,
            "result": RESULTS.get(
                "rejected" if self.outcome == "rejected" else "approved"
            ),
            "owner": self.person_id.name,
            "address": self.person_id.street or "",
            "fee": bool(self._unpaid_fees()),
            "post": self.result_channel == "post",
            "originals": sum(part._counts()[0] for part in parts),
            "copies": sum(part._counts()[1] for part in parts),
            "parts": [shorten(part.name, SHORT, placeholder="…") for part in parts],
        }
