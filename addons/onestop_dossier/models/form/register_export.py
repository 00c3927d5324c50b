# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import calendar as months
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from odoo.addons.onestop_procedure.models.membership import LEGAL_ZONE

from ..clock.dossier_clock import naive

# More is made in the background, with progress.
AT_ONCE = {"xlsx": 5000, "pdf": 300}
# What one PDF holds: a month, and so many lines (about 350 pages).
MAX_DAYS = 31
MAX_PDF_ROWS = 5000
# What a book is of: fixed when it is being made, for its file says so.
CHOSEN = frozenset(
    "company_id date_from date_to sector_id department_id receiver_id layout".split()
)
# What only the making of the book writes.
MADE = frozenset({"state", "done", "total", "failure", "attachment_id"})


class OnestopRegisterExport(models.Model):
    """The register of dossiers as a book, printed or as a spreadsheet.

    Form 06 of TT 01/2018/TT-VPCP, form 07 of TT 03/2025/TT-VPCP. A large one is made
    in the background; the file is kept for a week, for whoever asked for it.
    """

    _name = "onestop.register.export"
    _description = "Register of dossiers as a book"
    _order = "id desc"

    company_id = fields.Many2one(
        "res.company",
        string="Centre",
        required=True,
        default=lambda self: self.env.company,
        ondelete="cascade",
    )
    date_from = fields.Date(
        string="First Day", required=True, default=lambda self: self._month()[0]
    )
    date_to = fields.Date(
        string="Last Day", required=True, default=lambda self: self._month()[1]
    )
    sector_id = fields.Many2one("onestop.sector", ondelete="cascade")
    department_id = fields.Many2one(
        "onestop.department", string="Competent Agency", ondelete="cascade"
    )
    receiver_id = fields.Many2one(
        "res.users",
        string="Receiving Officer",
        ondelete="cascade",
        domain="[('share', '=', False)]",
        help="Leave empty for all; one officer is one counter's register.",
    )
    layout = fields.Selection(
        [("xlsx", "Excel (.xlsx)"), ("pdf", "For printing (.pdf)")],
        required=True,
        default="xlsx",
        help="A printed book holds at most a month; a spreadsheet a whole year.",
    )
    count = fields.Integer(compute="_compute_count", string="Dossiers")
    state = fields.Selection(
        [
            ("draft", "New"),
            ("queued", "Waiting for its turn"),
            ("running", "Being made"),
            ("done", "Ready"),
            ("failed", "Failed"),
        ],
        required=True,
        readonly=True,
        default="draft",
    )
    done = fields.Integer(string="Lines Written", readonly=True)
    total = fields.Integer(string="Lines in All", readonly=True)
    percent = fields.Integer(string="Progress", compute="_compute_percent")
    failure = fields.Text(readonly=True)
    attachment_id = fields.Many2one("ir.attachment", readonly=True, ondelete="set null")

    _period = models.Constraint(
        "CHECK (date_from <= date_to)", "The period ends before it begins."
    )

    @api.model
    def _month(self):
        """First and last day of this month."""
        today = self.env["onestop.membership"]._today()
        last = months.monthrange(today.year, today.month)[1]
        return today.replace(day=1), today.replace(day=last)

    @api.depends(
        "company_id",
        "date_from",
        "date_to",
        "sector_id",
        "department_id",
        "receiver_id",
    )
    def _compute_count(self):
        for export in self:
            complete = export.company_id and export.date_from and export.date_to
            export.count = (
                self.env["onestop.dossier"].search_count(export._domain())
                if complete
                else 0
            )

    @api.depends("done", "total", "state")
    def _compute_percent(self):
        for export in self:
            share = 100 * export.done // max(export.total, 1)
            export.percent = 100 if export.state == "done" else min(share, 99)

    @api.depends("date_from", "date_to")
    def _compute_display_name(self):
        for export in self:
            export.display_name = self.env._(
                "Register %(since)s – %(until)s",
                since=f"{export.date_from:%d/%m/%Y}" if export.date_from else "",
                until=f"{export.date_to:%d/%m/%Y}" if export.date_to else "",
            )

    def _domain(self):
        """Dossiers received at the Centre in the period, by legal days."""
        zone = ZoneInfo(LEGAL_ZONE)
        since = datetime.combine(self.date_from, time(), zone)
        until = datetime.combine(self.date_to + timedelta(days=1), time(), zone)
        domain = (
            Domain("company_id", "=", self.company_id.id)
            & Domain("received_at", ">=", naive(since))
            & Domain("received_at", "<", naive(until))
        )
        if self.sector_id:
            domain &= Domain("procedure_id.sector_id", "=", self.sector_id.id)
        if self.department_id:
            domain &= Domain("department_id", "=", self.department_id.id)
        if self.receiver_id:
            domain &= Domain("receiver_id", "=", self.receiver_id.id)
        return domain

    @api.model_create_multi
    def create(self, vals_list):
        self._check_made({name for vals in vals_list for name in vals})
        # Defaults of a caller's context are values, too.
        self._check_made(
            name.removeprefix("default_")
            for name in self.env.context
            if name.startswith("default_")
        )
        return super().create(vals_list)

    def write(self, vals):
        self._check_made(vals)
        if CHOSEN.intersection(vals) and any(r.state != "draft" for r in self):
            raise UserError(
                self.env._("This book was made. Make a new one for something else.")
            )
        return super().write(vals)

    @api.model
    def _check_made(self, names):
        if not self.env.su and MADE.intersection(names):
            raise AccessError(
                self.env._("The course of a book follows from its making.")
            )

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_make(self):
        """Make the book: at once when it is small, else in the background.

        :return: the action that downloads the file, or shows the progress.
        :raises UserError: there is nothing in the period, or too much for a PDF.
        """
        self.ensure_one()
        self._check_size()
        if self.count <= AT_ONCE[self.layout]:
            return {
                "type": "ir.actions.act_url",
                "url": f"/onestop/register/{self.id}",
                "target": "download",
            }
        # sudo: onestop.register.export - the course of the making is not typed in
        self.sudo().write(
            {"state": "queued", "failure": False, "done": 0, "total": self.count}
        )
        self.env.ref("onestop_dossier.ir_cron_register_export")._trigger()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "current",
        }

    def action_download(self):
        """Download the file that was made in the background.

        :return: the action that downloads it.
        """
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/onestop/register/{self.id}",
            "target": "download",
        }

    def _check_size(self):
        if not self.count:
            raise UserError(
                self.env._("No dossier was received in this period that you may see.")
            )
        if self.layout != "pdf":
            return
        days = (self.date_to - self.date_from).days + 1
        if days > MAX_DAYS:
            raise UserError(
                self.env._(
                    "A printed book holds at most one month; this period has %(days)s "
                    "days. Print month by month, or take Excel for the whole period.",
                    days=days,
                )
            )
        if self.count > MAX_PDF_ROWS:
            raise UserError(
                self.env._(
                    "A printed book holds at most %(limit)s dossiers; there are "
                    "%(count)s. Choose a sector, an agency or a shorter period, or "
                    "take Excel.",
                    limit=MAX_PDF_ROWS,
                    count=self.count,
                )
            )
