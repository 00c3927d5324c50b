# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import hashlib
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

CRONS = (
    "onestop_dossier.ir_cron_notice_fill",
    "onestop_dossier.ir_cron_notice_send",
)
# How many are erased a day and Centre, at most.
ERASED = 20_000
# Who deals with notices that did not arrive, at the Centre that received.
DEALERS = ("receiver", "returner", "head", "deputy")


class OnestopNotice(models.Model):
    """The outbox: each notice to a citizen, as it was written at the time.

    Made by the filler (``notice_filling.py``), sent by the sender
    (``notice_sending.py``), written by nobody else. Every try carries the same key: as
    Message-ID of a mail, as header and placeholder of a gateway.
    """

    _name = "onestop.notice"
    _description = "Notice to a citizen"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "id desc"

    dossier_id = fields.Many2one(
        "onestop.dossier", required=True, readonly=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        "res.company",
        string="Centre",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    person_id = fields.Many2one(
        "onestop.person",
        string="To",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    event_id = fields.Many2one(
        "onestop.dossier.event",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    occasion = fields.Selection(
        selection="_selection_occasion", string="About", readonly=True, required=True
    )
    cause = fields.Char(
        readonly=True,
        required=True,
        export_string_translation=False,
        help="The event or occasion, once: part of the key.",
    )
    channel = fields.Selection(
        [("mail", "Mail"), ("sms", "SMS"), ("app", "Messaging app")],
        string="Sent By",
        required=True,
        readonly=True,
    )
    address = fields.Char(
        string="Full Address",
        readonly=True,
        groups="onestop_dossier.group_receiver,base.group_system",
    )
    address_masked = fields.Char(string="Address", readonly=True)
    language = fields.Char(readonly=True)
    key = fields.Char(readonly=True, required=True, groups="base.group_system")
    version_id = fields.Many2one(
        "onestop.notice.template.version",
        string="Text Used",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    subject = fields.Char(string="Subject of the Mail", readonly=True)
    body = fields.Text(string="Message Text", readonly=True)
    state = fields.Selection(
        [
            ("queued", "Waiting"),
            ("sending", "Being sent"),
            ("sent", "Sent"),
            ("failed", "Not delivered"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        readonly=True,
    )
    attempts = fields.Integer(string="Tries", readonly=True, aggregator=None)
    next_try_at = fields.Datetime(string="Next Try", readonly=True)
    give_up_at = fields.Datetime(string="Tried Until", readonly=True)
    quiet_from = fields.Float(readonly=True, aggregator=None)
    quiet_to = fields.Float(readonly=True, aggregator=None)
    answer = fields.Char(readonly=True, help="What the server said last.")
    sent_at = fields.Datetime(readonly=True)
    erased_at = fields.Datetime(readonly=True)
    is_handed_over = fields.Boolean(
        readonly=True, help="Not delivered, and somebody at the Centre was told."
    )

    _key_unique = models.UniqueIndex("(key)", "This notice is in the outbox already.")
    _due_idx = models.Index("(next_try_at, id) WHERE state IN ('queued', 'sending')")
    _lost_idx = models.Index(
        "(id) WHERE state = 'failed' AND is_handed_over IS NOT TRUE"
    )
    _waste_idx = models.Index("(create_date) WHERE erased_at IS NULL")

    @api.model
    def _selection_occasion(self):
        return self.env["onestop.notice.template"]._selection_event()

    @api.depends("occasion", "dossier_id.code", "channel")
    def _compute_display_name(self):
        labels = dict(self._selection_occasion())
        for notice in self:
            words = (notice.dossier_id.code, labels.get(notice.occasion))
            notice.display_name = " · ".join(filter(None, words))

    # ------------------------------------------------------------
    # Written by the outbox alone
    # ------------------------------------------------------------

    @api.model
    def _key_of(self, dossier_id, cause, channel, person_id):
        """The key of a notice: the same one if it is ever made again.

        Also from a restored backup: what was sent after the backup is made again with
        the key that the servers know.
        """
        # sudo: ir.config_parameter - which database this is
        parameters = self.env["ir.config_parameter"].sudo()
        parts = (
            parameters.get_param("database.uuid"),
            str(dossier_id),
            cause,
            channel,
            str(person_id),
        )
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]

    @api.model
    def _wake(self, again=0):
        """Have the queue read and the outbox emptied soon.

        :param again: seconds after which it is read once more, 0 for not.
        """
        now = fields.Datetime.now()
        for xmlid in CRONS:
            # sudo: ir.cron - the outbox wakes its own jobs
            cron = self.env.ref(xmlid, raise_if_not_found=False)
            if not cron:
                continue
            # One trigger serves all acts until the job runs.
            cron = cron.sudo()
            waiting = cron.env["ir.cron.trigger"].search_count(
                [("cron_id", "=", cron.id), ("call_at", "<=", now)],
                limit=1,
            )
            moments = [] if waiting else [now]
            if again:
                moments.append(now + timedelta(seconds=again))
            if moments:
                cron._trigger(moments)

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_retry(self):
        """Try again at once, with the same key, and for as long again.

        :return: True.
        :raises UserError: it was sent, or its text was erased.
        :raises AccessError: the user has no role at the Centre for it.
        """
        self._check_dealer()
        if any(n.state in ("sent", "sending") or n.erased_at for n in self):
            raise UserError(
                self.env._("Only what is waiting or was not delivered is tried again.")
            )
        # sudo: onestop.dossier.event - only whether it is an example
        if "demo" in self.sudo().event_id.mapped("source"):
            raise UserError(self.env._("This is an example: nothing is sent."))
        now = fields.Datetime.now()
        for company in self.company_id:
            hours = company.onestop_notice_hours
            # sudo: onestop.notice - the outbox is written by its own methods
            self.filtered(lambda n, c=company: n.company_id == c).sudo().write(
                {
                    "state": "queued",
                    "attempts": 0,
                    "is_handed_over": False,
                    "next_try_at": now,
                    "give_up_at": fields.Datetime.add(now, hours=hours),
                }
            )
        self.sudo().activity_ids.unlink()  # sudo: as above
        self._wake()
        return True

    def action_cancel(self):
        """Send it no more.

        :return: True.
        :raises UserError: it was sent.
        :raises AccessError: the user has no role at the Centre for it.
        """
        self._check_dealer()
        if any(notice.state in ("sent", "sending") for notice in self):
            raise UserError(self.env._("What was sent cannot be cancelled."))
        # sudo: onestop.notice - the outbox is written by its own methods
        self.sudo().write({"state": "cancelled", "next_try_at": False})
        self.sudo().activity_ids.unlink()  # sudo: as above
        return True

    def _check_dealer(self):
        self.check_access("read")
        # sudo: onestop.membership - whether this very user has the role
        roles = self.env["onestop.membership"].sudo()
        for unit in self.sudo()._units():  # sudo: as above
            if not roles._has_role(self.env.user, DEALERS, unit):
                raise AccessError(
                    self.env._(
                        "Notices are dealt with at the Centre that received the "
                        "dossier."
                    )
                )

    def _units(self):
        """The receiving units; of what was sent in online, that of its Centre."""
        units = self.env["onestop.department"]
        for dossier in self.dossier_id:
            own = dossier.company_id.onestop_department_id
            units |= dossier.support_department_id or own
        return units

    # ------------------------------------------------------------
    # Retention
    # ------------------------------------------------------------

    def _erase(self):
        """Erase addresses and texts; that something was told, and when, stays."""
        # sudo: onestop.notice - the outbox is written by its own methods
        self.sudo().write(
            {
                "address": False,
                "address_masked": False,
                "subject": False,
                "body": False,
                "answer": False,
                "erased_at": fields.Datetime.now(),
            }
        )

    @api.autovacuum
    def _gc_texts(self):
        """Erase what is older than the Centre keeps (Luật BVDLCN 91/2025/QH15)."""
        now = fields.Datetime.now()
        # sudo: onestop.notice, res.company - all Centres; texts are erased
        notices = self.sudo()
        for company in notices.env["res.company"].search(
            [("onestop_notice_keep", ">", 0)]
        ):
            before = fields.Datetime.subtract(now, days=company.onestop_notice_keep)
            notices.search(
                Domain("company_id", "=", company.id)
                & Domain("erased_at", "=", False)
                & Domain("state", "not in", ("queued", "sending"))
                & Domain("create_date", "<", before),
                limit=ERASED,
            )._erase()
