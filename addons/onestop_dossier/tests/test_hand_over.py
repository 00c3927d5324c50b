# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""Hand-overs: a list, two sides, and what differed."""

import io
import re

from psycopg2 import IntegrityError
from pypdf import PdfReader

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import DossierCase


@tagged("post_install", "-at_install")
class TestHandOver(DossierCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.citizen.write({"street": "1 Example Street"})

    def started(self, user, dossiers):
        """What the list's action opens for the chosen dossiers, saved."""
        records = self.env["onestop.hand.over"].with_user(self.users[user])
        context = {"active_model": "onestop.dossier", "active_ids": dossiers.ids}
        with Form(records.with_context(**context)) as form:
            pass
        return form.record.with_context(active_model=None, active_ids=None)

    def of(self, record, user):
        return record.with_user(self.users[user])

    def test_results_go_to_the_counter(self):
        ready = self.dossier_in("ready") | self.dossier_in(
            "ready", result_channel="post"
        )
        record = self.started("records", ready)
        self.assertEqual(
            (record.kind, record.giver_department_id, record.taker_department_id),
            ("result", self.justice, self.centre),
        )
        record.action_give()
        self.assertRegex(record.number, r"^\d\d/\d{4}/BGKQ$")
        self.assertEqual(record.giver_id, self.users["records"])
        self.of(record, "returner").action_take()
        self.assertEqual(
            (record.state, record.taker_id), ("taken", self.users["returner"])
        )
        [page] = self.printed(record, "returner")
        for words in (
            "PHIẾU BÀN GIAO KẾT QUẢ",
            record.number,
            "Bên giao: Test Justice",
            "Bên nhận: Test Centre",
            "Đã giải quyết",
            "1 Example Street",
            "Tổng cộng: 2 hồ sơ",
            "Hai bên đã kiểm tra, giao nhận đủ",
            *ready.mapped("code"),
        ):
            self.assertIn(words, page)

    def printed(self, record, user):
        reports = self.env["ir.actions.report"].with_user(self.users[user])
        content, _kind = reports._render_onestop_pdf(
            "onestop_dossier.report_hand_over", record.ids
        )
        pages = PdfReader(io.BytesIO(content)).pages
        return [re.sub(r"\s+", " ", page.extract_text()) for page in pages]

    def test_dossiers_with_a_difference_and_a_place(self):
        both = self.dossier_in("processing") | self.dossier_in("processing")
        place = self.env["onestop.paper.place"].create(
            {"name": "Shelf", "department_id": self.justice.id}
        )
        record = self.started("receiver", both)
        self.assertEqual(
            (record.kind, record.giver_department_id, record.taker_department_id),
            ("dossier", self.centre, self.justice),
        )
        record.action_give()
        taking = self.of(record, "appraiser")
        taking.line_ids[1].is_missing = True
        taking.place_id = place
        with self.assertRaisesRegex(UserError, "what differs"):
            taking.action_take()
        taking.line_ids[1].difference = "Left at the counter"
        taking.action_take()
        self.env.invalidate_all()
        self.assertEqual(both[0].sudo().paper_place_id, place)
        self.assertEqual(both[0].sudo().event_ids[-1].kind, "move_paper")
        self.assertFalse(both[1].sudo().paper_place_id)
        [page] = self.printed(record, "appraiser")
        self.assertIn("(không nhận được): Left at the counter", page)

    def test_who_is_posted_to_the_centre_hands_papers_on(self):
        self.add_role(self.users["receiver"], self.justice, "appraiser")
        record = self.started("receiver", self.dossier_in("processing"))
        self.assertEqual(
            (record.giver_department_id, record.taker_department_id),
            (self.centre, self.justice),
        )

    def test_whoever_gave_does_not_confirm(self):
        record = self.started("receiver", self.dossier_in("processing"))
        with self.assertRaisesRegex(UserError, "nothing to confirm"):
            self.of(record, "appraiser").action_take()
        record.action_give()
        for user in ("receiver", "director"):
            with self.subTest(user=user), self.assertRaises(AccessError):
                self.of(record, user).action_take()
        with self.assertRaises(AccessError):
            self.of(record, "stranger").action_take()
        with self.assertRaises(AccessError):
            record.line_ids.difference = "Nothing"

    def test_what_was_handed_over_stays(self):
        dossier, other = self.dossier_in("processing"), self.dossier_in("processing")
        record = self.started("receiver", dossier)
        with self.assertRaises(AccessError):
            record.state = "taken"
        with self.assertRaises(AccessError):
            record.giver_id = self.users["head"]
        with self.assertRaises(AccessError):
            record.with_context(default_state="taken").create({})
        record.action_give()
        for values in (
            {"line_ids": [Command.create({"dossier_id": other.id})]},
            {"line_ids": [Command.clear()]},
            {"taker_department_id": self.health.id},
            {"kind": "result"},
        ):
            with self.subTest(values=values), self.assertRaises(UserError):
                record.write(values)
        self.of(record, "appraiser").action_take()
        self.env.flush_all()
        for sql in (
            "UPDATE onestop_hand_over SET giver_id = 1 WHERE id = %s",
            "DELETE FROM onestop_hand_over WHERE id = %s",
            "UPDATE onestop_hand_over_line SET difference = 'x' "
            "WHERE hand_over_id = %s",
            "DELETE FROM onestop_hand_over_line WHERE hand_over_id = %s",
        ):
            with (
                self.subTest(sql=sql),
                self.assertRaises(IntegrityError),
                mute_logger("odoo.sql_db"),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(sql, [record.id])

    def test_no_line_comes_to_a_closed_list(self):
        """Neither over RPC from another list, nor below the ORM."""
        dossier, other = self.dossier_in("processing"), self.dossier_in("processing")
        closed = self.started("receiver", dossier)
        closed.action_give()
        draft = self.started("receiver", other)
        with self.assertRaisesRegex(UserError, "stays on its list"):
            draft.line_ids.hand_over_id = closed
        self.env.flush_all()
        for taken in (False, True):
            if taken:
                self.of(closed, "appraiser").action_take()
                self.env.flush_all()
            for sql in (
                "UPDATE onestop_hand_over_line SET hand_over_id = %s WHERE id = %s",
                "INSERT INTO onestop_hand_over_line (hand_over_id, dossier_id) "
                "SELECT %s, dossier_id FROM onestop_hand_over_line WHERE id = %s",
            ):
                with (
                    self.subTest(sql=sql, taken=taken),
                    self.assertRaises(IntegrityError),
                    mute_logger("odoo.sql_db"),
                    self.env.cr.savepoint(),
                ):
                    self.env.cr.execute(sql, [closed.id, draft.line_ids.id])

    def test_a_given_list_waits_only_for_the_other_side(self):
        record = self.started("receiver", self.dossier_in("processing"))
        record.action_give()
        self.env.flush_all()
        for sql in (
            "UPDATE onestop_hand_over SET giver_id = 1 WHERE id = %s",
            "UPDATE onestop_hand_over SET number = 'x' WHERE id = %s",
            "UPDATE onestop_hand_over SET state = 'draft' WHERE id = %s",
            "DELETE FROM onestop_hand_over_line WHERE hand_over_id = %s",
        ):
            with (
                self.subTest(sql=sql),
                self.assertRaises(IntegrityError),
                mute_logger("odoo.sql_db"),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(sql, [record.id])

    def test_a_line_tells_nothing_of_a_dossier_of_others(self):
        record = self.started("appraiser", self.dossier_in("processing"))
        with self.assertRaises(AccessError):
            record.line_ids.dossier_id = self.new_dossier()

    def test_what_cannot_be_handed_over(self):
        returned = self.dossier_in("returned")
        record = self.started("receiver", self.dossier_in("processing"))
        record.line_ids = [Command.create({"dossier_id": returned.id})]
        with self.assertRaisesRegex(UserError, "take it off"):
            record.action_give()
        record = self.started("receiver", self.dossier_in("processing"))
        record.taker_department_id = self.health
        with self.assertRaisesRegex(UserError, "nothing to do with"):
            record.action_give()
        record = self.started("receiver", self.dossier_in("processing"))
        with self.assertRaises(AccessError):
            self.of(record, "appraiser").action_give()
