# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""Legal bases: how they are cited, recorded, ended, and what that touches."""

import base64
from datetime import timedelta
from unittest import TestCase

from psycopg2.errors import CheckViolation, RestrictViolation, UniqueViolation

from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger
from odoo.tools.safe_eval import safe_eval

from odoo.addons.onestop_procedure.catalogue import describe_law, read_laws

from .chain_common import ChainFixture


class TestReadLaws(TestCase):
    """Texts of the national database, as they are."""

    def test_numbers_in_their_order_and_once(self):
        numbers, unread = read_laws(
            "119/2025/TT-BTC; 262/2025/NĐ-CP,119/2025/TT-BTC\n20/2008/QH12."
        )
        self.assertEqual(numbers, ["119/2025/TT-BTC", "262/2025/NĐ-CP", "20/2008/QH12"])
        self.assertFalse(unread)

    def test_forms_of_numbers(self):
        for number in (
            "66.7/2025/NQ-CP",
            "46/2005/TTLT/BQP-BKHĐT-BTC-BLĐTBXH",
            "09/2022/QH15",
            "19/2025/QĐ-TTg",
            "31/2026/TT-BKHCN",
        ):
            self.assertEqual(read_laws(number), ([number], []))

    def test_spacing_is_mended(self):
        self.assertEqual(read_laws("59/2023/TT- BTC"), (["59/2023/TT-BTC"], []))
        # Letters may come decomposed from a file of a Mac.
        self.assertEqual(read_laws("1/2025/N\u0110-CP")[0], ["1/2025/NĐ-CP"])

    def test_what_is_no_number_is_given_back(self):
        for text in ("2017/QH14", "2205/NĐ-CP", "Luật số 58", "41/201Đ-CP", "08/2026"):
            self.assertEqual(read_laws(text), ([], [text]))
        self.assertEqual(read_laws(None), ([], []))
        self.assertEqual(read_laws(" ; , "), ([], []))

    def test_symbols(self):
        for number, expected in {
            "118/2025/NĐ-CP": ("decree", "Chính phủ"),
            "119/2025/TT-BTC": ("circular", ""),
            "21/2008/TTLT-BQP-BTC": ("joint_circular", ""),
            "77/2015/QH13": ("assembly", "Quốc hội"),
            "2/2013/UBTVQH13": ("ordinance", "Ủy ban Thường vụ Quốc hội"),
            "19/2025/QĐ-TTg": ("decision", "Thủ tướng Chính phủ"),
            "9/2025/QĐ-UBND": ("decision", ""),
            "66.7/2025/NQ-CP": ("resolution", "Chính phủ"),
            "1/2025/XYZ": ("other", ""),
        }.items():
            self.assertEqual(describe_law(number), expected, number)


@tagged("post_install", "-at_install")
class TestLegalBasis(ChainFixture, TransactionCase):
    def setUp(self):
        super().setUp()
        self.today = self.env["onestop.membership"]._today()

    # Records -----------------------------------------------------------

    def test_a_law_may_lack_its_date_a_decision_may_not(self):
        self.assertFalse(self.make_law().date)
        for missing in ("date", "issuer_id"):
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(CheckViolation),
                self.env.cr.savepoint(),
            ):
                self.make_approval(**{missing: False})

    def test_a_law_is_recorded_once(self):
        self.make_law()
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(UniqueViolation),
            self.env.cr.savepoint(),
        ):
            self.make_law(date="2025-01-01")

    def test_laws_in_batch(self):
        known = self.make_law("90/2025/NĐ-CP")
        laws = self.env["onestop.decision"].with_user(self.author)
        numbers = ["90/2025/NĐ-CP", "91/2025/TT-BTC", "91/2025/TT-BTC"]
        found = laws._get_or_create_laws(numbers)
        self.assertEqual(found["90/2025/NĐ-CP"], known)
        new = found["91/2025/TT-BTC"]
        self.assertRecordValues(
            new, [{"kind": "law", "law_type": "circular", "state": "in_force"}]
        )
        self.assertEqual(laws._get_or_create_laws(numbers), found)

    def test_laws_in_constant_queries(self):
        def count(prefix, number):
            numbers = [f"{prefix}{n}/2025/TT-BTC" for n in range(number)]
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            self.env["onestop.decision"]._get_or_create_laws(numbers)
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        count("9", 1)
        self.assertEqual(count("1", 3), count("2", 60))

    # Who keeps them ----------------------------------------------------

    def test_the_office_keeps_decisions(self):
        values = {"number": "9/QĐ-UBND", "date": "2026-01-01"}
        values["issuer_id"] = self.province.id
        decisions = self.env["onestop.decision"]
        kept = decisions.with_user(self.control).create(values)
        kept.with_user(self.manager).title = "Other"
        for user in (self.author, self.leader, self.director, self.chair, self.staff):
            with self.assertRaises(AccessError):
                decisions.with_user(user).create({**values, "number": "8/QĐ-UBND"})
            with self.assertRaises(AccessError):
                kept.with_user(user).title = "No"

    def test_authors_record_laws_and_keep_their_own(self):
        decisions = self.env["onestop.decision"]
        values = {"number": "7/2026/TT-BTP", "kind": "law"}
        law = decisions.with_user(self.author).create(values)
        law.title = "Guidance"
        with self.assertRaises(AccessError):
            law.with_user(self.stranger).title = "No"
        with self.assertRaises(AccessError):
            decisions.with_user(self.staff).create({**values, "number": "6/2026/TT-B"})

    def test_an_ended_role_keeps_nothing(self):
        law = self.env["onestop.decision"].with_user(self.author)
        law = law.create({"number": "7/2026/TT-BTP", "kind": "law"})
        roles = self.env["onestop.membership"].search(
            [("user_id", "=", self.author.id)]
        )
        roles.action_end()
        with self.assertRaises(AccessError):
            law.title = "No"

    # Immutable ---------------------------------------------------------

    def test_in_force_it_is_not_edited(self):
        decision = self.make_approval(file=base64.b64encode(b"signed"))
        self.assertEqual(len(decision.file_hash), 64)
        decision.with_user(self.control).action_put_in_force()
        office = decision.with_user(self.control)
        for values in (
            {"number": "16/QĐ-UBND"},
            {"date": "2026-01-06"},
            {"issuer_id": self.office.id},
            {"file": base64.b64encode(b"other")},
        ):
            with self.assertRaises(UserError):
                office.write(values)

    def test_the_trigger_holds_below(self):
        decision = self.make_approval(
            state="in_force", file=base64.b64encode(b"signed")
        )
        self.env.flush_all()
        for statement in (
            "UPDATE onestop_decision SET number = 'x' WHERE id = %s",
            "UPDATE onestop_decision SET date = '2020-01-01' WHERE id = %s",
            "UPDATE onestop_decision SET state = 'draft' WHERE id = %s",
            "UPDATE ir_attachment SET checksum = 'x' WHERE res_id = %s "
            "AND res_model = 'onestop.decision' AND res_field = 'file'",
            "DELETE FROM ir_attachment WHERE res_id = %s "
            "AND res_model = 'onestop.decision' AND res_field = 'file'",
        ):
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(RestrictViolation),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(statement, [decision.id])

    def test_what_was_unknown_is_filled_in_once(self):
        law = self.make_law()
        law.with_user(self.control).write({"date": "2025-04-01", "title": "Decree"})
        with self.assertRaises(UserError):
            law.with_user(self.control).date = "2025-04-02"

    def test_nobody_writes_the_state(self):
        decision = self.make_approval()
        law = self.make_law()
        for user in (self.control, self.admin):
            for values in ({"state": "in_force"}, {"replaced_by_id": law.id}):
                with self.assertRaises(UserError):
                    decision.with_user(user).write(values)

    # Dates -------------------------------------------------------------

    def test_the_job_follows_the_dates(self):
        tomorrow = self.today + timedelta(days=1)
        yesterday = self.today - timedelta(days=1)
        decisions = self.env["onestop.decision"]
        begun = self.make_approval("1/QĐ", date=yesterday)
        later = self.make_approval("2/QĐ", date=yesterday, effective_from=tomorrow)
        over = self.make_approval("3/QĐ", state="in_force", effective_to=yesterday)
        last_day = self.make_approval("4/QĐ", state="in_force", effective_to=self.today)
        decisions._cron_follow_dates()
        self.assertEqual(
            (begun | later | over | last_day).mapped("state"),
            ["in_force", "draft", "lapsed", "in_force"],
        )

    def test_put_in_force_too_early(self):
        day = self.today + timedelta(days=3)
        decision = self.make_approval(date=self.today, effective_from=day)
        with self.assertRaises(UserError):
            decision.with_user(self.control).action_put_in_force()

    def test_lapse_and_replace(self):
        old = self.make_law("61/2018/NĐ-CP", effective_from="2018-06-21")
        new = self.make_law("118/2025/NĐ-CP", effective_from="2025-07-01")
        old.with_user(self.control).action_replace(new.id)
        self.assertEqual(old.state, "replaced")
        self.assertEqual(str(old.effective_to), "2025-06-30")
        self.assertEqual(new.replaces_ids, old)
        day = self.today + timedelta(days=10)
        new.with_user(self.control).action_lapse(day, "By another decree")
        self.assertEqual(new.state, "in_force")
        self.assertEqual(new.effective_to, day)

    def test_an_end_may_be_moved(self):
        law = self.make_law(effective_from="2020-01-01")
        office = law.with_user(self.control)
        office.action_lapse(self.today - timedelta(days=1))
        self.assertEqual(law.state, "lapsed")
        office.action_lapse(self.today + timedelta(days=9))
        self.assertEqual(law.state, "in_force")

    def test_an_end_before_the_beginning(self):
        law = self.make_law(effective_from="2020-01-01")
        with self.assertRaises(UserError):
            law.with_user(self.control).action_lapse("2019-12-31")

    def test_replacing_needs_a_day(self):
        old, new = self.make_law("1/2020/NĐ-CP"), self.make_law("2/2025/NĐ-CP")
        with self.assertRaises(UserError):
            old.with_user(self.control).action_replace(new.id)

    # What a change touches ---------------------------------------------

    def touched(self, law, user):
        touched = self.env["onestop.decision.touched"].with_user(user)
        dialog = touched.create({"decision_id": law.id})
        return {line.name: line.count for line in dialog.line_ids}

    def test_touched(self):
        law, other = self.make_law("1/2020/NĐ-CP"), self.make_law("2/2020/NĐ-CP")
        first = self.make_published("9.000001", [law])
        self.make_published("9.000002", [law, other])
        self.make_published("9.000003", [other])
        draft = self.draft_of(first)
        self.assertIn(law, draft.legal_basis_ids)
        draft.case_ids.part_ids.form_file = base64.b64encode(b"form")
        counts = self.touched(law, self.control)
        self.assertEqual(counts["Procedures"], 2)
        self.assertEqual(counts["Versions in force or drafted"], 3)
        self.assertEqual(counts["Forms of these procedures"], 1)
        self.assertEqual(law.with_user(self.staff).procedure_count, 2)
        action = law.with_user(self.control).action_open_touched(0)
        found = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(found.mapped("code"), ["9.000001", "9.000002"])

    def test_an_abolished_procedure_is_not_touched(self):
        law = self.make_law()
        procedure = self.make_published(laws=[law])
        procedure.action_abolish(self.today)
        self.assertEqual(self.touched(law, self.control)["Procedures"], 0)

    def test_cited_and_ending_lists(self):
        soon = self.make_law("1/2020/NĐ-CP", effective_to=self.today + timedelta(59))
        late = self.make_law("2/2020/NĐ-CP", effective_to=self.today + timedelta(70))
        gone = self.make_law("3/2020/NĐ-CP", state="lapsed", effective_to="2025-01-01")
        idle = self.make_law("4/2020/NĐ-CP", state="lapsed", effective_to="2025-01-01")
        self.make_published(laws=[gone, soon])
        action = self.env.ref("onestop_procedure.decision_ending_action")
        domain = action._get_action_dict()["domain"]
        found = self.env["onestop.decision"].search(safe_eval(domain))
        self.assertEqual(found & (soon | late | gone | idle), soon | gone)

    def test_keepers_get_a_task(self):
        law = self.make_law(effective_from="2020-01-01")
        self.make_published(laws=[law])
        law.with_user(self.control).action_lapse(self.today + timedelta(days=30))
        tasks = self.env["mail.activity"].search(
            [("res_model", "=", "onestop.decision"), ("res_id", "=", law.id)]
        )
        self.assertEqual(tasks.user_id, self.author)
        self.assertIn("1 procedures", tasks.summary)

    def test_counting_takes_constant_queries(self):
        laws = self.env["onestop.decision"]
        for number in range(6):
            laws |= self.make_law(f"{number + 1}/2020/NĐ-CP")
        self.make_published(laws=laws)
        self.env.flush_all()

        def count(records):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            records.mapped("procedure_count")
            return self.env.cr.sql_log_count - before

        count(laws)
        self.assertEqual(count(laws[:1]), count(laws))
