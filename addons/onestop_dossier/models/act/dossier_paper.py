# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import fields, models
from odoo.exceptions import UserError


class OnestopDossier(models.Model):
    """Where the physical file lies, handed over with the dossier."""

    _inherit = "onestop.dossier"

    paper_place_id = fields.Many2one(
        "onestop.paper.place",
        string="Physical File",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        groups="base.group_user",
        help="Where the papers lie now.",
    )

    def action_move_paper(self, place_id):
        """Record where the physical file lies now.

        :param place_id: id of the place, of an agency that has to do with the dossier.
        :return: True.
        :raises UserError: it lies there already, or the place is of another agency.
        """
        self._do_move_paper(place_id)
        return True

    def _do_move_paper(self, place_id):
        place = self._place_of(place_id)
        return self._apply(
            "move_paper",
            data={"place": place.id},
            values={"paper_place_id": place.id},
            place=place,
        )

    def _place_of(self, place_id):
        # Programs send anything; a boolean is an int to Python.
        if isinstance(place_id, bool) or not isinstance(place_id, int):
            raise UserError(self.env._("Choose where the physical file lies."))
        place = self.env["onestop.paper.place"].browse(place_id).exists()
        if not place or not place.active:
            raise UserError(self.env._("This place is not in use. Choose another one."))
        return place

    def _paper_values(self, act, place_id, receiving=None):
        """What an act writes that carries the physical file along, if it does.

        :param receiving: agency that gets the dossier by this act.
        """
        if not place_id:
            return {}
        place = self._place_of(place_id)
        self._check_place(place, receiving)
        act.data["place"] = place.id
        return {"paper_place_id": place.id}

    def _check_place(self, place, receiving=None):
        """Refuse a place of an agency that has nothing to do with this dossier."""
        involved = self.viewer_ids | self._charge()
        if receiving:
            involved |= receiving
        # sudo: onestop.paper.place - only whose it is, and its name
        place = place.sudo()
        if place.department_id not in involved:
            raise UserError(
                self.env._(
                    "“%(place)s” belongs to an agency that has nothing to do with this "
                    "dossier.",
                    place=place.display_name,
                )
            )

    def _guard_paper_place(self, act):
        place = act.arguments["place"]
        self._check_place(place)
        if place.id == self.paper_place_id.id:
            raise UserError(self.env._("The physical file lies there already."))

    def _story_of_paper(self, data):
        """The line of the story that says where an act put the physical file."""
        if not data.get("place"):
            return []
        # sudo: onestop.paper.place - only its name, also when it is archived
        place = self.env["onestop.paper.place"].sudo().browse(data["place"])
        return [(self.env._("Physical file"), place.display_name)]
