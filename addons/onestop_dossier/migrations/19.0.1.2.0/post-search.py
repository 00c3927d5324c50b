# Part of One-Stop. See LICENSE file for full copyright and licensing details.


def migrate(cr, version):
    """Make what dossiers are found by, for those received before there was a search."""
    cr.execute(
        """
        SELECT onestop_search_again(array_agg(id))
          FROM onestop_dossier WHERE is_trial IS NOT TRUE
        """
    )
