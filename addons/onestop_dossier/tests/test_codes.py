# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import secrets
from contextlib import suppress
from datetime import date

from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import DossierCase


@tagged("post_install", "-at_install")
class TestCodes(DossierCase):
    """Codes: of the receiving unit and day, never twice, gaps allowed."""

    def number(self, dossier):
        return int(dossier.code.rpartition("-")[2])

    def test_form(self):
        dossier = self.dossier_in("received")
        day = dossier._legal_day(dossier.received_at)
        self.assertRegex(dossier.code, rf"^K99\.02-{day:%y%m%d}-\d{{4}}$")

    def test_a_draft_has_no_code(self):
        self.assertFalse(self.new_dossier().code)

    def test_a_submitted_dossier_keeps_its_code(self):
        dossier = self.dossier_in("submitted")
        code = dossier.code
        self.assertTrue(code)
        self.do_receive(dossier)
        self.assertEqual(dossier.code, code)

    def test_a_refused_reception_draws_no_number(self):
        first = self.dossier_in("received")
        incomplete = self.new_dossier()
        incomplete.part_ids.finding = "missing"
        with self.assertRaises(UserError):
            self.do_receive(incomplete)
        for who in ("cashier", "returner"):
            with self.assertRaises(UserError):
                self.act_as(incomplete, who).action_receive()
        self.assertEqual(
            self.number(self.dossier_in("received")), self.number(first) + 1
        )

    def test_a_number_whose_reception_failed_is_not_used_again(self):
        """Drawn in a transaction of its own: a gap, never a second dossier."""
        dossier = self.new_dossier()
        with suppress(ZeroDivisionError), self.env.cr.savepoint():
            self.do_receive(dossier)
            lost = self.number(dossier)
            raise ZeroDivisionError  # the power went off
        self.env.invalidate_all()
        self.assertFalse(dossier.code)
        self.do_receive(dossier)
        self.assertGreater(self.number(dossier), lost)

    def test_a_unit_without_a_code_numbers_under_the_centre(self):
        centre = self.env["onestop.department"].search(
            [("kind", "=", "centre"), ("code", "!=", False)], limit=1
        )
        corner = self.env["onestop.department"].create(
            {"name": "Corner", "short": "T-CORNER", "kind": "unit"}
        )
        self.add_role(self.users["receiver"], corner, "receiver")
        self.company.onestop_department_id = corner
        dossier = self.new_dossier()
        self.do_receive(dossier)
        self.assertTrue(dossier.code.startswith(f"{centre.code}-"), dossier.code)

    def test_numbers_begin_anew_each_day_and_for_each_unit(self):
        counter = self.env["onestop.dossier.counter"]
        # Numbers are committed at once: each run counts for units of its own.
        one, two = (f"T{secrets.token_hex(6)}" for _each in range(2))
        draws = [
            (one, date(2026, 1, 5)),
            (one, date(2026, 1, 5)),
            (one, date(2026, 1, 6)),
            (two, date(2026, 1, 6)),
            (one, date(2026, 1, 5)),
        ]
        self.assertEqual(
            [counter._draw(*draw) for draw in draws],
            [
                f"{one}-260105-0001",
                f"{one}-260105-0002",
                f"{one}-260106-0001",
                f"{two}-260106-0001",
                f"{one}-260105-0003",
            ],
        )

    def test_more_than_9999(self):
        unit, day = f"T{secrets.token_hex(6)}", date(2026, 1, 5)
        counter = self.env["onestop.dossier.counter"]
        with self.env.registry.cursor() as cr:
            cr.execute(
                "INSERT INTO onestop_dossier_counter (unit, day, last) "
                "VALUES (%s, %s, 9999)",
                [unit, day],
            )
        self.assertEqual(counter._draw(unit, day), f"{unit}-260105-10000")

    def test_the_register_is_numbered_at_reception(self):
        first, second = self.dossier_in("received"), self.dossier_in("submitted")
        year = first._legal_day(first.received_at).year
        self.assertEqual(first.sudo().register_book, f"K99.02/{year}")
        self.assertFalse(second.sudo().register_number)
        self.do_receive(second)
        self.assertEqual(
            second.sudo().register_number, first.sudo().register_number + 1
        )
        after = second.sudo().event_ids.sorted("sequence")[-1]._bodies()[0]["after"]
        self.assertEqual(
            (after["book"], after["number"]),
            (f"K99.02/{year}", second.sudo().register_number),
        )

    def test_code_and_place_in_the_register_are_drawn_at_once(self):
        unit, day = f"T{secrets.token_hex(6)}", date(2026, 1, 5)
        counter = self.env["onestop.dossier.counter"]
        series = [(unit, day), (f"{unit}/register", date(2026, 1, 1))]
        self.assertEqual(counter._draw_numbers(series), [1, 1])
        self.assertEqual(counter._draw_numbers(series[1:]), [2])
        self.assertEqual(counter._draw_numbers(series[::-1]), [3, 2])

    def test_a_number_of_the_register_never_changes(self):
        """Neither in SQL, with an event that says so, nor to one that is free."""
        dossier, other = self.dossier_in("processing"), self.dossier_in("received")
        for change in (
            "register_number = register_number + 1000",
            "register_book = 'K99.02/2020'",
            "register_number = NULL, register_book = NULL",
            f"register_number = {other.sudo().register_number}",
            "register_number = register_number + 1000, "
            "head_sequence = head_sequence + 1",
        ):
            with (
                self.subTest(change=change),
                self.assertRaises(IntegrityError),
                mute_logger("odoo.sql_db"),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(
                    f"UPDATE onestop_dossier SET {change} WHERE id = %s", [dossier.id]
                )
        draft = self.new_dossier()
        with (
            self.assertRaises(IntegrityError),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            self.env.cr.execute(
                "UPDATE onestop_dossier SET register_number = 5, register_book = 'X' "
                "WHERE id = %s",
                [draft.id],
            )
