# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""`./onestop verify` finds what a superuser of PostgreSQL tampered with."""

import subprocess
import sys

import pytest
from conftest import ROOT


def verify(database):
    """Run the command on a database; return its exit code and what it says."""
    answer = subprocess.run(
        [sys.executable, ROOT / "onestop", "verify", "--database", database.name],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    return answer.returncode, answer.stdout + answer.stderr


@pytest.fixture
def event(demo_database):
    """An event in the middle of a demo dossier: (id, code of its dossier)."""
    row = demo_database.sql(
        "SELECT e.id, d.code FROM onestop_dossier_event e "
        "JOIN onestop_dossier d ON d.id = e.dossier_id "
        "WHERE d.state = 'returned' AND e.sequence = 3 ORDER BY e.id LIMIT 1"
    )[0]
    return row.split("|")


def test_the_demo_ledger_is_sound(demo_database):
    code, said = verify(demo_database)
    assert code == 0, said
    assert "rows verified" in said


def test_one_byte_changed_with_the_triggers_off_is_named(demo_database, event):
    event_id, code = event
    demo_database.sql(
        "SET session_replication_role = replica; "
        "UPDATE onestop_dossier_event SET body = overlay(body placing 'x' from 10) "
        f"WHERE id = {event_id}"
    )
    exit_code, said = verify(demo_database)
    assert exit_code == 1, said
    assert f"(id {event_id})" in said
    assert code in said


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE onestop_dossier_event SET body = body || ' '",
        "DELETE FROM onestop_dossier_event",
        "TRUNCATE onestop_dossier_event CASCADE",
        "UPDATE onestop_dossier SET state = 'approved' WHERE state = 'processing'",
        "UPDATE onestop_dossier SET due_at = due_at + interval '1 day'",
    ],
)
def test_with_the_triggers_on_sql_is_refused(demo_database, statement):
    """As the tables' owner, and as the superuser too."""
    for user in ("onestop", "postgres"):
        with pytest.raises(Exception, match="append-only|differs from its last event"):
            demo_database.sql(statement, user=user)
