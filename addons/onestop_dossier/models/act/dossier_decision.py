# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.base.models.res_users import check_identity


class OnestopDossier(models.Model):
    """Decisions: approve, reject, stop, revoke. Legal acts behind an identity check.

    Each public act is a shell whose only statement calls its ``_do_``; upper rooms
    override ``_do_`` or the hooks, never the shell, for an undecorated override would
    take effect while the identity dialog is still shown.
    """

    _inherit = "onestop.dossier"

    appraisal = fields.Text(
        compute="_compute_appraisal",
        groups="base.group_user",
        help="What the appraisal found, as written when it was forwarded.",
    )
    approval_digest = fields.Char(
        compute="_compute_approval_digest",
        groups="base.group_user",
        help="Hash of the appraisal sheet and the draft result as shown. Whoever "
        "approves hands it back, so that nobody approves what he did not see.",
    )

    @api.depends("event_ids", "text_ids.body")
    def _compute_appraisal(self):
        for dossier in self:
            notes = dossier.text_ids.filtered(
                lambda t: t.kind == "note" and t.event_id.kind == "forward"
            )
            dossier.appraisal = notes.sorted("id")[-1:].body

    @api.depends(
        "part_ids.finding",
        "part_ids.note",
        "file_ids",
        "text_ids.body",
        "sheet_ids.state",
        "sheet_ids.summary",
        "sheet_ids.proposal",
        "sheet_ids.finding_ids.result",
        "sheet_ids.finding_ids.remark",
        "visit_ids.state",
    )
    def _compute_approval_digest(self):
        for dossier in self:
            # Built from what the screen shows, in a fixed order.
            shown = {
                "dossier": dossier.id,
                "case": dossier.case_id.id,
                "person": dossier.person_id.id,
                "appraisal": dossier.appraisal or "",
                "parts": [
                    [part.id, part.finding or "", part.note or ""]
                    for part in dossier.part_ids.sorted("id")
                ],
                "files": [
                    [file.id, file.sha256]
                    for file in dossier.file_ids.sorted("id")
                    if file.kind != "submitted"
                ],
                "sheet": dossier.sheet_id._shown() if dossier.sheet_id else None,
                "visits": [
                    [visit.id, visit.salted_hash]
                    for visit in dossier.visit_ids.sorted("id")
                    if visit.state == "done"
                ],
            }
            dossier.approval_digest = self._digest_of(shown)

    # ------------------------------------------------------------
    # Legal acts
    # ------------------------------------------------------------

    @check_identity
    def action_approve(self, note=None, seen=None):
        """Approve: grant what is asked for.

        :param note: remark of whoever approves, kept inside.
        :param seen: ``approval_digest`` of what was shown.
        :return: True.
        :raises UserError: no legal ground now, own appraisal, or changed since shown.
        """
        return self._do_approve(note=note, seen=seen)

    @check_identity
    def action_reject(self, reason, seen=None):
        """Reject with a reasoned written refusal, signed by whoever may approve.

        :param reason: text for the citizen.
        :param seen: ``approval_digest`` of what was shown.
        :return: True.
        :raises UserError: as for approving.
        """
        return self._do_reject(reason, seen=seen)

    @check_identity
    def action_stop(self, reason, legal_basis):
        """Stop the handling with a signed notice (form 05 of 2025; status 8).

        :param reason: text for the citizen.
        :param legal_basis: article and law.
        :return: True.
        :raises UserError: no legal ground, or not received yet.
        """
        return self._do_stop(reason, legal_basis)

    @check_identity
    def action_revoke_decision(self, reason):
        """Revoke the decision; the work goes on, or the result will be replaced.

        :param reason: why, for the citizen too.
        :return: True.
        """
        return self._do_revoke_decision(reason)

    # ------------------------------------------------------------
    # What the acts do
    # ------------------------------------------------------------

    def _do_approve(self, note=None, seen=None):
        self._apply(
            "approve",
            texts={"note": note},
            values=lambda act: self._decided("granted"),
            seen=seen,
        )
        return True

    def _do_reject(self, reason, seen=None):
        self._apply(
            "reject",
            texts={"reason": reason},
            values=lambda act: self._decided("rejected"),
            seen=seen,
            for_citizen=True,
        )
        return True

    def _do_stop(self, reason, legal_basis):
        self._apply(
            "stop",
            texts={"reason": reason, "legal_basis": legal_basis},
            values={"outcome": "stopped", "step_id": False, "user_id": False},
            for_citizen=True,
        )
        return True

    def _do_revoke_decision(self, reason):
        self.ensure_one()
        self.check_access("read")
        # sudo: onestop.dossier - to read the process; _apply checks who acts
        dossier = self.sudo()
        values = {}
        if dossier.state != "returned":
            steps = dossier.case_id.step_ids
            appraisal = steps.filtered(lambda s: s.activity == "appraise")
            values = {
                "outcome": False,
                "step_id": appraisal[-1:].id,
                "user_id": False,
            }
        self._apply(
            "revoke_decision",
            texts={"reason": reason},
            values=values,
            for_citizen=True,
        )
        return True

    def _decided(self, outcome):
        # sudo: onestop.dossier - to read the process; the guards have passed
        step = self.sudo()._first_step_for("approved")
        return {"outcome": outcome, "step_id": step.id, "user_id": False}

    def _attach(self, name, content, kind):
        """Attach a sheet, a draft or the result; for the agency that has the dossier.

        :param content: bytes of the file.
        :param kind: "sheet", "draft" or "result".
        :raises UserError: not at this stage, or not for this user.
        """
        self.ensure_one()
        self.check_access("read")
        # sudo: onestop.dossier - stage and agency; the role is checked right here
        dossier = self.sudo()
        stages = {
            "sheet": ("processing", "approving"),
            "draft": ("processing", "approving"),
            "result": ("approved", "rejected", "returned"),
        }
        # sudo: onestop.membership - whether this very user has a role
        memberships = self.env["onestop.membership"].sudo()
        roles = ("appraiser", "records", "returner", "head", "deputy", "approver")
        agencies = (
            dossier._charge() | dossier.department_id | (dossier.support_department_id)
        )
        if dossier.state not in stages[kind]:
            raise UserError(
                self.env._("A file of this kind cannot be attached at this stage.")
            )
        if not memberships._has_role(self.env.user, roles, agencies):
            raise UserError(self.env._("You have no role for this dossier."))
        if dossier.state == "returned" and not dossier._is_revoked():
            raise UserError(
                self.env._(
                    "The result was returned. It is replaced only after its decision "
                    "was revoked."
                )
            )
        dossier._touch()
        return self.env["onestop.dossier.file"]._store(
            dossier, name, content, kind=kind
        )

    def _is_revoked(self):
        """Whether the decision was revoked after the result was returned."""
        kinds = [event["kind"] for event in self._history()]
        last = [kind for kind in kinds if kind in ("return", "revoke_decision")]
        return last[-1:] == ["revoke_decision"]

    def _touch(self):
        """Make an act fail, and try again, that was looking at this dossier meanwhile.

        What is approved is what was seen: a file or finding that comes while somebody
        decides must not slip in between.
        """
        self.env.cr.execute(
            "UPDATE onestop_dossier SET write_date = now() AT TIME ZONE 'UTC' "
            "WHERE id = ANY(%s)",
            [self.ids],
        )
