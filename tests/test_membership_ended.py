# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""A membership ended is felt at the next request (design §5.6)."""

import pytest
from conftest import serve
from live import WebClient

DOSSIER = "onestop.dossier"
# Odoo logs each refusal as a warning.
EXPECTED_LOG = (r"",)
YESTERDAY = "(now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date - 1"
# Ended as the personnel manager's screen does it, in another process.
END = """
membership = env["onestop.membership"].search(
    [("user_id.login", "=", {login!r}), ("is_current", "=", True)]
)
membership.valid_to = membership._today() - __import__("datetime").timedelta(days=1)
env.cr.commit()
"""


@pytest.fixture(scope="module")
def server(demo_database):
    """Two worker processes: each has caches of its own."""
    yield from serve(demo_database, "--workers", "2", "--max-cron-threads", "0")


def seen(client):
    """How many dossiers, events, persons and files a user sees; None is refused."""
    models = (
        DOSSIER,
        "onestop.dossier.event",
        "onestop.person",
        "onestop.dossier.file",
    )
    return [client.post(model, "search_count", [])[0] for model in models]


def both_workers(client):
    """The same question often enough to reach both workers."""
    return [seen(client) for _each in range(6)]


def test_ended_by_the_screen(server):
    client = WebClient(server.url, server.database.name, "appraiser.tp")
    [dossier, *_rest] = client.call(
        DOSSIER, "search", [["state", "=", "processing"]], order="id"
    )
    assert all(all(counts) for counts in both_workers(client))
    server.database.odoo_shell(END.format(login="appraiser.tp"))
    assert not any(any(counts) for counts in both_workers(client))
    for method, args in (
        ("read", [["code"]]),
        ("action_forward", ["In order"]),
        ("action_request_supplement", ["Not clear"]),
        ("action_attach", ["x.pdf", "JVBERi0=", "sheet"]),
    ):
        _result, error = client.post(DOSSIER, method, [dossier], *args)
        assert error == "odoo.exceptions.AccessError", method


def test_ended_by_the_calendar(server):
    """Nobody did anything today, no group was taken away yet: the day is over."""
    client = WebClient(server.url, server.database.name, "appraiser.xd")
    [dossier, *_rest] = client.call(
        DOSSIER, "search", [["state", "=", "processing"]], order="id"
    )
    assert all(all(counts) for counts in both_workers(client))
    server.database.sql(
        f"UPDATE onestop_membership SET valid_to = {YESTERDAY} WHERE user_id = "
        "(SELECT id FROM res_users WHERE login = 'appraiser.xd')"
    )
    assert not any(any(counts) for counts in both_workers(client))
    _result, error = client.post(DOSSIER, "action_forward", [dossier], "In order")
    assert error == "odoo.exceptions.AccessError"


def test_a_receiver_whose_day_is_over_opens_nothing(server):
    client = WebClient(server.url, server.database.name, "receiver.yt")
    [procedure] = client.call(
        "onestop.procedure", "search", [["state", "=", "published"]], limit=1
    )
    [person] = client.call("onestop.person", "search", [], limit=1)
    vals = {"procedure_id": procedure, "person_id": person}
    client.call(DOSSIER, "create", [vals])
    server.database.sql(
        f"UPDATE onestop_membership SET valid_to = {YESTERDAY} WHERE user_id = "
        "(SELECT id FROM res_users WHERE login = 'receiver.yt')"
    )
    _result, error = client.post(DOSSIER, "create", [vals])
    assert error == "odoo.exceptions.AccessError"
    # The group goes at night; what he found at the counter is closed at once.
    _result, error = client.post("onestop.person", "read", [person], ["name"])
    assert error == "odoo.exceptions.AccessError"


def test_begun_is_felt_too(server):
    """The other way round: a role given is a role at the next request."""
    client = WebClient(server.url, server.database.name, "legal.tp")
    before = seen(client)
    server.database.odoo_shell(
        """
user = env["res.users"].search([("login", "=", "legal.tp")])
agency = env["onestop.department"].search([("short", "=", "XD")])
env["onestop.membership"].create(
    {"user_id": user.id, "department_id": agency.id, "role": "appraiser"}
)
env.cr.commit()
"""
    )
    for counts in both_workers(client):
        assert (counts[0] or 0) > (before[0] or 0)
