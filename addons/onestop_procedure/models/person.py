# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from psycopg2.errors import ReadOnlySqlTransaction

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain

from ..identity import check_citizen_number, check_tax_code, search_key

# Whoever reads one of these over RPC or on a screen leaves a line in the read log.
LOGGED_FIELDS = frozenset({"identity_number", "tax_code", "birth_date", "street"})


def never_readonly(method):
    """Undo ``api.readonly`` of the method overridden."""
    method._readonly = False
    return method


class OnestopPerson(models.Model):
    """Identity of a citizen or organisation.

    Kept apart from ``res.partner``, which every internal user may read. The
    partner serves mail and portal only and carries no identity data.
    """

    _name = "onestop.person"
    _description = "Person"
    _order = "name, id"
    _rec_names_search = ["search_key", "identity_number", "tax_code"]

    name = fields.Char(required=True, index="trigram")
    kind = fields.Selection(
        [
            ("citizen", "Individual"),
            ("business", "Enterprise"),
            ("agency", "State agency"),
            ("other", "Other organisation"),
        ],
        required=True,
        default="citizen",
    )
    identity_kind = fields.Selection(
        [
            ("cccd", "Citizen identity card"),
            ("cmnd", "Old identity card (9 digits)"),
            ("passport", "Passport"),
        ],
        default="cccd",
    )
    identity_number = fields.Char(copy=False)
    identity_masked = fields.Char(
        string="Identity Number (Masked)", compute="_compute_identity_masked"
    )
    identity_issued_on = fields.Date()
    tax_code = fields.Char(copy=False)
    birth_date = fields.Date()
    gender = fields.Selection([("male", "Male"), ("female", "Female")])
    street = fields.Char(string="Address")
    commune_id = fields.Many2one("res.city", index="btree_not_null")
    phone = fields.Char()
    email = fields.Char()
    partner_id = fields.Many2one(
        "res.partner",
        string="Contact",
        index="btree_not_null",
        ondelete="restrict",
        copy=False,
        help="Contact for messages and the citizens' portal.",
    )
    reading_ids = fields.One2many("onestop.person.reading", "person_id")
    search_key = fields.Char(compute="_compute_search_key", store=True, precompute=True)

    # As for procedures: the index has to hold the words as they are asked for.
    _search_key_idx = models.Index("USING gin (search_key gin_trgm_ops)")
    _identity_unique = models.UniqueIndex(
        "(identity_kind, identity_number) WHERE identity_number IS NOT NULL",
        "A person with this identity number is on record already.",
    )
    _tax_code_unique = models.UniqueIndex(
        "(tax_code) WHERE tax_code IS NOT NULL AND kind != 'citizen'",
        "An organisation with this tax code is on record already.",
    )
    _partner_unique = models.UniqueIndex(
        "(partner_id) WHERE partner_id IS NOT NULL",
        "This contact belongs to another person.",
    )

    # ------------------------------------------------------------
    # Computes and constraints
    # ------------------------------------------------------------

    @api.depends("name")
    def _compute_search_key(self):
        for person in self:
            person.search_key = search_key(person.name)

    @api.depends("identity_number", "tax_code", "kind")
    def _compute_identity_masked(self):
        for person in self:
            number = person.identity_number or person.tax_code or ""
            hidden = max(len(number) - 6, 0)
            person.identity_masked = (
                f"{number[:3]}{'•' * hidden}{number[-3:]}" if hidden else number
            )

    @api.depends("name", "identity_masked")
    def _compute_display_name(self):
        for person in self:
            # sudo: onestop.person - the masked number is no identity data
            masked = person.sudo().identity_masked
            person.display_name = " · ".join(filter(None, (person.name, masked)))

    @api.model
    def _search_display_name(self, operator, value):
        if operator != "ilike" or not value:
            return super()._search_display_name(operator, value)
        words = search_key(value).split()
        by_name = Domain.AND(Domain("search_key", "like", word) for word in words)
        number = value.strip().replace(" ", "")
        return (
            by_name
            | Domain("identity_number", "=", number)
            | Domain("tax_code", "=", number)
        )

    @api.constrains(
        "identity_kind", "identity_number", "birth_date", "gender", "tax_code", "kind"
    )
    def _check_identity(self):
        for person in self:
            problem = None
            if person.identity_kind == "cccd" and person.identity_number:
                problem = check_citizen_number(
                    person.identity_number, person.birth_date, person.gender
                )
            if not problem and person.tax_code:
                problem = check_tax_code(person.tax_code)
            if problem:
                raise ValidationError(person._identity_problem(problem))

    def _identity_problem(self, problem):
        """The sentence a clerk understands for a problem found in a number."""
        return {
            "citizen_form": self.env._(
                "A citizen identity number has 12 digits and no other characters."
            ),
            "citizen_place": self.env._(
                "The first three digits of the citizen identity number are not the "
                "code of a province or country. Compare it with the card."
            ),
            "citizen_birth": self.env._(
                "The citizen identity number and the date of birth do not fit: digits "
                "4 to 6 stand for the century and year of birth."
            ),
            "citizen_gender": self.env._(
                "The citizen identity number and the gender do not fit: the fourth "
                "digit is even for men and odd for women."
            ),
            "tax_code": self.env._(
                "This is not a valid tax code: check the digits against the "
                "registration certificate."
            ),
        }[problem]

    # ------------------------------------------------------------
    # Reading is logged
    # ------------------------------------------------------------

    # Reads of persons ask the primary at once: the log is written with them.

    @never_readonly
    def read(self, fields=None, load="_classic_read"):
        return super().read(fields, load)

    @never_readonly
    @api.model
    def search_read(
        self,
        domain=None,
        fields=None,
        offset=0,
        limit=None,
        order=None,
        **read_kwargs,
    ):
        return super().search_read(domain, fields, offset, limit, order, **read_kwargs)

    @never_readonly
    def web_read(self, specification):
        return super().web_read(specification)

    @never_readonly
    @api.model
    def web_search_read(
        self, domain, specification, offset=0, limit=None, order=None, count_limit=None
    ):
        return super().web_search_read(
            domain, specification, offset, limit, order, count_limit
        )

    def _read_format(self, fnames, load="_classic_read"):
        result = super()._read_format(fnames, load=load)
        self._log_reading(fnames)
        return result

    def _export_rows(self, fields, *, _is_toplevel_call=True):
        # Called for the persons of other exported records as well.
        rows = super()._export_rows(fields, _is_toplevel_call=_is_toplevel_call)
        self._log_reading([path[0] for path in fields if path])
        return rows

    def _read_group_groupby(self, alias, groupby_spec, query):
        self._refuse_grouping(groupby_spec)
        return super()._read_group_groupby(alias, groupby_spec, query)

    def _read_group_select(self, aggregate_spec, query):
        self._refuse_grouping(aggregate_spec)
        return super()._read_group_select(aggregate_spec, query)

    def _refuse_grouping(self, specification):
        """Groups would show the data of many at once, past the read log."""
        if not self.env.su and specification.split(":")[0] in LOGGED_FIELDS:
            raise AccessError(self.env._("Identity data cannot be grouped."))

    def _log_reading(self, fnames):
        read = sorted(LOGGED_FIELDS.intersection(fnames))
        if not read or self.env.su or not self.ids:
            return
        if self.env.cr.readonly:
            # A replica takes no line: Odoo asks the primary again on this error.
            raise ReadOnlySqlTransaction("reading identity data writes the read log")
        # sudo: onestop.person.reading - nobody may write the read log himself
        self.env["onestop.person.reading"].sudo().create(
            [
                {
                    "person_id": person_id,
                    "user_id": self.env.uid,
                    "field_names": ", ".join(read),
                }
                for person_id in self.ids
            ]
        )
