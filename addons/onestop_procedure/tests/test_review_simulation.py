# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .review_common import ReviewCase


@tagged("post_install", "-at_install")
class TestReviewSimulation(ReviewCase):
    """What if these go on site: figures first, the proposal only when applied."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.review = cls.open_review()

    def simulation(self, user, department=None, **values):
        part = self.part(self.review, department) if department else None
        return (
            self.env["onestop.review.simulation"]
            .with_user(user)
            .create(
                {
                    "review_id": self.review.id,
                    "part_id": part.id if part else False,
                    **values,
                }
            )
        )

    def shares(self, simulation):
        """(agency or province, share after in both ways) of the table shown."""
        return [
            (row["name"], *(way["after"] for way in row["ways"]))
            for row in simulation._figure_rows()
        ]

    def test_shortest_list_of_an_agency(self):
        """One procedure of four is over 20 %; of those the one with most dossiers."""
        simulation = self.simulation(self.head, self.justice)
        simulation.action_shortest()
        self.assertEqual(simulation.line_ids, self.line(self.review, 1))
        self.assertEqual(
            self.shares(simulation),
            [
                ("Department of Justice", "1/4 = 25.0 %", "1/5 = 20.0 %"),
                ("Province", "1/5 = 20.0 %", "1/7 = 14.3 %"),
            ],
        )

    def test_obstacles_of_law_come_last(self):
        self.line(self.review, 1).obstacle_law = True
        simulation = self.simulation(self.head, self.justice)
        simulation.action_shortest()
        self.assertEqual(simulation.line_ids, self.line(self.review, 2))

    def test_shortest_list_of_the_province(self):
        simulation = self.simulation(self.director)
        simulation.action_shortest()
        self.assertEqual(
            simulation.line_ids.procedure_id, self.by_digit[1] | self.by_digit[6]
        )

    def test_nothing_is_written_before_it_is_applied(self):
        simulation = self.simulation(self.head, self.justice)
        simulation.action_shortest()
        self.assertEqual(self.line(self.review, 1).proposed_mode, "reception")
        simulation.action_clear()
        self.assertFalse(simulation.line_ids)

    def test_apply_and_undo(self):
        self.line(self.review, 2).proposed_mode = "no_approval"
        simulation = self.simulation(self.head, self.justice)
        lines = self.line(self.review, 1) | self.line(self.review, 2)
        simulation.line_ids = lines
        expected = self.shares(simulation)
        simulation.action_apply()
        self.assertEqual(set(lines.mapped("proposed_mode")), {"full"})
        self.env.invalidate_all()
        self.assertEqual(self.shares(simulation), expected)
        part = self.part(self.review, self.justice)
        self.assertEqual(part.plan_share_proposed, 2 / 4)
        simulation.action_undo()
        self.assertEqual(lines.mapped("proposed_mode"), ["reception", "no_approval"])
        self.assertEqual(lines.mapped("is_reviewed"), [False, True])

    def test_figures_are_live(self):
        simulation = self.simulation(self.head, self.justice)
        with Form(simulation) as form:
            self.assertIn("0/4", form.figures)
            form.line_ids.add(self.line(self.review, 3))
            self.assertIn("1/4 = 25.0 %", form.figures)

    def test_the_centre_simulates_but_does_not_propose(self):
        simulation = self.simulation(self.director, self.justice)
        simulation.action_shortest()
        with self.assertRaises(AccessError):
            simulation.action_apply()

    def test_an_agency_does_not_propose_for_another(self):
        simulation = self.simulation(self.health_head)
        with self.assertRaises(AccessError):
            simulation.line_ids = self.line(self.review, 1).sudo()

    def test_nothing_to_apply(self):
        with self.assertRaises(UserError):
            self.simulation(self.head, self.justice).action_apply()

    def test_from_a_selection_of_lines(self):
        lines = self.line(self.review, 1) | self.line(self.review, 2)
        action = lines.action_simulate()
        simulation = self.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual(simulation.line_ids.ids, lines.ids)
        self.assertEqual(simulation.part_id, self.part(self.review, self.justice))
