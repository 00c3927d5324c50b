# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from collections import defaultdict

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import formatLang

from odoo.addons.onestop_procedure.phone import to_local

from ...ledger.canonical import parse_instant
from ...notices.occasions import TEXTS_OF

LANGUAGES = {"vi": "vi_VN", "en": "en_US"}


class OnestopNotice(models.Model):
    """The words of a notice: which text, and what stands for its placeholders."""

    _inherit = "onestop.notice"

    def _texts_by_centre(self, told):
        """A function (Centre, occasion, language) → templates by channel.

        A Centre's own text goes before the default, also when it is switched off; a
        language without texts is answered in Vietnamese.
        """
        templates = self.env["onestop.notice.template"].with_context(active_test=False)
        by_place = defaultdict(dict)
        for text in templates.search(
            Domain("event", "in", [one.occasion for one in told])
            & Domain(
                "company_id", "in", [False, *{o.dossier.company_id.id for o in told}]
            )
        ):
            place = by_place[text.event, text.language, text.channel]
            place[text.company_id.id] = text

        def texts(centre, occasion, language):
            found = {}
            for channel in ("mail", "sms", "app"):
                for tried in dict.fromkeys((language, "vi")):
                    place = by_place.get((occasion, tried, channel), {})
                    text = place.get(centre.id) or place.get(False)
                    if text and text.active:
                        found[channel] = text
                        break
            return found

        return texts

    def _gateways_by_centre(self, told):
        ways = defaultdict(set)
        for gateway in self.env["onestop.notice.gateway"].search(
            [("company_id", "in", [one.dossier.company_id.id for one in told])]
        ):
            ways[gateway.company_id.id].add(gateway.channel)
        return ways

    def _reasons(self, told):
        """Texts for the citizen of what is told: {(dossier, act): {kind: body}}.

        The last of each kind of act counts; what is not meant for him is not read.
        """
        reasons = defaultdict(dict)
        texts = self.env["onestop.dossier.text"].search(
            Domain("dossier_id", "in", [one.dossier.id for one in told])
            & Domain("for_citizen", "=", True)
            & Domain("event_id", "!=", False),
            order="id",
        )
        kinds = {event.id: event.kind for event in texts.event_id}
        for text in texts:
            place = (text.dossier_id.id, kinds[text.event_id.id])
            reasons[place][text.kind] = text.body or ""
        return reasons

    def _values(self, one, language, reasons):
        """What stands for the placeholders, as texts."""
        code = LANGUAGES[language]
        known = {lang for lang, _name in self.env["res.lang"].get_installed()}
        env = self.with_context(lang=code if code in known else "en_US").env
        dossier = one.dossier.with_env(env(context=env.context))
        centre = dossier.company_id

        def time(name, stored):
            if name in one.after:
                moment = one.after[name] and parse_instant(one.after[name])
            else:
                moment = stored
            return centre._onestop_notice_time(moment)

        kind = {"apology": "extend", **TEXTS_OF}.get(one.occasion, one.occasion)
        if one.occasion == "supplement_due_soon":
            kind = f"request_{dossier.state}"
        said = reasons.get((dossier.id, kind), {})
        receipt = env["onestop.notice"]._receipt_values(one)
        given = {
            name: centre._onestop_notice_time(fields.Datetime.to_datetime(value))
            if name in ("until", "due", "appointment")
            else value
            for name, value in one.data.items()
            if not one.event_id and isinstance(value, str)
        }
        ways = dict(dossier._fields["result_channel"]._description_selection(env))
        agency = dossier.department_id or dossier.procedure_id.department_id
        return {
            "code": dossier.code or "",
            "procedure": dossier.procedure_id.name,
            "owner": dossier.person_id.name,
            "centre": centre.name,
            "agency": agency.name,
            "received": time("received", dossier.received_at),
            "due": time("due", dossier.due_at),
            "until": time("citizen_due", dossier.citizen_due_at),
            "appointment": time("appointment", dossier.appointment_at),
            "reason": said.get("reason", ""),
            "items": said.get("items", ""),
            "legal_basis": said.get("legal_basis", ""),
            "result_by": ways.get(dossier.result_channel, ""),
            "contact": to_local(centre.phone),
            "link": dossier._notice_link(),
            **receipt,
            **given,
        }

    @api.model
    def _receipt_values(self, one):
        """Sum and number of what was paid, for the act ``collect_fee``."""
        if one.occasion != "collect_fee":
            return {}
        data, dossier = one.data, one.dossier
        currency = dossier.company_id.currency_id
        numbers = data.get("fees") or [data.get("fee")]
        fees = dossier.fee_ids.filtered(lambda fee: fee.id in numbers)
        amount = float(data.get("amount") or sum(fees.mapped("amount")))
        values = {
            "amount": formatLang(
                self.env, amount, currency_obj=fees.currency_id[:1] or currency
            )
        }
        if data.get("receipt") and "onestop.receipt" in self.env:
            receipt = self.env["onestop.receipt"].browse(data["receipt"])
            values["receipt"] = receipt.sudo().display_name  # sudo: of his own fee
        return values
