# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from collections import defaultdict

from odoo import api, models
from odoo.fields import Domain

from ..onsite import frequency_class
from .review_stages import STAGES


class OnestopReview(models.Model):
    """A round is opened: thousands of lines in a few queries."""

    _inherit = "onestop.review"

    def _open_parts(self):
        procedures = self.env["onestop.procedure"].search(
            [("state", "in", ("published", "suspended"))]
        )
        versions = procedures._versions_at(self.opened_on)
        procedures = procedures.filtered(lambda p: p.id in versions)
        parts = (
            self.env["onestop.review.part"]
            .with_context(tracking_disable=True, mail_create_nosubscribe=True)
            .create(
                [
                    {"review_id": self.id, "department_id": department.id}
                    for department in procedures.department_id
                ]
            )
        )
        self._open_lines(
            {part.department_id: part for part in parts}, procedures, versions
        )
        for part in parts:
            part._ask("author")

    def _open_lines(self, parts, procedures, versions):
        arrivals = procedures._arrivals(self.counted_from, self.counted_to)
        at_centre = self._stages_at_centre(versions.values())
        listed = self._listed_procedures()
        values = []
        for procedure in procedures:
            stages = at_centre[versions[procedure.id].id]
            mode = procedure._onsite_mode(dict.fromkeys(stages, True))
            count = arrivals.get(procedure.id, 0)
            rare = frequency_class(count, self.threshold) != "frequent"
            values.append(
                {
                    "review_id": self.id,
                    "part_id": parts[procedure.department_id].id,
                    "department_id": procedure.department_id.id,
                    "sector_id": procedure.sector_id.id,
                    "procedure_id": procedure.id,
                    "version_id": versions[procedure.id].id,
                    "dossier_count": count,
                    "present_stages": ",".join(s for s in STAGES if s in stages),
                    "present_mode": mode,
                    "is_listed": (
                        mode != "none" if listed is None else procedure.id in listed
                    ),
                    "pooled": rare and mode != "none",
                    **{f"onsite_{stage}": stage in stages for stage in STAGES},
                }
            )
        return self.env["onestop.review.line"].create(values)

    @api.model
    def _stages_at_centre(self, versions):
        """Stages whose steps are all at the Centre, by version id; in one query."""
        rows = self.env["onestop.procedure.step"]._read_group(
            [
                ("case_id.version_id", "in", [version.id for version in versions]),
                ("activity", "in", STAGES),
            ],
            ["case_id.version_id", "activity"],
            ["onsite:bool_and"],
        )
        found = defaultdict(set)
        for version, activity, onsite in rows:
            if onsite:
                found[version.id].add(activity)
        return found

    @api.model
    def _listed_procedures(self):
        """Ids of the procedures in the Chair's list in force; None before any."""
        last = self.search(
            Domain("state", "=", "in_force"),
            order="effective_from desc, id desc",
            limit=1,
        )
        if not last:
            return None
        lines = self.env["onestop.review.line"].search(last._domain_list())
        return set(lines.procedure_id.ids)

    def _domain_list(self):
        """Lines of the round that stand in the Chair's list."""
        accepted = Domain("part_id.state", "=", "accepted")
        return Domain("review_id", "=", self.id) & (
            (accepted & Domain("proposed_mode", "!=", "none"))
            | (~accepted & Domain("present_mode", "!=", "none"))
        )
