# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import base64

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...filing.sheets import join


class OnestopScanPage(models.Model):
    """A page from a network scanner that waits for its dossier."""

    _name = "onestop.scan.page"
    _description = "Scanned page"
    _order = "batch_id desc, number, id"

    batch_id = fields.Many2one(
        "onestop.scan.batch", required=True, readonly=True, index=True
    )
    number = fields.Integer(string="Page", required=True, readonly=True)
    name = fields.Char(related="batch_id.name", string="File of the Scanner")
    desk = fields.Char(related="batch_id.desk", store=True)
    company_id = fields.Many2one(
        "res.company", string="Centre", required=True, readonly=True, index=True
    )
    state = fields.Selection(
        [("waiting", "Waits"), ("filed", "Filed"), ("dropped", "Dropped")],
        required=True,
        readonly=True,
        default="waiting",
        index=True,
    )
    dossier_id = fields.Many2one(
        "onestop.dossier",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="As the separator sheet before it says, or as it was filed.",
    )
    part_id = fields.Many2one(
        "onestop.dossier.part",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    rotation = fields.Integer(readonly=True, aggregator=None, help="In degrees.")
    thumbnail = fields.Binary(readonly=True, attachment=True)
    content = fields.Binary(readonly=True, attachment=True)
    file_id = fields.Many2one(
        "onestop.dossier.file", readonly=True, index="btree_not_null"
    )
    drop_reason = fields.Char(readonly=True)
    done_by_id = fields.Many2one("res.users", readonly=True)

    @api.model
    def _keep(self, batch, pages):
        """Keep the pages of a batch, each with the dossier that its sheet names."""
        dossiers = self.env["onestop.dossier"]
        # sudo: onestop.dossier - whether the Centre's own; the sheet was printed by us
        named = dossiers.sudo().search(
            [
                ("id", "in", [page.sheet[0] for page in pages if page.sheet]),
                ("company_id", "=", batch.company_id.id),
            ]
        )
        rows = []
        for number, page in enumerate(pages, 1):
            dossier = named.filtered(lambda d, p=page: p.sheet and d.id == p.sheet[0])
            part = dossier.part_ids.filtered(lambda r, p=page: r.id == p.sheet[1])
            rows.append(
                {
                    "batch_id": batch.id,
                    "company_id": batch.company_id.id,
                    "number": number,
                    "dossier_id": dossier.id,
                    "part_id": part.id,
                    "thumbnail": base64.b64encode(page.thumbnail),
                    "content": base64.b64encode(page.content),
                }
            )
        return self.create(rows)

    # ------------------------------------------------------------
    # What the receiver does
    # ------------------------------------------------------------

    def action_take(self):
        """Look for new files of the scanners of this Centre now.

        :return: a notice of how many there were.
        """
        count = self.env["onestop.scan.batch"].take()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if count else "info",
                "message": self.env._("Files taken from the scanner: %s", count),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def action_open_filing(self):
        """Open the dialog that files or drops these pages.

        :return: the window action of the dialog.
        """
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Scanned pages"),
            "res_model": "onestop.scan.filing",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_page_ids": self.ids, "dialog_size": "large"},
        }

    def action_rotate(self):
        """Turn the pages a quarter to the right."""
        for page in self._held():
            page.rotation = (page.rotation + 90) % 360
        return True

    def action_file(self, dossier_id=None, part_id=None):
        """File the pages, in their order, as one PDF for a part of a dossier.

        :param dossier_id: None for the dossier that the separator sheet names.
        :param part_id: likewise.
        :return: id of the file.
        :raises UserError: no dossier or part is known, they wait no more, or as
            :meth:`onestop.dossier.action_scan`.
        """
        pages = self._held().sorted(lambda p: (p.batch_id.id, p.number))
        if not dossier_id and len(pages.dossier_id) == 1:
            dossier_id = pages.dossier_id.id
        if not part_id and len(pages.part_id) == 1 and all(p.part_id for p in pages):
            part_id = pages.part_id.id
        if not dossier_id or not part_id:
            raise UserError(
                self.env._("Choose the dossier and the part that the pages belong to.")
            )
        dossier = self.env["onestop.dossier"].browse(dossier_id).exists()
        dossier.check_access("read")
        if dossier.sudo().company_id != pages.company_id:  # sudo: which Centre it is
            raise UserError(
                self.env._("The pages were scanned at another Centre than the dossier.")
            )
        content = join(
            [(base64.b64decode(page.content), page.rotation) for page in pages]
        )
        name = self.env._("scan-%(number)s.pdf", number=pages[:1].id)
        number = dossier.action_scan(part_id, name, base64.b64encode(content).decode())
        pages.write(
            {
                "state": "filed",
                "dossier_id": dossier.id,
                "part_id": part_id,
                "file_id": number,
                "done_by_id": self.env.uid,
                # What was filed stands in the dossier.
                "content": False,
            }
        )
        return number

    def action_drop(self, reason):
        """Drop pages that belong to no dossier.

        :param reason: why; it is kept with the page.
        :raises UserError: no reason, or they wait no more.
        """
        reason = (reason or "").strip()
        if not reason:
            raise UserError(self.env._("Say why the pages are dropped."))
        self._held().write(
            {
                "state": "dropped",
                "drop_reason": reason,
                "done_by_id": self.env.uid,
            }
        )
        return True

    def _held(self):
        """These pages, locked, for a receiver of their Centre; with all rights.

        :raises AccessError: he receives for no unit of that Centre.
        :raises UserError: somebody was faster.
        """
        self.check_access("read")
        for company in self.company_id:
            company._check_receiver()
        self.env.cr.execute(
            "SELECT FROM onestop_scan_page WHERE id = ANY(%s) FOR UPDATE", [self.ids]
        )
        self.invalidate_recordset(["state"])
        # sudo: onestop.scan.page - who may was asked above; nobody writes them himself
        pages = self.sudo()
        if not pages or any(page.state != "waiting" for page in pages):
            raise UserError(
                self.env._(
                    "These pages were filed or dropped already. Reload the list."
                )
            )
        if len(pages.company_id) != 1:
            raise UserError(self.env._("These pages are of several Centres."))
        return pages.with_context(bin_size=False)
