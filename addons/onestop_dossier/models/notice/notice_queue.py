# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models


class OnestopNoticeQueue(models.Model):
    """What has to be told of and was not yet looked at.

    A trigger on the ledger puts acts here in their own transaction, at no cost of a
    statement: an act that is committed is told of, one that is rolled back is not.
    The filler deletes what it sees and books the notices in one transaction, so that
    nothing is missed and nothing told twice.
    """

    _name = "onestop.notice.queue"
    _description = "What is to be told"
    _log_access = False
    _order = "id"

    dossier_id = fields.Many2one(
        "onestop.dossier", required=True, index=True, ondelete="cascade"
    )
    event_id = fields.Many2one(
        "onestop.dossier.event", index="btree_not_null", ondelete="cascade"
    )
    occasion = fields.Char(help="Empty for an act: its event says which.")
    once = fields.Char()
    data = fields.Json()

    def init(self):
        self._init_trigger()
        return super().init()

    @api.model
    def _init_trigger(self):
        """Acts on real dossiers queue themselves, if any template speaks of them.

        Which template of which Centre is asked when the queue is read.
        """
        guard = self.env["onestop.database.guard"]
        function = "onestop_event_queue_notice"
        guard._make_function(
            function,
            """
            BEGIN
                -- Examples, and what was brought over, are told to nobody.
                IF NEW.source IN ('live', 'outage') AND EXISTS (
                    SELECT FROM onestop_notice_template
                     WHERE active AND (event = NEW.kind OR event = ANY (
                        CASE NEW.kind
                            WHEN 'extend' THEN ARRAY['apology']
                            WHEN 'record_outside' THEN ARRAY['issue', 'issue_rejected']
                            WHEN 'issue' THEN ARRAY['issue_rejected']
                            WHEN 'pass_on' THEN ARRAY['request_supplement']
                            ELSE ARRAY[]::text[]
                        END))
                ) AND NOT EXISTS (
                    SELECT FROM onestop_dossier
                     WHERE id = NEW.dossier_id AND is_trial
                ) THEN
                    INSERT INTO onestop_notice_queue (dossier_id, event_id)
                    VALUES (NEW.dossier_id, NEW.id);
                END IF;
                RETURN NULL;
            END
            """,
        )
        guard._make_trigger(
            "onestop_dossier_event", "queue_notice", "AFTER INSERT", function
        )
