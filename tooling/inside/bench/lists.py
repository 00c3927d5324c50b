# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""Runs in Odoo's Python: lists, searches and counts of a large database.

Each is asked as the user who works with it, in a transaction of its own with an empty
cache, as the web client asks. Reads one JSON object (``config``, ``database``,
``rounds``); writes one: milliseconds by subject, and plans that read a whole table.
"""

import json
import sys
import time

from odoo import SUPERUSER_ID, api
from odoo.fields import Domain
from odoo.modules.registry import Registry
from odoo.tools import config

ORDER = json.load(sys.stdin)
config.parse_config(
    ["-c", ORDER["config"], "-d", ORDER["database"], "--no-http"]
    + ["--log-level", "warn"],
    setup_logging=True,
)

from odoo.addons.onestop_procedure.identity import search_key  # noqa: E402

ROWS = 80  # of a page of the web client
COUNTED = 1_000  # as the list of dossiers has it
ASKED = 20  # times in a round
REGISTRY = Registry(ORDER["database"])
CONTEXT = {"lang": "vi_VN", "tz": "Asia/Ho_Chi_Minh"}
# A sequential scan of more rows than this is worth naming.
WHOLE_TABLE = 50_000
NAMES = {"fields": {"display_name": {}}}
# What the list of dossiers shows (views/dossier_views.xml).
COLUMNS = {
    "code": {},
    "person_id": NAMES,
    "procedure_id": NAMES,
    "step_id": NAMES,
    "is_late": {},
    "time_left": {},
    "user_id": NAMES,
    "state": {},
}
TASK_COLUMNS = {
    "name": {},
    "project_id": NAMES,
    "user_ids": NAMES,
    "date_deadline": {},
    "priority": {},
    "tag_ids": NAMES,
    "stage_id": NAMES,
    "state": {},
}
PARTNER_COLUMNS = {
    "complete_name": {},
    "phone": {},
    "email": {},
    "city": {},
    "country_id": NAMES,
    "user_id": NAMES,
    "company_id": NAMES,
}
OPEN = ("state", "not in", ("refused", "returned", "stopped"))
LATE, TO_DO = ("is_late", "=", True), ("is_to_do", "=", True)


def dossiers(domain, order="due_at, id"):
    """A page of the list of dossiers."""
    return lambda env: env["onestop.dossier"].web_search_read(
        domain, COLUMNS, limit=ROWS, order=order, count_limit=COUNTED + 1
    )


def tasks(env):
    """A page of the list of tasks, as project's own action asks for it."""
    env["project.task"].web_search_read(
        [("is_closed", "=", False)], TASK_COLUMNS, limit=ROWS, count_limit=10_001
    )


def find(text):
    """A page of what the one search field finds."""
    return dossiers([("find", "ilike", text)], "due_at, id")


def partners(text):
    """A page of the contacts of a name, as Odoo's own list asks for it."""
    return lambda env: env["res.partner"].web_search_read(
        [("complete_name", "ilike", text)],
        PARTNER_COLUMNS,
        limit=ROWS,
        count_limit=10_001,
    )


def board(domain):
    """The columns of the board, with their counts."""
    return lambda env: env["onestop.dossier"].web_read_group(
        domain, ["state"], ["__count"]
    )


def panel(env):
    """The counters beside the list."""
    records = env["onestop.dossier"]
    for field in ("state", "department_id"):
        records.search_panel_select_range(
            field, enable_counters=True, search_domain=[OPEN], hierarchize=False
        )


def subjects(sample):
    """(subject, login, question) of everything that is measured."""
    queue = [TO_DO]
    code, name, procedure, phone = sample
    plain = search_key(name)
    return [
        ("work queue, receiver", "receiver.centre", dossiers(queue)),
        ("work queue, appraiser", "appraiser.tp", dossiers(queue)),
        ("work queue, head", "head.tp", dossiers(queue)),
        ("work queue, returner", "returner.centre", dossiers(queue)),
        ("open, appraiser", "appraiser.tp", dossiers([OPEN])),
        ("open, Centre's director", "director.centre", dossiers([OPEN])),
        ("late, head", "head.tp", dossiers([LATE])),
        ("late, Centre's director", "director.centre", dossiers([LATE])),
        ("all, Centre's director", "director.centre", dossiers([], "id desc")),
        ("all by due date, director", "director.centre", dossiers([])),
        ("ready to return", "returner.centre", dossiers([("state", "=", "ready")])),
        ("search: person", "receiver.centre", dossiers([("person_id", "ilike", name)])),
        (
            "search: procedure, open",
            "director.centre",
            dossiers([("procedure_id", "ilike", procedure), OPEN]),
        ),
        (
            "search: procedure, all",
            "director.centre",
            dossiers([("procedure_id", "ilike", procedure)]),
        ),
        ("board of open, director", "director.centre", board([OPEN])),
        ("board of open, appraiser", "appraiser.tp", board([OPEN])),
        ("counters beside the list", "director.centre", panel),
        ("find: name", "receiver.centre", find(plain)),
        ("find: common word", "receiver.centre", find(plain.split()[0])),
        ("find: part of the code", "receiver.centre", find(code[-11:])),
        ("find: telephone", "receiver.centre", find(phone)),
        ("find: nothing there", "receiver.centre", find("khong co ai ten nay")),
        ("res.partner: same name", "receiver.centre", partners(name)),
        ("res.partner: common word", "receiver.centre", partners(name.split()[0])),
        ("project.task: list of 80", "receiver.centre", tasks),
    ]


def ask(uid, question):
    """Ask once; return milliseconds."""
    begun = time.perf_counter()
    with REGISTRY.cursor() as cr:
        question(api.Environment(cr, uid, CONTEXT))
    return (time.perf_counter() - begun) * 1000


def plans(uid, question):
    """Tables that the question's statements read from end to end."""
    found = set()
    with REGISTRY.cursor() as cr:
        told = []
        execute = cr.execute

        def note(query, params=None, log_exceptions=True):
            told.append((query, params))
            return execute(query, params, log_exceptions)

        cr.execute = note
        question(api.Environment(cr, uid, CONTEXT))
        cr.execute = execute
        for query, params in told:
            text = getattr(query, "code", query)
            if not text.lstrip().upper().startswith(("SELECT", "WITH")):
                continue
            values = list(query.params) if hasattr(query, "params") else params
            cr.execute(f"EXPLAIN (FORMAT JSON) {text}", values)
            found |= set(scans(cr.fetchone()[0][0]["Plan"]))
    return sorted(found)


def scans(plan):
    """Sequential scans of a plan that are expected to visit many rows."""
    if plan["Node Type"] == "Seq Scan" and plan["Total Cost"] > WHOLE_TABLE:
        yield plan["Relation Name"]
    for part in plan.get("Plans", ()):
        yield from scans(part)


def prepare():
    """Have as many tasks as dossiers; return what to search for, and users."""
    with REGISTRY.cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        cr.execute("SELECT count(*) FROM onestop_dossier")
        [count] = cr.fetchone()
        cr.execute("SELECT count(*) FROM project_task")
        [there] = cr.fetchone()
        logins = {
            login for _subject, login, _question in subjects(("-", "-", "-", "-"))
        }
        users = env["res.users"].search(Domain("login", "in", list(logins)))
        env.ref("project.group_project_user").user_ids |= users
        if there < count:
            make_tasks(env, count - there, users)
        cr.execute("SELECT count(*) FROM res_partner")
        [there] = cr.fetchone()
        if there < count:
            make_partners(env, count - there)
        cr.execute(
            "SELECT code FROM onestop_dossier WHERE code IS NOT NULL "
            "ORDER BY id OFFSET %s LIMIT 1",
            [count // 2],
        )
        [code] = cr.fetchone()
        cr.execute(
            "SELECT p.name, p.phone FROM onestop_dossier d JOIN onestop_person p "
            "ON p.id = d.person_id ORDER BY d.id OFFSET %s LIMIT 1",
            [count // 2],
        )
        name, phone = cr.fetchone()
        procedure = env["onestop.procedure"].search([("state", "=", "published")])[:1]
        cr.commit()
        sample = (code, name, procedure.code, (phone or "0912345678")[-9:])
        return sample, {u.login: u.id for u in users}


def make_partners(env, count):
    """Contacts by SQL, with the names of the people whose dossiers were loaded."""
    partner = env["res.partner"].create({"name": "A contact"})
    env.flush_all()
    env.cr.execute(
        "SELECT column_name FROM information_schema.columns "
        "WHERE table_name = 'res_partner' ORDER BY 1"
    )
    names = [name for [name] in env.cr.fetchall()]
    made = {
        "id": "nextval('res_partner_id_seq')",
        "name": "p.name",
        "complete_name": "p.name",
        "phone": "p.phone",
        "commercial_partner_id": "currval('res_partner_id_seq')",
    }
    columns = ", ".join(f'"{name}"' for name in names)
    values = ", ".join(made.get(name, f't."{name}"') for name in names)
    env.cr.execute(
        f"INSERT INTO res_partner ({columns}) SELECT {values} FROM res_partner t, "
        "(SELECT q.* FROM onestop_person q, generate_series(1, %s) LIMIT %s) p "
        "WHERE t.id = %s",
        [
            1 + count // max(1, env["onestop.person"].search_count([])),
            count,
            partner.id,
        ],
    )
    env.cr.commit()
    env.cr.execute("ANALYZE res_partner")


def make_tasks(env, count, users):
    """Tasks by SQL: as many still open as dossiers are, with deadlines and people."""
    project = env["project.project"].create({"name": "Bench"})
    stages = env["project.task.type"].create(
        [{"name": f"Stage {n}", "project_ids": [(4, project.id)]} for n in range(9)]
    )
    task = env["project.task"].create(
        {"name": "A task", "project_id": project.id, "stage_id": stages[0].id}
    )
    env.flush_all()
    env.cr.execute(
        "SELECT column_name FROM information_schema.columns "
        "WHERE table_name = 'project_task' ORDER BY 1"
    )
    made = {
        "id": "nextval('project_task_id_seq')",
        "name": "'Task ' || n",
        "state": "CASE WHEN n %% 30 = 0 THEN '01_in_progress' ELSE '1_done' END",
        "stage_id": f"{stages[0].id} + n %% 9",
        "date_deadline": "now() - n * interval '30 seconds'",
        "create_date": "now() - n * interval '30 seconds'",
    }
    names = [name for [name] in env.cr.fetchall()]
    columns = ", ".join(f'"{name}"' for name in names)
    values = ", ".join(made.get(name, f't."{name}"') for name in names)
    env.cr.execute(
        f"INSERT INTO project_task ({columns}) SELECT {values} "
        "FROM project_task t, generate_series(1, %s) AS n WHERE t.id = %s",
        [count, task.id],
    )
    env.cr.execute(
        "INSERT INTO project_task_user_rel (task_id, user_id) "
        "SELECT t.id, (%s::int[])[1 + t.id %% %s] FROM project_task t "
        "ON CONFLICT DO NOTHING",
        [users.ids, len(users)],
    )
    env.cr.commit()
    env.cr.execute("ANALYZE project_task")
    env.cr.execute("ANALYZE project_task_user_rel")


def main(rounds):
    """Measure every subject."""
    sample, users = prepare()
    answer = {}
    for subject, login, question in subjects(sample):
        uid = users[login]
        ask(uid, question)  # warms up
        times = sorted(ask(uid, question) for _each in range(rounds * ASKED))
        answer[subject] = {
            "p50": times[len(times) // 2],
            "p95": times[int(len(times) * 0.95)],
            "scans": plans(uid, question),
        }
        print(json.dumps({"doing": subject}), flush=True)
    print(json.dumps(answer))


if __name__ == "__main__":
    main(ORDER["rounds"])
