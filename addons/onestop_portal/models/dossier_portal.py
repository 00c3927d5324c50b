# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import formatLang

from odoo.addons.onestop_dossier.ledger.transitions import rows_for
from odoo.addons.onestop_dossier.models.file.dossier_file import QUARANTINED

# What a browser shows by itself; the rest is downloaded.
SHOWN = ("application/pdf", "image/jpeg", "image/png")


class OnestopDossier(models.Model):
    """What a citizen reads of his dossier, in plain words.

    Never the name of an officer, never a text that is not meant for him: these
    methods hand out plain values, and templates get nothing else.
    """

    _inherit = "onestop.dossier"

    @api.model
    def _portal_own_domain(self):
        """Dossiers that this user owns or handed in, also when he is of the staff."""
        partner = self.env.user.partner_id.id
        return Domain("person_id.partner_id", "=", partner) | Domain(
            "submitter_id.partner_id", "=", partner
        )

    # ------------------------------------------------------------
    # One dossier
    # ------------------------------------------------------------

    def _portal_values(self):
        """Plain values of the dossier for its page; the reader was checked."""
        self.ensure_one()
        # sudo: onestop.dossier - events and texts are picked one by one below
        dossier = self.sudo()
        return self._portal_row() | {
            "owner": dossier.person_id.name,
            "department": (
                dossier.department_id or dossier.procedure_id.department_id
            ).name,
            "centre": dossier.company_id.name,
            "case": dossier.case_id.name or "",
            "subject": dossier.subject or "",
            "sentence": self._portal_sentence(),
            "steps": self._portal_steps(),
            "timeline": self._portal_timeline(),
            "action": self._portal_action(),
            "files": self._portal_files(),
            "fees": dossier._portal_fees(),
            "can_withdraw": dossier._portal_can_withdraw(),
        }

    def _portal_row(self):
        """Plain values of the dossier in the list."""
        self.ensure_one()
        return {
            "id": self.id,
            "code": self.code or "",
            "procedure": self.procedure_id.name,
            "state": self.state,
            "state_label": self._portal_state_label(),
            "tone": self._portal_tone(),
            "is_late": self.is_late,
            "submitted": self._portal_time(self.submitted_at or self.received_at),
            "due": self._portal_time(self.due_at),
            "appointment": self._portal_time(self.appointment_at),
            "url": f"/my/dossiers/{self.id}",
        }

    def _portal_state_label(self):
        states = dict(self._fields["state"]._description_selection(self.env))
        return states[self.state]

    def _portal_tone(self):
        """Colour of the state; it is always said in words beside."""
        if self.state in ("supplement", "payment"):
            return "warning"
        if self.state in ("refused", "stopped", "rejected"):
            return "danger"
        if self.state in ("ready", "returned") and self.outcome != "rejected":
            return "success"
        return "info"

    # ------------------------------------------------------------
    # The sentence on top, and the button that helps
    # ------------------------------------------------------------

    def _portal_sentence(self):
        """Where the dossier is, in one sentence."""
        self.ensure_one()
        # sudo: onestop.dossier - only the agency's name and a count are taken
        dossier = self.sudo()
        if self.state == "supplement":
            return self._portal_supplement_sentence()
        agency = (dossier.department_id or dossier.procedure_id.department_id).name
        sentences = self._portal_sentences(agency)
        key = self.state
        if key == "stopped" and self.outcome == "withdrawn":
            key = "withdrawn"
        if key in ("ready", "returned") and self.outcome == "rejected":
            key = f"{key}_rejected"
        elif key == "ready":
            key = f"ready_{self.result_channel}"
        return sentences[key]

    def _portal_sentences(self, agency):
        env = self.env
        return {
            "draft": env._("This dossier has not been handed in yet."),
            "submitted": env._(
                "Your dossier has arrived. The Centre checks it and answers within 8 "
                "working hours."
            ),
            "refused": env._(
                "The Centre could not receive the dossier. The reason is in the "
                "history below."
            ),
            "received": env._(
                "The Centre has received your dossier and passes it on to %(agency)s.",
                agency=agency,
            ),
            "processing": env._("%(agency)s is examining your dossier.", agency=agency),
            "payment": env._(
                "Your dossier is waiting for a payment of yours. What is to be paid is "
                "in the history below."
            ),
            "suspended": env._(
                "The handling is suspended. Reason and legal basis are in the history "
                "below."
            ),
            "approving": env._(
                "Your dossier has been examined and is waiting for the decision."
            ),
            "approved": env._("Your request is granted. The result is being issued."),
            "rejected": env._(
                "Your request could not be granted. The written answer with the "
                "reasons is being issued."
            ),
            "ready_counter": env._(
                "The result is ready. Collect it at the Centre with the slip and your "
                "identity paper."
            ),
            "ready_post": env._("The result is ready and will be sent to you by post."),
            "ready_electronic": env._("The result is ready. You can download it here."),
            "ready_rejected": env._(
                "The written answer to your request is ready. You can read it below or "
                "collect it at the Centre."
            ),
            "returned": env._("The result was handed over. The dossier is finished."),
            "returned_rejected": env._(
                "The written answer was handed over. The dossier is finished."
            ),
            "withdrawing": env._(
                "You asked to withdraw the dossier. The Centre will answer you."
            ),
            "withdrawn": env._("The dossier was withdrawn at your request."),
            "stopped": env._(
                "The handling was stopped. Reason and legal basis are in the history "
                "below."
            ),
        }

    def _portal_supplement_sentence(self):
        wanted = self._portal_wanted()
        if wanted:
            return self.env._(
                "Your dossier is waiting for you to supplement papers (%(count)s). The "
                "time limit stands still until then.",
                count=len(wanted),
            )
        return self.env._(
            "Your dossier is waiting for you to supplement it. What is missing is in "
            "the history below. The time limit stands still until then."
        )

    def _portal_wanted(self):
        """What the running request for supplement asks for, line by line."""
        # sudo: onestop.dossier.text - texts meant for the citizen
        texts = self.sudo().text_ids.filtered(
            lambda t: (
                t.for_citizen
                and t.kind == "items"
                and t.event_id.kind == "request_supplement"
            )
        )
        latest = texts.sorted("id")[-1:]
        # sudo: onestop.dossier.event - which request is the running one
        asked = self.sudo().event_ids.filtered(lambda e: e.kind == "request_supplement")
        if latest.event_id != asked.sorted("sequence")[-1:]:
            return []
        return [line for line in (latest.body or "").splitlines() if line.strip()]

    def _portal_action(self):
        """The one button that helps now: label and address, or None."""
        self.ensure_one()
        url = f"/my/dossiers/{self.id}"
        if self.state == "supplement":
            return {"label": self.env._("Add papers"), "url": f"{url}/supplement"}
        result = self._portal_readable_files().filtered(lambda f: f.kind == "result")
        result = result[-1:]
        if result and self.state in ("ready", "returned"):
            return {
                "label": self.env._("Download the result"),
                "url": f"{url}/files/{result.id}",
            }
        if self.state == "refused":
            return {
                "label": self.env._("File again"),
                "url": f"/procedures/{self.procedure_id.code}",
            }
        return None

    def _portal_can_withdraw(self):
        return bool(rows_for("request_withdrawal", self.state) and not self.finished_at)

    # ------------------------------------------------------------
    # Files and fees
    # ------------------------------------------------------------

    def _portal_files(self):
        """The files that the rules show to this reader."""
        self.ensure_one()
        return [
            {
                "id": file.id,
                "name": file.name,
                "part": file.dossier_part_id.name or "",
                "kind": file.kind,
                "size": self._portal_size(file.size),
                "url": f"/my/dossiers/{self.id}/files/{file.id}",
                "view": file.mimetype in SHOWN and file.scan_state not in QUARANTINED,
                "scan_state": file.scan_state,
                "replaced": not file.is_current,
                # sudo: onestop.dossier.file - whether, not from where
                "reused": bool(file.sudo().reused_from_id),
            }
            for file in self._portal_readable_files()
        ]

    def _portal_readable_files(self):
        """Files under the reader's rules: searched, for a cache may know of more."""
        return self.env["onestop.dossier.file"].search(
            [("dossier_id", "=", self.id)], order="id"
        )

    def _portal_fees(self):
        return [
            {
                "name": fee.name,
                "amount": formatLang(
                    self.env, fee.amount, currency_obj=fee.currency_id
                ),
                "paid": self._portal_time(fee.paid_at),
            }
            for fee in self.fee_ids
            if fee.amount
        ]

    # ------------------------------------------------------------
    # Tools
    # ------------------------------------------------------------

    def _portal_time(self, moment):
        """An instant in the Centre's time zone, as people read it; False for none."""
        # sudo: res.company - the time zone of the Centre's opening hours
        return self.company_id.sudo()._onestop_time(moment)

    @api.model
    def _portal_size(self, size):
        """A size in bytes as people read it."""
        if size >= 1024 * 1024:
            return f"{size / 1024 / 1024:.1f} MB"
        return f"{max(size // 1024, 1)} KB"
