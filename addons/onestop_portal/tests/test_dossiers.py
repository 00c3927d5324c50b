# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import base64
from datetime import datetime

from odoo.tests import tagged

from odoo.addons.onestop_dossier.ledger.transitions import STATES

from .common import OTHER_PDF, PDF, PortalCase


@tagged("post_install", "-at_install")
class TestDossiers(PortalCase):
    # ------------------------------------------------------------
    # The list
    # ------------------------------------------------------------

    def listed(self, query=""):
        page = self.page(f"/my/dossiers{query}")
        return [int(key) for key in page.xpath("//@data-dossier")]

    def test_list_shows_own_dossiers(self):
        mine = self.dossier_in("processing")
        self.dossier_in("processing", person_id=self.other_citizen.id)
        self.sign_in()
        self.assertEqual(self.listed(), [mine.id])

    def test_list_shows_what_was_submitted_for_somebody(self):
        dossier = self.dossier_in(
            "received", person_id=self.other_citizen.id, submitter_id=self.citizen.id
        )
        self.sign_in()
        self.assertEqual(self.listed(), [dossier.id])
        self.page(f"/my/dossiers/{dossier.id}")

    def test_filter_search_and_sort(self):
        running = self.dossier_in("processing")
        waiting = self.dossier_in("supplement")
        done = self.dossier_in("returned")
        self.sign_in()
        self.assertEqual(self.listed("?filterby=waiting"), [waiting.id])
        self.assertEqual(self.listed("?filterby=closed"), [done.id])
        self.assertEqual(self.listed("?filterby=open"), [waiting.id, running.id])
        self.assertEqual(self.listed("?sortby=code"), [running.id, waiting.id, done.id])
        self.assertEqual(self.listed(f"?search={done.code}"), [done.id])
        self.assertEqual(len(self.listed("?search=PROCEDURE 9.000001")), 3)
        self.assertEqual(self.listed("?search=nothing like this"), [])
        # What is no choice is as if nothing had been chosen.
        self.assertEqual(len(self.listed("?filterby=x&sortby=y")), 3)

    def test_query_count_does_not_grow(self):
        """The page asks the database as often for one dossier as for a dozen."""
        self.sign_in()
        self.dossier_in("processing")
        few = self.queries_of_list()
        other = self.make_procedure("9.000002", self.health)
        for state in ("received", "supplement", "returned", "withdrawing"):
            self.dossier_in(state)
            self.new_dossier(procedure_id=other.id)
        self.assertEqual(self.queries_of_list(), few)

    def queries_of_list(self):
        dossiers = self.env["onestop.dossier"].with_user(self.users["citizen"])
        for _each in range(2):  # the first time warms the caches of the registry
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            rows = [row._portal_row() for row in dossiers.search([])]
        self.assertTrue(rows)
        return self.env.cr.sql_log_count - before

    def test_home_counts_dossiers(self):
        self.dossier_in("received")
        self.sign_in()
        answer = self.url_open(
            "/my/counters",
            json=self.build_rpc_payload({"counters": ["dossier_count"]}),
        )
        self.assertEqual(answer.json()["result"]["dossier_count"], 1)
        self.assertIn("/my/dossiers", self.page("/my").xpath("//a/@href"))

    # ------------------------------------------------------------
    # One dossier
    # ------------------------------------------------------------

    def values_of(self, dossier):
        return self.act_as(dossier, "citizen")._portal_values()

    def test_every_state_has_a_page(self):
        """A sentence, steps and a history in each state, and no error."""
        self.sign_in()
        for state in STATES:
            with self.subTest(state=state):
                dossier = self.dossier_in(state)
                page = self.page(f"/my/dossiers/{dossier.id}")
                sentence = page.xpath("//*[contains(@class, 'o_onestop_sentence')]/p")
                self.assertTrue(sentence[0].text_content().strip())
                self.assertTrue(page.xpath("//@data-step"))

    def test_steps_done_now_next(self):
        dossier = self.dossier_in("processing")
        steps = self.values_of(dossier)["steps"]
        self.assertEqual(
            [(step["key"], step["status"]) for step in steps],
            [
                ("received", "done"),
                ("processing", "now"),
                ("approving", "next"),
                ("ready", "next"),
                ("returned", "next"),
            ],
        )
        self.assertTrue(steps[0]["at"])
        self.assertFalse(steps[1]["at"])

    def test_steps_go_back_with_the_dossier(self):
        """Sent back, the examination is under way again."""
        dossier = self.dossier_in("approving")
        self.act_as(dossier, "head").action_send_back("Look again")
        status = {s["key"]: s["status"] for s in self.values_of(dossier)["steps"]}
        self.assertEqual(status["processing"], "now")
        self.assertEqual(status["approving"], "next")

    def test_steps_end_where_the_dossier_ended(self):
        for state, key in (("refused", "refused"), ("stopped", "stopped")):
            with self.subTest(state=state):
                steps = self.values_of(self.dossier_in(state))["steps"]
                self.assertEqual(steps[-1]["key"], key)
                self.assertEqual(steps[-1]["status"], "ended")
                self.assertNotIn("next", [step["status"] for step in steps])

    def test_finished_steps_are_all_done(self):
        steps = self.values_of(self.dossier_in("returned"))["steps"]
        self.assertEqual({step["status"] for step in steps}, {"done"})

    def test_times_are_those_of_the_centre(self):
        """Shown in the Centre's time zone, wherever the citizen is."""
        dossier = self.dossier_in("received")
        self.users["citizen"].tz = "America/New_York"
        shown = self.act_as(dossier, "citizen")._portal_time(
            datetime(2026, 11, 26, 9, 30)
        )
        self.assertIn("16:30", shown)
        self.assertIn("26/11/2026", shown)

    def test_history_hides_what_is_internal(self):
        """No note of the agency, no name of an officer, no receiver's identity."""
        self.users["appraiser"].name = "Officer Hidden"
        dossier = self.dossier_in("ready")
        self.act_as(dossier, "returner").action_return(
            "counter",
            "Receiver Hidden",
            "089090000999",
            authority={
                "kind": "power",
                "number": "Paper Hidden",
                "on": "2026-01-05",
                "file": {"name": "x.pdf", "content": base64.b64encode(PDF).decode()},
            },
        )
        self.sign_in()
        shown = self.page(f"/my/dossiers/{dossier.id}").text_content()
        for hidden in (
            "All conditions are met",  # the note of the appraisal
            "Officer Hidden",
            "Receiver Hidden",
            "089090000999",
            "Paper Hidden",
            self.users["head"].name,
        ):
            with self.subTest(hidden=hidden):
                self.assertNotIn(hidden, shown)
        kinds = [line["kind"] for line in self.values_of(dossier)["timeline"]]
        self.assertEqual(
            kinds, ["return", "issue", "approve", "forward", "forward", "receive"]
        )

    def test_history_tells_the_reasons(self):
        """What was written for the citizen is there for him to read."""
        dossier = self.dossier_in("processing")
        self.act_as(dossier, "appraiser").action_request_supplement(
            "The scan is unclear", ["Form, both pages", "Photograph"]
        )
        self.sign_in()
        shown = self.page(f"/my/dossiers/{dossier.id}").text_content()
        self.assertIn("The scan is unclear", shown)
        self.assertIn("Photograph", shown)
        self.assertEqual(
            self.act_as(dossier, "citizen")._portal_wanted(),
            ["Form, both pages", "Photograph"],
        )

    def test_result_is_there_when_it_is_issued(self):
        dossier = self.dossier_in("approved")
        self.act_as(dossier, "records")._attach("result.pdf", PDF, "result")
        self.assertEqual(self.values_of(dossier)["files"], [])
        self.act_as(dossier, "records").action_issue()
        values = self.values_of(dossier)
        self.assertEqual([f["kind"] for f in values["files"]], ["result"])
        self.assertEqual(values["action"]["url"], values["files"][0]["url"])

    # ------------------------------------------------------------
    # Withdrawal and supplement
    # ------------------------------------------------------------

    def test_withdrawal_asks_for_reason_and_confirmation(self):
        dossier = self.dossier_in("processing")
        self.sign_in()
        url = f"/my/dossiers/{dossier.id}/withdraw"
        self.assertIn(url, self.page(f"/my/dossiers/{dossier.id}").xpath("//a/@href"))
        answer = self.post(url, {"reason": "I moved away"})
        self.assertEqual(answer.status_code, 200)
        self.assertIn("I moved away", answer.text)
        self.post(url, {"reason": " ", "confirmed": "1"})
        self.assertEqual(dossier.sudo().state, "processing")
        answer = self.post(url, {"reason": "I moved away", "confirmed": "1"})
        self.assertEqual(self.path_of(answer), f"/my/dossiers/{dossier.id}")
        self.assertEqual(dossier.sudo().state, "withdrawing")
        last = dossier.sudo().event_ids[-1]
        self.assertEqual(last.actor_id, self.users["citizen"])

    def test_no_withdrawal_of_a_finished_dossier(self):
        dossier = self.dossier_in("returned")
        self.sign_in()
        url = f"/my/dossiers/{dossier.id}/withdraw"
        answer = self.post(url, {"reason": "Too late", "confirmed": "1"})
        self.assertEqual(self.path_of(answer), f"/my/dossiers/{dossier.id}")
        self.assertEqual(dossier.sudo().state, "returned")

    def supplement(self, dossier, *files):
        return self.post(
            f"/my/dossiers/{dossier.id}/supplement",
            {},
            list(files) or {"nothing": ("", b"")},
        )

    def test_supplement_adds_files(self):
        dossier = self.dossier_in("supplement")
        part = dossier.sudo().part_ids[0]
        self.sign_in()
        self.page(f"/my/dossiers/{dossier.id}/supplement")
        answer = self.supplement(
            dossier,
            (f"part_{part.id}", ("form.pdf", PDF)),
            ("other", ("letter.pdf", OTHER_PDF)),
        )
        self.assertEqual(self.path_of(answer), f"/my/dossiers/{dossier.id}")
        files = dossier.sudo().file_ids
        self.assertEqual(files.mapped("name"), ["form.pdf", "letter.pdf"])
        self.assertEqual(files[0].dossier_part_id, part)
        self.assertEqual(files.create_uid, self.users["citizen"])

    def test_supplement_sent_twice_is_stored_once(self):
        """Files cannot be taken out again, so a reload must not add any."""
        dossier = self.dossier_in("supplement")
        self.sign_in()
        for _each in range(2):
            self.supplement(dossier, ("other", ("letter.pdf", PDF)))
        self.assertEqual(dossier.sudo().file_ids.mapped("name"), ["letter.pdf"])

    def test_supplement_is_all_or_nothing(self):
        dossier = self.dossier_in("supplement")
        self.sign_in()
        answer = self.supplement(
            dossier, ("other", ("a.pdf", PDF)), ("other", ("b.pdf", b"plain text"))
        )
        self.assertEqual(answer.status_code, 200)
        self.assertFalse(dossier.sudo().file_ids)

    def test_no_supplement_unless_asked_for(self):
        dossier = self.dossier_in("processing")
        self.sign_in()
        answer = self.supplement(dossier, ("other", ("a.pdf", PDF)))
        self.assertEqual(answer.status_code, 200)
        self.assertFalse(dossier.sudo().file_ids)
