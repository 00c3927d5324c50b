# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import models


class OnestopDossier(models.Model):
    """How the result reaches the citizen, and what he thinks of it, on the portal."""

    _inherit = "onestop.dossier"

    def _portal_values(self):
        values = super()._portal_values()
        return values | {
            "early": self._portal_is_early(),
            "parcels": self._portal_parcels(),
            "given_back": self._portal_given_back(),
            "rating": self._portal_rating(),
        }

    def _portal_is_early(self):
        return self.state == "ready" and self.timeliness == "early"

    def _portal_sentence(self):
        sentence = super()._portal_sentence()
        parcels = self._portal_parcels()
        if self.state == "ready" and parcels and parcels[0]["state"] == "sent":
            return self.env._(
                "The result was sent to you by post on %(day)s.", day=parcels[0]["sent"]
            )
        if self.state == "ready" and parcels:
            return self.env._(
                "The post could not deliver the result; it came back. Call the Centre "
                "to collect it or to have it sent again."
            )
        if self._portal_is_early():
            return self.env._("Earlier than promised: %(sentence)s", sentence=sentence)
        return sentence

    def _portal_receives(self, file):
        """Whether downloading this file is the receipt of an electronic result."""
        return (
            file.kind == "result"
            and self.state == "ready"
            and self.result_channel == "electronic"
            and self.env.user.share
        )

    def _portal_parcels(self):
        """Consignments of this dossier, the last first: no address, no name."""
        # sudo: onestop.parcel - where his own result is
        parcels = self.sudo().parcel_ids.sorted("attempt", reverse=True)
        states = dict(parcels._fields["state"]._description_selection(self.env))
        return [
            {
                "state": parcel.state,
                "label": states[parcel.state],
                "carrier": parcel.carrier,
                "tracking": parcel.tracking or "",
                "sent": self._portal_time(parcel.sent_at),
                "closed": self._portal_time(parcel.closed_at),
            }
            for parcel in parcels
        ]

    def _portal_given_back(self):
        """Originals that went over the counter: (paper, count, what became of it)."""
        # sudo: onestop.dossier.original - of his own papers
        originals = self.sudo().original_ids
        moves = dict(originals._fields["move"]._description_selection(self.env))
        return [
            (original.display_name or "", original.count, moves[original.move])
            for original in originals
        ]

    def _portal_rating(self):
        form = self._rating_form()
        return {
            **form,
            "changes_until": self._portal_time(form["changes_until"]),
            "label": dict(self._rating_labels()).get(form["value"], ""),
            "url": f"/my/dossiers/{self.id}/rate",
        }

    def _portal_act_labels(self):
        return super()._portal_act_labels() | {
            "give_back": self.env._("Originals given back to you"),
            "send_parcel": self.env._("Result sent by post"),
            "record_undelivered": self.env._("The post could not deliver the result"),
            "collect_online": self.env._("Result downloaded"),
        }
