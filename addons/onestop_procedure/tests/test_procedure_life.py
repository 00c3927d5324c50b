# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from datetime import date, timedelta

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, HttpCase, JsonRpcException, new_test_user, tagged
from odoo.tools import mute_logger

from .common import ProcedureCase, ProcedureFixture


@tagged("post_install", "-at_install")
class TestProcedureLife(ProcedureCase):
    """Published, amended, replaced, suspended, resumed, abolished, withdrawn."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.author = cls.make_user("author", cls.justice, "catalogue")
        cls.today = cls.env["onestop.membership"]._today()
        cls.decision = cls.make_decision()
        cls.procedure = cls.make_procedure()
        cls.version = cls.procedure.version_ids
        cls.procedure_kept = cls.procedure.with_user(cls.manager)

    def publish(self, version=None, day="2025-07-01", user=None):
        version = (version or self.version).with_user(user or self.manager)
        version.action_publish(day, self.decision.id)

    def next_version(self, user=None, **values):
        version = self.version.with_user(user or self.author)
        draft = version.browse(version.action_new_version()["res_id"])
        draft.write(values)
        return draft

    def acts(self):
        return [(act.kind, act.effective_on) for act in self.procedure.act_ids]

    # ------------------------------------------------------------
    # Course
    # ------------------------------------------------------------

    def test_status_through_a_life(self):
        self.assertEqual(self.version.status, "draft")
        self.publish()
        self.assertEqual(self.version.status, "in_force")
        second = self.next_version()
        self.assertEqual((second.change, second.status), ("amended", "draft"))
        self.publish(second, "2026-01-01")
        third = self.next_version(change="replacing")
        later = self.today + timedelta(days=10)
        self.publish(third, later)
        self.assertEqual(
            [v.status for v in self.version | second | third],
            ["amended", "in_force", "to_come"],
        )
        self.assertEqual(
            self.acts(),
            [
                ("replace", later),
                ("amend", date(2026, 1, 1)),
                ("publish", date(2025, 7, 1)),
            ],
        )
        self.assertEqual(self.procedure.act_ids.decision_id, self.decision)

    def test_suspended_resumed_abolished_by_decisions(self):
        self.publish()
        self.procedure_kept.action_suspend("2026-02-01", self.decision.id, "Law")
        self.assertEqual(self.procedure.state, "suspended")
        self.assertEqual(self.version.status, "suspended")
        self.procedure_kept.action_resume("2026-03-01", self.decision.id)
        self.assertEqual(self.version.status, "in_force")
        self.procedure_kept.action_abolish("2026-04-01", self.decision.id, "Law")
        self.assertEqual(self.procedure.state, "abolished")
        self.assertEqual(self.version.status, "abolished")
        self.assertEqual(self.version.valid_to, date(2026, 3, 31))
        self.assertEqual(
            [kind for kind, _day in self.acts()],
            ["abolish", "resume", "suspend", "publish"],
        )

    def test_replaced_by_another_procedure(self):
        self.publish()
        other = self.make_procedure("9.000005")
        self.procedure_kept.action_abolish(
            "2026-04-01", self.decision.id, successor_ids=other.ids
        )
        self.assertEqual(self.version.status, "replaced")
        self.assertEqual(other.predecessor_ids, self.procedure)

    def test_state_follows_on_its_day(self):
        self.publish()
        later = self.today + timedelta(days=3)
        self.procedure_kept.action_suspend(later, self.decision.id)
        self.procedure_kept.action_abolish(later + timedelta(days=1), self.decision.id)
        self.assertEqual(self.procedure.state, "published")
        self.assertEqual(self.version.status, "in_force")
        for days, state in ((3, "suspended"), (4, "abolished")):
            day = self.today + timedelta(days=days)
            memberships = self.registry["onestop.membership"]
            self.patch(memberships, "_today", lambda _self, day=day: day)
            self.env["onestop.procedure"]._cron_follow_versions()
            self.assertEqual(self.procedure.state, state)

    def test_nothing_is_abolished_under_a_version_to_come(self):
        self.publish(day=self.today + timedelta(days=5))
        with self.assertRaisesRegex(UserError, "withdraw it first"):
            self.procedure_kept.action_abolish(self.today, self.decision.id)

    def test_each_act_names_its_decision(self):
        with self.assertRaisesRegex(UserError, "decision"):
            self.version.with_user(self.manager).action_publish("2025-07-01")
        self.publish()
        for act in (
            self.procedure_kept.action_suspend,
            self.procedure_kept.action_abolish,
        ):
            with self.assertRaisesRegex(UserError, "decision"):
                act()

    def test_day_of_the_decision_is_the_default(self):
        self.decision.effective_from = "2025-08-01"
        self.version.with_user(self.manager).action_publish(
            decision_id=self.decision.id
        )
        self.assertEqual(self.version.valid_from, date(2025, 8, 1))

    @mute_logger("odoo.sql_db")
    def test_history_is_only_added_to(self):
        self.publish()
        self.env.flush_all()
        for statement in (
            "UPDATE onestop_procedure_act SET reason = 'x'",
            "DELETE FROM onestop_procedure_act",
            "TRUNCATE onestop_procedure_act",
        ):
            with (
                self.assertRaisesRegex(IntegrityError, "append-only"),
                self.cr.savepoint(),
            ):
                self.cr.execute(statement)

    # ------------------------------------------------------------
    # Withdrawing
    # ------------------------------------------------------------

    def test_withdrawn_before_its_day(self):
        self.publish()
        second = self.next_version()
        self.publish(second, self.today + timedelta(days=5))
        self.assertEqual(self.version.valid_to, self.today + timedelta(days=4))
        second.with_user(self.manager).action_withdraw("A wrong fee")
        self.assertEqual((second.state, second.status), ("draft", "draft"))
        self.assertFalse(self.version.valid_to)
        day = self.today + timedelta(days=5)
        self.assertEqual(self.acts()[:2], [("withdraw", day), ("amend", day)])
        second.with_user(self.author).case_ids.fee_ids.amount = 7000
        self.publish(second, self.today + timedelta(days=6))

    def test_first_publication_withdrawn_leaves_a_draft(self):
        self.publish(day=self.today + timedelta(days=5))
        self.version.with_user(self.manager).action_withdraw()
        self.assertEqual(self.procedure.state, "draft")
        with self.assertRaisesRegex(UserError, "stays on record"):
            self.version.with_user(self.author).unlink()

    @mute_logger("odoo.sql_db")
    def test_nothing_in_force_is_withdrawn(self):
        self.publish(day=self.today)
        with self.assertRaisesRegex(UserError, "day has not come"):
            self.version.with_user(self.manager).action_withdraw()
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            self.cr.execute(
                "UPDATE onestop_procedure_version SET state = 'draft' WHERE id = %s",
                [self.version.id],
            )

    # ------------------------------------------------------------
    # Who may
    # ------------------------------------------------------------

    def test_authors_draft_for_their_own_agency(self):
        for user in (self.author, self.head, self.deputy):
            draft = self.next_version(user, keywords="copy")
            draft.case_ids.part_ids.name = "Another application"
        alien = self.make_procedure("9.000007", department_id=self.health.id)
        self.assertFalse(alien.with_user(self.author).can_draft)
        version = alien.version_ids.with_user(self.author)
        own = self.version.with_user(self.author)
        for act in (
            version.action_new_version,
            lambda: version.write({"keywords": "x"}),
            lambda: version.case_ids.write({"time_value": 1}),
            lambda: version.case_ids.part_ids.write({"name": "x"}),
            lambda: alien.with_user(self.author).write({"name": "x"}),
            lambda: own.write({"procedure_id": alien.id}),
            lambda: own.case_ids.write({"version_id": alien.version_ids.id}),
            lambda: own.case_ids.part_ids.write({"case_id": version.case_ids.id}),
            lambda: self.procedure.with_user(self.author).write(
                {"department_id": self.health.id}
            ),
        ):
            with self.assertRaises(AccessError):
                act()

    def test_author_proposes_a_procedure_of_his_agency_only(self):
        values = {"code": "9.000010", "name": "New", "sector_id": self.sector.id}
        Procedure = self.env["onestop.procedure"].with_user(self.author)
        made = Procedure.create({**values, "department_id": self.justice.id})
        made.action_new_version()
        made.unlink()
        with self.assertRaises(AccessError):
            Procedure.create({**values, "department_id": self.health.id})

    def test_only_the_office_publishes(self):
        for user in (self.author, self.head, self.deputy, self.staff, self.personnel):
            with self.assertRaisesRegex(AccessError, "Office"):
                self.publish(user=user)
        self.publish(user=self.admin)
        for user in (self.author, self.head, self.staff):
            procedure = self.procedure.with_user(user)
            self.assertFalse(procedure.can_publish)
            for act in (
                procedure.action_suspend,
                procedure.action_resume,
                procedure.action_abolish,
                procedure.action_decide,
                self.version.with_user(user).action_open_publish,
                self.version.with_user(user).action_withdraw,
            ):
                with self.assertRaises(AccessError):
                    act()

    def test_identity_of_a_published_procedure_is_for_the_office(self):
        own = self.procedure.with_user(self.author)
        own.name = "While it is a draft"
        self.publish()
        for values in ({"name": "x"}, {"frequency": "low"}, {"active": False}):
            with self.assertRaises(AccessError):
                own.write(values)
        self.procedure_kept.write({"frequency": "low"})

    def test_states_are_not_typed(self):
        draft = self.make_procedure("9.000006")
        for user in (self.manager, self.admin):
            for record, values in (
                (draft, {"state": "published"}),
                (draft.version_ids, {"state": "published"}),
            ):
                with self.assertRaisesRegex(UserError, "buttons"):
                    record.with_user(user).write(values)
        procedures = self.env["onestop.procedure"].with_user(self.admin)
        values = {
            "code": "9.000004",
            "name": "x",
            "department_id": self.justice.id,
            "sector_id": self.sector.id,
        }
        with self.assertRaisesRegex(UserError, "buttons"), self.env.cr.savepoint():
            procedures.create(values | {"state": "published"})
        with self.assertRaisesRegex(UserError, "buttons"), self.env.cr.savepoint():
            procedures.with_context(default_state="published").create(values)

    def test_sectors_are_kept_by_the_office(self):
        with self.assertRaises(AccessError):
            self.sector.with_user(self.author).name = "Other"

    # ------------------------------------------------------------
    # Dialogs
    # ------------------------------------------------------------

    def test_several_drafts_by_one_decision(self):
        other = self.make_procedure("9.000003")
        versions = self.version | other.version_ids
        dialog = self.env["onestop.procedure.publish"].with_user(self.manager)
        form = Form(dialog.with_context(default_version_ids=versions.ids))
        form.decision_id = self.decision
        form.change = "new"
        self.assertEqual(form.valid_from, date(2025, 6, 20))
        self.assertIn("Only 0 working days", form.warning)
        form.valid_from = date(2025, 7, 1)
        self.assertNotIn("working days", form.warning)
        form.save().action_publish()
        self.assertEqual(set(versions.mapped("status")), {"in_force"})
        self.assertEqual(set(versions.mapped("change")), {"new"})

    def test_notice_of_a_ministry_is_longer(self):
        self.province.kind = "ministry"
        dialog = self.env["onestop.procedure.publish"].new(
            {"decision_id": self.decision.id, "valid_from": "2025-07-01"}
        )
        self.assertIn("at least 20", dialog.warning)
        dialog.valid_from = "2025-06-01"
        self.assertIn("before the decision", dialog.warning)

    def test_dialog_of_decisions(self):
        self.publish()
        dialog = self.env["onestop.procedure.decide"].with_user(self.manager)
        context = self.procedure_kept.action_decide()["context"]
        form = Form(dialog.with_context(**context))
        form.kind = "abolish"
        form.decision_id = self.decision
        form.day = date(2026, 1, 1)
        form.reason = "Decree 1"
        form.save().action_decide()
        self.assertEqual(self.procedure.state, "abolished")
        self.assertEqual(self.procedure.act_ids[0].reason, "Decree 1")

    # ------------------------------------------------------------
    # Steps that go back
    # ------------------------------------------------------------

    def test_links_between_steps_are_copied(self):
        steps = self.version.case_ids.step_ids
        steps[2].back_step_id = steps[0]
        copied = self.next_version().case_ids.step_ids
        self.assertEqual(copied[2].back_step_id, copied[0])
        with self.assertRaisesRegex(UserError, "earlier step"):
            steps[0].back_step_id = steps[1]

    def test_result_in_words_follows_the_list(self):
        self.version.result_name = "As the file says"
        self.assertEqual(self.version.result_name, "As the file says")
        self.version.result_ids = [
            (0, 0, {"name": "Certificate", "sequence": 2}),
            (0, 0, {"name": "Notice", "sequence": 1}),
        ]
        self.assertEqual(self.version.result_name, "Notice; Certificate")


@tagged("post_install", "-at_install")
class TestProcedureLifeOverHttp(ProcedureFixture, HttpCase):
    """The same refusals for a program with a session."""

    def call(self, method, ids, *args, model="onestop.procedure.version"):
        return self.make_jsonrpc_request(
            f"/web/dataset/call_kw/{model}/{method}",
            {"model": model, "method": method, "args": [ids, *args], "kwargs": {}},
        )

    def assertRefused(self, reason, *args, **kwargs):
        with (
            mute_logger("odoo.http"),
            self.assertRaisesRegex(JsonRpcException, reason),
        ):
            self.call(*args, **kwargs)

    def test_agency_drafts_and_office_publishes(self):
        decision = self.make_decision()
        office = self.env["onestop.department"].create(
            {"name": "Office", "short": "T-OFFICE", "kind": "office"}
        )
        self.make_user("office", office, "catalogue")
        self.make_user("health", self.health, "catalogue")
        self.make_user("author", self.justice, "catalogue")
        new_test_user(self.env, "t.plain", groups="base.group_user")
        version = self.make_procedure().version_ids
        publish = ("action_publish", version.ids, "2025-07-01", decision.id)
        self.authenticate("t.author", "t.author")
        self.call("write", version.ids, {"keywords": "copies"})
        self.assertRefused("AccessError", *publish)
        self.assertRefused("UserError", "write", version.ids, {"state": "published"})
        for login in ("t.health", "t.plain", "t.citizen"):
            self.authenticate(login, login)
            self.assertRefused("AccessError", *publish)
            self.assertRefused("AccessError", "write", version.ids, {"keywords": "x"})
        self.authenticate("t.office", "t.office")
        self.call(*publish)
        self.assertEqual(version.state, "published")
        for login in ("t.office", "t.admin"):
            self.authenticate(login, login)
            for values in (
                {"keywords": "x"},
                {"state": "draft"},
                {"valid_to": "2030-01-01"},
                {"result_ids": [[0, 0, {"name": "x"}]]},
            ):
                self.assertRefused("UserError", "write", version.ids, values)
            self.assertRefused(
                "UserError",
                "create",
                [{"version_id": version.id, "channel": "post"}],
                model="onestop.procedure.method",
            )
            self.assertRefused(
                "(User|Access|Validation)Error",
                "write",
                version.act_ids.ids,
                {"reason": "x"},
                model="onestop.procedure.act",
            )
