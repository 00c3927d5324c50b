# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from psycopg2 import IntegrityError

from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from .common import PDF, DossierCase
from .kept import KeptMixin
from .test_quarantine import NOBODY, QUARANTINE, scanner


@tagged("post_install", "-at_install")
class TestClaims(KeptMixin, DossierCase):
    """What a file claims of an earlier one is true, in SQL too."""

    def insert(self, source, **changes):
        """A copy of a row with other values, past the program."""
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT * FROM onestop_dossier_file WHERE id = %s", [source.id]
        )
        row = self.env.cr.dictfetchone() | changes
        row.pop("id")
        names = SQL(", ").join(SQL.identifier(name) for name in row)
        with self.env.cr.savepoint():
            self.env.cr.execute(
                SQL(
                    "INSERT INTO onestop_dossier_file (%s) VALUES %s RETURNING id",
                    names,
                    tuple(row.values()),
                )
            )
            return self.env.cr.fetchone()[0]

    @mute_logger("odoo.sql_db")
    def test_claims(self):
        first, second = self.new_dossier(), self.new_dossier()
        strange = self.new_dossier(person_id=self.other_citizen.id)
        files = self.env["onestop.dossier.file"]
        old = files._store(first, "x.pdf", PDF, part=first.part_ids[0])
        new = files._store(
            second, "x.pdf", PDF, part=second.part_ids[0], reused_from=old
        )
        self.assertEqual(new.origin, "reuse")
        self.assertEqual(new.reuse_consent, "spoken")
        self.assertEqual(new.consent_person_id, self.citizen)
        self.assertTrue(second.part_ids[0].is_reused)
        for changes in (
            {"sha256": "0" * 64},
            {"reuse_consent": None},
            {"consent_person_id": None},
            {"dossier_id": strange.id},
        ):
            with self.subTest(**changes), self.assertRaises(IntegrityError):
                self.insert(new, **changes)
        for changes in (
            {"replaces_id": old.id},
            {"replaces_id": new.id, "kind": "sheet"},
            {"replaces_id": new.id, "dossier_part_id": second.part_ids[1].id},
        ):
            with self.subTest(**changes), self.assertRaises(IntegrityError):
                self.insert(new, **changes)
        newer = self.insert(new, replaces_id=new.id)
        with self.assertRaises(IntegrityError):
            self.insert(new, replaces_id=new.id)
        self.assertFalse(new.is_current)
        self.assertTrue(newer)

    def test_a_screen_shows_what_is_in_quarantine(self):
        """The dossier opens; of the file there is its name and its state."""
        dossier = self.dossier_in("processing")
        with scanner(NOBODY), mute_logger(QUARANTINE):
            self.env["onestop.dossier.file"]._store(dossier, "x.pdf", PDF)
        [row] = self.act_as(dossier, "appraiser").web_read(
            {
                "file_ids": {
                    "fields": {
                        "name": {},
                        "scan_state": {},
                        "attachment_id": {"fields": {"display_name": {}}},
                    }
                }
            }
        )
        self.assertEqual(row["file_ids"][0]["scan_state"], "waiting")
