# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...ledger import timeline
from ...ledger.canonical import parse_instant

# What a receiver may correct after reception. A subject is free text: the ledger
# keeps only salted hashes of it.
CORRECTABLE = (
    "person_id",
    "submitter_id",
    "procedure_id",
    "case_id",
    "subject",
    "copies",
    "result_channel",
    "area",
)
RECORDS = ("person_id", "submitter_id", "procedure_id", "case_id")
SUBJECT_SEALED = """
BEGIN
    IF NEW.subject IS DISTINCT FROM OLD.subject AND OLD.state != 'draft'
       AND NEW.head_sequence = OLD.head_sequence
    THEN
        RAISE EXCEPTION USING ERRCODE = '23001', TABLE = TG_TABLE_NAME,
            MESSAGE = 'the subject of a dossier is only corrected by an event';
    END IF;
    RETURN NEW;
END
"""


class OnestopDossier(models.Model):
    """Entries corrected after reception: by an event, with a slip that replaces.

    The code stays: it is never given again, and never changed by routing.
    """

    _inherit = "onestop.dossier"

    slip_version = fields.Integer(
        compute="_compute_slip_version",
        groups="base.group_user",
        help="1 for the slip given at reception; one more for each correction.",
    )

    def init(self):
        """A subject is no part of the ledger; it changes only with an event."""
        guard = self.env["onestop.database.guard"]
        guard._make_function("onestop_dossier_subject_sealed", SUBJECT_SEALED)
        guard._make_trigger(
            self._table,
            "subject_sealed",
            "BEFORE UPDATE OF subject",
            "onestop_dossier_subject_sealed",
        )
        return super().init()

    @api.depends("event_ids")
    def _compute_slip_version(self):
        corrected = dict(
            self.env["onestop.dossier.event"]._read_group(
                [("dossier_id", "in", self.ids), ("kind", "=", "correct")],
                ["dossier_id"],
                ["__count"],
            )
        )
        for dossier in self:
            dossier.slip_version = 1 + corrected.get(dossier._origin, 0)

    def action_correct(self, values, reason):
        """Correct entries of a dossier that was received; the slip is replaced.

        :param values: dictionary of ``person_id``, ``submitter_id``,
            ``procedure_id``, ``case_id``, ``subject``, ``copies``,
            ``result_channel``; ids for records.
        :param reason: why; the citizen reads it too.
        :return: True.
        :raises UserError: nothing changes, an entry that cannot be corrected, or a
            case that was not in force at reception.
        """
        if not isinstance(values, dict) or set(values) - set(CORRECTABLE):
            raise UserError(
                self.env._("Only the entries made at reception can be corrected.")
            )
        texts = {"reason": reason}
        if "subject" in values:
            self.ensure_one()
            self.check_access("read")
            texts |= {
                "before": self.subject or "–",
                "after": str(values["subject"] or "") or "–",
            }
        self._apply(
            "correct",
            texts=texts,
            values=lambda act: act.arguments["change"],
            corrected=dict(values),
            change={},
            for_citizen=("reason",),
        )
        return True

    # ------------------------------------------------------------
    # Guard, and what follows
    # ------------------------------------------------------------

    def _guard_correction(self, act):
        wanted = {
            name: self._corrected(name, value)
            for name, value in act.arguments["corrected"].items()
        }
        changes = {n: v for n, v in wanted.items() if v != self._entry(n)}
        if not changes:
            raise UserError(self.env._("Nothing is changed. Enter what is right."))
        act.data["changes"] = {
            name: [self._entry(name), value]
            for name, value in changes.items()
            if name != "subject"
        }
        if {"procedure_id", "case_id"} & changes.keys():
            changes |= self._of_corrected_case(act, changes)
        act.arguments["change"].update(changes)

    def _entry(self, name):
        value = self[name]
        return value.id if name in RECORDS else value

    def _corrected(self, name, value):
        """A value as the field keeps it.

        :raises UserError: not a value of this field.
        """
        wrong = UserError(self.env._("Enter what is right, or leave it as it is."))
        if name in RECORDS:
            if not value and name == "submitter_id":
                return False
            if isinstance(value, bool) or not isinstance(value, int):
                raise wrong
            record = self.env[self._fields[name].comodel_name].browse(value)
            if not record.exists():
                raise wrong
            return record.id
        if name == "copies":
            if isinstance(value, bool) or not isinstance(value, int) or value < 1:
                raise wrong
            return value
        if name in ("result_channel", "area"):
            if not value and name == "area":
                return False
            if value not in dict(self._fields[name].selection):
                raise wrong
            return value
        if len(str(value or "")) > 1000:
            raise wrong
        return str(value or "") or False

    def _of_corrected_case(self, act, changes):
        """What follows from another case: version, agency, step, who sees it."""
        received = parse_instant(act.history[-1]["after"]["received"])
        procedure = self.env["onestop.procedure"].browse(
            changes.get("procedure_id", self.procedure_id.id)
        )
        day = self._legal_day(received)
        version = procedure._versions_at(day).get(procedure.id)
        case_id = changes.get("case_id")
        if "procedure_id" in changes and not case_id and version:
            case_id = version.case_ids[:1].id
        case = self.env["onestop.procedure.case"].browse(case_id or self.case_id.id)
        if not version or case.version_id != version:
            raise UserError(
                self.env._(
                    "Choose a case of the procedure that was in force on the day of "
                    "reception."
                )
            )
        found = {"case_id": case.id, "version_id": version.id}
        departments = case.step_ids.department_id
        if "procedure_id" in changes:
            agency = procedure.department_id._current()
            found["department_id"] = agency.id
            departments |= agency
        found["viewer_ids"] = [fields.Command.link(d.id) for d in departments]
        stage = self._stage(act.history)
        step = case.step_ids._first_of(stage)
        return found | {"step_id": step.id, "user_id": False}

    def _stage(self, history):
        """The state of handling: the present one, or the one that a pause left."""
        if self._is_waiting(self.state):
            return self._state_left(history)
        return self.state

    def _recount_data(self, act):
        if act.name != "correct":
            return {"revision": self._calendar_revision().id}
        change = act.arguments["change"]
        if not {"case_id", "area"} & change.keys():
            return {"effect": "none"}
        case = self.env["onestop.procedure.case"].browse(
            change.get("case_id", self.case_id.id)
        )
        limit = self._limit(case, change.get("area", self.area))
        return {
            "limit": timeline.limit_data(limit),
            "revision": self._clock_at(act.history).revision,
        }

    def _after_act(self, act):
        result = super()._after_act(act)
        if act.name == "correct" and "case_id" in act.arguments["change"]:
            self._replace_parts()
        return result

    def _replace_parts(self):
        """Tick list and fees of the corrected case; what was given or paid stays."""
        # sudo: onestop.dossier.part, onestop.dossier.fee - derived from the case
        dossier = self.sudo()
        dossier.part_ids.filtered(lambda p: not (p.received or p.file_ids)).unlink()
        dossier.fee_ids.filtered(lambda f: not f.paid_at).unlink()
        named = set(dossier.part_ids.mapped("name"))
        dossier.part_ids = [
            fields.Command.create(part._dossier_part_values())
            for part in dossier.case_id.part_ids
            if part.name not in named
        ]
        paid = set(dossier.fee_ids.mapped("name"))
        dossier.fee_ids = [
            fields.Command.create(values)
            for values in dossier.case_id.fee_ids._dossier_fees()
            if values["name"] not in paid
        ]
