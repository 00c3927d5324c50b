# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""Many processes at one counter, and on one dossier (design §5.8)."""

import json
from collections import Counter
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parent / "inside" / "together.py"
PROCESSES, RECEPTIONS, RECEIPTS = 20, 50, 10


@pytest.fixture(scope="module")
def result(demo_database):
    """What the processes got; they all run once for this module."""
    return json.loads(demo_database.odoo_shell(SCRIPT.read_text()).splitlines()[-1])


def test_every_reception_succeeds(result):
    assert result["failures"] == []
    assert len(result["codes"]) == PROCESSES * RECEPTIONS


def test_no_code_is_given_twice(result):
    twice = [code for code, times in Counter(result["codes"]).items() if times > 1]
    assert twice == []


def test_codes_have_no_reason_for_gaps(result):
    """Nothing failed, so the numbers drawn are the numbers used."""
    numbers = sorted(int(code.rpartition("-")[2]) for code in result["codes"])
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def test_receipts_have_neither_gap_nor_double(result):
    """Twenty cashiers on one book; what failed in between took no number."""
    books = {book for book, _number in result["receipts"]}
    assert len(books) == 1
    numbers = sorted(number for _book, number in result["receipts"])
    assert len(numbers) == PROCESSES * RECEIPTS
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def test_one_effect_each(result):
    """Of twenty who do the same on one dossier, one does it; the others are told."""
    for outcome in result["acts"]:
        assert outcome.pop("done") == 1
        assert set(outcome) <= {"UserError", "AccessError"}, outcome
        assert sum(outcome.values()) == PROCESSES - 1
    assert result["events"] == [
        "create",
        "receive",
        "forward",
        "request_supplement",
        "resume",
        "forward",
    ]


def test_the_chains_are_intact(result):
    assert result["findings"] == []
    assert result["checked"] > 2 * PROCESSES * RECEPTIONS
