# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Command, Domain

from ..merging import Handover


class OnestopMergerLine(models.Model):
    """One agency goes up in another, whole or with some of its procedures."""

    _name = "onestop.merger.line"
    _description = "Line of a merger"
    _order = "merger_id, id"

    merger_id = fields.Many2one(
        "onestop.merger", required=True, index=True, ondelete="cascade"
    )
    predecessor_id = fields.Many2one(
        "onestop.department",
        string="Agency That Ends",
        required=True,
        index=True,
        ondelete="restrict",
    )
    successor_id = fields.Many2one(
        "onestop.department",
        string="Taken Over By",
        required=True,
        index=True,
        ondelete="restrict",
    )
    procedure_ids = fields.Many2many(
        "onestop.procedure",
        string="Procedures Allotted",
        domain="[('department_id', '=', predecessor_id)]",
        help="Only these go to this agency. Empty: all that is not allotted, and "
        "everything else of the agency.",
    )

    _distinct = models.Constraint(
        "CHECK (predecessor_id != successor_id)",
        "An agency cannot take over from itself.",
    )
    _once = models.UniqueIndex(
        "(merger_id, predecessor_id, successor_id)", "This line is there already."
    )

    # ------------------------------------------------------------
    # What moves and what stays
    # ------------------------------------------------------------

    def _moves(self):
        """Hook: what this line does with the records of the agency that ends.

        Upper rooms add theirs (dossiers in hand, delegations, seals) and the methods
        ``_move_<key>(records)`` that do it; the preview counts and lists the same.
        Called before anything of this line has moved.

        :return: list of :class:`~..merging.Handover`, in the order of doing.
        """
        self.ensure_one()
        procedures = self._procedures()
        moves = [self._handover("procedures", procedures)]
        if self.procedure_ids:
            return moves
        old = Domain("department_id", "=", self.predecessor_id.id)
        abolished = self.env["onestop.procedure"].search(
            old & Domain("state", "=", "abolished")
        )
        moves += [
            self._handover("steps", self._draft_steps()),
            *self._papers(),
            self._handover("duties", self._duties()),
            self._handover("plan_lines", self._plan_lines()),
            self._handover("units", self.predecessor_id.child_ids),
            self._handover("memberships", self._memberships()),
            self._handover("agency", self.predecessor_id),
            self._handover("abolished", abolished, "stays"),
        ]
        return [move for move in moves if move.number]

    @api.model
    def _handover_names(self):
        """What the kinds of records are called; upper rooms add theirs."""
        return {
            "procedures": self.env._("Procedures"),
            "steps": self.env._("Steps of drafts of procedures"),
            "papers": self.env._("Papers not yet decided"),
            "doubled": self.env._("Papers of which the new agency has its own"),
            "settled": self.env._("Papers settled"),
            "duties": self.env._("Recurring duties"),
            "plan_lines": self.env._("Lines of plans"),
            "units": self.env._("Attached units"),
            "memberships": self.env._("Roles that end"),
            "agency": self.env._("The agency ends"),
            "abolished": self.env._("Abolished procedures"),
        }

    def _handover(self, key, records, outcome="moves"):
        name = self._handover_names()[key.partition(":")[0]]
        if ":" in key:
            # sudo: ir.model - the name of a model
            model = self.env["ir.model"].sudo()._get(records._name)
            name = f"{name}: {model.name}"
        return Handover(key, name, records, outcome)

    def _procedures(self):
        if self.procedure_ids:
            return self.procedure_ids
        allotted = self.merger_id.line_ids.filtered(
            lambda line: line.predecessor_id == self.predecessor_id
        ).procedure_ids
        return (
            self.env["onestop.procedure"]
            .with_context(active_test=False)
            .search(
                Domain("department_id", "=", self.predecessor_id.id)
                & Domain("state", "!=", "abolished")
                & Domain("id", "not in", allotted.ids)
            )
        )

    def _draft_steps(self):
        return self.env["onestop.procedure.step"].search(
            Domain("department_id", "=", self.predecessor_id.id)
            & Domain("case_id.version_id.state", "=", "draft")
        )

    def _papers(self):
        """Papers that pass from office to office: open ones move, settled ones stay."""
        moves = []
        paper = self.env.registry["onestop.chain"]
        for name, model in self.env.registry.items():
            field = model._fields.get("department_id")
            if model._abstract or not issubclass(model, paper):
                continue
            if not field or not field.store:
                continue
            papers = self.env[name]
            chain = papers._moves()
            settled = {move.target for move in chain.values() if move.then is None}
            settled -= {papers._first_state()}
            old = Domain("department_id", "=", self.predecessor_id.id)
            of_state = Domain("state", "in", sorted(settled))
            running = papers.search(old & ~of_state)
            movable = running._movable_to(self.successor_id)
            moves += [
                self._handover(f"papers:{name}", movable),
                self._handover(f"doubled:{name}", running - movable, "stays"),
                self._handover(
                    f"settled:{name}", papers.search(old & of_state), "stays"
                ),
            ]
        return moves

    def _duties(self):
        return self.env["onestop.plan.duty"].search(
            Domain("department_ids", "in", self.predecessor_id.ids)
            & Domain("plan_id.state", "in", ("draft", "in_force"))
        )

    def _plan_lines(self):
        return self.env["onestop.plan.line"].search(
            Domain("department_id", "=", self.predecessor_id.id)
            & Domain("plan_id.state", "in", ("draft", "in_force"))
        )

    def _memberships(self):
        last = self.merger_id.effective_on - timedelta(days=1)
        return self.env["onestop.membership"].search(
            Domain("department_id", "=", self.predecessor_id.id)
            & (Domain("valid_to", "=", False) | Domain("valid_to", ">", last))
        )

    def _item_values(self, handover):
        return {
            "merger_id": self.merger_id.id,
            "line_id": self.id,
            "key": handover.key,
            "name": handover.name,
            "res_model": handover.records._name,
            "record_ids": handover.records.ids,
            "count": handover.number,
            "outcome": handover.outcome,
        }

    # ------------------------------------------------------------
    # Moving
    # ------------------------------------------------------------

    def _change(self, records, values):
        """Write the same values on records, and say how to undo it.

        :return: list of [model, id, old values, new values], plain values.
        """
        changes = [
            [
                records._name,
                record.id,
                {name: plain(record, name) for name in values},
                None,
            ]
            for record in records
        ]
        records.write(values)
        for change, record in zip(changes, records, strict=True):
            change[3] = {name: plain(record, name) for name in values}
        return changes

    def _move_procedures(self, procedures):
        day, new = self.merger_id.effective_on, self.successor_id
        history = self.env["onestop.procedure.competence"]
        kept, added = history._follow(procedures, day, new)
        changes = self._change(procedures, {"department_id": new.id})
        changes += [
            [row._name, row.id, old, {name: plain(row, name) for name in old}]
            for row, old in kept
        ]
        # Undone from the end: first the history, then the procedures that follow it.
        return changes + [[row._name, row.id, None, None] for row in added]

    def _move_steps(self, steps):
        return self._change(steps, {"department_id": self.successor_id.id})

    def _move_papers(self, papers):
        return self._change(papers, {"department_id": self.successor_id.id})

    def _move_units(self, units):
        return self._change(units, {"parent_id": self.successor_id.id})

    def _move_duties(self, duties):
        changes = []
        for duty in duties:
            left = duty.department_ids - self.predecessor_id
            owed = (left | self.successor_id).ids
            changes += self._change(duty, {"department_ids": [Command.set(owed)]})
        return changes

    def _move_plan_lines(self, lines):
        """The successor takes over the road map, added to its own."""
        changes = []
        for line in lines:
            own = line.plan_id.line_ids.filtered(
                lambda ln: ln.department_id == self.successor_id
            )
            if own:
                total = own.target_count + line.target_count
                changes += self._change(own, {"target_count": total})
                changes += self._change(line, {"target_count": 0})
            else:
                values = {"department_id": self.successor_id.id}
                changes += self._change(line, values)
        return changes

    def _move_memberships(self, memberships):
        last = self.merger_id.effective_on - timedelta(days=1)
        # A role that was to begin later never held.
        later = memberships.filtered(lambda m: m.valid_from > last)
        return self._change(later, {"valid_from": last, "valid_to": last}) + (
            self._change(memberships - later, {"valid_to": last})
        )

    def _move_agency(self, department):
        last = self.merger_id.effective_on - timedelta(days=1)
        values = {"valid_to": last, "successor_id": self.successor_id.id}
        return self._change(department, values)


def plain(record, name):
    """The value of a field as JSON keeps it."""
    field = record._fields[name]
    value = record[name]
    if field.type == "many2one":
        return value.id
    if field.type in ("many2many", "one2many"):
        return sorted(value.ids)
    if field.type == "date":
        return fields.Date.to_string(value)
    return value
