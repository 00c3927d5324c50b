# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.safe_eval import safe_eval, time

from ..pdf import PdfError, RemoteAddressError, html_to_pdf, qr_data_uri
from ..vn_format import vn_date, vn_datetime, vn_money, vn_money_words
from .res_company_calendar import LEGAL_ZONE

PRINT_LANGUAGE = "vi_VN"
# Records in one PDF: more would keep a worker busy for longer than a page may take.
MAX_RECORDS = 200


class IrActionsReport(models.Model):
    """Printed forms through WeasyPrint, as a report type of their own.

    A template of this type calls ``onestop_procedure.pdf_document``. Beside what Odoo
    gives to reports it may use ``vn_date(day)``, ``vn_datetime(instant)`` (in the legal
    zone unless told another), ``vn_money(amount)``, ``vn_money_words(amount)`` and
    ``qr(text)``. It is rendered once a record, in Vietnamese when that is installed.
    """

    _inherit = "ir.actions.report"

    report_type = fields.Selection(
        selection_add=[("onestop-pdf", "One-Stop PDF")],
        ondelete={"onestop-pdf": "set default"},
    )

    # ------------------------------------------------------------
    # Rendering
    # ------------------------------------------------------------

    @api.model
    def _render_onestop_pdf(self, report_ref, res_ids, data=None):
        """Render records as one PDF/A-2b, as the current user.

        :param report_ref: id, record, external id or template name of the report
        :param res_ids: ids of the records, each of which starts on a new page
        :param data: further values for the template
        :return: (bytes, "pdf")
        :raise AccessError: when the user may not print this report or read a record
        :raise UserError: when the template wants something from outside
        """
        return self._render_onestop_papers([(report_ref, res_ids)], data), "pdf"

    @api.model
    def _render_onestop_papers(self, papers, data=None, sets=1):
        """Render several forms as one PDF/A-2b, as the current user.

        :param papers: list of (report, ids of its records), in the order of the pages;
            a report as in :meth:`_render_onestop_pdf`
        :param data: further values for the templates
        :param sets: how often all of it is printed
        :return: bytes
        :raise AccessError: when the user may not print a report or read a record
        :raise UserError: nothing or too much to print, or a template wants something
            from outside
        """
        chosen = [(self._get_report(report), ids) for report, ids in papers]
        count = sum(len(ids) for _report, ids in chosen) * sets
        if not count:
            raise UserError(self.env._("There is nothing to print."))
        if count > MAX_RECORDS:
            raise UserError(
                self.env._("Print at most %(number)s at a time.", number=MAX_RECORDS)
            )
        for report in dict.fromkeys(report for report, _ids in chosen):
            wanted = {one for other, ids in chosen if other == report for one in ids}
            self._check_onestop_print(report, self.env[report.model].browse(wanted))
        printer = self.with_context(**self._onestop_print_context())
        documents = [
            printer._render_onestop_html(report, res_id, data)
            for report, ids in chosen
            for res_id in ids
        ]
        return self._onestop_to_pdf(chosen[0][0], documents * sets)

    @api.model
    def _onestop_to_pdf(self, report, documents):
        """One PDF of HTML documents; errors in words for the user."""
        try:
            return html_to_pdf(documents)
        except RemoteAddressError as error:
            raise UserError(
                self.env._(
                    "The form “%(form)s” refers to something outside itself and was "
                    "not printed: %(reason)s",
                    form=report.name,
                    reason=error,
                )
            ) from error
        except PdfError as error:
            raise UserError(
                self.env._(
                    "This server cannot make PDF files. The administrator has to "
                    "install Pango: %(reason)s",
                    reason=error,
                )
            ) from error

    @api.model
    def _check_onestop_print(self, report, records):
        if (
            report.group_ids
            and not self.env.su
            and not report.group_ids & self.env.user.all_group_ids
        ):
            raise AccessError(
                self.env._("You may not print “%(form)s”.", form=report.name)
            )
        records.check_access("read")

    @api.model
    def _onestop_print_context(self):
        """Context in which forms are printed, whatever the user's own language."""
        installed = self.env["res.lang"]._get_data(code=PRINT_LANGUAGE)
        return {
            "tz": LEGAL_ZONE,
            **({"lang": PRINT_LANGUAGE} if installed else {}),
        }

    def _render_onestop_html(self, report, res_id, data):
        values = self._get_rendering_context(
            report, [res_id], {**(data or {}), "report_type": "onestop-pdf"}
        )
        values.update(self._onestop_print_values())
        return self._render_template(report.report_name, values).decode()

    @api.model
    def _onestop_print_values(self):
        """Functions that every form may use."""
        zone = ZoneInfo(LEGAL_ZONE)
        return {
            "vn_date": vn_date,
            "vn_datetime": lambda instant, zone=zone: vn_datetime(instant, zone),
            "vn_money": vn_money,
            "vn_money_words": vn_money_words,
            "qr": self._onestop_qr,
        }

    @api.model
    def _onestop_qr(self, text):
        """A QR code of ``text`` as a data: URI, for the ``src`` of an image."""
        return qr_data_uri(text)

    # ------------------------------------------------------------
    # Web client
    # ------------------------------------------------------------

    def _onestop_filename(self, records):
        """Name of the PDF file of some records."""
        self.ensure_one()
        name = self.name
        if self.print_report_name and len(records) == 1:
            name = safe_eval(self.print_report_name, {"object": records, "time": time})
        return f"{name}.pdf"

    def report_action(self, docids, data=None, config=True):
        # The wizard of Odoo's own report layout has no say in legal forms.
        config = config and self.report_type != "onestop-pdf"
        return super().report_action(docids, data=data, config=config)
