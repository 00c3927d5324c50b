# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models


class OnestopDossierCounter(models.Model):
    """Last dossier number of a receiving unit and day."""

    _name = "onestop.dossier.counter"
    _description = "Counter of dossier codes"
    _log_access = False

    unit = fields.Char(required=True)
    day = fields.Date(required=True)
    last = fields.Integer(required=True)

    _unit_day_unique = models.UniqueIndex("(unit, day)")

    @api.model
    def _draw(self, unit, day, own_transaction=True):
        """Draw the next code of a unit: ``{unit}-{yyMMdd}-{NNNN}``.

        In a short transaction of its own, so that no reception waits for another;
        a reception that fails leaves a gap, which the codes allow. A code once drawn
        is never used again.

        :param unit: identification code of the receiving unit (H01.02).
        :param day: legal day (Viet Nam) of the reception.
        :param own_transaction: False draws in this transaction: while demo data is
            loaded nobody else sees the table yet.
        """
        number = self._draw_number(unit, day, own_transaction)
        return self._code(unit, day, number)

    @api.model
    def _code(self, unit, day, number):
        return f"{unit}-{day:%y%m%d}-{number:04d}"

    @api.model
    def _draw_number(self, unit, day, own_transaction=True):
        """Draw the next number of a series, as :meth:`_draw`."""
        return self._draw_numbers([(unit, day)], own_transaction)[0]

    @api.model
    def _draw_numbers(self, series, own_transaction=True):
        """Draw the next number of each series, all in one statement.

        :param series: pairs of unit and day, each once.
        :return: list of numbers, in the order of ``series``.
        """
        if not own_transaction:
            return self._next_numbers(self.env.cr, series)
        with self.env.registry.cursor() as cr:
            return self._next_numbers(cr, series)

    @api.model
    def _next_numbers(self, cr, series):
        # LOCK takes no snapshot: the transaction sees what was committed before
        # it got the lock, so that it can never fail to serialize.
        cr.execute("LOCK TABLE onestop_dossier_counter IN SHARE ROW EXCLUSIVE MODE")
        cr.execute(
            """
            INSERT INTO onestop_dossier_counter AS counter (unit, day, last)
            SELECT unit, day, 1 FROM unnest(%s, %s::date[]) AS series (unit, day)
            ON CONFLICT (unit, day) DO UPDATE SET last = counter.last + 1
            RETURNING unit, day, last
            """,
            [[unit for unit, _day in series], [day for _unit, day in series]],
        )
        last = {(unit, day): number for unit, day, number in cr.fetchall()}
        return [last[key] for key in series]
