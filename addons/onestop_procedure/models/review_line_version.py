# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from psycopg2 import IntegrityError

from odoo import models
from odoo.exceptions import UserError

from .review_stages import STAGES


class OnestopReviewLine(models.Model):
    """An accepted change becomes a version of its procedure."""

    _inherit = "onestop.review.line"

    def _make_versions(self, day, decision):
        """Copy the versions in force with the stages as proposed, and publish them.

        All in one go; if that fails, one by one, so that each is made or reported.
        """
        versions = self.procedure_id._versions_at(day)
        ready = self.browse()
        for line in self:
            version = versions.get(line.procedure_id.id)
            line.problem = line._obstacle_to_version(version, day)
            if not line.problem:
                ready |= line
        made = ready._try_versions(versions, day, decision)
        if made is None:
            for line in ready:
                if line._try_versions(versions, day, decision) is None:
                    line.problem = self.env._("The version could not be published.")

    def _try_versions(self, versions, day, decision):
        try:
            with self.env.cr.savepoint():
                made = self._publish_versions(versions, day, decision)
                self.env.flush_all()
        except (UserError, IntegrityError):
            self.env.invalidate_all(flush=False)
            return None
        return made

    def _publish_versions(self, versions, day, decision):
        Version = self.env["onestop.procedure.version"].with_context(
            tracking_disable=True
        )
        numbers = self.env["onestop.catalogue.loader"]._next_numbers(self.procedure_id)
        values = []
        for line in self:
            version = versions[line.procedure_id.id]
            vals = version.copy_data(
                {
                    "number": numbers[line.procedure_id.id],
                    "change": "amended",
                    "decision_id": decision.id,
                }
            )[0]
            line._set_places(vals)
            values.append(vals)
        made = Version.create(values)
        for line, twin in zip(self, made, strict=True):
            version = versions[line.procedure_id.id]
            for case, copied in zip(version.case_ids, twin.case_ids, strict=True):
                copied._copy_links(case)
        made.case_ids._check_process()
        made._publish(day, reason=self.review_id[:1].name)
        for line, version in zip(self, made, strict=True):
            line.new_version_id = version
        return made

    def _set_places(self, vals):
        """Write the proposed places into the steps of a version to be."""
        for _command, _id, case in vals["case_ids"]:
            for _command, _id, step in case.get("step_ids", []):
                if step["activity"] in STAGES:
                    step["onsite"] = self[f"onsite_{step['activity']}"]

    def _obstacle_to_version(self, version, day):
        """Why no version can be made; False when it can."""
        if not version:
            return self.env._(
                "The procedure has no version in force on that day any more."
            )
        if version.valid_from >= day:
            return self.env._("Another version takes effect on the same day.")
        later = self.procedure_id.version_ids.filtered(
            lambda v: v.state == "published" and v.valid_from >= day
        )
        if later:
            return self.env._("A later version is published already.")
        for case in version.case_ids:
            lacking = set(self._proposed_stages()) - set(
                case.step_ids.mapped("activity")
            )
            if lacking:
                return self.env._(
                    "The internal process of case “%(case)s” has no step for it.",
                    case=case.name,
                )
            if case.steps_differ:
                return self.env._(
                    "The steps of case “%(case)s” do not sum up to its time limit.",
                    case=case.name,
                )
        return False
