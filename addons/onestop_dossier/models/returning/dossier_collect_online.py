# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import models
from odoo.exceptions import UserError


class OnestopDossier(models.Model):
    """An electronic result: the first download by the citizen is its receipt."""

    _inherit = "onestop.dossier"

    def action_collect_online(self):
        """Receive the electronic result: the citizen's own act, when he downloads it.

        :return: id of the result file.
        :raises UserError: not wanted electronically, no file, or fees are not paid.
        :raises AccessError: not the owner or submitter.
        """
        return self._do_collect_online().id

    def _do_collect_online(self):
        found = []

        def values(act):
            dossier = self.sudo()  # sudo: onestop.dossier - _apply asked who acts
            file = dossier._issued_file(act.history)
            found.append(file)
            owner = dossier.person_id.partner_id == self.env.user.partner_id
            act.data["receiver"] = "owner" if owner else "submitter"
            act.data["downloaded"] = {"file": file.id, "sha256": file.sha256}
            return {"returned_at": act.now, "step_id": False, "user_id": False}

        self._apply("collect_online", data={"channel": "electronic"}, values=values)
        return found[0].sudo(False)

    def _guard_electronic(self, act):
        if self.result_channel != "electronic":
            raise UserError(
                self.env._(
                    "This result is not handed over electronically: collect it with "
                    "the slip and an identity paper."
                )
            )
        if not self._issued_file(act.history):
            raise UserError(self.env._("No file was issued; ask the Centre."))

    def _issued_file(self, history):
        """The result file that was issued last."""
        issued = [e["data"]["result"]["file"] for e in history if "result" in e["data"]]
        return self.file_ids.filtered(lambda f: f.id in issued[-1:])
