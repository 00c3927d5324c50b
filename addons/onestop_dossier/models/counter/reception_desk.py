# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.tools import format_datetime

from odoo.addons.onestop_procedure.models.membership import LEGAL_ZONE

# As many dossiers stay one key away for a correction or another print.
RECENT = 5


class OnestopReceptionDesk(models.AbstractModel):
    """What the reception desk asks of the server: one method a question.

    The desk is a screen of its own in the web client (``static/src/desk``). Nothing is
    kept here: a dossier begins when it is received or saved as a draft. Every method
    is for receivers of the Centre in which the user works; what they do is done by
    the public acts of the dossier, under the user's own rights.
    """

    _name = "onestop.reception.desk"
    _description = "Reception desk"

    @api.model
    def open_desk(self):
        """What the desk shows before anybody is served.

        :return: the Centre, the choices of the lists, :meth:`inbox`, :meth:`recent`.
        :raises AccessError: the user receives for no unit of this Centre.
        """
        centre = self._centre()
        dossiers = self.env["onestop.dossier"]

        def choices(name, model=dossiers):
            return model._fields[name]._description_selection(self.env)

        persons = self.env["onestop.person"]
        return {
            "centre": centre.name,
            # sudo: onestop.department - the name of the unit
            "unit": centre.sudo().onestop_department_id.name,
            "file_size": centre.onestop_file_size,
            "answer_hours": centre.onestop_answer_hours,
            "choices": {
                "channel": choices("channel"),
                "result_channel": choices("result_channel"),
                "notice_wish": choices("notice_wish"),
                "authorisation_kind": choices("authorisation_kind"),
                "kind": choices("kind", persons),
                "identity_kind": choices("identity_kind", persons),
                "gender": choices("gender", persons),
            },
            "inbox": self.inbox(),
            "recent": self.recent(),
        }

    @api.model
    def recent(self):
        """The last dossiers that this user received, the newest first.

        :return: list of {"id", "code", "person", "procedure", "bundle"}.
        """
        self._centre()
        received = self.env["onestop.dossier"].search(
            [("receiver_id", "=", self.env.uid), ("received_at", "!=", False)],
            order="received_at desc, id desc",
            limit=RECENT,
        )
        return [
            {
                "id": dossier.id,
                "code": dossier.code,
                "person": dossier.person_id.name,
                "procedure": dossier.procedure_id.name,
                "bundle": dossier.bundle_id.id,
            }
            for dossier in received
        ]

    @api.model
    def find_code(self, text):
        """The dossier of a scanned slip: its code, or the address in its QR code.

        :param text: what the reader sent.
        :return: id of the dossier, or False when there is none that the user sees.
        """
        code = (text or "").strip()
        if "code=" in code:
            code = code.split("code=", 1)[1].split("&", 1)[0]
        # Readers set for another keyboard send other dashes and small letters.
        code = code.replace("–", "-").replace("_", "-").upper()
        return self.env["onestop.dossier"].search([("code", "=", code)], limit=1).id

    # ------------------------------------------------------------
    # For the other methods
    # ------------------------------------------------------------

    @api.model
    def _centre(self):
        """The Centre in which the user works.

        :raises AccessError: he receives for no unit of it.
        """
        centre = self.env.company
        centre._check_receiver()
        # sudo: res.company - settings of the counter
        return centre.sudo()

    @api.model
    def _person(self, person_id):
        """The person of an id that came from the screen, as the user sees him."""
        person = self.env["onestop.person"].browse(self._id(person_id)).exists()
        person.check_access("read")
        return person

    @api.model
    def _procedure(self, procedure_id):
        procedure = self.env["onestop.procedure"].browse(self._id(procedure_id))
        procedure = procedure.exists()
        procedure.check_access("read")
        return procedure

    @api.model
    def _id(self, value):
        return value if type(value) is int else False

    @api.model
    def _when(self, moment, pattern="EEEE d/M/y HH:mm"):
        """An instant (naive UTC) in the words of the user, in the legal zone."""
        return moment and format_datetime(
            self.env, moment, tz=LEGAL_ZONE, dt_format=pattern
        )

    @api.model
    def _on(self, moment):
        return self._when(moment, "d/M/y")

    @api.model
    def _now(self):
        return fields.Datetime.now()
