# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import fields, models

from ...forms import split_copies


class OnestopDossier(models.Model):
    """What a citizen is told in writing follows from the acts: forms 02 and 03.

    A handler's request becomes form 02 when the counter passes it on; so does what
    the counter itself asks for. A refusal becomes form 03.
    """

    _inherit = "onestop.dossier"

    guidance_ids = fields.One2many(
        "onestop.guidance",
        "dossier_id",
        string="Forms 02 and 03",
        groups="base.group_user",
    )

    def action_pass_on_print(self):
        """Record that the counter told the citizen what a handler asks for; print it.

        :return: the report action of form 02, or True where none was made.
        :raises UserError: nothing is to be passed on.
        """
        self.ensure_one()
        self.action_pass_on()
        notice = self.guidance_ids.filtered(lambda n: n.kind == "guidance").sorted("id")
        return notice[-1:].action_print() if notice else True

    def _after_act(self, act):
        result = super()._after_act(act)
        if act.source == "import":
            # What was told elsewhere has its own number there.
            return result
        if act.name == "request_supplement" and not self.relay_at:
            asked = (act.texts.get("reason"), act.texts.get("items"))
            self._tell_in_writing(act, "guidance", *asked)
        elif act.name == "pass_on":
            self._tell_in_writing(act, "guidance", *self._asked_by_handler())
        elif act.name == "refuse":
            self._tell_in_writing(act, "refusal", act.texts.get("reason"))
        return result

    def _asked_by_handler(self):
        """(reason, items) of the last request for a supplement."""
        texts = self.text_ids.filtered(
            lambda t: t.event_id.kind == "request_supplement"
        ).sorted("id")
        last = texts[-1:].event_id
        found = {t.kind: t.body for t in texts if t.event_id == last}
        return found.get("reason"), found.get("items")

    def _tell_in_writing(self, act, kind, reason, items=None):
        """Keep form 02 or 03 of an act, with what the desk entered, if it did."""
        rows = act.arguments.get("notice_items")
        if rows is None:
            rows = self._rows_asked((items or "").splitlines())
        notices = self.env["onestop.guidance"]
        notices._keep(
            kind,
            self.person_id,
            self.procedure_id,
            reason or "",
            rows,
            dossier=self,
            moment=act.now,
            advice=act.arguments.get("advice"),
            own_number=act.source != "demo",
        )

    def _rows_asked(self, names):
        """Lines of form 02 of what was asked for, with the counts of known papers."""
        known = {part.name.strip().lower(): part for part in self.part_ids}
        rows = []
        for number, name in enumerate(names):
            row = {"sequence": number, "name": name}
            part = known.get(name.strip().lower())
            if part:
                row |= {
                    "part_id": part.part_id.id,
                    "originals": part.originals,
                    "note": part.note,
                    **split_copies(part.name, part.copies),
                }
            rows.append(row)
        return rows
