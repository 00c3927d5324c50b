# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class OnestopCatalogueProgress(models.Model):
    """How far an import in the background is.

    A row of its own: it is committed while the import, in one transaction, is not,
    and that transaction must never touch it.
    """

    _name = "onestop.catalogue.progress"
    _description = "Progress of an import"
    _log_access = False

    import_id = fields.Many2one(
        "onestop.catalogue.import", required=True, index=True, ondelete="cascade"
    )
    phase = fields.Selection(
        [
            ("wait", "Waiting for its turn"),
            ("read", "Reading the files"),
            ("compare", "Comparing with the catalogue"),
            ("write", "Writing procedures"),
            ("finish", "Finishing"),
        ],
        default="wait",
        required=True,
    )
    percent = fields.Integer()
    done = fields.Integer()
    total = fields.Integer()

    def _phase_text(self):
        phase = dict(self._fields["phase"]._description_selection(self.env))[self.phase]
        if self.total:
            return self.env._(
                "%(phase)s: %(done)s of %(total)s",
                phase=phase,
                done=self.done,
                total=self.total,
            )
        return phase
