# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

# The month from which the days of the next year are asked for.
ASK_FROM_MONTH = 11


class OnestopCalendarYear(models.Model):
    """Which years a Centre's published calendar covers, and which it does not.

    A due date in a year without published days counts holidays as working days.
    """

    _name = "onestop.calendar.year"
    _description = "Year of the calendar"
    _auto = False
    _order = "year desc, company_id"
    _rec_name = "year"

    company_id = fields.Many2one("res.company", string="Centre", readonly=True)
    year = fields.Char(readonly=True)
    published_count = fields.Integer(
        string="Days Published", readonly=True, help="In the calendar that is in force."
    )
    provisional_count = fields.Integer(string="of These Provisional", readonly=True)
    entered_count = fields.Integer(
        string="Days Entered", readonly=True, help="Whether they are published or not."
    )
    state = fields.Selection(
        [
            ("covered", "Published"),
            ("provisional", "Provisional days"),
            ("entered", "Entered, not published"),
            ("missing", "No days"),
        ],
        readonly=True,
    )
    due_count = fields.Integer(
        compute="_compute_due_count",
        string="Running, Due Then",
        help="Running dossiers whose due date falls into this year.",
    )

    @property
    def _table_query(self):
        return SQL(
            """
            WITH present AS (
                SELECT DISTINCT ON (company_id) company_id, snapshot::jsonb AS content
                  FROM onestop_calendar_revision
                 ORDER BY company_id, number DESC
            ), years AS (
                SELECT (to_char(now() AT TIME ZONE 'Asia/Ho_Chi_Minh', 'YYYY')::int
                        + step)::text AS year
                  FROM generate_series(-2, 2) AS step
            ), counted AS (
                SELECT company_id, year,
                       count(day.key) AS published_count,
                       count(day.key) FILTER (
                           WHERE (day.value->>'provisional')::boolean
                       ) AS provisional_count,
                       (SELECT count(*) FROM onestop_calendar_day
                         WHERE to_char(date, 'YYYY') = year) AS entered_count
                  FROM present
                 CROSS JOIN years
                  LEFT JOIN LATERAL jsonb_each(content->'names') AS day
                         ON left(day.key, 4) = year
                 GROUP BY company_id, year
            )
            SELECT company_id * 10000 + year::int AS id, company_id, year,
                   published_count, provisional_count, entered_count,
                   CASE WHEN published_count = 0 AND entered_count > 0 THEN 'entered'
                        WHEN published_count = 0 THEN 'missing'
                        WHEN provisional_count > 0 THEN 'provisional'
                        ELSE 'covered' END AS state
              FROM counted
            """
        )

    def _compute_due_count(self):
        """Hook: the room above counts its running dossiers."""
        self.due_count = 0

    # ------------------------------------------------------------
    # Reminder
    # ------------------------------------------------------------

    @api.model
    def _cron_remind(self):
        """Ask the managers for the days of years that are needed and not published.

        The next year from November on, and any year in which something is due.
        """
        today = self.env["onestop.membership"]._today()
        # sudo: onestop.calendar.year - every Centre's calendar
        years = self.sudo().search([("state", "in", ("missing", "entered"))])
        for row in years:
            following = int(row.year) == today.year + 1
            if (following and today.month >= ASK_FROM_MONTH) or row.due_count:
                row._ask_for_days(today)

    def _ask_for_days(self, today):
        for user in self._managers():
            name = self.with_context(lang=user.lang)
            summary = name.env._(
                "Enter and publish the holidays of %(year)s (%(centre)s)",
                year=self.year,
                centre=self.company_id.name,
            )
            # sudo: mail.activity - a task of its own, on no document
            activities = self.env["mail.activity"].sudo()
            asked = Domain("user_id", "=", user.id) & Domain("summary", "=", summary)
            if not activities.search_count(asked, limit=1):
                activities.create(
                    {
                        "activity_type_id": self.env.ref(
                            "mail.mail_activity_data_todo"
                        ).id,
                        "summary": summary,
                        "user_id": user.id,
                        "date_deadline": today.replace(month=12, day=31),
                    }
                )

    def _managers(self):
        """Catalogue managers of the Centre, else those of Office and Committee."""
        # sudo: onestop.membership - who holds a role is no secret of the staff
        memberships = self.env["onestop.membership"].sudo()
        managers = memberships.search(
            memberships._domain_current() & Domain("role", "=", "catalogue")
        )
        unit = self.company_id.onestop_department_id
        own = managers.filtered(lambda m: m.department_id == unit)
        above = managers.filtered(
            lambda m: m.department_id.kind in ("office", "province")
        )
        return (own or above).user_id

    def action_open_days(self):
        """Show the days of this year.

        :return: the window action.
        """
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "onestop_procedure.calendar_day_action"
        )
        span = [
            ("date", ">=", f"{self.year}-01-01"),
            ("date", "<=", f"{self.year}-12-31"),
        ]
        return {**action, "domain": span}
