# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import fields


class ViewMany2many(fields.Many2many):
    """A many2many whose relation is an SQL view made by a model's ``init``.

    Read-only: the rows follow from other tables. Record rules that join it see
    the truth of this instant, with no group or cron in between.
    """

    def update_db(self, model, columns):
        # The ORM would create a table of this name, and foreign keys on it.
        return

    def _update_cache(self, records, cache_value, dirty=False):
        # A record just created would be cached as related to nobody, though the view
        # may say otherwise at once.
        real = records.filtered("id")
        self._invalidate_cache(records.env, real._ids)
        return super()._update_cache(records - real, cache_value, dirty)
