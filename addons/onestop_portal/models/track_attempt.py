# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from datetime import timedelta

from odoo import api, fields, models, tools

WINDOW = timedelta(minutes=10)
LONGEST_CODE = 64


class OnestopTrackAttempt(models.Model):
    """Who tried to track what, for the limit alone; forgotten after a day.

    The address is kept as a keyed hash: enough to count, useless to find somebody.
    """

    _name = "onestop.track.attempt"
    _description = "Attempt to track a dossier"
    _log_access = False

    address = fields.Char(required=True, readonly=True)
    code = fields.Char(required=True, readonly=True)
    tried_at = fields.Datetime(required=True, readonly=True)

    _address_idx = models.Index("(address, tried_at)")
    _code_idx = models.Index("(code, tried_at)")

    @api.model
    def _allows(self, company, address, code):
        """Book an attempt and say whether it is within the limits of the Centre.

        Booked and committed on the primary database before it is counted, so that a
        hundred attempts at once count as a hundred, also from a read-only page.

        :param address: network address of the visitor.
        :param code: what he typed as code, existing or not.
        """
        # sudo: ir.config_parameter - the database's own secret keys the hash
        keyed = tools.hmac(self.env(su=True), "onestop-track", address)
        code = code[:LONGEST_CODE]
        with self.env.registry.cursor() as cr:
            cr.execute(
                """
                INSERT INTO onestop_track_attempt (address, code, tried_at)
                VALUES (%s, %s, clock_timestamp() AT TIME ZONE 'UTC')
                """,
                [keyed, code],
            )
        with self.env.registry.cursor() as cr:
            cr.execute(
                """
                SELECT (SELECT count(*) FROM onestop_track_attempt
                         WHERE address = %(address)s AND tried_at > since),
                       (SELECT count(*) FROM onestop_track_attempt
                         WHERE code = %(code)s AND tried_at > since)
                  FROM (SELECT clock_timestamp() AT TIME ZONE 'UTC' - %(window)s
                               AS since) AS start
                """,
                {"address": keyed, "code": code, "window": WINDOW},
            )
            by_address, by_code = cr.fetchone()
        # sudo: res.company - settings of the Centre, for any visitor
        limits = company.sudo()
        return (
            by_address <= limits.onestop_track_per_address
            and by_code <= limits.onestop_track_per_code
        )

    @api.autovacuum
    def _gc_attempts(self):
        self.env.cr.execute(
            "DELETE FROM onestop_track_attempt WHERE tried_at < now() AT TIME ZONE "
            "'UTC' - interval '1 day'"
        )
