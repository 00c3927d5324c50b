# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""The house: each room stands on the one below it, and there is no other arrow."""

import ast
import re
from pathlib import Path

import pytest

ADDONS = Path(__file__).resolve().parent.parent / "addons"
# From the ground up, each with what it also stands on.
ROOMS = {
    "onestop_procedure": {"mail", "resource", "base_address_extended", "web_hierarchy"},
    "onestop_dossier": {"barcodes", "rating", "payment"},
    "onestop_delegation": set(),
    "onestop_seal": set(),
    "onestop_portal": {"portal", "portal_rating"},
    "onestop_report": {"spreadsheet_dashboard"},
    "onestop_exchange": set(),
}
SOURCES = {".py", ".xml", ".js", ".scss", ".csv"}
TEXTS = {"readme/DESCRIPTION.md", "readme/ROADMAP.md", "static/description/icon.png"}


def manifest(room):
    """The manifest of a room, read without running anything."""
    return ast.literal_eval((ADDONS / room / "__manifest__.py").read_text())


def sources(room):
    """The source files of a room."""
    return [f for f in (ADDONS / room).rglob("*") if f.suffix in SOURCES]


def test_every_room_is_in_the_house():
    assert {path.parent.name for path in ADDONS.glob("*/__manifest__.py")} == set(ROOMS)


@pytest.mark.parametrize("room", ROOMS)
def test_room_stands_on_the_one_below_and_on_nothing_else_of_the_house(room):
    order = list(ROOMS)
    below = set(order[order.index(room) - 1 : order.index(room)])
    assert set(manifest(room)["depends"]) == ROOMS[room] | below


@pytest.mark.parametrize("room", ROOMS)
def test_lower_room_names_no_upper_one(room):
    order = list(ROOMS)
    above = order[order.index(room) + 1 :]
    if not above:
        return
    names = re.compile(rf"\b({'|'.join(above)})\b")
    named = [str(f) for f in sources(room) if names.search(f.read_text())]
    assert not named


@pytest.mark.parametrize("room", ROOMS)
def test_room_says_what_it_is(room):
    facts = manifest(room)
    assert facts["license"] == "LGPL-3"
    assert facts["author"] == "One-Stop contributors"
    assert facts["version"].startswith("19.0.")
    missing = [name for name in TEXTS if not (ADDONS / room / name).is_file()]
    assert not missing


@pytest.mark.parametrize("room", ROOMS)
def test_room_names_each_foreign_library_that_it_imports(room):
    """Odoo's own requirements need not be named again."""
    ours = {"rfc8785", "weasyprint", "qrcode", "openpyxl", "xlsxwriter", "magic"}
    pattern = re.compile(r"^\s*(?:from|import) (\w+)", re.MULTILINE)
    imported = {
        name
        for file in sources(room)
        if file.suffix == ".py" and "tests" not in file.parts
        for name in pattern.findall(file.read_text())
    }
    declared = set()
    for name in list(ROOMS)[: list(ROOMS).index(room) + 1]:
        declared |= set(
            manifest(name).get("external_dependencies", {}).get("python", [])
        )
    declared = {name.replace("python-", "") for name in declared}
    assert imported & ours <= declared
