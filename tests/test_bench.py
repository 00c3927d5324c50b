# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""`./onestop bench` at its smallest: what it makes is valid, what it measures runs.

No time is asserted here: milliseconds are figures of a bench (design §8).
"""

import subprocess
import sys

import pytest
from conftest import ROOT

from tooling import database, verify

NAME = "onestop_try_bench"
DOSSIERS = 100


def onestop(*words):
    """Run a command; return its exit code and what it says."""
    answer = subprocess.run(
        [sys.executable, ROOT / "onestop", *map(str, words)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    return answer.returncode, answer.stdout + answer.stderr


@pytest.fixture(scope="module")
def loaded(cluster):
    """A database with 100 dossiers more than the demo has: what the loader said."""
    code, said = onestop("bench", "load", "--dossiers", DOSSIERS, "--database", NAME)
    assert code == 0, said
    yield said
    database.drop(cluster, NAME)


def count(cluster):
    return int(cluster.sql("SELECT count(*) FROM onestop_dossier", NAME)[0])


def test_a_loaded_database_is_valid(loaded, cluster):
    assert count(cluster) == 300 + DOSSIERS
    answer = verify.ask(NAME)
    assert answer["findings"] == []
    assert answer["checked"] > DOSSIERS * 10


def test_it_says_what_it_made(loaded):
    assert "events a dossier" in loaded
    assert "rows checked" in loaded


def test_its_dossiers_follow_their_law(loaded, cluster):
    """Codes, ends and fees of the loaded dossiers are those of real ones."""
    wrong = cluster.sql(
        """
        SELECT d.id FROM onestop_dossier d
         WHERE (d.state = 'returned') != (d.returned_at IS NOT NULL)
            OR (d.state IN ('returned', 'ready')) != (d.finished_at IS NOT NULL
                AND d.outcome IN ('granted', 'rejected'))
            OR (d.state = 'returned' AND EXISTS (SELECT FROM onestop_dossier_fee f
                WHERE f.dossier_id = d.id AND f.paid_at IS NULL AND f.amount > 0))
            OR NOT EXISTS (SELECT FROM onestop_dossier_viewer v
                WHERE v.dossier_id = d.id)
            OR (d.state NOT IN ('draft', 'refused') AND d.code IS NULL)
        """,
        NAME,
    )
    assert wrong == []


def test_loading_again_adds_what_is_missing(loaded, cluster):
    for wanted in (DOSSIERS, DOSSIERS + 20):
        code, said = onestop("bench", "load", "--dossiers", wanted, "--database", NAME)
        assert code == 0, said
        assert count(cluster) == 300 + wanted
    assert verify.ask(NAME)["findings"] == []


def test_real_acts_go_on_from_there(loaded, cluster):
    """The sequences and counters are beyond what was loaded."""
    script = """
procedure = env["onestop.procedure"].search(
    [("state", "=", "published"), ("department_id.short", "=", "TP")], limit=1
)
receiver = env["res.users"].search([("login", "=", "receiver.centre")])
dossier = env["onestop.dossier"].with_user(receiver).create({
    "procedure_id": procedure.id,
    "person_id": env["onestop.person"].search([], limit=1).id,
})
dossier.part_ids.write({"received": True, "finding": "ok"})
dossier.action_receive()
env.cr.commit()
print(dossier.state)
"""
    answer = subprocess.run(
        [sys.executable, ROOT / "onestop", "shell", "--database", NAME],
        input=script,
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.stdout.splitlines()[-1] == "received", answer.stderr


def test_a_database_of_others_is_refused(demo_database):
    code, said = onestop(
        "bench", "load", "--dossiers", 1, "--database", demo_database.name
    )
    assert code == 1
    assert "was not made by ./onestop bench" in said


def test_lifecycle_runs():
    code, said = onestop("bench", "lifecycle", "--rounds", 1)
    assert code == 0, said
    for name in ("dossier", "project.task", "plain SQL", "The bar of 0.6"):
        assert name in said
