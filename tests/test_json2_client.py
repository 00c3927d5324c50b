# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""A foreign JSON-2 client: the whole line, and what it may not do (design §4)."""

import json
import xmlrpc.client

import pytest
import requests
from live import PDF, TIMEOUT, Json2, api_keys

DOSSIER = "onestop.dossier"
LOGINS = (
    "receiver.centre",
    "returner.centre",
    "appraiser.tp",
    "deputy.tp",
    "head.tp",
    "records.tp",
    "appraiser.xd",
    "head.xd",
    "citizen1",
    "homeaffairs.nv",
    "admin",
)
# Odoo logs each refusal as a warning, and refusals are what is tried here. That none
# is an internal error is asserted by its status.
EXPECTED_LOG = (r"",)


@pytest.fixture(scope="module")
def keys(demo_database):
    return api_keys(demo_database, *LOGINS)


@pytest.fixture(scope="module")
def client(server, keys):
    """`client("head.tp")`: a program with that user's API key."""

    def as_user(login):
        return Json2(server.url, keys[login], server.database.name)

    return as_user


@pytest.fixture(scope="module")
def facts(server):
    """Ids of a procedure of the Department of Justice and of a citizen."""
    rows = server.database.sql(
        "SELECT p.id FROM onestop_procedure p "
        "JOIN onestop_department d ON d.id = p.department_id "
        "WHERE d.short = 'TP' AND p.state = 'published' ORDER BY p.code LIMIT 1"
    )
    [person] = server.database.sql(
        "SELECT p.id FROM onestop_person p JOIN res_users u USING (partner_id) "
        "WHERE u.login = 'citizen1'"
    )
    return {"procedure_id": int(rows[0]), "person_id": int(person)}


@pytest.fixture
def draft(client, facts):
    """A draft with all its parts handed in."""
    receiver = client("receiver.centre")
    [dossier] = receiver.call(DOSSIER, "create", vals_list=[facts])
    parts = receiver.call(
        "onestop.dossier.part", "search", domain=[["dossier_id", "=", dossier]]
    )
    receiver.call(
        "onestop.dossier.part", "write", parts, vals={"received": True, "finding": "ok"}
    )
    return dossier


@pytest.fixture
def approving(client, draft):
    """A dossier that waits for its decision."""
    receiver = client("receiver.centre")
    receiver.call(DOSSIER, "action_receive", [draft])
    receiver.call(DOSSIER, "action_forward", [draft])
    client("appraiser.tp").call(
        DOSSIER, "action_forward", [draft], note="All conditions are met"
    )
    return draft


def read(client, dossier, *names):
    [row] = client.call(DOSSIER, "read", [dossier], fields=list(names))
    return [row[name] for name in names] if len(names) > 1 else row[names[0]]


def approve(head, dossier, password):
    """The two calls of a legal act; return (status, answer) of the second."""
    seen = read(head, dossier, "approval_digest")
    dialog = head.call(DOSSIER, "action_approve", [dossier], seen=seen)
    assert dialog["res_model"] == "res.users.identitycheck"
    assert read(head, dossier, "state") == "approving"
    return head.post(
        "res.users.identitycheck",
        "run_check",
        [dialog["res_id"]],
        context={"password": password},
    )


# ------------------------------------------------------------
# The line
# ------------------------------------------------------------


def test_the_whole_line(client, draft):
    receiver, appraiser = client("receiver.centre"), client("appraiser.tp")
    head, records = client("head.tp"), client("records.tp")
    returner = client("returner.centre")
    states = []

    def step(one, method, **arguments):
        one.call(DOSSIER, method, [draft], **arguments)
        states.append(read(receiver, draft, "state"))

    step(receiver, "action_submit")
    step(receiver, "action_receive")
    step(receiver, "action_forward")
    appraiser.call(
        DOSSIER, "action_attach", [draft], name="t.pdf", content=PDF, kind="sheet"
    )
    step(appraiser, "action_forward", note="All conditions are met")
    status, answer = approve(head, draft, "demo")
    assert (status, answer) == (200, True)
    states.append(read(receiver, draft, "state"))
    records.call(
        DOSSIER, "action_attach", [draft], name="kq.pdf", content=PDF, kind="result"
    )
    step(records, "action_issue")
    fees = receiver.call(
        "onestop.dossier.fee", "search", domain=[["dossier_id", "=", draft]]
    )
    for fee in fees:
        receiver.call(DOSSIER, "action_collect_fee", [draft], fee_id=fee)
    step(
        returner,
        "action_return",
        channel="counter",
        receiver_name="Công dân Một",
        receiver_identity="089090000001",
    )
    assert states == [
        "submitted",
        "received",
        "processing",
        "approving",
        "approved",
        "ready",
        "returned",
    ]
    names = ("code", "outcome", "portal_state", "timeliness")
    code, *rest = read(receiver, draft, *names)
    assert code.startswith("H01.02-")
    assert rest == ["granted", 10, "early"]
    citizen = client("citizen1")
    assert read(citizen, draft, "portal_state") == 10


# ------------------------------------------------------------
# What an API key alone may not do
# ------------------------------------------------------------


def test_no_approval_with_a_key_alone(client, approving):
    head = client("head.tp")
    seen = read(head, approving, "approval_digest")
    for _again in range(3):
        dialog = head.call(DOSSIER, "action_approve", [approving], seen=seen)
        assert dialog["res_model"] == "res.users.identitycheck"
        assert read(head, approving, "state") == "approving"
    for context in ({}, {"password": ""}, {"password": None}, {"password": "wrong"}):
        head.refused(
            "res.users.identitycheck", "run_check", [dialog["res_id"]], context=context
        )
        assert read(head, approving, "state") == "approving"


def test_the_key_is_no_password(client, keys, approving):
    status, _answer = approve(client("head.tp"), approving, keys["head.tp"])
    assert 400 <= status < 500
    assert read(client("head.tp"), approving, "state") == "approving"


def test_a_check_is_not_remembered_for_a_key(client, approving):
    """Whoever approved once needs the password for the next approval too."""
    head = client("head.tp")
    status, _answer = approve(head, approving, "demo")
    assert status == 200
    head.call(DOSSIER, "action_revoke_decision", [approving], reason="Again")
    assert read(head, approving, "state") == "approved"


def test_every_legal_act_only_asks(client, approving):
    head = client("head.tp")
    for method, arguments in {
        "action_approve": {"seen": "x"},
        "action_reject": {"reason": "No"},
        "action_stop": {"reason": "No", "legal_basis": "1"},
        "action_revoke_decision": {"reason": "No"},
        "action_extend": {
            "kind": "apology",
            "new_due": "2036-01-05 02:00:00",
            "reason": "No",
        },
    }.items():
        answer = head.call(DOSSIER, method, [approving], **arguments)
        assert answer["res_model"] == "res.users.identitycheck", method
    assert read(head, approving, "state", "head_sequence") == ["approving", 4]


def test_xmlrpc_and_jsonrpc_never_approve(server, keys, approving, client):
    """Not even with the password: nobody is asked there."""
    seen = read(client("head.tp"), approving, "approval_digest")
    [head_id] = server.database.sql("SELECT id FROM res_users WHERE login = 'head.tp'")
    for secret in ("demo", keys["head.tp"]):
        arguments = [
            server.database.name,
            int(head_id),
            secret,
            DOSSIER,
            "action_approve",
            [[approving]],
            {"seen": seen},
        ]
        proxy = xmlrpc.client.ServerProxy(f"{server.url}/xmlrpc/2/object")
        with pytest.raises(xmlrpc.client.Fault):
            proxy.execute_kw(*arguments)
        answer = requests.post(
            f"{server.url}/jsonrpc",
            json={
                "jsonrpc": "2.0",
                "method": "call",
                "params": {
                    "service": "object",
                    "method": "execute_kw",
                    "args": arguments,
                },
            },
            timeout=TIMEOUT,
        ).json()
        assert "error" in answer
        assert read(client("head.tp"), approving, "state") == "approving"


def test_a_refused_legal_act_is_on_record(server, client, approving):
    """Although its transaction was rolled back, and while the row was locked."""
    status, answer = approve(client("deputy.tp"), approving, "demo")
    assert 400 <= status < 500, answer
    rows = server.database.sql(
        "SELECT u.login, a.act, a.reason FROM onestop_dossier_attempt a "
        f"JOIN res_users u ON u.id = a.user_id WHERE a.dossier_id = {approving}"
    )
    assert len(rows) == 1
    assert rows[0].startswith("deputy.tp|approve|")
    assert answer["message"].split("\n")[0] in rows[0]


def test_an_attempt_on_a_foreign_dossier_is_on_record(server, client, approving):
    head = client("head.xd")
    dialog = head.call(DOSSIER, "action_approve", [approving], seen="x")
    head.refused(
        "res.users.identitycheck",
        "run_check",
        [dialog["res_id"]],
        context={"password": "demo"},
    )
    assert server.database.sql(
        "SELECT u.login FROM onestop_dossier_attempt a "
        f"JOIN res_users u ON u.id = a.user_id WHERE a.dossier_id = {approving}"
    ) == ["head.xd"]


# ------------------------------------------------------------
# What nobody may do
# ------------------------------------------------------------


def test_no_state_is_written(client, approving):
    for login in LOGINS:
        for vals in (
            {"state": "approved"},
            {"due_at": "2036-01-05 02:00:00"},
            {"code": "H01.02-260105-0001"},
            {"head_sequence": 9},
            {"viewer_ids": [[4, 1]]},
        ):
            one = client(login)
            assert one.refused(DOSSIER, "write", [approving], vals=vals) == 403
    assert read(client("head.tp"), approving, "state") == "approving"


def test_no_step_is_skipped(client, draft):
    for login, method, arguments in (
        ("receiver.centre", "action_forward", {}),
        ("receiver.centre", "action_issue", {}),
        (
            "returner.centre",
            "action_return",
            {"channel": "counter", "receiver_name": "X"},
        ),
    ):
        client(login).refused(DOSSIER, method, [draft], **arguments)
    client("receiver.centre").call(DOSSIER, "action_receive", [draft])
    for login, method, arguments in (
        ("appraiser.tp", "action_forward", {"note": "Too early"}),
        ("records.tp", "action_issue", {}),
        (
            "returner.centre",
            "action_return",
            {"channel": "counter", "receiver_name": "X"},
        ),
    ):
        client(login).refused(DOSSIER, method, [draft], **arguments)
    assert read(client("receiver.centre"), draft, "state") == "received"


def test_no_foreign_dossier_is_read(client, approving):
    for login in ("appraiser.xd", "head.xd", "homeaffairs.nv"):
        one = client(login)
        domain = [["id", "=", approving]]
        assert one.call(DOSSIER, "search_read", domain=domain, fields=["code"]) == []
        assert one.refused(DOSSIER, "read", [approving], fields=["code"]) == 403
    one = client("appraiser.xd")
    events = [["dossier_id", "=", approving]]
    assert one.call("onestop.dossier.event", "search_read", domain=events) == []


def test_no_event_is_made_changed_or_deleted(server, client, approving):
    event = "onestop.dossier.event"
    for login in ("head.tp", "admin"):
        one = client(login)
        [first, *_rest] = server.database.sql(
            f"SELECT id FROM onestop_dossier_event WHERE dossier_id = {approving}"
        )
        first = int(first)
        vals = {"dossier_id": approving, "kind": "approve", "sequence": 5}
        assert one.refused(event, "create", vals_list=[vals]) == 403
        assert one.refused(event, "write", [first], vals={"kind": "approve"}) == 403
        assert one.refused(event, "unlink", [first]) == 403
        assert one.refused(DOSSIER, "unlink", [approving]) == 403


def test_no_private_method(client, approving):
    head = client("head.tp")
    for model, method in (
        (DOSSIER, "_do_approve"),
        (DOSSIER, "_apply"),
        (DOSSIER, "_write_protected"),
        (DOSSIER, "_attach"),
        (DOSSIER, "init"),
        ("onestop.dossier.event", "_append"),
        ("onestop.dossier.event", "init"),
        ("onestop.database.guard", "_append_only"),
        ("onestop.demo", "_load_dossiers"),
    ):
        assert head.refused(model, method) == 403, (model, method)


def test_values_of_a_wrong_kind_are_refused_in_words(client, approving):
    """Never an internal error, whatever a program sends."""
    appraiser, head = client("appraiser.tp"), client("head.tp")
    receiver = client("receiver.centre")
    for value in (7, 1.5, True, [], ["x"], {"a": 1}, {}):
        for one, method, arguments in (
            (head, "action_send_back", {"reason": value}),
            (head, "action_request_supplement", {"reason": value}),
            (head, "action_assign", {"user_id": str(value)}),
            (head, "action_assign", {"user_id": [value]}),
            (appraiser, "action_forward", {"note": value}),
            (appraiser, "action_attach", {"name": value, "content": 1, "kind": 1}),
            (receiver, "action_collect_fee", {"fee_id": value}),
        ):
            status, answer = one.post(DOSSIER, method, [approving], **arguments)
            assert 400 <= status < 500, (method, value, status, answer)
    assert read(head, approving, "state") == "approving"


def test_an_unknown_key_is_refused(server):
    for key in (None, "0" * 40):
        one = Json2(server.url, key, server.database.name)
        status, _answer = one.post(DOSSIER, "search_read", domain=[])
        assert status in (401, 403)


def test_the_ledger_is_sound_after_all_this(server):
    script = (
        "import json\n"
        "print(json.dumps(env['onestop.dossier.event']._verify_ledgers()))\n"
    )
    checked, findings = json.loads(server.database.odoo_shell(script).splitlines()[-1])
    assert findings == []
    assert checked > 20
