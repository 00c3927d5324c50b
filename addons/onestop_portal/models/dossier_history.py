# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import models

# Acts inside an agency, which say nothing to a citizen.
INTERNAL_ACTS = frozenset(
    "create assign release recall move_paper consult answer_consultation spawn "
    "pass_on".split()
)
# Milestones of a dossier, in their order.
MILESTONES = ("submitted", "received", "processing", "approving", "ready", "returned")
ENDED = ("refused", "stopped")
WAITING = ("supplement", "payment", "suspended", "withdrawing")


class OnestopDossier(models.Model):
    """Steps and history of a dossier, as a citizen may read them."""

    _inherit = "onestop.dossier"

    def _portal_steps(self):
        """The line of milestones: done, now and next, with dates.

        :return: list of dictionaries: key, label, status ("done", "now", "next",
            "ended"), at (local time in words, or False), note.
        """
        self.ensure_one()
        # sudo: onestop.dossier - only milestones and instants are taken from events
        dossier = self.sudo()
        done = dossier._portal_milestones()
        labels = self._portal_milestone_labels()
        steps = []
        running = True
        for key in dossier._portal_milestones_ahead(done):
            status = "done" if key in done else "now" if running else "next"
            running = running and status == "done"
            if status != "done" and dossier.state in ENDED:
                break
            note = ""
            if status == "now" and dossier.state in WAITING:
                note = self._portal_state_label()
            steps.append(
                {
                    "key": key,
                    "label": labels[key],
                    "status": status,
                    "at": self._portal_time(done.get(key)),
                    "note": note,
                }
            )
        if dossier.state in ENDED:
            last = dossier.event_ids.sorted("sequence")[-1:]
            steps.append(
                {
                    "key": dossier.state,
                    "label": self._portal_state_label(),
                    "status": "ended",
                    "at": self._portal_time(last.occurred_at),
                    "note": "",
                }
            )
        return steps

    def _portal_milestone_labels(self):
        return {
            "submitted": self.env._("Handing in"),
            "received": self.env._("Reception"),
            "processing": self.env._("Examination"),
            "approving": self.env._("Decision"),
            "ready": self.env._("Result"),
            "returned": self.env._("Hand-over"),
        }

    def _portal_milestones(self):
        """Instant of each milestone reached and not undone since."""
        reached_by = {
            "submit": "submitted",
            "receive": "received",
            "approve": "approving",
            "reject": "approving",
            "issue": "ready",
            "record_outside": "ready",
            "return": "returned",
            "collect_online": "returned",
        }
        done = {}
        for event in self.event_ids.sorted("sequence"):
            key = reached_by.get(event.kind)
            if event.kind == "forward" and event.state_to == "approving":
                key = "processing"
            if key:
                done[key] = event.occurred_at
            elif event.state_to == "processing" and event.kind in (
                "send_back",
                "revoke_decision",
            ):
                for undone in ("processing", "approving", "ready"):
                    done.pop(undone, None)
        return done

    def _portal_milestones_ahead(self, done):
        """The milestones of this dossier's own way."""
        keys = list(MILESTONES)
        if self.channel != "online" and "submitted" not in done:
            keys.remove("submitted")
        activities = set(self.case_id.step_ids.mapped("activity"))
        if activities and not activities & {"appraise", "consult"}:
            keys.remove("processing")
        # A dossier may be rejected straight from the appraisal.
        if "approving" in done and "processing" not in done and "processing" in keys:
            keys.remove("processing")
        return keys

    def _portal_timeline(self):
        """What happened, last first, as a citizen may read it.

        :return: list of dictionaries: label, at (local time in words), by_you,
            texts (list of (kind in words, text)).
        """
        self.ensure_one()
        # sudo: onestop.dossier - acts and texts for the citizen are picked here
        dossier = self.sudo()
        labels = self._portal_act_labels()
        kinds = dict(
            self.env["onestop.dossier.text"]
            ._fields["kind"]
            ._description_selection(self.env)
        )
        lines = []
        for event in dossier.event_ids.sorted("sequence", reverse=True):
            if event.kind in INTERNAL_ACTS:
                continue
            lines.append(
                {
                    "kind": event.kind,
                    "label": labels.get(event.kind, event.kind),
                    "at": self._portal_time(event.occurred_at),
                    "by_you": event.actor_id.id == self.env.uid,
                    "texts": [
                        (kinds[text.kind], text.body)
                        for text in event.text_ids.sorted("id")
                        if text.for_citizen and text.body
                    ],
                }
            )
        return lines

    def _portal_act_labels(self):
        """Acts in the words of a citizen; the rest keep the name of the ledger."""
        return dict(self.env["onestop.dossier.event"]._selection_kind()) | {
            "submit": self.env._("Handed in"),
            "receive": self.env._("Received by the Centre; the time limit began"),
            "refuse": self.env._("Not received by the Centre"),
            "forward": self.env._("Passed on to the next step"),
            "send_back": self.env._("Examined once more"),
            "request_supplement": self.env._("The Centre asked you for a supplement"),
            "request_payment": self.env._("The Centre asked you for a payment"),
            "resume": self.env._("Handling goes on"),
            "approve": self.env._("Request granted"),
            "reject": self.env._("Request not granted"),
            "issue": self.env._("Result issued"),
            "record_outside": self.env._("Result issued"),
            "return": self.env._("Result handed over"),
            "request_withdrawal": self.env._("Withdrawal asked for"),
        }
