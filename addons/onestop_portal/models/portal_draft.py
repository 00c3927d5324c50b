# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

# How long a draft waits for its citizen; the pages say so.
KEPT_DAYS = 60
# A draft that was handed in stays this long, so that a second click finds its dossier.
FILED_DAYS = 1
# More than any procedure asks for; beyond it somebody is filling the disk.
MOST_FILES = 100
MOST_BYTES = 300 * 1024 * 1024
MOST_DRAFTS = 20


class OnestopPortalDraft(models.Model):
    """What a citizen has prepared and not handed in yet.

    Kept apart from dossiers, whose files and events are append-only: here he may
    change and remove. Handing in makes the dossier (``_submit``).
    """

    _name = "onestop.portal.draft"
    _description = "Draft of a citizen"
    _order = "edited_at desc, id desc"
    _rec_name = "procedure_id"

    person_id = fields.Many2one(
        "onestop.person", required=True, index=True, ondelete="cascade"
    )
    procedure_id = fields.Many2one(
        "onestop.procedure", required=True, index=True, ondelete="cascade"
    )
    case_id = fields.Many2one(
        "onestop.procedure.case", index="btree_not_null", ondelete="set null"
    )
    company_id = fields.Many2one(
        "res.company", string="Receiving Centre", required=True, ondelete="cascade"
    )
    subject = fields.Char()
    result_channel = fields.Selection(
        selection=lambda self: (
            self.env["onestop.dossier"]
            ._fields["result_channel"]
            ._description_selection(self.env)
        ),
        required=True,
        default="counter",
    )
    area = fields.Selection(
        selection=lambda self: (
            self.env["onestop.dossier"]._fields["area"]._description_selection(self.env)
        ),
    )
    edited_at = fields.Datetime(
        required=True, default=fields.Datetime.now, index=True, readonly=True
    )
    upload_ids = fields.One2many("onestop.portal.upload", "draft_id", string="Files")
    dossier_id = fields.Many2one(
        "onestop.dossier",
        string="Dossier Made of It",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
    )

    # ------------------------------------------------------------
    # What the citizen does; the controllers check that it is his
    # ------------------------------------------------------------

    @api.model
    def _open(self, person, procedure, company, values):
        """Begin a draft.

        :param values: case_id, result_channel, subject, area.
        :raises UserError: the form is closed, or the values do not fit.
        """
        self._check_open(company, procedure)
        values = self._clean(procedure, values)
        if self.search_count([("dossier_id", "=", False)]) >= MOST_DRAFTS:
            raise UserError(
                self.env._(
                    "You have begun %(count)s dossiers already. Hand one in or throw "
                    "one away first; they stand under “My dossiers”.",
                    count=MOST_DRAFTS,
                )
            )
        # sudo: onestop.portal.draft - citizens write theirs by these methods alone
        return self.sudo().create(
            {
                "person_id": person.id,
                "procedure_id": procedure.id,
                "company_id": company.id,
                **values,
            }
        )

    def _change(self, values):
        """Change case, way of receiving the result or abstract.

        Files chosen for the case before move to the parts of the same name.

        :raises UserError: the values do not fit the procedure.
        """
        self.ensure_one()
        # sudo: onestop.portal.draft - see _open
        draft = self.sudo()
        draft.write(
            self._clean(draft.procedure_id, values)
            | {"edited_at": fields.Datetime.now()}
        )
        draft._follow_case()

    def _follow_case(self):
        """Bring files and case in line with the version in force."""
        cases = self.procedure_id.version_id.case_ids
        if self.case_id not in cases:
            same = cases.filtered(lambda c: c.name == self.case_id.name)
            self.case_id = (same or (cases if len(cases) == 1 else same))[:1]
        by_name = {part.name: part for part in self.case_id.part_ids}
        for upload in self.upload_ids - self._uploads():
            part = by_name.get(upload.part_id.name)
            if part:
                upload.part_id = part

    def _put(self, part, name, content):
        """Keep a file for a part of the dossier.

        The same file chosen twice for a part, by a reload or a second click, is kept
        once.

        :raises UserError: empty, too large, of a type that is not accepted, or with a
            virus.
        """
        self.ensure_one()
        # sudo: onestop.portal.draft, onestop.portal.upload - see _open
        draft = self.sudo()
        files = self.env["onestop.dossier.file"]
        mimetype = files._check_content(draft, name, content)
        # Once more when it is handed in: what waits there is in quarantine.
        files._scan(name, content)
        uploads = draft.upload_ids
        size = sum(uploads.mapped("size")) + len(content)
        if len(uploads) >= MOST_FILES or size > MOST_BYTES:
            raise UserError(
                self.env._(
                    "A dossier holds at most %(count)s files and %(limit)s MB. Join "
                    "some of them, or scan them at a lower resolution.",
                    count=MOST_FILES,
                    limit=MOST_BYTES // 1024 // 1024,
                )
            )
        new = uploads._prepare(draft, part, name, content, mimetype)
        if not uploads.filtered(
            lambda u: u.part_id == part and u.sha256 == new["sha256"]
        ):
            uploads.create(new)
            draft.edited_at = fields.Datetime.now()

    def _remove(self, upload_id):
        """Take a file out of the draft again; nothing happens if it is gone."""
        self.ensure_one()
        # sudo: onestop.portal.upload - see _open
        self.sudo().upload_ids.filtered(lambda u: u.id == upload_id).unlink()

    def _discard(self):
        """Throw the draft and its files away."""
        # sudo: onestop.portal.draft - see _open
        self.sudo().filtered(lambda d: not d.dossier_id).unlink()

    def _submit(self):
        """Hand the draft in.

        Handed in twice, by a double click or in two windows, it makes one dossier.

        :return: the dossier.
        :raises UserError: a part is missing, or the form is closed.
        """
        self.ensure_one()
        # sudo: onestop.portal.draft - see _open
        draft = self.sudo()
        draft._wait_for_lock()
        if draft.dossier_id:
            return draft.dossier_id.sudo(False)
        dossier = self.env["onestop.dossier"]._file_online(
            draft.person_id,
            draft.procedure_id,
            draft.case_id,
            {
                "company_id": draft.company_id.id,
                "subject": draft.subject,
                "result_channel": draft.result_channel,
                "area": draft.area,
            },
            [
                (upload.part_id, upload.name, upload._content())
                for upload in draft._uploads().sorted("id")
            ],
        )
        draft.dossier_id = dossier
        draft.upload_ids.unlink()
        return dossier

    # ------------------------------------------------------------
    # Tools
    # ------------------------------------------------------------

    def _wait_for_lock(self):
        """Lock the draft; whoever comes second waits and starts anew."""
        self.env.cr.execute(
            "SELECT FROM onestop_portal_draft WHERE id = %s FOR UPDATE", [self.id]
        )

    def _uploads(self):
        """The files that belong to a part of the chosen case."""
        # sudo: onestop.portal.draft, onestop.procedure - see _open; public content
        draft = self.sudo()
        parts = draft.case_id.part_ids
        return draft.upload_ids.filtered(lambda u: u.part_id in parts)

    def _missing(self):
        """The required parts without a file."""
        # sudo: onestop.procedure.part - public content of the procedure
        parts = self.sudo().case_id.part_ids.filtered("required")
        return parts - self._uploads().part_id

    @api.model
    def _check_open(self, company, procedure):
        """Refuse while the form is closed or the procedure takes no dossiers.

        :raises UserError: with the reason, for the citizen.
        """
        # sudo: res.company - a setting of the Centre, for any citizen
        if not company.sudo().onestop_online_open:
            raise UserError(
                self.env._(
                    "This Centre does not take dossiers on its own portal. File on the "
                    "national public service portal, dichvucong.gov.vn, or at the "
                    "counter."
                )
            )
        if procedure.state != "published" or not procedure.version_id:
            raise UserError(
                self.env._("This procedure takes no dossiers at the moment.")
            )

    @api.model
    def _clean(self, procedure, values):
        """Only what a citizen may choose, and only what there is to choose."""
        case = procedure.version_id.case_ids.filtered(
            lambda c: c.id == values.get("case_id")
        )
        if not case:
            raise UserError(self.env._("Choose the case that is yours."))
        channels = dict(self._fields["result_channel"]._description_selection(self.env))
        if values.get("result_channel") not in channels:
            raise UserError(self.env._("Choose how you want to receive the result."))
        subject = (values.get("subject") or "").strip()
        if len(subject) > 1000:
            raise UserError(self.env._("The abstract has at most 1000 characters."))
        return {
            "case_id": case.id,
            "result_channel": values["result_channel"],
            "area": bool(values.get("area") and case.remote_extra) and "remote",
            "subject": subject,
        }

    @api.autovacuum
    def _gc_drafts(self):
        now = fields.Datetime.now()
        forgotten = Domain("edited_at", "<", now - timedelta(days=KEPT_DAYS))
        filed = Domain("dossier_id", "!=", False) & Domain(
            "write_date", "<", now - timedelta(days=FILED_DAYS)
        )
        self.search(forgotten | filed, limit=1000).unlink()
