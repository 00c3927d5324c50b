# Part of One-Stop. See LICENSE file for full copyright and licensing details.


def migrate(cr, version):
    """Drop the index on parts of codes: the search has a text of its own."""
    cr.execute("DROP INDEX IF EXISTS onestop_dossier__code_index")
