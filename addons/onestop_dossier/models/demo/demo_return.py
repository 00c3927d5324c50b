# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, models

# Somebody answers at the end; most are content.
RATINGS = (5, 5, 3, 5, 3, 5, 1)


class OnestopDemoActor(models.AbstractModel):
    """How demo results reach the citizen: at the counter, by post, electronically."""

    _inherit = "onestop.demo.actor"

    @api.model
    def _play(self, plan, procedure, person, scans):
        dossier = super()._play(plan, procedure, person, scans)
        if plan.state == "ready" and plan.result_channel == "post":
            # One on the way, so that the list of consignments has something to show.
            returner = self._user("receiver.lx" if plan.commune else "returner.centre")
            sent = dossier._occurred(plan.acts[-1][0], "demo").with_user(returner)
            self._play_send(sent)
        return dossier

    @api.model
    def _play_send(self, returner):
        fees = returner._unpaid_fees()
        if fees:
            returner._do_collect_fees(fees, "cash")
        where = returner._parcel_defaults()
        returner._do_send_parcel(**where, tracking=f"EV{returner.id:09d}VN")

    @api.model
    def _play_return(self, dossier, cast, scans):
        returner = dossier.with_user(cast["returner"])
        person = dossier.person_id
        citizen = person.partner_id.user_ids[:1]
        fees = dossier._unpaid_fees()
        if fees:
            returner._do_collect_fees(fees, "cash")
        if dossier.result_channel == "post":
            self._play_send(returner)
            proof = scans["Kết quả"]
            returner._do_record_delivery(person.name, proof=proof)
        elif dossier.result_channel == "electronic" and citizen:
            dossier.with_user(citizen)._do_collect_online()
        else:
            # Every other brought an original that he takes home.
            here = dossier._originals_here() if dossier.id % 2 else {}
            returner._do_return(
                dossier.result_channel,
                person.name,
                person.identity_number or None,
                originals=[
                    {"part": part.id, "count": count, "move": "given_back"}
                    for part, count in list(here.items())[-1:]
                    if count
                ],
            )
        if dossier.id % 3 == 0:
            answer = RATINGS[dossier.id % len(RATINGS)]
            dossier._rate("portal" if citizen else "link", answer, None, None)
