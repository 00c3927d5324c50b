# Part of One-Stop. See LICENSE file for full copyright and licensing details.


def migrate(cr, version):
    """Drop indexes that no question used: they hold "unaccent(…)" of the words."""
    cr.execute("DROP INDEX IF EXISTS onestop_procedure__search_key_index")
    cr.execute("DROP INDEX IF EXISTS onestop_person__search_key_index")
