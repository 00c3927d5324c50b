# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""What happens to a loaded dossier, and when. Pure: a seed decides.

Dossiers begin in opening hours of one day; what would come after now is left out, so
that the young ones are still open, as in a Centre at work.
"""

from datetime import UTC, timedelta

from numbering import ZONE
from story import Story

from odoo.addons.onestop_dossier.ledger.canonical import digest
from odoo.addons.onestop_procedure import clock

# Events of a dossier that runs its whole course: with those that end early 15 on
# average.
EVENTS = (15, 16, 16)
STRIDE = 24  # numbers kept free for the events of one dossier, as for its texts
FEES = 4  # of one dossier, at most
MINUTE, WORKDAY = 60, clock.SECONDS_PER_WORKDAY
# Share of dossiers by how they end, and by what happens on the way.
ENDS = (("returned", 92), ("rejected", 4), ("refused", 1.5), ("withdrawn", 1.5))
ENDS += (("stopped", 1),)
SUPPLEMENTED, LATE, ONLINE, POST, NOTED = 0.15, 0.06, 0.3, 0.05, 0.5
APPRAISED = "Thành phần hồ sơ đầy đủ, hợp lệ. Đề xuất giải quyết theo đề nghị."
REASON = "Nội dung dữ liệu thử tải."


def tell(dice, world, ids, opened, numbers, recorded):
    """Tell one dossier until now; return who told it, with the story.

    :param dice: a ``random.Random``
    :param opened: naive UTC instant
    :param numbers: a :class:`numbering.Numbers`
    """
    teller = Teller(dice, world, ids, opened, numbers, recorded)
    teller.begin()
    for name, moment in teller.course():
        if moment > world.now:
            break
        getattr(teller, f"_{name}")(moment)
    return teller


class Teller:
    """Who does what in one dossier."""

    def __init__(self, dice, world, ids, opened, numbers, recorded):
        self.dice, self.world, self.opened = dice, world, opened
        self.numbers = numbers
        self.unit = dice.choices(world.units, (94, 6))[0]
        self.kind = dice.choices(world.kinds, cum_weights=world.weights)[0]
        self.staff = world.staff[self.kind["department"]]
        self.receiver = dice.choice(self.unit["receivers"])
        self.appraiser = dice.choice(self.staff["appraiser"])
        [self.end] = dice.choices([e for e, _w in ENDS], [w for _e, w in ENDS])
        share = dice.random()
        self.channel = (
            "online" if share < ONLINE else "post" if share > 1 - POST else "counter"
        )
        self.result_channel = dice.choices(
            ("counter", "post", "electronic"), (7, 1, 2)
        )[0]
        values = {
            "procedure_id": self.kind["procedure"],
            "case_id": self.kind["case"],
            "person_id": dice.choice(world.persons),
            "channel": self.channel,
            "company_id": self.unit["company"],
            "copies": 1,
            "result_channel": self.result_channel,
        }
        self.story = Story(ids, values, self.kind, self.unit, recorded)
        self.fees = [
            [ids["fee"] + number, fee, None]
            for number, fee in enumerate(self.kind["fees"][:FEES])
        ]
        self.submitted = None

    def begin(self):
        """Open the dossier."""
        self.story.open(self.receiver, self.opened)

    def course(self):
        """The acts with their moments, in order."""
        dice, calendar = self.dice, self.unit["calendar"]
        first = self.opened + timedelta(seconds=dice.randrange(120, 900))
        if self.channel == "online":
            yield "submit", first
            # Answered within eight working hours (NĐ 45/2020/NĐ-CP, Điều 11).
            first = self._after(first, dice.randrange(20 * MINUTE, WORKDAY))
        if self.end == "refused":
            yield "refuse", first
            return
        yield "receive", first
        acts = self._acts()
        length = self.kind["limit"] * dice.uniform(0.15, 0.95)
        if dice.random() < LATE:
            length = self.kind["limit"] * dice.uniform(1.05, 1.8)
        shares = sorted(dice.uniform(0.02, 0.97) for _act in acts)
        last = first
        for act, share in zip(acts, shares, strict=True):
            moment = self._after(first, int(length * share))
            last = max(moment, last + timedelta(seconds=1))
            yield act, last
        if self.end in ("withdrawn", "stopped"):
            return
        issued = max(self._after(first, int(length)), last + timedelta(seconds=1))
        yield "issue", issued
        gap = dice.randrange(30 * MINUTE, 3 * WORKDAY)
        end = clock.add_working_seconds(issued.replace(tzinfo=UTC), gap, calendar)
        yield "return", end.astimezone(UTC).replace(tzinfo=None)

    def _after(self, start, seconds):
        found = clock.add_working_seconds(
            start.replace(tzinfo=UTC), seconds, self.unit["calendar"]
        )
        return found.astimezone(UTC).replace(tzinfo=None)

    def _acts(self):
        """The acts between reception and issue."""
        dice = self.dice
        appraises = self.story.step_of("processing")
        acts = ["forward"] if appraises else ["to_approval"]
        at_reception = [fee for fee in self.fees if fee[1]["at"] == "reception"]
        acts = ["collect_fee"] * len(at_reception) + acts
        if self.end in ("withdrawn", "stopped"):
            ends = ["request_withdrawal", "accept_withdrawal"]
            return [*acts, "assign", *(ends if self.end == "withdrawn" else ["stop"])]
        if appraises:
            if dice.random() < SUPPLEMENTED:
                acts += ["request_supplement", "pass_on", "resume"]
            acts += ["assign", "appraise"]
        wanted = dice.choice(EVENTS)
        ends = ["decide_against" if self.end == "rejected" else "approve"]
        # create, receive, issue, return; and submit of what was filed online
        around = 4 + (self.channel == "online") + len(ends)
        while appraises and wanted - around - len(acts) >= 3:
            acts += ["send_back", "assign", "appraise"]
        while wanted - around - len(acts) > 0:
            acts.append("assign_decider")
        return acts + ends

    # ------------------------------------------------------------
    # Acts, each as the model's method of that name tells it
    # ------------------------------------------------------------

    def _submit(self, moment):
        self.submitted = moment
        self._at_centre("submit", moment, values={"code": self._code()})

    def _receive(self, moment):
        values = {
            "code": self.story.row["code"] or self._code(),
            **self.numbers.place(self.unit, moment),
            "version_id": self.kind["version"],
            "rule_set": self.world.rules,
            "department_id": self.kind["department"],
            "step_id": self.story.step_of("received"),
            "user_id": self.receiver,
        }
        self._at_centre("receive", moment, values=values)

    def _refuse(self, moment):
        over = {"outcome": "refused", "step_id": None, "user_id": None}
        self._at_centre("refuse", moment, texts={"reason": REASON}, values=over)

    def _collect_fee(self, moment):
        fee = next(f for f in self.fees if not f[2] and f[1]["at"] == "reception")
        self._at_centre("collect_fee", moment, data={"fee": fee[0]}, role="cashiers")
        fee[2] = moment

    def _forward(self, moment):
        values = {"step_id": self.story.step_of("processing"), "user_id": None}
        self._at_centre("forward", moment, target="processing", values=values)

    def _to_approval(self, moment):
        values = {"step_id": self.story.step_of("approving"), "user_id": None}
        self._at_centre("forward", moment, target="approving", values=values)

    def _assign(self, moment):
        self.appraiser = self.dice.choice(self.staff["appraiser"])
        values = {"user_id": self.appraiser}
        self._in_agency("assign", self.appraiser, moment, values=values)

    def _assign_decider(self, moment):
        head = self._head()
        self._in_agency("assign", head, moment, values={"user_id": head})

    def _appraise(self, moment):
        values = {"step_id": self.story.step_of("approving"), "user_id": None}
        self._in_agency(
            "forward",
            self.appraiser,
            moment,
            target="approving",
            texts={"note": APPRAISED},
            values=values,
        )

    def _send_back(self, moment):
        values = {"step_id": self._last_appraisal(), "user_id": None}
        texts = {"reason": REASON}
        self._in_agency("send_back", self._head(), moment, texts=texts, values=values)

    def _request_supplement(self, moment):
        texts = {"reason": REASON, "items": "Bản chụp rõ của giấy tờ đã nộp"}
        days = clock.Limit(self.unit["rules"].supplement_ask_days, clock.Unit.WORKDAY)
        received = self.story.row["received_at"].replace(tzinfo=UTC)
        last = clock.due_at(received, days, self.unit["calendar"])
        late = moment.replace(tzinfo=UTC) > last
        if late:
            texts["exception"] = REASON
        data = {"supplement": {"number": 1, "late": late}}
        told = {"texts": texts, "data": data}
        self._in_agency("request_supplement", self.appraiser, moment, **told)

    def _pass_on(self, moment):
        self._at_centre("pass_on", moment)

    def _resume(self, moment):
        self._at_centre("resume", moment)

    def _approve(self, moment):
        self._decide("approve", moment, "granted", {})

    def _decide_against(self, moment):
        self._decide("reject", moment, "rejected", {"reason": REASON})

    def _decide(self, name, moment, outcome, texts):
        data = {
            "ground": self._ground(),
            "seen": digest(f"seen {self.story.ids['dossier']}"),
        }
        step = self.story.step_of("approved")
        values = {"outcome": outcome, "step_id": step, "user_id": None}
        told = {"texts": texts, "values": values, "data": data}
        self._in_agency(name, self._head(), moment, **told)

    def _issue(self, moment):
        result = {"file": self.story.ids["file"], "sha256": self.world.result["sha256"]}
        values = {"step_id": self.story.step_of("ready"), "user_id": None}
        records = self.staff["records"][0]
        data = {"result": result}
        self._in_agency("issue", records, moment, data=data, values=values)

    def _return(self, moment):
        for fee in self.fees:
            if not fee[2]:
                data = {"fee": fee[0]}
                self._at_centre("collect_fee", moment, data=data, role="cashiers")
                fee[2] = moment
                moment += timedelta(seconds=1)
        self._at_centre(
            "return",
            moment,
            role="returners",
            data={"channel": self.result_channel, "authorised": False},
            texts={"receiver": "Người nhận kết quả"},
            values={"returned_at": moment, "step_id": None, "user_id": None},
        )

    def _request_withdrawal(self, moment):
        self._at_centre("request_withdrawal", moment, texts={"reason": REASON})

    def _accept_withdrawal(self, moment):
        over = {"outcome": "withdrawn", "step_id": None, "user_id": None}
        self._at_centre("accept_withdrawal", moment, values=over)

    def _stop(self, moment):
        texts = {"reason": REASON, "legal_basis": "Điều 19 NĐ 101/2024/NĐ-CP"}
        values = {"outcome": "stopped", "step_id": None, "user_id": None}
        data = {"ground": self._ground()}
        told = {"texts": texts, "values": values, "data": data}
        self._in_agency("stop", self._head(), moment, **told)

    # ------------------------------------------------------------
    # Tools
    # ------------------------------------------------------------

    def _code(self):
        day = self.opened.replace(tzinfo=UTC).astimezone(ZONE).date()
        return self.numbers.code(self.unit, day)

    def _at_centre(self, name, moment, role=None, **told):
        actor = self.dice.choice(self.unit[role]) if role else self.receiver
        self.story.act(name, moment, actor, self.unit["department"], **told)

    def _in_agency(self, name, actor, moment, **told):
        self.story.act(name, moment, actor, self.kind["department"], **told)

    def _head(self):
        return self.staff["head"][0]

    def _last_appraisal(self):
        steps = [
            step
            for step, activity, _department, _hours in self.kind["steps"]
            if activity in ("appraise", "consult")
        ]
        return steps[-1]

    def _ground(self):
        return {"kind": "office", "department": self.kind["department"]}
