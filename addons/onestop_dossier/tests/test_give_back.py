# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import io
import re

from pypdf import PdfReader

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .return_common import OTHER, OWNER, ReturnCase, power


@tagged("post_install", "-at_install")
class TestGiveBack(ReturnCase):
    """Originals go back when there is no result, too; and once only."""

    def test_all_at_once(self):
        for state, user in (("refused", "receiver"), ("stopped", "returner")):
            with self.subTest(state=state):
                dossier, part = self.dossier_with_originals(state)
                self.act_as(dossier, user).action_give_back(*OWNER)
                self.assertEqual(dossier.sudo().state, state)
                row = dossier.sudo().original_ids
                self.assertEqual((row.dossier_part_id, row.count), (part, 2))
                self.assertEqual(row.move, "given_back")
                with self.assertRaisesRegex(UserError, "No original"):
                    self.act_as(dossier, user).action_give_back(*OWNER)

    def test_in_parts(self):
        dossier, part = self.dossier_with_originals("withdrawing")
        self.act_as(dossier, "receiver").action_accept_withdrawal()
        returner = self.act_as(dossier, "returner")
        returner.action_give_back(*OWNER, [{"part": part.id, "count": 1}])
        with self.assertRaisesRegex(UserError, "fewer originals"):
            returner.action_give_back(*OWNER, [{"part": part.id, "count": 2}])
        returner.action_give_back(*OWNER, [{"part": part.id, "count": 1}])
        self.assertEqual(sum(dossier.sudo().original_ids.mapped("count")), 2)

    def test_what_stayed_at_return(self):
        dossier, part = self.dossier_with_originals("ready")
        returner = self.act_as(dossier, "returner")
        returner.action_return(
            "counter",
            *OWNER,
            originals=[{"part": part.id, "count": 1, "move": "given_back"}],
        )
        returner.action_give_back(*OTHER, authority=power())
        self.assertEqual(dossier.sudo().original_ids.mapped("count"), [1, 1])
        # The record of the result still names who received the result.
        self.assertIn(
            "Người nhận kết quả: Citizen 901", self.printed(returner, "return")
        )
        self.assertEqual(returner._control_values()["rows"][-1]["taker_name"], OWNER[0])
        back = self.printed(returner, "give_back")
        self.assertIn("GIẤY BIÊN NHẬN TRẢ LẠI GIẤY TỜ", back)
        self.assertIn(f"Người nhận giấy tờ: {OTHER[0]}", back)
        self.assertNotIn("kết quả nêu trên", back)

    def printed(self, dossier, kind):
        reports = dossier.env["ir.actions.report"]
        content, _kind = reports._render_onestop_pdf(
            f"onestop_dossier.report_dossier_{kind}", dossier.ids
        )
        [page] = PdfReader(io.BytesIO(content)).pages
        return re.sub(r"\s+", " ", page.extract_text())

    def test_record_of_a_dossier_without_a_result(self):
        dossier, part = self.dossier_with_originals("stopped")
        returner = self.act_as(dossier, "returner")
        keys = {form["key"] for form in returner._form_keys()}
        self.assertNotIn("give_back_record", keys)
        returner.action_give_back(*OWNER)
        keys = {form["key"] for form in returner._form_keys()}
        self.assertIn("give_back_record", keys)
        self.assertNotIn("return_record", keys)
        self.assertIn(f"- {part.name}: 02 bản", self.printed(returner, "give_back"))

    def test_receiver_is_asked_for_here_as_well(self):
        dossier, _part = self.dossier_with_originals("stopped")
        returner = self.act_as(dossier, "returner")
        with self.assertRaisesRegex(UserError, "identity card"):
            returner.action_give_back("Citizen 901")
        with self.assertRaisesRegex(UserError, "authorisation"):
            returner.action_give_back(*OTHER)
        returner.action_give_back(*OTHER, authority=power())

    def test_not_while_it_is_handled(self):
        dossier, _part = self.dossier_with_originals("processing")
        with self.assertRaisesRegex(UserError, "not possible"):
            self.act_as(dossier, "returner").action_give_back(*OWNER)

    def test_access_twin(self):
        dossier, _part = self.dossier_with_originals("stopped")
        for user in ("cashier", "head", "appraiser", "stranger", "citizen", "other"):
            with self.subTest(user=user), self.assertRaises(AccessError):
                self.act_as(dossier, user).action_give_back(*OWNER)
        self.assertFalse(dossier.sudo().original_ids)
