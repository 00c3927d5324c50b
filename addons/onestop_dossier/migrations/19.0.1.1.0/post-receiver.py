# Part of One-Stop. See LICENSE file for full copyright and licensing details.


def migrate(cr, version):
    """Who received a dossier, from its ledger: the desk shows a receiver his last."""
    cr.execute(
        """
        UPDATE onestop_dossier dossier
           SET receiver_id = event.actor_id
          FROM onestop_dossier_event event
         WHERE event.dossier_id = dossier.id
           AND event.kind = 'receive'
           AND dossier.receiver_id IS NULL
        """
    )
