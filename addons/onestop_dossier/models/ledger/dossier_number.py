# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from datetime import date

from odoo import fields, models

# Counter of the register, beside the codes of the same unit.
REGISTER = "register"
NUMBER_SEALED = """
BEGIN
    IF OLD.register_number IS NOT NULL
       AND (NEW.register_book, NEW.register_number)
           IS DISTINCT FROM (OLD.register_book, OLD.register_number)
    THEN
        RAISE EXCEPTION USING ERRCODE = '23001', TABLE = TG_TABLE_NAME,
            MESSAGE = 'the number of a dossier in the register never changes';
    END IF;
    RETURN NEW;
END
"""


class OnestopDossier(models.Model):
    """Book and number in the register of dossiers, drawn at reception with the code.

    One book a receiving unit and year. A reception that failed leaves a gap, which
    the register names; a number is never changed and never given again. Dossiers
    received before the register was kept have none.
    """

    _inherit = "onestop.dossier"

    register_book = fields.Char(
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="Receiving unit and year, such as H01.02/2026.",
    )
    register_number = fields.Integer(
        readonly=True,
        copy=False,
        aggregator=None,
        groups="base.group_user",
        help="Ordinal number in the book.",
    )

    _register_unique = models.UniqueIndex(
        "(register_book, register_number) WHERE register_number IS NOT NULL",
        "This number of the register is taken.",
    )
    _register_positive = models.Constraint(
        "CHECK ((register_book IS NULL) = (register_number IS NULL) "
        "AND (register_number IS NULL OR register_number > 0))",
        "A number of the register belongs to a book and counts from 1.",
    )

    def init(self):
        guard = self.env["onestop.database.guard"]
        guard._make_function("onestop_register_sealed", NUMBER_SEALED)
        guard._make_trigger(
            self._table,
            "register_sealed",
            "BEFORE UPDATE OF register_book, register_number",
            "onestop_register_sealed",
        )
        return super().init()

    def _numbers_for(self, moment):
        """What reception numbers: the code, and the place in the register.

        :param moment: naive UTC instant of the reception.
        :return: values of the dossier's columns.
        """
        # sudo: onestop.dossier, onestop.dossier.counter - numbers are drawn by acts
        dossier = self.sudo()
        code = dossier._given_code()
        unit = dossier.company_id._onestop_unit_code()
        day = self._legal_day(moment)
        register = (f"{unit}/{REGISTER}", date(day.year, 1, 1))
        wanted = [register] if code else [(unit, day), register]
        source = (self._occurrence() or (None, "live"))[1]
        counter = self.env["onestop.dossier.counter"].sudo()
        drawn = counter._draw_numbers(wanted, own_transaction=source != "demo")
        return {
            "code": code or counter._code(unit, day, drawn[0]),
            "register_book": f"{unit}/{day.year}",
            "register_number": drawn[-1],
        }

    def _given_code(self):
        """Hook: the code that this dossier has before it is received, if any."""
        return self.code
