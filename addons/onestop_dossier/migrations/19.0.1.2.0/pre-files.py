# Part of One-Stop. See LICENSE file for full copyright and licensing details.


def migrate(cr, version):
    """What was filed before there was a scanner is unchecked.

    The rows of the ledger are never updated: the column comes with its value.
    """
    cr.execute(
        "ALTER TABLE onestop_dossier_file "
        "ADD COLUMN IF NOT EXISTS scan_state varchar NOT NULL DEFAULT 'unchecked'"
    )
    cr.execute("ALTER TABLE onestop_dossier_file ALTER COLUMN scan_state DROP DEFAULT")
