# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import models


class OnestopReview(models.Model):
    """What the screens of a round open."""

    _inherit = "onestop.review"

    def action_open_lines(self):
        """The procedures of the round, as far as the user may read them.

        :return: the window action.
        """
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "onestop_procedure.review_line_action"
        )
        return {
            **action,
            "name": self.name,
            "domain": [("review_id", "=", self.id)],
            "context": {"search_default_by_department": 1},
        }

    def action_open_problems(self):
        """The lines that could not be put in force."""
        action = self.action_open_lines()
        return {
            **action,
            "domain": [("review_id", "=", self.id), ("problem", "!=", False)],
        }

    def action_simulate(self):
        """Ask what the shares of the province become if some procedures go on site.

        :return: the dialog of the simulation.
        """
        self.ensure_one()
        return self._open_simulation()

    def _open_simulation(self, part=None, lines=None, shortest=False):
        self.check_access("read")
        simulation = self.env["onestop.review.simulation"].create(
            {
                "review_id": self.id,
                "part_id": part.id if part else False,
                "line_ids": lines.filtered(lambda x: x.proposed_mode != "full").ids
                if lines
                else [],
            }
        )
        return simulation.action_shortest() if shortest else simulation._open()
