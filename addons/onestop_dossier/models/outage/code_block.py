# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain
from odoo.tools.misc import clean_context

from ...ledger.outage import OutageError, read_key

# A browser that never comes back holds its codes for so long.
DAYS_KEPT = 30

BLOCK_KEPT = """
BEGIN
    IF ROW(NEW.id, NEW.company_id, NEW.department_id, NEW.unit, NEW.day, NEW.desk,
           NEW.user_id, NEW.public_key, NEW.reserved_at)
       IS DISTINCT FROM
       ROW(OLD.id, OLD.company_id, OLD.department_id, OLD.unit, OLD.day, OLD.desk,
           OLD.user_id, OLD.public_key, OLD.reserved_at)
       OR OLD.closed_at IS NOT NULL
    THEN
        RAISE EXCEPTION USING ERRCODE = '23001', TABLE = TG_TABLE_NAME,
            MESSAGE = 'a block of codes is reserved once and closed once';
    END IF;
    RETURN NEW;
END
"""


class OnestopCodeBlock(models.Model):
    """Dossier codes of one unit and day that one desk may give without the server.

    Reserved while the network works, for one user in one browser, with the public key
    of that browser. Each code is used once or spoiled; none goes to another desk.
    """

    _name = "onestop.code.block"
    _description = "Codes reserved for an outage"
    _order = "day desc, id desc"

    company_id = fields.Many2one(
        "res.company",
        string="Centre",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    department_id = fields.Many2one(
        "onestop.department",
        string="Receiving Unit",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    unit = fields.Char(string="Unit Code", required=True, readonly=True)
    day = fields.Date(required=True, readonly=True)
    desk = fields.Char(required=True, readonly=True, help="Which browser holds it.")
    user_id = fields.Many2one(
        "res.users",
        string="Receiver",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    public_key = fields.Text(required=True, readonly=True)
    reserved_at = fields.Datetime(required=True, readonly=True)
    closed_at = fields.Datetime(readonly=True)
    code_ids = fields.One2many("onestop.code.block.code", "block_id", readonly=True)
    reserved_count = fields.Integer(string="Not Used Yet", compute="_compute_counts")
    used_count = fields.Integer(string="Used", compute="_compute_counts")
    spoiled_count = fields.Integer(string="Spoiled", compute="_compute_counts")

    # The desk asks for its own blocks each time it looks.
    _desk_idx = models.Index("(user_id, desk, day) WHERE closed_at IS NULL")

    def init(self):
        guard = self.env["onestop.database.guard"]
        guard._no_truncate(self._table)
        guard._make_trigger(
            self._table, "no_delete", "BEFORE DELETE", "onestop_append_only"
        )
        guard._make_function("onestop_code_block_kept", BLOCK_KEPT)
        guard._make_trigger(
            self._table, "kept", "BEFORE UPDATE", "onestop_code_block_kept"
        )

    @api.depends("code_ids.state")
    def _compute_counts(self):
        groups = self.env["onestop.code.block.code"]._read_group(
            [("block_id", "in", self.ids)], ["block_id", "state"], ["__count"]
        )
        counts = {(block.id, state): count for block, state, count in groups}
        for block in self:
            for state in ("reserved", "used", "spoiled"):
                block[f"{state}_count"] = counts.get((block.id, state), 0)

    @api.depends("unit", "day")
    def _compute_display_name(self):
        for block in self:
            numbers = block.code_ids.sorted("number").mapped("number")
            span = f"{numbers[0]:04d}–{numbers[-1]:04d}" if numbers else ""
            block.display_name = f"{block.unit}-{block.day:%y%m%d}-{span}"

    # ------------------------------------------------------------
    # Reserve and give back
    # ------------------------------------------------------------

    @api.model
    def _of_desk(self, desk):
        """Blocks that this user holds in this browser."""
        return self.search(
            [
                ("user_id", "=", self.env.uid),
                ("desk", "=", desk),
                ("company_id", "=", self.env.company.id),
                ("closed_at", "=", False),
            ],
            order="day, id",
        )

    @api.model
    def _reserve(self, company, day, desk, public_key):
        """Reserve a block of codes of a legal day for the desk of this user.

        :param desk: a name that the browser has given itself.
        :param public_key: base64 of the public key whose other half never leaves it.
        :raises UserError: no key that this could be.
        """
        try:
            read_key(public_key)
        except OutageError as error:
            raise UserError(
                self.env._("The key of this desk cannot be read. Reload the desk.")
            ) from error
        # sudo: onestop.code.block, onestop.dossier, res.company - reserved by the
        # desk alone, which has asked for the role
        dossiers = self.env["onestop.dossier"].sudo()
        unit, centre = company._onestop_unit_code(), company.sudo()
        counter = self.env["onestop.dossier.counter"].sudo()  # sudo: as above
        first, last = counter._draw_range(unit, day, centre.onestop_outage_codes)
        plain = self.with_env(self.env(context=clean_context(self.env.context)))
        block = plain.sudo().create(  # sudo: as above
            {
                "company_id": company.id,
                "department_id": centre.onestop_department_id.id,
                "unit": unit,
                "day": day,
                "desk": desk,
                "user_id": self.env.uid,
                "public_key": public_key,
                "reserved_at": dossiers._moment(),
                "code_ids": [
                    Command.create(
                        {
                            "number": number,
                            "code": f"{unit}-{day:%y%m%d}-{number:04d}",
                            "secret": dossiers._new_secret(),
                        }
                    )
                    for number in range(first, last + 1)
                ],
            }
        )
        return block.sudo(False)

    def _free_codes(self):
        """Codes that stand on no slip yet, as far as the server knows.

        That of a conflict is not free: a citizen holds a slip with it.
        """
        # sudo: onestop.outage.entry - only which codes were given
        given = self.env["onestop.outage.entry"].sudo()
        given = given.search([("block_id", "in", self.ids)]).code_id
        return self.code_ids.filtered(lambda c: c.state == "reserved") - given

    def _close(self):
        """Spoil the codes that were not used: they go to nobody else."""
        # sudo: onestop.code.block - closed by the desk that holds it, or by time
        blocks = self.sudo().filtered(lambda block: not block.closed_at)
        blocks._free_codes().write({"state": "spoiled"})
        blocks.write({"closed_at": fields.Datetime.now()})

    @api.model
    def _cron_close(self):
        """Close what no browser has given back within 30 days."""
        today = self.env["onestop.membership"]._today()
        self.search(
            Domain("closed_at", "=", False)
            & Domain("day", "<", fields.Date.subtract(today, days=DAYS_KEPT))
        )._close()
