# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from zoneinfo import ZoneInfo

from odoo import api, models
from odoo.tools import SQL

from odoo.addons.onestop_procedure.models.membership import LEGAL_ZONE

from ...forms import register

# Rows fetched at a time from the server-side cursor.
BATCH = 1000


class OnestopDossier(models.Model):
    """Lines of the register, streamed: of any number, in the same memory."""

    _inherit = "onestop.dossier"

    @api.model
    def _register_rows(self, domain):
        """Lines of the register, in the order of book and number.

        What the user may not read is not in it: record rules are part of the query.

        :param domain: which dossiers.
        :return: iterator of dictionaries, by the keys of ``forms.register.COLUMNS``.
        """
        zone = ZoneInfo(LEGAL_ZONE)
        query = self._register_query(self._search(domain))
        self.env.flush_all()
        # pylint: disable=protected-access
        with self.env.cr._cnx.cursor(name="onestop_register") as cursor:
            cursor.itersize = BATCH
            cursor.execute(query.code, query.params)
            names = None
            for row in cursor:
                names = names or [column.name for column in cursor.description]
                yield register.cells(dict(zip(names, row, strict=True)), zone)

    @api.model
    def _register_query(self, found):
        """The query of the lines.

        :param found: query of the dossiers that the user may read.
        """
        lang = self.env.lang or "en_US"
        return SQL(
            """
            SELECT d.register_number, d.code, p.name AS procedure, d.subject, d.copies,
                   o.name AS owner, o.street, o.phone, d.received_at, d.due_at,
                   d.appointment_at, d.returned_at, d.state, d.outcome, d.timeliness,
                   COALESCE(a.name ->> %(lang)s, a.name ->> 'en_US') AS agency,
                   u.short AS unit,
                   c.name AS officer, r.body AS receiver,
                   COALESCE(r.channel, d.result_channel) AS channel
              FROM onestop_dossier d
              JOIN onestop_procedure p ON p.id = d.procedure_id
              JOIN onestop_person o ON o.id = d.person_id
              LEFT JOIN onestop_department a ON a.id = d.department_id
              LEFT JOIN onestop_department u ON u.id = d.support_department_id
              LEFT JOIN res_users w ON w.id = d.receiver_id
              LEFT JOIN res_partner c ON c.id = w.partner_id
              LEFT JOIN LATERAL (
                    SELECT e.body::jsonb -> 'data' ->> 'channel' AS channel, t.body
                      FROM onestop_dossier_event e
                      LEFT JOIN onestop_dossier_text t
                             ON t.event_id = e.id AND t.kind = 'receiver'
                     WHERE e.dossier_id = d.id AND e.kind = 'return'
                     ORDER BY e.sequence DESC LIMIT 1
                   ) r ON d.returned_at IS NOT NULL
             WHERE d.id IN %(found)s
             ORDER BY d.register_book, d.register_number, d.received_at, d.id
            """,
            lang=lang,
            found=found.subselect(),
        )

    @api.model
    def _register_gaps(self, domain):
        """Numbers of the books shown that no dossier has: receptions that failed.

        :return: list of (book, number), at most 200.
        """
        self.env.flush_all()
        found = self._search(domain)
        return self.env.execute_query(
            SQL(
                """
                WITH shown AS (
                    SELECT register_book AS book, min(register_number) AS first,
                           max(register_number) AS last
                      FROM onestop_dossier
                     WHERE id IN %s AND register_number IS NOT NULL
                     GROUP BY register_book
                )
                SELECT shown.book, number
                  FROM shown, generate_series(shown.first, shown.last) AS number
                 WHERE NOT EXISTS (
                        SELECT FROM onestop_dossier d
                         WHERE d.register_book = shown.book
                           AND d.register_number = number)
                 ORDER BY shown.book, number
                 LIMIT 200
                """,
                found.subselect(),
            )
        )

    @api.model
    def _register_log(self, domain):
        """Write the reading of all these addresses into the log of readings."""
        # sudo: onestop.person.reading - nobody may write the log himself
        readings = self.env["onestop.person.reading"].sudo()
        self.env.execute_query(
            SQL(
                """
                INSERT INTO onestop_person_reading
                       (person_id, user_id, read_at, field_names)
                SELECT DISTINCT d.person_id, %s, now() AT TIME ZONE 'UTC', 'street'
                  FROM onestop_dossier d WHERE d.id IN %s
                RETURNING id
                """,
                self.env.uid,
                self._search(domain).subselect(),
            )
        )
        readings.invalidate_model(flush=False)
