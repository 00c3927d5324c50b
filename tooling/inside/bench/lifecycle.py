# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""Runs in Odoo's Python: one dossier's life beside a task's, and beside plain SQL.

Each life is a creation and eight moves, every one in a transaction of its own, with
an empty cache, by the user whose act it is. Reads one JSON object (``config``,
``database``, ``rounds``); writes one: seconds and statements of each.
"""

import json
import sys
import time
from contextlib import contextmanager
from statistics import median

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tools import config

ORDER = json.load(sys.stdin)
config.parse_config(
    ["-c", ORDER["config"], "-d", ORDER["database"], "--no-http"]
    + ["--log-level", "warn"],
    setup_logging=True,
)

import floor  # noqa: E402

from odoo.addons.onestop_procedure.pdf import html_to_pdf  # noqa: E402

LIVES = 10  # in a round
STAGES = 9
PDF = html_to_pdf(["<p>Kết quả</p>"])
REGISTRY = Registry(ORDER["database"])


class Stopwatch:
    """Time and statements of transactions, their commit included."""

    def __init__(self):
        self.seconds, self.statements = 0.0, 0

    @contextmanager
    def transaction(self, uid):
        """An environment of a user in a transaction that counts."""
        begun = time.perf_counter()
        with REGISTRY.cursor() as cr:
            yield api.Environment(cr, uid, {"lang": "vi_VN", "tz": "Asia/Ho_Chi_Minh"})
            cr.commit()
            statements = cr.sql_log_count
        self.seconds += time.perf_counter() - begun
        self.statements += statements


@contextmanager
def aside(uid=SUPERUSER_ID):
    """An environment in a transaction that does not count."""
    with REGISTRY.cursor() as cr:
        yield api.Environment(cr, uid, {})
        cr.commit()


# ------------------------------------------------------------
# A dossier
# ------------------------------------------------------------


def people():
    """Ids of the demo users who play, and what they play with."""
    with aside() as env:
        users = env["res.users"]
        procedure = env["onestop.procedure"].search(
            [("state", "=", "published"), ("department_id.short", "=", "TP")], limit=1
        )
        cast = {
            login: users.search([("login", "=", login)]).id
            for login in (
                *("receiver.centre", "returner.centre", "cashier.centre"),
                *("appraiser.tp", "head.tp", "records.tp"),
            )
        }
        person = env["onestop.person"].search(
            [("identity_number", "!=", False)], limit=1
        )
        return cast, procedure.id, person.id


def dossier_life(cast, procedure, person, watch):
    """A dossier from its opening to its return; return its id."""
    with watch.transaction(cast["receiver.centre"]) as env:
        dossier = env["onestop.dossier"].create(
            {"procedure_id": procedure, "person_id": person}
        )
        dossier.part_ids.write({"received": True, "finding": "ok"})
        number = dossier.id

    def act(login, name, *arguments):
        with watch.transaction(cast[login]) as env:
            dossier = env["onestop.dossier"].browse(number)
            if name in ("approve", "issue"):
                getattr(dossier, f"_do_{name}")(*arguments)
            else:
                getattr(dossier, f"action_{name}")(*arguments)

    act("receiver.centre", "submit")
    act("receiver.centre", "receive")
    act("receiver.centre", "forward")
    act("appraiser.tp", "assign", cast["appraiser.tp"])
    act("appraiser.tp", "forward", "All conditions are met.")
    # What was on the screen: read before the decision, by another request.
    with aside(cast["head.tp"]) as env:
        seen = env["onestop.dossier"].browse(number).approval_digest
    act("head.tp", "approve", None, seen)
    # A file is no transition, and a task has none.
    with aside(cast["records.tp"]) as env:
        dossier = env["onestop.dossier"].browse(number)
        dossier._attach("result.pdf", PDF, "result")
        cashier = dossier.with_user(cast["cashier.centre"])
        owner = dossier.sudo().person_id
        shown = owner.name, owner.identity_number
        for fee in dossier.sudo()._unpaid_fees():
            cashier.action_collect_fee(fee.id)
    act("records.tp", "issue")
    act("returner.centre", "return", "counter", *shown)
    return number


# ------------------------------------------------------------
# A task
# ------------------------------------------------------------


def project(user):
    """Have a project with nine stages; return its id and theirs."""
    with aside() as env:
        env.ref("project.group_project_user").user_ids |= env["res.users"].browse(user)
        made = env["project.project"].create({"name": "Bench"})
        stages = env["project.task.type"].create(
            [
                {"name": f"Stage {n}", "sequence": n, "project_ids": [(4, made.id)]}
                for n in range(STAGES)
            ]
        )
        return made.id, stages.ids


def task_life(user, made, stages, watch):
    """A task through all stages, with Odoo's own tracking."""
    with watch.transaction(user) as env:
        task = env["project.task"].create(
            {"name": "A task", "project_id": made, "stage_id": stages[0]}
        )
        number = task.id
    for stage in stages[1:]:
        with watch.transaction(user) as env:
            env["project.task"].browse(number).write({"stage_id": stage})


# ------------------------------------------------------------


def main(rounds):
    """Measure; print the medians by subject."""
    cast, procedure, person = people()
    user = cast["receiver.centre"]
    made, stages = project(user)
    measured = {"dossier": [], "project.task": [], "plain SQL": []}
    for number in range(rounds + 1):  # the first one warms up
        watches = {name: Stopwatch() for name in measured}
        for _each in range(LIVES):
            life = dossier_life(cast, procedure, person, watches["dossier"])
            task_life(user, made, stages, watches["project.task"])
            with aside() as env:
                script = floor.script(env.cr, life)
            floor.play(REGISTRY, script, watches["plain SQL"])
        if number:
            for name, watch in watches.items():
                measured[name].append((watch.seconds, watch.statements))
        print(json.dumps({"doing": f"round {number} of {rounds}"}), flush=True)
    print(
        json.dumps(
            {
                name: {
                    "ms": median(s for s, _n in runs) / LIVES * 1000,
                    "statements": median(n for _s, n in runs) / LIVES,
                }
                for name, runs in measured.items()
            }
        )
    )


if __name__ == "__main__":
    main(ORDER["rounds"])
