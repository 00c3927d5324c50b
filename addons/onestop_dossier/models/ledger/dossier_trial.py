# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain
from odoo.tools import SQL

from .dossier import ACT

# A trial of a draft that nobody goes on with is cleaned up after so many days.
IDLE_DAYS = 30
# Kinds of agencies whose catalogue managers try the procedures of all agencies.
OFFICES = ("office", "province")
# Acts that would ask something of others, or make a real dossier.
OUTWARD = ("consult", "spawn", "transfer")
# Ledgers that let go of a trial, in the order in which they refer to each other.
LEDGERS = (
    "onestop_dossier_text",
    "onestop_dossier_file",
    "onestop_dossier_attempt",
    "onestop_dossier_event",
)


class OnestopDossier(models.Model):
    """Trial dossiers: the real acts on a draft of a procedure, before it is published.

    A trial has no code and draws no number; no list, search, count, notice or portal
    shows it. Whoever may write the draft does all acts himself. What makes a dossier
    a trial is sealed when it is opened, so that no real one ever becomes one.
    """

    _inherit = "onestop.dossier"

    is_trial = fields.Boolean(
        string="Trial",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="A try of a draft procedure: without code, number or effect.",
    )

    _trial_without_code = models.Constraint(
        "CHECK (is_trial IS NOT TRUE OR code IS NULL)", "A trial has no code."
    )
    _code_or_trial = models.Constraint(
        "CHECK (code IS NOT NULL OR is_trial IS TRUE OR state IN ('draft', 'refused'))",
        "A dossier that was handed in has a code.",
    )
    _trial_idx = models.Index("(case_id) WHERE is_trial IS TRUE")

    def init(self):
        self._init_trial_sealed()
        return super().init()

    def _init_trial_sealed(self):
        guard = self.env["onestop.database.guard"]
        function = "onestop_trial_sealed"
        guard._make_function(
            function,
            """
            BEGIN
                IF TG_OP = 'UPDATE'
                   AND NEW.is_trial IS NOT DISTINCT FROM OLD.is_trial THEN
                    RETURN NEW;
                END IF;
                IF TG_OP = 'DELETE' AND OLD.is_trial THEN RETURN OLD; END IF;
                RAISE EXCEPTION USING ERRCODE = '23001', TABLE = TG_TABLE_NAME,
                    MESSAGE = TG_OP || ' refused: a dossier is a trial from its '
                              || 'opening or never, and only a trial is deleted';
            END
            """,
        )
        guard._make_trigger(
            self._table, "trial_sealed", "BEFORE UPDATE OF is_trial OR DELETE", function
        )

    @api.model
    def _let_go_of_trials(self, table, name, when):
        """Refuse ``when`` on the rows of a ledger, but deleting those of a trial.

        :param name: of the trigger that it takes the place of.
        """
        guard = self.env["onestop.database.guard"]
        function = "onestop_append_only_but_trials"
        guard._make_function(
            function,
            """
            BEGIN
                IF TG_OP = 'DELETE' AND EXISTS (
                    SELECT FROM onestop_dossier WHERE id = OLD.dossier_id AND is_trial
                ) THEN
                    RETURN OLD;
                END IF;
                RAISE EXCEPTION USING ERRCODE = '23001', TABLE = TG_TABLE_NAME,
                    MESSAGE = TG_OP || ' refused: ' || TG_TABLE_NAME
                              || ' is append-only';
            END
            """,
        )
        guard._make_trigger(table, name, when, function)

    # ------------------------------------------------------------
    # Out of sight
    # ------------------------------------------------------------

    @api.model
    def _search(
        self,
        domain,
        offset=0,
        limit=None,
        order=None,
        *,
        active_test=True,
        bypass_access=False,
    ):
        """Leave trials out of whatever is listed or counted, unless asked for.

        As with archived records, what belongs to a trial still finds it.
        """
        domain = Domain(domain)
        asked = any(part.field_expr == "is_trial" for part in domain.iter_conditions())
        # A citizen may not read the field, and owns no trial.
        if active_test and not asked and (self.env.su or self.env.user._is_internal()):
            domain &= Domain("is_trial", "=", False)
        return super()._search(
            domain,
            offset,
            limit,
            order,
            active_test=active_test,
            bypass_access=bypass_access,
        )

    @api.depends("is_trial")
    def _compute_display_name(self):
        result = super()._compute_display_name()
        for dossier in self:
            # sudo: onestop.dossier - a citizen may not read it, and has no trial
            if dossier.sudo().is_trial:
                dossier.display_name = self.env._(
                    "Trial · %(procedure)s", procedure=dossier.procedure_id.code
                )
        return result

    # ------------------------------------------------------------
    # Opening
    # ------------------------------------------------------------

    @api.model
    def _open_trial(self, case):
        """Open a trial of a case of a draft version; its author was checked.

        :return: the trial, for the user who tries.
        """
        # sudo: onestop.person, onestop.dossier - the applicant of trials, who does
        # not exist; whoever tries need not be a receiver
        person = self.env.ref("onestop_dossier.person_trial").sudo()
        acting = self.sudo().with_context(onestop_act=ACT)  # sudo: as above
        trial = acting.create(
            {
                "is_trial": True,
                "procedure_id": case.version_id.procedure_id.id,
                "case_id": case.id,
                "person_id": person.id,
            }
        )
        return self.browse(trial.id)

    def _append_and_follow(self, act, previous, values):
        if not self.is_trial:
            return super()._append_and_follow(act, previous, values)
        values = values | {"slip_secret": False}
        values.pop("viewer_ids", None)
        if act.name == "create":
            act.data["trial"] = True
            agency = self.procedure_id.department_id
            offices = agency.search([("kind", "in", OFFICES)])
            values["viewer_ids"] = [Command.set((agency | offices).ids)]
        return super()._append_and_follow(act, previous, values)

    def _code_for(self, moment):
        # sudo: onestop.dossier - only whether it is a trial
        return False if self.sudo().is_trial else super()._code_for(moment)

    def _numbers_for(self, moment):
        # sudo: onestop.dossier - only whether it is a trial
        trial = self.sudo().is_trial
        return {"code": False} if trial else super()._numbers_for(moment)

    # ------------------------------------------------------------
    # Acts
    # ------------------------------------------------------------

    def _may_try(self):
        """Whether this user may write drafts of the trial's agency at this instant."""
        # sudo: onestop.department - who keeps the papers of the agency
        return self.env.user in self.sudo().procedure_id.department_id.keeper_ids

    def _admit(self, act):
        dossier = super()._admit(act)
        if not dossier.is_trial:
            return dossier
        if dossier.case_id.version_id.state != "draft":
            raise UserError(
                self.env._(
                    "The version was published; this trial has come to its end. Open "
                    "a real dossier, or try the next draft."
                )
            )
        if act.name in OUTWARD:
            raise UserError(
                self.env._(
                    "A trial stays with those who write the draft: nothing is asked of "
                    "other agencies, and no other dossier is opened."
                )
            )
        return dossier

    def _acting_department(self, rows):
        if not self.is_trial:
            return super()._acting_department(rows)
        for who in dict.fromkeys(w for row in rows for w in row.who):
            # Citizens and time-outs have no roles.
            if who.roles and self._may_try():
                return self._department_at(who.place)[:1]
        return None

    def _check_holder(self, holder):
        return None if self.is_trial else super()._check_holder(holder)

    def _guard_complete(self, act):
        # A trial has neither papers nor files.
        return None if self.is_trial else super()._guard_complete(act)

    def _guard_version(self, act):
        return None if self.is_trial else super()._guard_version(act)

    def _guard_authority(self, act):
        if not self.is_trial:
            return super()._guard_authority(act)
        act.data["ground"] = {"kind": "trial"}
        return None

    def _guard_result_file(self, act):
        return None if self.is_trial else super()._guard_result_file(act)

    # ------------------------------------------------------------
    # Slip
    # ------------------------------------------------------------

    def _slip_values(self):
        values = super()._slip_values()
        # sudo: onestop.dossier - a citizen prints his slip, too
        return values | {"trial": self.sudo().is_trial}

    # ------------------------------------------------------------
    # Cleaning up
    # ------------------------------------------------------------

    def _discard(self):
        """Delete trials with all that belongs to them; they leave no number free."""
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT id FROM onestop_dossier WHERE id = ANY(%s) AND is_trial", [self.ids]
        )
        ids = [number for [number] in self.env.cr.fetchall()]
        # sudo: ir.attachment - of the files deleted below
        attachments = self.sudo().browse(ids).file_ids.attachment_id
        for table in (*self._tables_of_dossiers(), *LEDGERS):
            self.env.cr.execute(
                SQL(
                    "DELETE FROM %s WHERE dossier_id = ANY(%s)",
                    SQL.identifier(table),
                    ids,
                )
            )
        self.env.cr.execute("DELETE FROM onestop_dossier WHERE id = ANY(%s)", [ids])
        self.env.invalidate_all(flush=False)
        attachments.unlink()

    @api.model
    def _tables_of_dossiers(self):
        """Other tables whose rows keep a dossier from being deleted."""
        self.env.cr.execute(
            """
            SELECT c.conrelid::regclass::text FROM pg_constraint c
              JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
             WHERE c.contype = 'f' AND c.confrelid = 'onestop_dossier'::regclass
               AND c.confdeltype IN ('a', 'r') AND a.attname = 'dossier_id'
               AND c.conrelid::regclass::text != ALL(%s)
            """,
            [list(LEDGERS)],
        )
        return [table for [table] in self.env.cr.fetchall()]

    @api.autovacuum
    def _gc_trials(self):
        """Clean up trials of published versions, and those nobody goes on with."""
        before = fields.Datetime.subtract(fields.Datetime.now(), days=IDLE_DAYS)
        self.search(
            Domain("is_trial", "=", True)
            & (
                Domain("case_id.version_id.state", "!=", "draft")
                | Domain("write_date", "<", before)
            )
        )._discard()
