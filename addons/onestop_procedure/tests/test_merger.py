# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from datetime import date

from freezegun import freeze_time
from psycopg2.errors import ExclusionViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ProcedureCase
from .plan_common import PlanFixture

# The agencies of An Giang that ended in 2025, in which they went up, and the first
# day of the new ones. The Department of Culture was split: tourism went its own way.
MERGERS_2025 = [
    ("2025-03-01", "NNPTNT", "NNMT"),
    ("2025-03-01", "TNMT", "NNMT"),
    ("2025-03-01", "KHĐT", "TC"),
    ("2025-03-01", "GTVT", "XD"),
    ("2025-03-01", "TTTT", "KHCN"),
    ("2025-03-01", "LĐTBXH", "NV"),
    ("2025-03-01", "BDT", "DTTG"),
    ("2025-07-01", "VHTTDL", "VHTT"),
    ("2025-07-01", "VHTTDL", "DL"),
]
# Those that did not exist before.
NEW_2025 = {
    "NNMT": "2025-03-01",
    "DTTG": "2025-03-01",
    "VHTT": "2025-07-01",
    "DL": "2025-07-01",
}


@tagged("post_install", "-at_install")
class TestMerger(PlanFixture, ProcedureCase):
    """Agencies merged and split: what moves, what stays, and who may do it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_plan()
        cls.committee_personnel = cls.make_user("kept", cls.province, "personnel")

    @classmethod
    def agency(cls, short, **values):
        return cls.env["onestop.department"].create(
            {
                "name": f"Agency {short}",
                "short": f"M-{short}",
                "parent_id": cls.province.id,
                **values,
            }
        )

    def merger(self, *lines, day="2025-03-01", user=None):
        """A merger of (predecessor, successor, procedures) lines."""
        merger = self.env["onestop.merger"].with_user(user or self.control)
        return merger.create(
            {
                "name": "Merged",
                "department_id": self.office.id,
                "effective_on": day,
                "line_ids": [
                    Command.create(
                        {
                            "predecessor_id": old.id,
                            "successor_id": new.id,
                            "procedure_ids": [
                                Command.set(procedures.ids if procedures else [])
                            ],
                        }
                    )
                    for old, new, procedures in lines
                ],
            }
        )

    def published(self, code, department, valid_from="2019-01-01"):
        procedure = self.make_procedure(code, department_id=department.id)
        procedure.version_ids.action_publish(valid_from=valid_from)
        return procedure

    def test_during_a_round_in_which_both_agencies_have_a_part(self):
        review = self.env["onestop.review"].create(
            {
                "name": "Round",
                "period_from": "2025-01-01",
                "period_to": "2025-12-31",
                "deadline": "2025-06-30",
            }
        )
        old, new = self.agency("OLD"), self.agency("NEW")
        parts = self.env["onestop.review.part"].create(
            [
                {"review_id": review.id, "department_id": agency.id}
                for agency in (old, new)
            ]
        )
        merger = self.merger((old, new, None))
        merger.action_apply()
        self.assertEqual(merger.state, "applied")
        self.assertEqual(parts.mapped("department_id"), old | new)
        kept = merger.item_ids.filtered(lambda i: i.key.startswith("doubled"))
        self.assertEqual((kept.outcome, kept.record_ids), ("stays", parts[0].ids))

    # ------------------------------------------------------------
    # The mergers of 2025
    # ------------------------------------------------------------

    def province_of_2019(self):
        """The agencies of 2019 with procedures, and the agencies of 2025."""
        names = dict.fromkeys(name for _day, *pair in MERGERS_2025 for name in pair)
        agencies = {
            short: self.agency(short, valid_from=NEW_2025.get(short)) for short in names
        }
        procedures = self.env["onestop.procedure"]
        for number, short in enumerate(names):
            if short not in NEW_2025:
                procedures |= self.published(f"9.88{number:04}", agencies[short])
        tourism = self.published("9.889999", agencies["VHTTDL"])
        return agencies, procedures | tourism, tourism

    def test_the_mergers_of_2025(self):
        agencies, procedures, tourism = self.province_of_2019()
        before = {procedure: procedure.department_id for procedure in procedures}
        for day in ("2025-03-01", "2025-07-01"):
            lines = [
                (agencies[old], agencies[new], tourism if new == "DL" else None)
                for at, old, new in MERGERS_2025
                if at == day
            ]
            merger = self.merger(*lines, day=day)
            merger.action_preview()
            merger.action_apply()
        ended = {old for _day, old, _new in MERGERS_2025}
        for short, agency in agencies.items():
            if short in ended:
                self.assertTrue(agency.successor_id, short)
                self.assertFalse(agency._lives_on(date(2025, 7, 1)), short)
            else:
                self.assertFalse(agency.valid_to, short)
        self.assertEqual(agencies["VHTTDL"].valid_to, date(2025, 6, 30))
        self.assertEqual(agencies["TNMT"].valid_to, date(2025, 2, 28))
        self.assertEqual(agencies["TNMT"]._current(), agencies["NNMT"])
        self.assertEqual(agencies["VHTTDL"]._current(), agencies["VHTT"])
        for procedure in procedures:
            self.assertFalse(procedure.department_id.successor_id, procedure.code)
            self.assertTrue(procedure.department_id._lives_on(date.today()))
        self.assertEqual(tourism.department_id, agencies["DL"])
        # Statistics of the time count what was the agency's own then.
        then = procedures._departments_at(date(2025, 2, 28))
        self.assertEqual(then, {p.id: d.id and d for p, d in before.items()} | then)
        self.assertEqual(
            {p: then[p.id] for p in procedures}, {p: before[p] for p in procedures}
        )
        now = procedures._departments_at(date(2025, 7, 1))
        self.assertEqual(
            {p: now[p.id] for p in procedures},
            {p: p.department_id for p in procedures},
        )

    def test_twice_changes_nothing(self):
        old, new = self.agency("OLD"), self.agency("NEW")
        procedure = self.published("9.880001", old)
        merger = self.merger((old, new, None))
        merger.action_apply()
        history = procedure.competence_ids
        items = merger.item_ids
        merger.action_apply()
        merger.action_preview()
        self.assertEqual(merger.item_ids, items)
        self.assertEqual(procedure.competence_ids, history)
        with self.assertRaises(UserError):
            self.merger((old, new, None)).action_apply()

    # ------------------------------------------------------------
    # What moves and what stays
    # ------------------------------------------------------------

    def test_preview_counts_and_changes_nothing(self):
        procedure = self.published("9.880002", self.justice)
        merger = self.merger((self.justice, self.health, None))
        merger.action_preview()
        found = {item.key: item for item in merger.item_ids}
        self.assertEqual(found["procedures"].record_ids, procedure.ids)
        self.assertEqual(found["papers:onestop.plan.milestone"].count, 1)
        self.assertEqual(found["plan_lines"].count, 1)
        self.assertEqual(
            set(found["memberships"].record_ids), set(self.justice.membership_ids.ids)
        )
        self.assertEqual(procedure.department_id, self.justice)
        self.assertFalse(self.justice.valid_to)
        shown = found["procedures"].action_open()
        self.assertEqual(
            self.env[shown["res_model"]].search(shown["domain"]), procedure
        )

    def test_open_work_moves_and_finished_work_stays(self):
        abolished = self.published("9.880003", self.justice)
        abolished.action_abolish("2020-01-01")
        done = self.milestone.copy({"name": "Done before"})
        done._move("report", evidence="x", done_on="2019-08-01")
        done._move("confirm")
        unit = self.agency("UNIT", parent_id=self.justice.id)
        duty = self.env["onestop.plan.duty"].create(
            {
                "plan_id": self.plan.id,
                "name": "Report",
                "department_ids": self.justice.ids,
            }
        )
        draft = self.make_procedure("9.880004")
        step = draft.version_ids.case_ids.step_ids[1]
        step.department_id = self.justice
        merger = self.merger((self.justice, self.health, None))
        merger.action_apply()
        self.assertEqual(abolished.department_id, self.justice)
        self.assertEqual(done.department_id, self.justice)
        self.assertEqual(self.milestone.department_id, self.health)
        self.assertEqual(unit.parent_id, self.health)
        self.assertEqual(duty.department_ids, self.health)
        self.assertEqual(draft.department_id, self.health)
        self.assertEqual(step.department_id, self.health)
        line = self.plan.line_ids.filtered(lambda ln: ln.department_id == self.health)
        self.assertEqual(line.target_count, 4)
        stays = merger.item_ids.filtered(lambda item: item.outcome == "stays")
        self.assertIn(abolished.ids, stays.mapped("record_ids"))

    def test_whoever_took_over_reads_what_was_finished(self):
        self.milestone._move("report", evidence="x", done_on="2019-08-01")
        self.milestone._move("confirm")
        self.assertFalse(self.as_user(self.milestone, self.stranger).has_access("read"))
        self.merger((self.justice, self.health, None)).action_apply()
        paper = self.as_user(self.milestone, self.stranger)
        self.assertEqual(paper.department_id, self.justice)
        self.assertTrue(paper.has_access("read"))
        self.assertFalse(paper.has_access("write"))
        self.assertEqual(len(paper.trace_ids), 2)
        self.assertFalse(self.as_user(self.milestone, self.head).has_access("read"))

    def test_a_published_step_is_done_by_whoever_took_over(self):
        tourism = self.agency("DL", valid_from="2025-07-01")
        sports = self.agency("TT", valid_from="2025-07-01")
        old = self.agency("VHTTDL")
        steps = self.env["onestop.procedure.step"]
        for code in ("9.880005", "9.880006"):
            procedure = self.make_procedure(code, department_id=old.id)
            step = procedure.version_ids.case_ids.step_ids[1]
            step.department_id = old
            step.flush_recordset()
            procedure.version_ids.action_publish(valid_from="2019-01-01")
            steps |= step
        allotted = steps[1].case_id.version_id.procedure_id
        self.merger(
            (old, sports, None), (old, tourism, allotted), day="2025-07-01"
        ).action_apply()
        self.assertEqual(steps.department_id, old)  # the text of the version stays
        self.assertEqual(steps[0]._department_now(), sports)
        self.assertEqual(steps[1]._department_now(), tourism)

    def test_roles_end_the_day_before_and_are_proposed(self):
        merger = self.merger((self.justice, self.health, None), day="2026-03-01")
        merger.action_apply()
        role = self.head.env["onestop.membership"].search(
            [("user_id", "=", self.head.id), ("department_id", "=", self.justice.id)]
        )
        self.assertEqual(role.valid_to, date(2026, 2, 28))
        self.assertNotIn(self.head, self.justice.user_ids)
        proposals = merger.sudo().proposal_ids
        by_user = {proposal.user_id: proposal for proposal in proposals}
        self.assertEqual(by_user[self.head].role, "deputy")  # the head there stays
        mine = by_user[self.staff]
        with self.assertRaises(AccessError):
            self.as_user(mine, self.stranger).action_confirm()
        with self.assertRaises(AccessError):
            self.as_user(mine, self.control).action_confirm()
        self.as_user(mine, self.committee_personnel).action_confirm()
        self.assertIn(self.staff, self.health.user_ids)
        with self.assertRaises(UserError):
            self.as_user(mine, self.committee_personnel).action_confirm()
        self.as_user(by_user[self.head], self.committee_personnel).action_decline()
        self.assertNotIn(self.head, self.health.user_ids)

    # ------------------------------------------------------------
    # Who, when, all or nothing
    # ------------------------------------------------------------

    def test_who_may(self):
        merger = self.merger((self.justice, self.health, None))
        for user in (
            self.head,
            self.stranger,
            self.staff,
            self.personnel,
            self.clerk,
            self.director,
        ):
            for act in ("action_preview", "action_schedule", "action_apply"):
                with self.assertRaises(AccessError, msg=f"{user.login} {act}"):
                    getattr(self.as_user(merger, user), act)()
        with self.assertRaises(AccessError):
            self.merger((self.justice, self.health, None), user=self.head)
        with self.assertRaises(UserError):
            merger.write({"state": "applied"})
        self.as_user(merger, self.admin).action_apply()
        self.assertEqual(merger.state, "applied")
        with self.assertRaises(UserError):
            self.as_user(merger, self.admin).write({"effective_on": "2024-01-01"})

    def test_on_its_day_by_itself(self):
        merger = self.merger((self.justice, self.health, None), day="2030-01-01")
        merger.action_schedule()
        self.assertTrue(merger.proposal_ids)
        self.env["onestop.merger"]._cron_apply()
        self.assertEqual(merger.state, "scheduled")
        with freeze_time("2029-12-31 18:00:00"):  # 1 January in Viet Nam
            self.env["onestop.merger"]._cron_apply()
        self.assertEqual(merger.state, "applied")
        self.assertEqual(self.justice.valid_to, date(2029, 12, 31))

    def test_what_cannot_be_applied_says_why_and_changes_nothing(self):
        merger = self.merger((self.justice, self.health, None), day="2030-01-01")
        merger.action_schedule()
        self.health.valid_to = "2029-06-30"
        with freeze_time("2030-01-01 03:00:00"):
            self.env["onestop.merger"]._cron_apply()
            self.env["onestop.merger"]._cron_apply()
        self.assertEqual(merger.state, "scheduled")
        self.assertIn("does not exist", merger.problem)
        self.assertFalse(self.justice.valid_to)
        self.assertEqual(
            merger.activity_ids.mapped("user_id") & self.control, self.control
        )

    def test_all_or_nothing(self):
        procedure = self.published("9.880007", self.justice)
        merger = self.merger((self.justice, self.health, None))

        def fail(self, department):
            raise ValidationError(department.name)

        self.patch(type(self.env["onestop.merger.line"]), "_move_agency", fail)
        with self.assertRaises(ValidationError), self.env.cr.savepoint():
            merger.action_apply()
        self.env.invalidate_all()
        self.assertEqual(procedure.department_id, self.justice)
        self.assertEqual(merger.state, "draft")
        self.assertIn(self.head, self.justice.user_ids)

    def test_lines_that_make_no_merger(self):
        third = self.agency("THIRD")
        procedure = self.published("9.880008", third)
        for lines in (
            (),
            [(self.justice, self.health, procedure)],  # nobody takes the rest
            [(self.justice, self.health, None), (self.justice, third, None)],
            [(self.justice, self.health, None), (self.justice, third, procedure)],
            [(self.justice, self.health, None), (self.health, third, None)],
        ):
            with self.subTest(lines=lines), self.assertRaises(UserError):
                self.merger(*lines).action_apply()

    # ------------------------------------------------------------
    # Undoing
    # ------------------------------------------------------------

    def test_undone_while_nothing_has_happened(self):
        procedure = self.published("9.880009", self.justice)
        duty = self.env["onestop.plan.duty"].create(
            {
                "plan_id": self.plan.id,
                "name": "Report",
                "department_ids": (self.justice | self.centre).ids,
            }
        )
        lines = self.plan.line_ids.mapped("target_count")
        merger = self.merger((self.justice, self.health, None), day="2026-03-01")
        merger.action_apply()
        merger.action_undo()
        self.env.invalidate_all()
        self.assertEqual(merger.state, "undone")
        self.assertEqual(procedure.department_id, self.justice)
        self.assertEqual(len(procedure.competence_ids), 1)
        self.assertFalse(procedure.competence_ids.valid_to)
        self.assertEqual(duty.department_ids, self.justice | self.centre)
        self.assertEqual(self.milestone.department_id, self.justice)
        self.assertEqual(self.plan.line_ids.mapped("target_count"), lines)
        self.assertFalse(self.justice.valid_to or self.justice.successor_id)
        self.assertIn(self.head, self.justice.user_ids)
        self.assertEqual(self.justice.head_id, self.head)
        self.merger((self.justice, self.health, None)).action_apply()

    def test_not_undone_when_something_has_happened(self):
        procedure = self.published("9.880010", self.justice)
        merger = self.merger((self.justice, self.health, None))
        merger.action_apply()
        procedure.department_id = self.centre
        with self.assertRaisesRegex(UserError, "9.880010"):
            merger.action_undo()
        procedure.department_id = self.health
        confirmed = merger.sudo().proposal_ids[0]
        self.as_user(confirmed, self.committee_personnel).action_confirm()
        with self.assertRaisesRegex(UserError, "Roles were confirmed"):
            self.as_user(merger, self.control).action_undo()
        self.assertEqual(merger.state, "applied")

    # ------------------------------------------------------------
    # History and minutes
    # ------------------------------------------------------------

    def test_history_of_an_ordinary_change(self):
        procedure = self.published("9.880011", self.justice)
        with freeze_time("2026-05-05 03:00:00"):
            procedure.department_id = self.health
            procedure.department_id = self.centre
        self.env.invalidate_all()
        self.assertEqual(
            [
                (row.department_id, row.valid_from, row.valid_to)
                for row in procedure.competence_ids
            ],
            [
                (self.centre, date(2026, 5, 5), False),
                (self.justice, False, date(2026, 5, 4)),
            ],
        )

    def test_one_competent_agency_a_day(self):
        procedure = self.published("9.880012", self.justice)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(ExclusionViolation),
            self.env.cr.savepoint(),
        ):
            procedure.competence_ids.copy({"department_id": self.health.id})
        for user in (self.control, self.admin):
            with self.assertRaises(AccessError):
                self.as_user(procedure, user).competence_ids.write(
                    {"valid_from": "2001-01-01"}
                )

    def test_minutes(self):
        self.published("9.880013", self.justice)
        merger = self.merger((self.justice, self.health, None))
        merger.action_apply()
        pdf, kind = (
            self.env["ir.actions.report"]
            .with_user(self.control)
            ._render_onestop_pdf("onestop_procedure.report_merger", merger.ids)
        )
        self.assertEqual((kind, pdf[:4]), ("pdf", b"%PDF"))
