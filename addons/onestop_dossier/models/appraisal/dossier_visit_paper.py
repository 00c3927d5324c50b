# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class OnestopDossierVisit(models.Model):
    """Photos, the signed record, and the record on paper."""

    _inherit = "onestop.dossier.visit"

    # ------------------------------------------------------------
    # Files and paper
    # ------------------------------------------------------------

    def action_open_attach(self):
        """Open the dialog that attaches a photo or the signed record.

        :return: the window action of the dialog.
        """
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Attach a file"),
            "res_model": "onestop.dossier.visit.attach",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_visit_id": self.id, "dialog_size": "medium"},
        }

    def _attach(self, name, content):
        """Attach a photo or the signed record to a visit, done or not.

        :param content: bytes of the file.
        :raises UserError: the dossier is not in work any more, or a bad file.
        :raises AccessError: no appraiser of the agency that has the dossier.
        """
        self.ensure_one()
        self.check_access("read")
        self._check_recording()
        # sudo: onestop.dossier - the role was asked above
        dossier = self.dossier_id.sudo()
        return self.env["onestop.dossier.file"]._store(
            dossier, name, content, kind="visit", visit=self
        )

    def action_print(self):
        """Print the record, to be signed or as signed.

        :return: the report action.
        """
        self.ensure_one()
        return self.env.ref("onestop_dossier.dossier_visit_report").report_action(
            self.ids
        )

    def _paper_values(self):
        """What the printed record says besides its own fields."""
        self.ensure_one()
        dossier = self.dossier_id
        # sudo: onestop.department, res.users - names of agency and members
        return {
            "dossier": dossier,
            "agency": self.department_id.sudo(),
            "members": self.sudo().member_ids.mapped("name"),  # sudo: as above
            "others": self._lines("others"),
            "day": dossier._legal_day(
                self.held_from or self.done_at or fields.Datetime.now()
            ),
            "place": dossier.company_id.state_id.name or dossier.company_id.city,
        }

    def _lines(self, name):
        lines = [line.strip() for line in (self[name] or "").splitlines()]
        return [line for line in lines if line]
