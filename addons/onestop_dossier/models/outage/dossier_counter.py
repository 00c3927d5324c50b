# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, models


class OnestopDossierCounter(models.Model):
    _inherit = "onestop.dossier.counter"

    @api.model
    def _draw_range(self, unit, day, count):
        """Draw ``count`` numbers in a row, in a short transaction of their own.

        What is drawn is never drawn again, whatever becomes of the caller.

        :return: the first and the last number.
        """
        with self.env.registry.cursor() as cr:
            # As in _next_numbers: LOCK takes no snapshot.
            cr.execute("LOCK TABLE onestop_dossier_counter IN SHARE ROW EXCLUSIVE MODE")
            cr.execute(
                """
                INSERT INTO onestop_dossier_counter AS counter (unit, day, last)
                VALUES (%s, %s, %s)
                ON CONFLICT (unit, day)
                DO UPDATE SET last = counter.last + excluded.last
                RETURNING last
                """,
                [unit, day, count],
            )
            last = cr.fetchone()[0]
        return last - count + 1, last
