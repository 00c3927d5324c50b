# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""A database of the last release, upgraded to the present rooms (design §8)."""

import json

import pytest
from conftest import Database

from tooling import database, odoo_log, odoo_source, odoo_tests, released, rooms, verify
from tooling.messages import Failure
from tooling.setup import Base

NAME = "onestop_try_upgrade"
# Rows of these are neither added nor lost by an upgrade.
LEDGERS = (
    *("onestop_dossier", "onestop_dossier_event", "onestop_dossier_text"),
    *("onestop_dossier_file", "onestop_dossier_part", "onestop_dossier_fee"),
    *("onestop_membership", "onestop_department", "onestop_procedure"),
    *(
        "onestop_procedure_version",
        "onestop_procedure_case",
        "onestop_calendar_revision",
    ),
)
# Dialogs of the last release, whose rows were of no use later.
DIALOGS = {"onestop_catalogue_import", "onestop_catalogue_import_line"}
# What a database is made of, as far as the rooms make it: what → SQL that gives rows.
SCHEMA = {
    "columns": """
        SELECT table_name, column_name, data_type, is_nullable, column_default
          FROM information_schema.columns
         WHERE table_schema = 'public'
           AND (table_name LIKE 'onestop%' OR column_name LIKE 'onestop%')
        """,
    "constraints": """
        SELECT conrelid::regclass, conname, pg_get_constraintdef(oid)
          FROM pg_constraint WHERE conrelid::regclass::text LIKE 'onestop%'
        """,
    "indexes": """
        SELECT tablename, indexdef FROM pg_indexes WHERE tablename LIKE 'onestop%'
        """,
    "triggers": """
        SELECT tgrelid::regclass, pg_get_triggerdef(oid)
          FROM pg_trigger WHERE NOT tgisinternal AND tgname LIKE 'onestop%'
        """,
    "functions": """
        SELECT proname, md5(prosrc) FROM pg_proc WHERE proname LIKE 'onestop%'
        """,
    "views": """
        SELECT viewname, md5(definition) FROM pg_views WHERE viewname LIKE 'onestop%'
        """,
}
READ_ALL = """
import json
unreadable = []
for name, model in env.items():
    if name.startswith("onestop.") and model._auto and not model._transient:
        try:
            model.with_context(active_test=False).search([]).read()
        except Exception as error:
            unreadable.append(f"{name}: {error}")
print(json.dumps(unreadable))
"""


@pytest.fixture(scope="module")
def here(cluster):
    """Odoo and the cluster, as the commands have them."""
    return Base(odoo_source.find(), cluster)


@pytest.fixture(scope="module")
def upgraded(here):
    """A database of the last release after its upgrade: (database, log, counts)."""
    try:
        released.install(here, NAME)
    except Failure as failure:
        pytest.fail(str(failure), pytrace=False)
    before = counts(here.cluster)
    present = list(rooms.find())
    old = released.rooms_of(released.unpack())
    log = database.bring(
        here.cluster,
        NAME,
        install=[room for room in present if room not in old],
        upgrade=[room for room in present if room in old],
    )
    yield Database(NAME, here.cluster), log, before
    database.drop(here.cluster, NAME)


def counts(cluster):
    """Rows by table of the rooms."""
    tables = cluster.sql(
        "SELECT tablename FROM pg_tables WHERE tablename LIKE 'onestop%'", NAME
    )
    return {
        table: int(cluster.sql(f'SELECT count(*) FROM "{table}"', NAME)[0])
        for table in tables
    }


def test_nothing_is_said_in_the_log(upgraded):
    _database, log, _before = upgraded
    assert odoo_log.unexpected(odoo_log.read(log)) == []


def test_the_ledgers_are_sound(upgraded):
    answer = verify.ask(upgraded[0].name)
    assert answer["findings"] == []
    assert answer["checked"] > 2000


def test_no_row_is_lost(upgraded, here):
    _database, _log, before = upgraded
    after = counts(here.cluster)
    assert before["onestop_dossier"] == 300
    kept = before.keys() & after.keys() - DIALOGS
    lost = {table: before[table] for table in kept if after[table] < before[table]}
    assert lost == {}
    changed = {t: (before[t], after[t]) for t in LEDGERS if before[t] != after[t]}
    assert changed == {}


def test_every_record_can_be_read(upgraded):
    printed = upgraded[0].odoo_shell(READ_ALL)
    assert json.loads(printed.splitlines()[-1]) == []


def test_no_real_dossier_became_a_trial(upgraded):
    rows = upgraded[0].sql("SELECT count(*) FROM onestop_dossier WHERE is_trial")
    assert rows == ["0"]


@pytest.mark.parametrize("what", SCHEMA)
def test_the_schema_is_that_of_a_fresh_installation(upgraded, here, what):
    fresh = set(here.cluster.sql(SCHEMA[what], odoo_tests.all_rooms(here)))
    migrated = set(upgraded[0].sql(SCHEMA[what]))
    missing, left_over = sorted(fresh - migrated), sorted(migrated - fresh)
    assert (missing, left_over) == ([], []), f"{what} differ"
