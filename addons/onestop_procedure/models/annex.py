# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, models

from ..catalogue.annex import GROUPS, TITLE, AnnexGroup
from ..vn_format import vn_date, vn_money
from .ir_actions_report import PRINT_LANGUAGE


class OnestopAnnex(models.AbstractModel):
    """Lists of procedures as a publishing decision has them in its annex.

    Columns after TT 02/2017/TT-VPCP: number, name with code, time limit, place, fees,
    legal bases, executing agency; of abolished ones the document that abolishes.
    """

    _name = "onestop.annex"
    _description = "Annex of a publishing decision"

    @api.model
    def _printer(self):
        """This model in the language in which decisions are written."""
        if self.env["res.lang"]._get_data(code=PRINT_LANGUAGE):
            return self.with_context(lang=PRINT_LANGUAGE)
        return self

    @api.model
    def _of_decision(self, decision):
        """The annex of a decision: all that it publishes and abolishes.

        :return: (title, reference, list of `catalogue.annex.AnnexGroup`).
        """
        printer = self._printer()
        versions = printer.env["onestop.procedure.version"].search(
            [("decision_id", "=", decision.id)]
        )
        acts = printer.env["onestop.procedure.act"].search(
            [("decision_id", "=", decision.id), ("kind", "in", ("abolish", "succeed"))]
        )
        groups = printer._groups(versions)
        printer._add_abolished(groups, {act.procedure_id: act for act in acts})
        day = decision.date and f" {vn_date(decision.date)}" or ""
        reference = f"(Kèm theo Quyết định số {decision.number}{day})"
        return TITLE, reference, list(groups.values())

    @api.model
    def _of_procedures(self, procedures):
        """The annex of chosen procedures, as they are today.

        :return: (title, reference, list of `catalogue.annex.AnnexGroup`).
        """
        printer = self._printer()
        procedures = procedures.with_env(printer.env)
        gone = procedures.filtered(lambda p: p.state == "abolished")
        acts = printer.env["onestop.procedure.act"].search(
            [
                ("procedure_id", "in", gone.ids),
                ("kind", "in", ("abolish", "succeed")),
            ],
            order="effective_on, id",
        )
        kept = procedures - gone
        published = printer.env["onestop.catalogue.loader"]._last_published(kept)
        versions = printer.env["onestop.procedure.version"].browse(
            [
                (published.get(procedure.id) or procedure.version_ids[:1]).id
                for procedure in kept
                if procedure.version_ids
            ]
        )
        groups = printer._groups(versions, listed=True)
        latest = {act.procedure_id: act for act in acts}
        printer._add_abolished(groups, {p: latest.get(p) for p in gone})
        return TITLE, "", list(groups.values())

    # ------------------------------------------------------------
    # Groups and rows
    # ------------------------------------------------------------

    @api.model
    def _groups(self, versions, listed=False):
        """Groups of versions in the order of `GROUPS`.

        :param listed: a version of which it is not known how it came is only listed,
            instead of being new or amended by its number.
        """
        found = {}
        for version in versions.sorted(
            lambda v: (v.procedure_id.sector_id.name or "", v.procedure_id.code)
        ):
            guess = "listed" if listed else "amended" if version.number > 1 else "new"
            kind = version.change or guess
            group = found.setdefault(kind, AnnexGroup(kind))
            sector = version.procedure_id.sector_id.name
            group.sectors.setdefault(sector, []).append(self._row(version))
        return {kind: found[kind] for kind in GROUPS if kind in found}

    @api.model
    def _add_abolished(self, groups, acts):
        """Add the list of abolished procedures.

        :param acts: {procedure: the act that abolished it, if it is known}.
        """
        if not acts:
            return
        group = groups["abolished"] = AnnexGroup("abolished")
        for procedure in sorted(acts, key=lambda p: (p.sector_id.name or "", p.code)):
            act = acts[procedure]
            ground = act and (act.reason or act.decision_id.display_name) or ""
            row = [procedure.code, procedure.name, ground]
            group.sectors.setdefault(procedure.sector_id.name, []).append(row)

    @api.model
    def _row(self, version):
        procedure = version.procedure_id
        agencies = version.executing_ids.mapped("name")
        return [
            f"{procedure.name} ({procedure.code})",
            self._by_case(version, lambda case: case.time_text),
            self._place(version),
            self._by_case(version, self._fees),
            version.legal_basis or "",
            "; ".join(agencies)
            or version.executing_text
            or procedure.department_id.name,
        ]

    @api.model
    def _by_case(self, version, tell):
        """What holds for each case; said once when it is the same for all."""
        told = {case.name: tell(case) for case in version.case_ids}
        if len(set(told.values())) <= 1:
            return next(iter(told.values()), "")
        return "\n".join(f"- {name}: {text}" for name, text in told.items())

    @api.model
    def _fees(self, case):
        told = []
        for fee in case.fee_ids:
            amount = vn_money(fee.amount) if fee.mode == "fixed" else fee.amount_text
            told.append(fee.note if fee.mode == "text" and fee.note else amount)
        return "; ".join(filter(None, told))

    @api.model
    def _place(self, version):
        if version.reception_address:
            return version.reception_address
        procedure = version.procedure_id
        centre = self.env.company.onestop_department_id
        if procedure.onsite_mode != "none" and centre:
            return centre.name
        return procedure.department_id.name
