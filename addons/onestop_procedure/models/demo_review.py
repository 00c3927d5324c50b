# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from datetime import timedelta

from odoo import api, models
from odoo.fields import Domain

# The demo plays 90 days: 12 dossiers a year are 3 in that time.
THRESHOLD = 3
LEGAL_BASIS = """\
Nghị định số 61/2018/NĐ-CP ngày 23/4/2018 của Chính phủ
Nghị định số 118/2025/NĐ-CP ngày 09/6/2025 của Chính phủ
Quyết định số 985/QĐ-TTg ngày 08/8/2018 của Thủ tướng Chính phủ"""
BASIS = {
    "appraise": "Điều 17 Nghị định số 61/2018/NĐ-CP",
    "approve": "Điều 14 Luật Tổ chức chính quyền địa phương số 72/2025/QH15",
}
REASON = "Thủ tục thường xuyên phát sinh hồ sơ, đủ điều kiện thực hiện tại Trung tâm."
RETURNED = "Bổ sung căn cứ pháp lý của việc ủy quyền phê duyệt tại Trung tâm."
OBSTACLE = "Chưa có văn bản ủy quyền phê duyệt tại Trung tâm."
# Counters and staff at the Centre now; the others have one of each.
PLACES = {"TP": (2, 3), "XD": (2, 2), "YT": (1, 2), "TC": (2, 2), "NNMT": (3, 4)}
# How far each of the four agencies has come.
ACCEPTED, HANDED_IN, GIVEN_BACK, WORKING = "TP", "XD", "YT", "TC"


class OnestopDemo(models.AbstractModel):
    _inherit = "onestop.demo"

    @api.model
    def _load_review(self):
        """Open a first review round; four agencies are in different states."""
        today = self.env["onestop.membership"]._today()
        director = self._by_login("director.centre")
        review = (
            self.env["onestop.review"]
            .with_user(director)
            .create(
                {
                    "name": f"Rà soát thủ tục thực hiện tại chỗ năm {today.year}",
                    "period_from": today.replace(month=1, day=1),
                    "period_to": today.replace(month=12, day=31),
                    "deadline": today + timedelta(days=10),
                    "threshold": THRESHOLD,
                    "plan_id": self._plan_of_rounds().id,
                    "legal_basis": LEGAL_BASIS,
                }
            )
        )
        review.action_open()
        for part in review.part_ids:
            counters, staff = PLACES.get(part.department_id.short, (1, 1))
            part.write({"counters": counters, "staff": staff})
        for short in (ACCEPTED, HANDED_IN, GIVEN_BACK, WORKING):
            self._play_part(review, short, director, today)
        self.env.flush_all()

    @api.model
    def _play_part(self, review, short, director, today):
        head = self._by_login(f"head.{short.lower()}")
        part = (
            self.env["onestop.review.part"]
            .with_user(head)
            .search(
                [("review_id", "=", review.id), ("department_id.short", "=", short)]
            )
        )
        simulation = self.env["onestop.review.simulation"].with_user(head)
        simulation = simulation.create({"review_id": review.id, "part_id": part.id})
        simulation.action_shortest()
        chosen = simulation.line_ids
        day = today + timedelta(days=45)
        chosen.write(
            {
                "proposed_mode": "full",
                "note": REASON,
                **{f"basis_{stage}": basis for stage, basis in BASIS.items()},
                **{f"target_{stage}": day for stage in BASIS},
            }
        )
        held = part.line_ids.filtered(lambda line: line.proposed_mode == "no_approval")
        held.write({"obstacle_delegation": True, "obstacle_note": OBSTACLE})
        if short == WORKING:
            (part.line_ids - chosen)[:15].action_confirm()
            return
        part.action_confirm_rest()
        part.action_hand_in()
        if short == ACCEPTED:
            part.with_user(director).action_accept()
        elif short == GIVEN_BACK:
            part.with_user(director).action_return(RETURNED)

    @api.model
    def _plan_of_rounds(self):
        return self.env["onestop.plan"].search(Domain.TRUE, limit=1)

    @api.model
    def _by_login(self, login):
        return self.env["res.users"].search([("login", "=", login)])
