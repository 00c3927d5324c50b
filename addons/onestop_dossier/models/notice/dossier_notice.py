# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import models


class OnestopDossier(models.Model):
    """What the citizen is told of his dossier."""

    _inherit = "onestop.dossier"

    def _notify(self, occasion, *, once="", **values):
        """Tell the citizen of something that is no act of the table of transitions.

        Acts need no call: their events are told of by themselves. Nothing leaves in
        this transaction: the occasion is put in a queue, and becomes notices after
        the commit, if a template of the Centre speaks of it.

        :param str occasion: such as ``result_early``, ``payment_received``,
            ``parcel_sent``, ``supplement_due_soon``.
        :param str once: what makes this occasion one of its kind on the dossier, such
            as the number of a receipt: the same is told once.
        :param values: further placeholders of the text, plain and without personal
            data: ``receipt``, ``amount``, ``tracking``, ``until``, ``reason`` …
        """
