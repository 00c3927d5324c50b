# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import AccessError

from ...forms import split_copies

# What a clerk ticks; the rest follows from the case of the procedure.
TICKED = frozenset(
    "received finding note originals_given certified_given copies_given".split()
)
# Counted when the folder is put together, at any stage.
COUNTED = frozenset({"sheets"})
# While the dossier can still change: later the findings are part of what was decided.
TICKABLE = ("draft", "submitted", "received", "processing", "supplement")


class OnestopDossierPart(models.Model):
    """A part of this dossier: what is asked for, and what was found."""

    _name = "onestop.dossier.part"
    _description = "Part of a dossier as handed in"
    _order = "dossier_id.id, sequence, id"

    dossier_id = fields.Many2one(
        "onestop.dossier", required=True, index=True, ondelete="cascade"
    )
    part_id = fields.Many2one(
        "onestop.procedure.part", index="btree_not_null", ondelete="restrict"
    )
    sequence = fields.Integer(default=10)
    name = fields.Text(required=True)
    required = fields.Boolean(default=True)
    originals = fields.Integer(string="Originals Asked")
    copies = fields.Integer(string="Copies Asked")
    originals_given = fields.Integer(string="Originals Handed In")
    certified_given = fields.Integer(string="Certified Copies Handed In")
    copies_given = fields.Integer(string="Photocopies Handed In")
    sheets = fields.Integer(
        groups="base.group_user",
        help="Sheets of paper in the folder, counted when it is put together "
        "(NĐ 30/2020/NĐ-CP, Điều 29).",
    )
    received = fields.Boolean(string="Handed In")
    finding = fields.Selection(
        [("ok", "In order"), ("missing", "Missing"), ("wrong", "Not in order")],
        groups="base.group_user",
    )
    note = fields.Char(groups="base.group_user")
    file_ids = fields.One2many("onestop.dossier.file", "dossier_part_id")

    @api.depends("name")
    def _compute_display_name(self):
        for part in self:
            part.display_name = part.name

    def _counts(self):
        """(originals, copies of any kind) handed in; as asked where nobody counted."""
        originals, certified, photocopies = self._given()
        return originals, certified + photocopies

    def _given(self):
        """(originals, certified copies, photocopies) handed in, as :meth:`_counts`."""
        given = (self.originals_given, self.certified_given, self.copies_given)
        if any(given):
            return given
        copies = split_copies(self.name, self.copies)
        return self.originals, copies["certified"], copies["copies"]

    def write(self, vals):
        if not self.env.su:
            if vals.keys() - TICKED - COUNTED:
                raise AccessError(
                    self.env._("The tick list follows from the case of the procedure.")
                )
            ticked = vals.keys() - COUNTED
            if ticked and any(p.dossier_id.state not in TICKABLE for p in self):
                raise AccessError(
                    self.env._("Findings cannot be changed at this stage any more.")
                )
            # sudo: onestop.dossier - only to be noticed by acts under way
            self.dossier_id.sudo()._touch()
        return super().write(vals)
