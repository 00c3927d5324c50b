# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo.tools import SQL


def migrate(cr, version):
    """Imports were passing dialogs; now they are a history, which begins empty.

    Their files stood in columns of the table, and stand in attachments from now on.
    """
    cr.execute("DELETE FROM onestop_catalogue_import")
    for name in ("departments_file", "procedures_file", "parts_file"):
        cr.execute(
            SQL(
                "ALTER TABLE onestop_catalogue_import DROP COLUMN IF EXISTS %s",
                SQL.identifier(name),
            )
        )
