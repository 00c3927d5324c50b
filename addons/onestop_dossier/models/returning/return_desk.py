# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import formatLang

# Dossiers that end without a result, or ended before all originals were given back.
GIVING = ("refused", "stopped", "returned")


class OnestopReturnDesk(models.AbstractModel):
    """What the return desk asks of the server: one method a question.

    The desk is a screen of its own in the web client (``static/src/returning``). What
    is done there is done by the public acts of the dossier, under the user's own
    rights.
    """

    _name = "onestop.return.desk"
    _description = "Return desk"

    @api.model
    def open_desk(self):
        """What the desk shows before anybody is served.

        :return: the Centre, the choices of the lists, :meth:`queue`.
        :raises AccessError: the user works at no counter of this Centre.
        """
        centre = self._centre()
        dossiers = self.env["onestop.dossier"]
        kinds = dossiers._fields["authorisation_kind"]._description_selection(self.env)
        return {
            # sudo: onestop.department - the name of the unit
            "unit": centre.sudo().onestop_department_id.name,
            "authorisation_kinds": kinds,
            "identity_needed": centre.onestop_identity_at_return,
            "queue": self.queue(),
        }

    @api.model
    def open_dossier(self, dossier_id):
        """Everything that must happen when this dossier is returned.

        :return: plain values: what is due, which originals are here, who may receive.
        """
        self._centre()
        dossier = self._dossier(dossier_id)
        act = "give_back" if dossier.state in GIVING else "return"
        here = dossier._originals_here()
        people = [("owner", dossier.person_id), ("submitter", dossier.submitter_id)]
        return {
            **self._row(dossier),
            "act": act if act in (dossier.allowed_acts or []) else "",
            "head": dossier.head_sequence,
            "department": dossier.department_id.name,
            "channel": dossier.result_channel,
            "place": dossier.paper_place_id.display_name or "",
            "people": [
                {
                    "kind": kind,
                    "name": person.name,
                    "masked": person.identity_masked or "",
                    "natural": person.kind == "citizen",
                }
                for kind, person in people
                if person
            ],
            "fees": [
                {
                    "id": fee.id,
                    "name": fee.name,
                    "text": formatLang(
                        self.env, fee.amount, currency_obj=fee.currency_id
                    ),
                }
                for fee in dossier.fee_ids
                if fee.amount and not fee.paid_at
            ],
            "originals": [
                {
                    "part": part.id,
                    "name": part.name,
                    "here": count,
                    # Without a result the citizen takes everything with him.
                    "back": count if act == "give_back" else 0,
                }
                for part, count in here.items()
                if count
            ],
            "handed_over": dossier.state == "returned",
        }

    @api.model
    def read_receiver(self, dossier_id, text):
        """Whose identity paper was scanned, or whose number was typed.

        :return: {"name", "number", "kind" (owner, submitter, authorised,
            representative), "problem": a sentence or ""}.
        """
        self._centre()
        dossier = self._dossier(dossier_id)
        try:
            # sudo: onestop.dossier - compared with the persons, nothing is shown
            receiver = dossier.sudo()._told_receiver("", text, False, {})
            dossier._check_identity_paper(receiver, False)
        except UserError as error:
            return {"name": "", "number": "", "kind": "", "problem": str(error)}
        # sudo: onestop.dossier - as above
        kind = dossier.sudo()._receiver_kind(receiver)
        name = receiver.name
        if kind in ("owner", "submitter"):
            person = dossier.person_id if kind == "owner" else dossier.submitter_id
            name = name or person.name
        return {"name": name, "number": receiver.number, "kind": kind, "problem": ""}

    @api.model
    def give(self, dossier_id, entry):
        """Collect what is due and hand over: result, originals, or both.

        :param entry: head, fee_ids, method, name, number, phone, authority, slip_lost,
            signature, originals ({"part", "count", "move"}), taken_in.
        :return: {"id", "code", "person", "returned"}.
        :raises UserError: as the acts; nothing is done then.
        """
        self._centre()
        dossier = self._dossier(dossier_id)
        if entry.get("head") is not None:
            dossier = dossier.with_context(onestop_head=entry["head"])
        told = {
            name: entry.get(name)
            for name in ("phone", "authority", "slip_lost", "signature")
        }
        receiver = (entry.get("name"), entry.get("number"))
        kind = "give_back" if dossier.state in GIVING else "return"
        if kind == "give_back":
            originals = [
                {"part": move["part"], "count": move["count"]}
                for move in entry.get("originals") or []
                if move.get("move") == "given_back"
            ]
            dossier.action_give_back(*receiver, originals, **told)
        else:
            dossier = self._collect(dossier, entry)
            dossier.action_return(
                "counter",
                *receiver,
                originals=entry.get("originals"),
                taken_in=entry.get("taken_in"),
                **told,
            )
        returned = dossier.state == "returned"
        report = self.env.ref(f"onestop_dossier.dossier_{kind}_report")
        return {
            "id": dossier.id,
            "code": dossier.code,
            "person": dossier.person_id.name,
            "print": report.report_action(dossier.ids),
            "returned": returned and not dossier._own_rating(),
        }

    @api.model
    def _collect(self, dossier, entry):
        """Collect the fees that were paid over this counter.

        :return: the dossier, whose head has moved when something was collected.
        """
        ids = set(entry.get("fee_ids") or [])
        fees = dossier.fee_ids.filtered(lambda f: f.id in ids)
        if not fees:
            return dossier
        dossier._do_collect_fees(fees, entry.get("method") or "cash")
        return dossier.with_context(onestop_head=None)

    # ------------------------------------------------------------
    # For the other methods
    # ------------------------------------------------------------

    @api.model
    def _centre(self):
        """The Centre in which the user works.

        :raises AccessError: he neither returns nor receives for a unit of it.
        """
        # sudo: onestop.membership - whether this very user has the role
        roles = self.env["onestop.membership"].sudo()
        if not roles._has_role(self.env.user, ("returner", "receiver"), self._unit()):
            raise AccessError(
                self.env._(
                    "Only who returns results at %(centre)s works at this desk.",
                    centre=self.env.company.name,
                )
            )
        # sudo: res.company - settings of the counter
        return self.env.company.sudo()

    @api.model
    def _unit(self):
        # sudo: res.company - the receiving unit of the Centre
        return self.env.company.sudo().onestop_department_id

    @api.model
    def _dossier(self, dossier_id):
        known = dossier_id if type(dossier_id) is int else False
        dossier = self.env["onestop.dossier"].browse(known).exists()
        if not dossier:
            raise UserError(self.env._("This dossier is not there any more."))
        dossier.check_access("read")
        return dossier

    @api.model
    def rating_form(self, dossier_id):
        """What the touch screen asks after the hand-over; see ``_rating_form``."""
        self._centre()
        form = self._dossier(dossier_id)._rating_form()
        # What was answered before is not for the officer's eyes.
        return {key: form[key] for key in ("open", "choices", "questions")}

    @api.model
    def rate(self, dossier_id, value, answers, comment):
        """Take the rating of who stands at the counter.

        :param value: 1 to 5; ``answers``: {id of a question: 0, 1 or 2}.
        :return: True.
        """
        self._centre()
        self._dossier(dossier_id)._rate_at_counter(value, answers, comment)
        return True
