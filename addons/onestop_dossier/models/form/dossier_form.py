# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, models

from ...forms import Form, form_of


class OnestopDossier(models.Model):
    """The papers that can be printed of a dossier; others add theirs to the table."""

    _inherit = "onestop.dossier"

    @api.model
    def _form_table(self):
        """Papers of a dossier in the order of the dialog: {key: Form}.

        An inheriting file adds its own: ``return super()._form_table() | {...}``.
        """
        return {
            "slip": Form(
                self.env._("Reception slip (form 01)"),
                "onestop_dossier.dossier_slip_report",
                lambda dossier: dossier._slip_to_print(),
                states=("received",),
            ),
            "guidance": Form(
                self.env._("Request to supplement (form 02)"),
                "onestop_dossier.guidance_report",
                lambda dossier: dossier._guidance_to_print(),
                states=("supplement",),
            ),
            "refusal": Form(
                self.env._("Refusal of reception (form 03)"),
                "onestop_dossier.refusal_report",
                lambda dossier: dossier._refusal_to_print(),
                states=("refused",),
            ),
            "apology": Form(
                self.env._("Apology and new appointment (form 04)"),
                "onestop_dossier.dossier_apology_report",
                lambda dossier: dossier._letter_to_print("apology"),
            ),
            "stop": Form(
                self.env._("Stop notice (form 05 of 2025)"),
                "onestop_dossier.dossier_stop_report",
                lambda dossier: dossier._letter_to_print("stop"),
                states=("stopped",),
            ),
        }

    def _form_keys(self):
        """The papers that this user can print now of any of these dossiers.

        :return: list of {"key", "name"} in the order of the table.
        """
        return [
            {"key": key, "name": form.name}
            for key, form in self._forms_allowed().items()
            if any(not isinstance(papers, str) for papers in self._papers(form))
        ]

    @api.model
    def _forms_allowed(self):
        """The forms whose report this user may print at all."""
        mine = self.env.user.all_group_ids
        return {
            key: form
            for key, form in self._form_table().items()
            # sudo: ir.actions.report - which groups print a form
            if self.env.su
            or not (groups := self.env.ref(form.report).sudo().group_ids)
            or groups & mine
        }

    def _papers(self, form):
        """What is printed of a form, a dossier each: records, or why there is none."""
        return [form.when(dossier) for dossier in self]

    def _form_rules(self):
        """The rule set whose forms this dossier has: of its reception, or of today."""
        self.ensure_one()
        return self.rule_set or self._rule_set_on(self._legal_day(self._moment()))

    def _paper_form(self, key):
        """What the circular fixes of a form for this dossier, or None."""
        return form_of(key, self._form_rules())

    def action_open_print(self):
        """Open the dialog that prints papers of these dossiers.

        :return: the window action of the dialog.
        """
        action = self.env["ir.actions.actions"]._for_xml_id(
            "onestop_dossier.dossier_print_action"
        )
        return action | {
            "context": {"active_model": self._name, "active_ids": self.ids}
        }

    # ------------------------------------------------------------
    # What there is to print
    # ------------------------------------------------------------

    def _slip_to_print(self):
        if not self.received_at:
            return self.env._("The slip is printed when the dossier is received.")
        return self

    def _guidance_to_print(self):
        found = self.guidance_ids.filtered(lambda n: n.kind == "guidance").sorted("id")
        if found:
            return found[-1:]
        if self.relay_at:
            return self.env._("First pass the handler's request on to the citizen.")
        return self.env._("No supplement was asked for in writing.")

    def _refusal_to_print(self):
        found = self.guidance_ids.filtered(lambda n: n.kind == "refusal").sorted("id")
        return found[-1:] or self.env._("Reception was not refused.")

    def _letter_to_print(self, kind):
        """The newest letter of a kind that is signed, or why there is none."""
        if not self._paper_form(kind):
            return self.env._("The rules of this dossier have no such form.")
        letters = self.draft_ids.filtered(lambda d: d.kind == kind).sorted("id")
        signed = letters.filtered(lambda d: d.state in ("signed", "sent"))
        if signed:
            return signed[-1:]
        if letters.filtered(lambda d: d.state == "drafted"):
            return self.env._("It is drafted, but not signed yet.")
        return self.env._("There is none.")
