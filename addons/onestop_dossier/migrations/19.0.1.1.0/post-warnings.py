# Part of One-Stop. See LICENSE file for full copyright and licensing details.


def migrate(cr, version):
    """Let the cron look once at every running dossier: it knows when to warn next."""
    cr.execute(
        """
        UPDATE onestop_dossier SET warn_at = now() AT TIME ZONE 'UTC'
         WHERE due_at IS NOT NULL AND finished_at IS NULL AND warn_at IS NULL
           AND state IN ('received', 'processing', 'approving', 'approved', 'rejected')
        """
    )
