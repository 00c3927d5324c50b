# Part of One-Stop. See LICENSE file for full copyright and licensing details.


def migrate(cr, version):
    """Imports were passing dialogs; now they are a history, which begins empty.

    Their files stood in columns of the table, and stand in attachments from now on.
    """
    cr.execute("DELETE FROM onestop_catalogue_import")
    for name in ("departments", "procedures", "parts"):
        cr.execute(
            f"ALTER TABLE onestop_catalogue_import DROP COLUMN IF EXISTS {name}_file"
        )
