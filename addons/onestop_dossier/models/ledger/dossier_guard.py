# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import hashlib

from odoo import api, models
from odoo.exceptions import UserError

from ...ledger.canonical import canonical


class OnestopDossier(models.Model):
    """The guards of the table: each refuses with a sentence a clerk understands.

    A guard named ``x`` in the table is the method ``_guard_x``. It gets the act under
    way, looks, and raises; it changes nothing but what the act records.
    """

    _inherit = "onestop.dossier"

    def _pass_guards(self, act):
        """Run the guards of the row."""
        for guard in act.row.guards:
            getattr(self, f"_guard_{guard}")(act)

    # ------------------------------------------------------------
    # What was said
    # ------------------------------------------------------------

    def _guard_reason(self, act):
        if not (act.texts.get("reason") or "").strip():
            raise UserError(
                self.env._("Give the reason; the citizen will read it in the notice.")
            )

    def _guard_legal_basis(self, act):
        if not (act.texts.get("legal_basis") or "").strip():
            raise UserError(
                self.env._("Name the legal basis: the article, and of which law.")
            )

    # ------------------------------------------------------------
    # Reception
    # ------------------------------------------------------------

    def _guard_complete(self, act):
        if not self.case_id:
            raise UserError(self.env._("Choose the case of the procedure first."))
        if act.name == "submit" and self.channel == "online":
            missing = self.part_ids.filtered(lambda p: p.required and not p.file_ids)
        elif act.name == "receive":
            missing = self.part_ids.filtered(
                lambda p: (
                    p.finding in ("missing", "wrong")
                    or (p.required and not p.received and not p.file_ids)
                )
            )
        else:
            return
        if missing:
            raise UserError(
                self.env._(
                    "These parts are missing or not in order:\n%(parts)s",
                    parts="\n".join(f"• {part.name}" for part in missing),
                )
            )

    def _guard_version(self, act):
        day = self._legal_day(act.now)
        version = self.procedure_id._versions_at(day).get(self.procedure_id.id)
        if not version or self.procedure_id.state != "published":
            raise UserError(
                self.env._(
                    "The procedure %(code)s is not in force on this day. Choose the "
                    "one that took its place.",
                    code=self.procedure_id.code,
                )
            )
        if self.case_id.version_id != version:
            raise UserError(
                self.env._(
                    "The procedure has a new version since this dossier was drafted. "
                    "Choose the case again."
                )
            )

    def _guard_not_received(self, act):
        if self.received_at:
            raise UserError(
                self.env._(
                    "The dossier was received. It can no longer be refused; stop or "
                    "reject it with a signed notice."
                )
            )

    def _guard_was_received(self, act):
        if not self.received_at:
            raise UserError(
                self.env._("The dossier was not received yet: refuse it instead.")
            )

    def _guard_not_finished(self, act):
        if self.finished_at:
            raise UserError(
                self.env._("The result is ready; it can no longer be withdrawn.")
            )

    # ------------------------------------------------------------
    # Handling
    # ------------------------------------------------------------

    def _guard_next_appraises(self, act):
        if self._state_of_next_step(act) != "processing":
            raise UserError(
                self.env._("No appraisal step is left: it is approved next.")
            )

    def _guard_next_approves(self, act):
        if self._state_of_next_step(act) != "approving":
            raise UserError(self.env._("An appraisal step is still to be done."))

    def _guard_appraised(self, act):
        if not (act.texts.get("note") or "").strip():
            raise UserError(
                self.env._(
                    "Write what the appraisal found; whoever approves will read it."
                )
            )

    def _guard_step_before(self, act):
        if not self._step_before(act.history):
            raise UserError(self.env._("There is no earlier step to send it back to."))

    def _guard_holder(self, act):
        self._check_holder(act.arguments["holder"])

    def _check_holder(self, holder):
        """Refuse a holder without a role for the step in the agency that has it."""
        # sudo: onestop.membership - whether the chosen user has the role
        memberships = self.env["onestop.membership"].sudo()
        if not memberships._has_role(holder, self._roles_of_step(), self._charge()):
            raise UserError(
                self.env._(
                    "%(user)s has no role for this step in %(agency)s.",
                    user=holder.name,
                    agency=self._charge().name,
                )
            )

    # ------------------------------------------------------------
    # Decision and return
    # ------------------------------------------------------------

    def _guard_authority(self, act):
        """No decision without a legal ground at this second.

        Upper rooms extend :meth:`_authority_ground`; here only the head of the
        competent agency decides.
        """
        ground = self._ground_of(act)
        appraisers = {
            event["actor"]
            for event in act.history
            if event["kind"] == "forward" and event["from"] == "processing"
        }
        if self.env.uid in appraisers:
            raise UserError(
                self.env._(
                    "You appraised this dossier yourself; somebody else has to decide."
                )
            )
        act.data["ground"] = ground

    def _ground_of(self, act):
        """The ground of a legal act; an agency that is late apologises itself."""
        return self._authority_ground(self.env.user, act.now)

    def _authority_ground(self, user, moment):
        """On which legal ground ``user`` may decide; hook of the delegation room.

        Locks the rows relied on, so that a decision that races the end of the office
        fails.

        :param moment: naive UTC instant of the act, never taken from the caller.
        :return: plain values for the event: the kind of ground and its ids.
        :raises UserError: there is none.
        """
        return self._office_ground(user, self.department_id)

    def _office_ground(self, user, department):
        """The ground of the head of ``department``.

        :raises UserError: the user is not its head today.
        """
        # sudo: onestop.membership - whether this very user holds the office
        memberships = self.env["onestop.membership"].sudo()
        if memberships._has_role(user, ("head",), department, lock=True):
            return {"kind": "office", "department": department.id}
        raise UserError(
            self.env._(
                "Only the head of %(agency)s may decide on this dossier today; no "
                "delegation to you is on record.",
                agency=department.name,
            )
        )

    def _guard_seen(self, act):
        if act.arguments.get("seen") != self.approval_digest:
            raise UserError(
                self.env._(
                    "The appraisal or the draft result has changed since you looked at "
                    "it. Read it again, then decide."
                )
            )
        act.data["seen"] = act.arguments["seen"]

    def _guard_result_file(self, act):
        result = self._result_file(act.history)
        if not result:
            raise UserError(
                self.env._("Attach the signed result first: it is what is issued.")
            )
        act.data["result"] = {"file": result.id, "sha256": result.sha256}

    def _guard_fees_paid(self, act):
        unpaid = self._unpaid_fees()
        if unpaid:
            raise UserError(
                self.env._(
                    "Collect first: %(fees)s.", fees=", ".join(unpaid.mapped("name"))
                )
            )

    @api.model
    def _digest_of(self, shown):
        """SHA-256 of what was shown, in canonical form."""
        return hashlib.sha256(canonical(shown).encode()).hexdigest()
