# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import base64
import contextlib
import tempfile
from zoneinfo import ZoneInfo

import xlsxwriter

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from odoo.addons.onestop_procedure.catalogue.limits import MAX_CELL
from odoo.addons.onestop_procedure.catalogue.text import escape_cell
from odoo.addons.onestop_procedure.models.membership import LEGAL_ZONE

SPOOL_BYTES = 16 * 1024 * 1024
CHUNK = 2_000
IDS_LIMIT = 20_000
# A row is written and forgotten, and no text becomes a formula, number or link.
SAFE = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
# Column → its SQL; who the people are by number, and where they live, stays out.
COLUMNS = {
    "code": SQL("d.code"),
    "procedure_code": SQL("procedure.code"),
    "procedure_id": SQL("procedure.name"),
    "person_id": SQL("owner.name"),
    "submitter_id": SQL("submitter.name"),
    "subject": SQL("d.subject"),
    "channel": SQL("d.channel"),
    "department_id": SQL("agency.name"),
    "user_id": SQL("holder_name.name"),
    "state": SQL("d.state"),
    "outcome": SQL("d.outcome"),
    "received_at": SQL("d.received_at"),
    "due_at": SQL("d.due_at"),
    "finished_at": SQL("d.finished_at"),
    "returned_at": SQL("d.returned_at"),
    "timeliness": SQL("d.timeliness"),
    "result_channel": SQL("d.result_channel"),
}
WIDTHS = {"procedure_id": 50, "subject": 40, "department_id": 28}


class OnestopDossier(models.Model):
    """Rows of many dossiers, read with a cursor on the server, never all at once."""

    _inherit = "onestop.dossier"

    def action_export(self):
        """Export what the list shows: the selected dossiers, or all it finds.

        :return: the download, or the screen that shows how far it is.
        :raises AccessError: of a citizen, who reads his dossiers on the portal.
        """
        if not self.env.user.has_group("onestop_procedure.group_staff"):
            raise AccessError(self.env._("Only staff exports lists of dossiers."))
        domain = self.env.context.get("active_domain") or []
        # The client sends so many ids at most; beyond that all of the list is meant.
        if self and len(self) < IDS_LIMIT:
            domain = [("id", "in", self.ids)]
        return self.env["onestop.dossier.export"]._start(domain)

    @api.model
    def _write_workbook(self, domain, beat=None):
        """The dossiers of a domain as a workbook, in the user's words and rights.

        :param beat: called with the number of rows so far; stops when it gives False.
        :return: (Base64 content or None when it was stopped, number of rows).
        """
        say = self._export_words()
        with tempfile.SpooledTemporaryFile(SPOOL_BYTES) as file:
            book = xlsxwriter.Workbook(file, SAFE)
            sheet = book.add_worksheet()
            head = book.add_format({"bold": True, "border": 1})
            when = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
            sheet.freeze_panes(1, 1)
            for number, column in enumerate(COLUMNS):
                sheet.set_column(number, number, WIDTHS.get(column, 18))
                sheet.write_string(0, number, self._export_title(column), head)
            written = 0
            for row in self._export_read(domain, own=bool(beat)):
                written += 1
                for number, value in enumerate(row):
                    if value is None:
                        continue
                    if hasattr(value, "hour"):
                        sheet.write_datetime(written, number, value, when)
                    else:
                        text = say.get(number, {}).get(value, value)
                        cell = escape_cell(str(text))[:MAX_CELL]
                        sheet.write_string(written, number, cell)
                if beat and not written % CHUNK and not beat(written):
                    return None, written
            sheet.autofilter(0, 0, written, len(COLUMNS) - 1)
            book.close()
            file.seek(0)
            return base64.b64encode(file.read()), written

    @api.model
    def _export_title(self, column):
        if column == "procedure_code":
            return self.env._("Procedure code")
        return self._fields[column]._description_string(self.env)

    @api.model
    def _export_words(self):
        """{number of the column: {stored value: word of the user's language}}."""
        return {
            number: dict(self._fields[column]._description_selection(self.env))
            for number, column in enumerate(COLUMNS)
            if column in self._fields and self._fields[column].type == "selection"
        }

    @api.model
    def _export_read(self, domain, own=False):
        """Rows of a domain, in the order of reception; instants in the legal zone.

        :param own: by a cursor of its own, while the caller commits how far it is.
        """
        self.env.flush_all()
        query = self._search(domain)
        # Agencies and procedures have their names by language.
        lang = self.env.lang or "en_US"
        columns = SQL(", ").join(
            SQL("coalesce(%s ->> %s, %s ->> 'en_US')", column, lang, column)
            if self._export_translated(name)
            else column
            for name, column in COLUMNS.items()
        )
        rows = SQL(
            """
            SELECT %s
              FROM onestop_dossier d
              JOIN onestop_procedure procedure ON procedure.id = d.procedure_id
              JOIN onestop_person owner ON owner.id = d.person_id
              LEFT JOIN onestop_person submitter ON submitter.id = d.submitter_id
              LEFT JOIN onestop_department agency ON agency.id = d.department_id
              LEFT JOIN res_users holder ON holder.id = d.user_id
              LEFT JOIN res_partner holder_name ON holder_name.id = holder.partner_id
             WHERE d.id IN %s
             ORDER BY d.id
            """,
            columns,
            query.subselect(),
        )
        zone, utc = ZoneInfo(LEGAL_ZONE), ZoneInfo("UTC")
        with contextlib.ExitStack() as stack:
            cr = self.env.cr
            if own:
                cr = stack.enter_context(self.env.registry.cursor())
            named = stack.enter_context(cr._cnx.cursor("onestop_export"))
            named.itersize = CHUNK
            named.execute(rows.code, rows.params)
            for row in named:
                yield [
                    value.replace(tzinfo=utc).astimezone(zone).replace(tzinfo=None)
                    if hasattr(value, "hour")
                    else value
                    for value in row
                ]

    @api.model
    def _export_translated(self, column):
        models_of = {
            "procedure_id": "onestop.procedure",
            "department_id": "onestop.department",
        }
        if column not in models_of:
            return False
        return bool(self.env[models_of[column]]._fields["name"].translate)
