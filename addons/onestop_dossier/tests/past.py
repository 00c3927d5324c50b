# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import base64
from datetime import UTC

from .common import PDF, DossierCase


class PastCase(DossierCase):
    """Dossiers whose acts occurred at given local moments, as an import says."""

    def at(self, moment, dossier, user):
        """The dossier for an act that occurred at a local moment."""
        moment = moment.astimezone(UTC).replace(tzinfo=None)
        return self.act_as(dossier, user)._occurred(moment, "import")

    def received(self, moment, **values):
        dossier = self.new_dossier(**values)
        self.at(moment, dossier, "receiver").action_receive()
        return dossier.sudo()

    def processing(self, moment, **values):
        dossier = self.received(moment, **values)
        self.at(moment, dossier, "receiver").action_forward()
        return dossier

    def finish(self, moment, dossier):
        """Appraise, approve and issue at one moment."""
        if dossier.state == "processing":
            self.at(moment, dossier, "appraiser").action_forward("In order")
        head = self.at(moment, dossier, "head")
        head._do_approve(seen=head.approval_digest)
        self.act_as(dossier, "records").action_attach(
            "r.pdf", base64.b64encode(PDF).decode(), "result"
        )
        self.at(moment, dossier, "records").action_issue()

    def assertDue(self, dossier, moment):  # noqa: N802 - as unittest writes it
        self.assertEqual(dossier.due_at.replace(tzinfo=UTC), moment)

    def past(self, moment):
        """A local moment as the naive UTC that the database keeps."""
        return moment.astimezone(UTC).replace(tzinfo=None)

    def run_cron(self, name):
        """Run a scheduled action as the scheduler does, commits and all."""
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref(name).method_direct_trigger()
        self.env.invalidate_all()
