# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tools.misc import clean_context

from ...ledger.canonical import salted
from ...ledger.conditions import split_conditions

# Acts by which the running step hands the dossier on; its sheet is then final.
HANDS_ON = ("forward", "send_back", "transfer")
# After these an earlier appraisal does not count any more.
APPRAISED_ANEW = ("send_back", "revoke_decision", "transfer")


class OnestopDossier(models.Model):
    """Appraisal: who appraises now, the sheet being filled in, the one that counts."""

    _inherit = "onestop.dossier"

    sheet_ids = fields.One2many(
        "onestop.dossier.sheet",
        "dossier_id",
        string="Appraisal Sheets",
        groups="base.group_user",
    )
    visit_ids = fields.One2many(
        "onestop.dossier.visit",
        "dossier_id",
        string="Field Verifications",
        groups="base.group_user",
    )
    sheet_id = fields.Many2one(
        "onestop.dossier.sheet",
        string="Appraisal Sheet",
        compute="_compute_sheet_id",
        search="_search_sheet_id",
        groups="base.group_user",
        help="The newest version of the appraisal sheet.",
    )
    sheet_state = fields.Selection(
        related="sheet_id.state", related_sudo=False, string="State of the Sheet"
    )
    sheet_proposal = fields.Selection(
        related="sheet_id.proposal", related_sudo=False, string="Proposal"
    )
    sheet_summary = fields.Text(
        related="sheet_id.summary", related_sudo=False, string="Summary"
    )
    sheet_finding_ids = fields.One2many(
        related="sheet_id.finding_ids", related_sudo=False, string="Conditions"
    )

    @api.depends("sheet_ids.number")
    def _compute_sheet_id(self):
        for dossier in self:
            dossier.sheet_id = dossier.sheet_ids.sorted("number")[-1:]

    def _search_sheet_id(self, operator, value):
        return [("sheet_ids", operator, value)]

    # ------------------------------------------------------------
    # Who appraises
    # ------------------------------------------------------------

    def _appraises_now(self):
        """Whether this user is an appraiser of the agency that has the dossier."""
        self.ensure_one()
        # sudo: onestop.dossier - which agency has it
        dossier = self.sudo()
        if dossier.is_trial:
            return dossier._may_try()
        # sudo: onestop.membership - whether this very user has the role
        memberships = self.env["onestop.membership"].sudo()
        return memberships._has_role(self.env.user, ("appraiser",), dossier._charge())

    def _check_appraises(self, states=("processing",)):
        """Only the appraiser of the running step, and only while it runs.

        :raises UserError: the dossier is in another state.
        :raises AccessError: this user has no role for it.
        """
        self.ensure_one()
        self.check_access("read")
        # sudo: onestop.dossier - its state
        if self.sudo().state not in states:
            raise UserError(
                self.env._("This is written while the dossier is being appraised.")
            )
        if not self._appraises_now():
            raise AccessError(
                self.env._(
                    "Only an appraiser of the agency that has dossier %(code)s now "
                    "writes this.",
                    code=self.code or self.env._("(no code yet)"),
                )
            )

    # ------------------------------------------------------------
    # The sheet
    # ------------------------------------------------------------

    def action_open_sheet(self):
        """Open the appraisal sheet; begin one when none is being filled in.

        A later version begins with the findings of the one before.

        :return: the window action of the sheet.
        :raises UserError: the dossier is not being appraised and has no sheet.
        :raises AccessError: a sheet has to be begun by an appraiser of the agency.
        """
        self.ensure_one()
        self.check_access("read")
        sheet = self.sheet_id
        begins = sheet.state != "draft" and self.state == "processing"
        if not sheet or (begins and self._appraises_now()):
            sheet = self._begin_sheet()
        elif sheet.state == "draft" and self.state == "processing":
            self._follow_correction(sheet)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Appraisal sheet"),
            "res_model": "onestop.dossier.sheet",
            "res_id": sheet.id,
            "views": [(False, "form")],
        }

    def action_plan_visit(self):
        """Open the form of a new field verification.

        :return: the window action of the form.
        """
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Field verification"),
            "res_model": "onestop.dossier.visit",
            "views": [(False, "form")],
            "context": {"default_dossier_id": self.id},
        }

    def _begin_sheet(self):
        self._check_appraises()
        plain = self.with_env(self.env(context=clean_context(self.env.context)))
        # sudo: onestop.dossier - the role was asked above; sheets are begun only here
        dossier = plain.sudo()
        dossier._touch()
        last = dossier.sheet_id
        sheet = dossier.env["onestop.dossier.sheet"].create(
            {
                "dossier_id": dossier.id,
                "number": last.number + 1,
                "version_id": dossier.case_id.version_id.id,
                "step_id": dossier.step_id.id,
                "proposal": last.proposal,
                "summary": last.summary,
                "finding_ids": dossier._finding_commands(last),
            }
        )
        dossier.invalidate_recordset(["sheet_id"], flush=False)
        return sheet.sudo(False)

    def _finding_commands(self, last):
        """Rows for the conditions, with what was found of the same one before."""
        before = {f.condition: f for f in last.finding_ids}
        known = before.get
        none = last.finding_ids.browse()
        return [
            Command.create(
                {
                    "sequence": 10 * number,
                    "condition": condition,
                    "result": known(condition, none).result,
                    "remark": known(condition, none).remark,
                }
            )
            for number, condition in enumerate(self._conditions(), 1)
        ]

    def _follow_correction(self, sheet):
        """The conditions of a procedure that was corrected meanwhile."""
        # sudo: onestop.dossier.sheet - the conditions follow from the procedure
        sheet = sheet.sudo()
        if sheet.version_id == sheet.dossier_id.case_id.version_id:
            return
        self._check_appraises()
        dossier = sheet.dossier_id
        commands = dossier._finding_commands(sheet)
        sheet.write(
            {
                "version_id": dossier.case_id.version_id.id,
                "finding_ids": [Command.clear(), *commands],
            }
        )

    def _conditions(self):
        """The conditions of the procedure's version, one by one."""
        # sudo: onestop.procedure.version - public content of the procedure
        return split_conditions(self.sudo().case_id.version_id.conditions)

    def _sheet_that_counts(self, history):
        """The sheet of this round of appraisal: what an earlier one found is past."""
        sheet = self.sheet_ids.sorted("number")[-1:]
        if sheet.state == "draft":
            return sheet
        last = [e["sequence"] for e in history if e["kind"] in APPRAISED_ANEW][-1:]
        if last and sheet.event_id.sequence <= last[0]:
            return sheet.browse()
        return sheet

    def _guard_appraised(self, act):
        sheet = self._sheet_that_counts(act.history)
        if act.row.target == "approving":
            if sheet:
                sheet._check_complete()
            elif self._conditions():
                raise UserError(
                    self.env._(
                        "This procedure has conditions. Open the appraisal sheet and "
                        "enter a finding for each of them first."
                    )
                )
        return None if sheet.proposal else super()._guard_appraised(act)

    def _record_act(self, act):
        if act.name not in HANDS_ON or self.state != "processing":
            return super()._record_act(act)
        sheet = self.sheet_ids.filtered(lambda s: s.state == "draft")
        visits = self.visit_ids.filtered(lambda v: v.state == "done")
        if visits:
            act.data["visits"] = [
                {"id": visit.id, "hash": visit.salted_hash}
                for visit in visits.sorted("id")
            ]
        if not sheet:
            return super()._record_act(act)
        # What was typed has to be stored before the sheet is closed.
        sheet.finding_ids.flush_recordset()
        salt, salted_hash = salted(sheet._sealed_text())
        act.data["sheet"] = {"id": sheet.id, "hash": salted_hash}
        values = {
            "state": "final",
            "salt": salt,
            "step_id": self.step_id.id,
            "user_id": self.env.uid,
            "department_id": act.department.id,
            "sealed_at": act.now,
        }
        event_id = super()._record_act(act)
        sheet.write(values | {"event_id": event_id})
        return event_id
