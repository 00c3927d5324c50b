# Part of One-Stop. See LICENSE file for full copyright and licensing details.


def migrate(cr, version):
    """Add the hash of a part's form, so that it is not computed for all parts.

    The parts of a published version are frozen, and no form had a file before.
    """
    cr.execute(
        "ALTER TABLE onestop_procedure_part "
        "ADD COLUMN IF NOT EXISTS form_sha256 varchar"
    )
