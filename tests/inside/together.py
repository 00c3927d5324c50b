# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""Runs in `odoo shell`: many processes at one counter, and on one dossier.

Prints one JSON object: what each process got, and what is in the database afterwards.
"""

import json
import os
import sys
import time
import traceback
from collections import Counter
from contextlib import suppress
from functools import partial

from odoo import api, sql_db
from odoo.exceptions import UserError
from odoo.service.model import retrying

PROCESSES = 20
RECEPTIONS = 50  # by each process
RECEIPTS = 10  # by each cashier

registry, database = env.registry, env.cr.dbname  # noqa: F821 - given by the shell


def together(work):
    """Run ``work(number)`` in as many processes at once; return what each returns."""
    begin = time.time() + 1
    children = []
    for number in range(PROCESSES):
        reading, writing = os.pipe()
        pid = os.fork()
        if not pid:
            os.close(reading)
            os.write(writing, json.dumps(child(work, number, begin)).encode())
            os._exit(0)
        os.close(writing)
        children.append((pid, reading))
    answers = []
    for pid, reading in children:
        with os.fdopen(reading) as pipe:
            answers.append(json.loads(pipe.read() or '"died"'))
        os.waitpid(pid, 0)
    return answers


def child(work, number, begin):
    # Connections do not survive a fork: this process opens its own.
    sql_db._Pool = sql_db._Pool_readonly = None
    registry._db = sql_db.db_connect(database)
    time.sleep(max(begin - time.time(), 0))
    try:
        return work(number)
    except Exception:
        return traceback.format_exc()


def transaction(login, act):
    """Do ``act(env)`` as a request of a user is done: tried again after a conflict."""
    with registry.cursor() as cr:
        env = api.Environment(cr, api.SUPERUSER_ID, {})
        user = env["res.users"].search([("login", "=", login)])
        env = env(user=user, context={"lang": "en_US", "tz": "Asia/Ho_Chi_Minh"})
        return retrying(partial(act, env), env)


def new_dossier(env):
    procedure = env["onestop.procedure"].search(
        [("state", "=", "published"), ("department_id.short", "=", "TP")], limit=1
    )
    dossier = env["onestop.dossier"].create(
        {
            "procedure_id": procedure.id,
            "person_id": env["onestop.person"].search([], limit=1).id,
        }
    )
    dossier.part_ids.write({"received": True, "finding": "ok"})
    return dossier


def receive_many(_number):
    codes = []
    for _each in range(RECEPTIONS):

        def receive(env):
            dossier = new_dossier(env)
            dossier.action_receive()
            return dossier.code

        codes.append(transaction("receiver.centre", receive))
    return codes


def hire_cashiers(env):
    """As many cashiers of the Centre as there are processes, and dossiers to pay."""
    env = env(su=True)
    unit = env.ref("base.main_company").onestop_department_id
    fee = env["onestop.procedure.fee"].search(
        [("mode", "=", "fixed"), ("case_id.version_id.state", "=", "published")],
        limit=1,
    )
    receiver = env["res.users"].search([("login", "=", "receiver.centre")])
    hired = []
    for number in range(PROCESSES):
        user = env["res.users"].create(
            {"name": f"Cashier {number}", "login": f"cashier.{number}"}
        )
        env["onestop.membership"].create(
            {"user_id": user.id, "department_id": unit.id, "role": "cashier"}
        )
        dossiers = []
        for _each in range(RECEIPTS):
            dossier = (
                env["onestop.dossier"]
                .with_user(receiver)
                .create(
                    {
                        "procedure_id": fee.case_id.version_id.procedure_id.id,
                        "case_id": fee.case_id.id,
                        "person_id": env["onestop.person"].search([], limit=1).id,
                    }
                )
            )
            dossier.part_ids.write({"received": True, "finding": "ok"})
            dossier.action_submit()
            dossiers.append(dossier.id)
        hired.append((user.login, dossiers))
    return hired


def collect_many(hired, number):
    """One cashier's day: each fee collected, every third time only after a failure."""
    login, dossiers = hired[number]
    receipts = []
    for count, dossier_id in enumerate(dossiers):

        def collect(env, fails=False, dossier_id=dossier_id):
            dossier = env["onestop.dossier"].browse(dossier_id)
            receipt = dossier._do_collect_fees(dossier.fee_ids, "cash")
            if fails:
                raise UserError("The power went off.")
            return receipt.book_id.id, receipt.number

        if count % 3 == 0:
            with suppress(UserError):
                transaction(login, partial(collect, fails=True))
        receipts.append(transaction(login, collect))
    return receipts


def act_on_one(dossier_id, login, method, *arguments):
    """One process's try: "done", or the class of the refusal."""

    def act(env):
        getattr(env["onestop.dossier"].browse(dossier_id), method)(*arguments)

    def work(_number):
        try:
            transaction(login, act)
        except UserError as error:
            return type(error).__name__
        return "done"

    return together(work)


def main():
    result = {}
    begun = time.monotonic()
    codes = together(receive_many)
    result["failures"] = [answer for answer in codes if not isinstance(answer, list)]
    result["codes"] = [code for answer in codes for code in answer if answer]
    result["seconds"] = round(time.monotonic() - begun, 1)

    hired = transaction("admin", hire_cashiers)
    receipts = together(partial(collect_many, hired))
    result["failures"] += [
        answer for answer in receipts if not isinstance(answer, list)
    ]
    result["receipts"] = [row for rows in receipts for row in rows]

    dossier_id = transaction("receiver.centre", lambda env: new_dossier(env).id)
    result["acts"] = [
        Counter(act_on_one(dossier_id, login, method, *arguments))
        for login, method, *arguments in (
            ("receiver.centre", "action_receive"),
            ("receiver.centre", "action_forward"),
            ("appraiser.tp", "action_request_supplement", "Not clear"),
            ("receiver.centre", "action_resume"),
            ("appraiser.tp", "action_forward", "In order"),
        )
    ]

    def look(env):
        env = env(su=True)
        dossier = env["onestop.dossier"].browse(dossier_id)
        result["events"] = dossier.event_ids.sorted("sequence").mapped("kind")
        return env["onestop.dossier.event"]._verify_ledgers()

    result["checked"], result["findings"] = transaction("admin", look)
    print(json.dumps(result))


# The shell's own cursor and connections are not shared with the children.
env.cr.commit()  # noqa: F821 - given by the shell
env.cr.close()  # noqa: F821 - given by the shell
sql_db.close_all()
main()
sys.stdout.flush()
os._exit(0)
