# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models, tools
from odoo.exceptions import AccessError, UserError, ValidationError

from ...ledger.transitions import NAMES
from ...notices import placeholders, sms

TEXTS = ("subject", "body", "plain")


class OnestopNoticeTemplate(models.Model):
    """What citizens are told when something happens, by channel and language.

    Plain text with placeholders from a fixed list. Templates without a Centre are the
    defaults; a Centre that wants another text, or silence, has its own.
    """

    _name = "onestop.notice.template"
    _description = "Text of a notice"
    _order = "event, channel, language, company_id, id"

    event = fields.Selection(selection="_selection_event", string="When", required=True)
    channel = fields.Selection(
        [("mail", "Mail"), ("sms", "SMS"), ("app", "Messaging app")],
        string="Sent By",
        required=True,
        default="mail",
    )
    language = fields.Selection(
        [("vi", "Vietnamese"), ("en", "English")], required=True, default="vi"
    )
    company_id = fields.Many2one(
        "res.company",
        string="Centre",
        index="btree_not_null",
        ondelete="cascade",
        readonly=True,
        help="Empty: for every Centre that has no text of its own.",
    )
    active = fields.Boolean(
        default=True, help="Off: this Centre says nothing on this occasion."
    )
    subject = fields.Char(
        string="Subject of the Mail",
        help="Mail: its subject. Messaging app: number of the template that the "
        "provider has approved.",
    )
    body = fields.Text(string="Message Text", required=True)
    plain = fields.Boolean(
        string="Without Diacritics",
        help="An SMS without diacritics has 160 characters, one with them 70.",
    )
    prescribed = fields.Boolean(
        string="Prescribed by Law",
        help="Sent also to those who want no notices.",
    )
    article = fields.Char(help="Article and law that prescribe the notice.")
    version_ids = fields.One2many(
        "onestop.notice.template.version", "template_id", string="Versions"
    )
    version_id = fields.Many2one(
        "onestop.notice.template.version",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
    )
    sms_length = fields.Char(
        compute="_compute_sms_length",
        help="With typical values in the place of the placeholders.",
    )
    can_edit = fields.Boolean(compute="_compute_can_edit")

    _one_a_centre = models.UniqueIndex(
        "(event, channel, language, coalesce(company_id, 0))",
        "There is a text for this occasion, channel and language already.",
    )

    @api.model
    def _selection_event(self):
        labels = dict(self.env["onestop.dossier.event"]._selection_kind())
        acts = [(name, labels[name]) for name in NAMES if name in labels]
        return acts + list(self._occasions().items())

    @api.model
    def _occasions(self):
        """Hook: occasions besides the acts, with their labels."""
        return {
            "apology": self.env._("Apology with a new appointment"),
            "issue_rejected": self.env._("Written refusal ready"),
            "supplement_due_soon": self.env._("Time to answer about to expire"),
            "result_early": self.env._("Result ready before its day"),
            "parcel_sent": self.env._("Result sent by post"),
            "file_infected": self.env._("Virus in a file"),
        }

    @api.model
    @tools.ormcache()
    def _spoken(self):
        """Occasions of which any Centre speaks."""
        # sudo: onestop.notice.template - which occasions there are, for any act
        found = self.sudo().search([("active", "=", True)])
        return frozenset(found.mapped("event"))

    # ------------------------------------------------------------
    # Computes and constraints
    # ------------------------------------------------------------

    @api.depends("event", "channel", "language")
    def _compute_display_name(self):
        said = [
            dict(self._fields[name]._description_selection(self.env))
            for name in ("event", "channel", "language")
        ]
        for template in self:
            keys = (template.event, template.channel, template.language)
            words = [labels.get(key) for labels, key in zip(said, keys, strict=True)]
            template.display_name = " · ".join(filter(None, words))

    @api.depends("body", "channel", "plain")
    def _compute_sms_length(self):
        examples = self._examples()
        for template in self:
            text = placeholders.fill(template.body, examples)
            if template.plain:
                text = sms.plain(text)
            found = sms.length(text)
            template.sms_length = template.channel == "sms" and self.env._(
                "%(characters)s characters (%(encoding)s), %(segments)s message(s)",
                characters=found.characters,
                encoding=found.encoding,
                segments=found.segments,
            )

    @api.depends_context("uid")
    @api.depends("company_id")
    def _compute_can_edit(self):
        admin = self.env.user.has_group("base.group_system")
        for template in self:
            # sudo: onestop.department - who keeps the papers of the Centre
            keepers = template.company_id.sudo().onestop_department_id.keeper_ids
            template.can_edit = admin or self.env.user in keepers

    @api.constrains("subject", "body")
    def _check_placeholders(self):
        for template in self:
            wrong = placeholders.problems(template.body) + placeholders.problems(
                template.subject
            )
            if wrong:
                raise ValidationError(
                    self.env._(
                        "“%(name)s” is no placeholder. Use those of the list, in the "
                        "form {{ code }}; everything else is plain text.",
                        name=wrong[0],
                    )
                )

    @api.constrains("prescribed", "article")
    def _check_article(self):
        if any(t.prescribed and not (t.article or "").strip() for t in self):
            raise ValidationError(
                self.env._(
                    "Name the article and law that prescribe the notice: it goes to "
                    "those, too, who want none."
                )
            )

    @api.constrains("channel", "subject")
    def _check_subject(self):
        for template in self:
            if template.channel == "mail" and not (template.subject or "").strip():
                raise ValidationError(self.env._("A mail has a subject."))

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        templates = super().create(vals_list)
        templates._keep_version()
        self.env.registry.clear_cache()
        return templates

    def write(self, vals):
        if {"company_id", "version_id"} & vals.keys() and not self.env.su:
            raise AccessError(
                self.env._("A text stays with the Centre for which it was made.")
            )
        result = super().write(vals)
        if set(TEXTS) & vals.keys():
            self._keep_version()
        if {"active", "event"} & vals.keys():
            self.env.registry.clear_cache()
        return result

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        # sudo: onestop.notice - whether one was ever made from this text
        notices = self.env["onestop.notice"].sudo()
        if notices.search_count([("version_id.template_id", "in", self.ids)], limit=1):
            raise UserError(
                self.env._(
                    "Notices were made from this text. Switch it off instead; it stays "
                    "on record."
                )
            )

    def _keep_version(self):
        """Keep each text that was ever in use: a notice names the one it is made of."""
        # sudo: onestop.notice.template.version - written by this method alone
        versions = self.env["onestop.notice.template.version"].sudo()
        for template in self:
            last = template.version_id
            if last and all(last[name] == template[name] for name in TEXTS):
                continue
            template.sudo().version_id = versions.create(  # sudo: as above
                {
                    "template_id": template.id,
                    "number": last.number + 1,
                    **{name: template[name] for name in TEXTS},
                }
            )

    # ------------------------------------------------------------
    # Texts
    # ------------------------------------------------------------

    def _render(self, values):
        """(subject, text) of this template with ``values``, as they are sent.

        :param values: texts by the names of ``placeholders.NAMES``.
        """
        self.ensure_one()
        if self.channel != "mail":
            values = placeholders.short_values(values, 80)
        text = placeholders.fill(self.body, values)
        if self.channel == "sms" and self.plain:
            text = sms.plain(text)
        return placeholders.fill_line(self.subject, values), text

    @api.model
    def _examples(self):
        """Typical values, to measure a text with."""
        return {
            "code": "H01.06-261122-0001",
            "procedure": "Cấp bản sao trích lục hộ tịch",
            "owner": "NGƯỜI NỘP HỒ SƠ",
            "centre": "Trung tâm PVHCC",
            "agency": "Sở Tư pháp",
            "received": "07:30, 23/11/2026",
            "due": "17:00, 30/11/2026",
            "until": "17:00, 30/11/2026",
            "appointment": "17:00, 30/11/2026",
            "reason": "x" * 40,
            "items": "x" * 40,
            "legal_basis": "x" * 20,
            "result_by": "tại quầy",
            "amount": "150.000 đ",
            "receipt": "AB/26E 0000001",
            "tracking": "EF123456789VN",
            "contact": "0296 3000000",
            "link": "https://dichvucong.example/track?code=H01.06-261122-0001",
        }
