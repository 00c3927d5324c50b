# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, models

# Of the newest acts only: enough to look at.
ACTS = 60


class OnestopDemo(models.AbstractModel):
    _inherit = "onestop.demo"

    @api.model
    def _load_notices(self):
        """Notices as the demo acts would have made them; nobody is told anything.

        They stand in the outbox as cancelled.
        """
        outbox = self.env["onestop.notice"]
        events = self.env["onestop.dossier.event"].search(
            [
                ("dossier_id.person_id.partner_id.user_ids", "!=", False),
                ("source", "=", "demo"),
            ],
            order="id desc",
            limit=ACTS,
        )
        lines = [
            {"dossier_id": event.dossier_id.id, "event_id": event.id}
            for event in events.sorted("id")
        ]
        # The outbox is written in SQL and forgets what is cached.
        self.env.flush_all()
        outbox._book(outbox._worth_telling(outbox._told(lines)))
        # Told when the act occurred, had it been a real one.
        self.env.cr.execute(
            """
            UPDATE onestop_notice n
               SET state = 'cancelled', next_try_at = NULL, create_date = e.occurred_at,
                   answer = %s
              FROM onestop_dossier_event e
             WHERE e.id = n.event_id AND e.source = 'demo'
            """,
            [self.env._("Demonstration: nothing was sent.")],
        )
        self.env.invalidate_all()
