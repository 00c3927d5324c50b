# Part of One-Stop. See LICENSE file for full copyright and licensing details.


from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ...ledger.columns import SEALED
from ...ledger.transitions import CLOSED, OPEN, PAUSES

# Carried in the context by the methods that may write protected fields. An object's
# identity cannot come over RPC.
ACT = object()

# What only a transition writes. The first line is held by a trigger as well.
PROTECTED = frozenset(
    """
    is_trial state outcome due_at received_at finished_at returned_at
    head_sequence head_hash
    step_id user_id appointment_at timeliness code rule_set version_id slip_secret
    viewer_ids event_ids text_ids submitted_at department_id support_department_id
    step_due_at citizen_due_at relay_at repeated_at warn_at parent_id
    receiver_id assisted_by_id helped_department_id bundle_id
    paper_place_id opened_at opened_by_id
    receipt_ids refund_ids
    register_book register_number
    """.split()
)


class OnestopDossier(models.Model):
    """A dossier, from submission to return of the result.

    Only :meth:`_apply` (``dossier_transition.py``) changes ``state`` and what hangs on
    it, along the table in ``ledger/transitions.py``; each act appends an event to
    the dossier's chain. Record rules show a dossier to the agencies that are or were
    involved (``viewer_ids``) and to its owner.
    """

    _name = "onestop.dossier"
    _description = "Dossier"
    _order = "id desc"
    _rec_name = "code"
    _rec_names_search = ["code"]

    code = fields.Char(readonly=True, copy=False)
    procedure_id = fields.Many2one(
        "onestop.procedure",
        required=True,
        index=True,
        ondelete="restrict",
        domain=[("state", "=", "published")],
    )
    version_id = fields.Many2one(
        "onestop.procedure.version",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        help="Version of the procedure in force at reception; later amendments do not "
        "touch a running dossier.",
    )
    case_id = fields.Many2one(
        "onestop.procedure.case",
        compute="_compute_case_id",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    person_id = fields.Many2one(
        "onestop.person",
        string="Owner",
        required=True,
        index=True,
        ondelete="restrict",
    )
    submitter_id = fields.Many2one(
        "onestop.person",
        help="Who hands the dossier in, when it is not the owner.",
        index="btree_not_null",
        ondelete="restrict",
    )
    channel = fields.Selection(
        [("counter", "At the counter"), ("online", "Online"), ("post", "By post")],
        required=True,
        default="counter",
    )
    result_channel = fields.Selection(
        [
            ("counter", "At the counter"),
            ("post", "By post"),
            ("electronic", "Electronically"),
        ],
        string="Result Wanted",
        required=True,
        default="counter",
    )
    area = fields.Selection(
        [("remote", "Area with difficult conditions")],
        help="Where the procedure gives more time for remote areas: whether the "
        "request is about one.",
    )
    subject = fields.Char(help="Abstract of the request, at most 1000 characters.")
    copies = fields.Integer(string="Sets", default=1)
    company_id = fields.Many2one(
        "res.company",
        string="Receiving Centre",
        required=True,
        default=lambda self: self.env.company,
        ondelete="restrict",
        index=True,
    )
    support_department_id = fields.Many2one(
        "onestop.department",
        string="Receiving Unit",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
    )
    department_id = fields.Many2one(
        "onestop.department",
        string="Competent Agency",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
    )
    viewer_ids = fields.Many2many(
        "onestop.department",
        "onestop_dossier_viewer",
        "dossier_id",
        "department_id",
        string="Agencies Involved",
        readonly=True,
        copy=False,
        groups="base.group_user",
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("submitted", "Submitted"),
            ("refused", "Refused"),
            ("received", "Received"),
            ("processing", "In progress"),
            ("supplement", "Waiting for supplement"),
            ("payment", "Waiting for payment"),
            ("suspended", "Suspended"),
            ("approving", "Waiting for approval"),
            ("approved", "Approved"),
            ("rejected", "Rejected"),
            ("ready", "Result ready"),
            ("returned", "Result returned"),
            ("withdrawing", "Withdrawal requested"),
            ("stopped", "Stopped"),
        ],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        group_expand=True,
    )
    outcome = fields.Selection(
        [
            ("granted", "Granted"),
            ("rejected", "Rejected"),
            ("refused", "Refused"),
            ("withdrawn", "Withdrawn"),
            ("stopped", "Stopped"),
        ],
        readonly=True,
        copy=False,
    )
    step_id = fields.Many2one(
        "onestop.procedure.step",
        string="Running Step",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        groups="base.group_user",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Holder",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        groups="base.group_user",
    )
    submitted_at = fields.Datetime(readonly=True, copy=False)
    received_at = fields.Datetime(readonly=True, copy=False)
    due_at = fields.Datetime(
        string="Due", readonly=True, copy=False, help="Legal due date."
    )
    appointment_at = fields.Datetime(
        string="New Appointment",
        readonly=True,
        copy=False,
        help="Promised with an apology; the legal due date stays what it was.",
    )
    finished_at = fields.Datetime(readonly=True, copy=False)
    returned_at = fields.Datetime(readonly=True, copy=False)
    timeliness = fields.Selection(
        [("early", "Early"), ("on_time", "On time"), ("late", "Late")],
        readonly=True,
        copy=False,
    )
    rule_set = fields.Selection(
        [
            ("nd61_2018", "NĐ 61/2018/NĐ-CP"),
            ("nd61_107", "NĐ 61/2018/NĐ-CP, amended by NĐ 107/2021/NĐ-CP"),
            ("nd118_2025", "NĐ 118/2025/NĐ-CP"),
        ],
        string="Rules",
        readonly=True,
        copy=False,
        groups="base.group_user",
    )
    head_sequence = fields.Integer(readonly=True, copy=False, groups="base.group_user")
    head_hash = fields.Char(readonly=True, copy=False, groups="base.group_user")
    slip_secret = fields.Char(
        readonly=True, copy=False, groups="onestop_dossier.group_receiver"
    )
    part_ids = fields.One2many("onestop.dossier.part", "dossier_id", copy=False)
    fee_ids = fields.One2many("onestop.dossier.fee", "dossier_id", copy=False)
    file_ids = fields.One2many("onestop.dossier.file", "dossier_id", copy=False)
    event_ids = fields.One2many(
        "onestop.dossier.event",
        "dossier_id",
        string="History",
        groups="base.group_user",
    )
    text_ids = fields.One2many(
        "onestop.dossier.text", "dossier_id", groups="base.group_user"
    )
    is_late = fields.Boolean(compute="_compute_is_late", search="_search_is_late")
    portal_state = fields.Integer(
        compute="_compute_portal_state",
        string="National Status",
        help="Status code 1 to 10 of the national public service portal.",
    )

    _code_unique = models.UniqueIndex(
        "(code) WHERE code IS NOT NULL", "This dossier code is taken."
    )
    # Lists and counts of the work in progress stay on small indexes.
    _open_due_idx = models.Index(
        "(due_at, id) WHERE state NOT IN ('refused', 'returned', 'stopped')"
    )
    _due_idx = models.Index("(due_at, id)")
    _open_state_idx = models.Index(
        "(state, company_id) WHERE state NOT IN ('refused', 'returned', 'stopped')"
    )
    _open_holder_idx = models.Index(
        "(user_id) WHERE user_id IS NOT NULL "
        "AND state NOT IN ('refused', 'returned', 'stopped')"
    )
    _positive_sets = models.Constraint(
        "CHECK (copies > 0)", "A dossier has at least one set."
    )
    _subject_length = models.Constraint(
        "CHECK (length(subject) <= 1000)",
        "The abstract has at most 1000 characters.",
    )

    # ------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------

    @api.depends("procedure_id")
    def _compute_case_id(self):
        for dossier in self:
            cases = dossier.procedure_id.version_id.case_ids
            if dossier.case_id not in cases:
                dossier.case_id = cases[:1]

    @api.depends("code", "procedure_id")
    def _compute_display_name(self):
        for dossier in self:
            dossier.display_name = dossier.code or self.env._("Draft dossier")

    @api.depends("state", "due_at", "finished_at")
    def _compute_is_late(self):
        now = fields.Datetime.now()
        for dossier in self:
            end = dossier.finished_at or now
            dossier.is_late = bool(
                dossier.due_at
                and dossier.state not in (*PAUSES, *CLOSED)
                and dossier.due_at < end
            )

    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        running = [state for state in OPEN if state not in PAUSES]
        return (
            Domain("state", "in", running)
            & Domain("finished_at", "=", False)
            & Domain("due_at", "<", "now")
        )

    @api.depends("state", "outcome", "company_id.onestop_rejected_code")
    def _compute_portal_state(self):
        codes = {
            "submitted": 1,
            "received": 2,
            "refused": 3,
            "supplement": 5,
            "payment": 6,
            "withdrawing": 7,
            "stopped": 8,
            "ready": 9,
            "returned": 10,
        }
        for dossier in self:
            code = codes.get(dossier.state, 0 if dossier.state == "draft" else 4)
            # sudo: res.company - a setting, for every reader of the dossier
            setting = dossier.company_id.sudo().onestop_rejected_code
            if code > 8 and dossier.outcome == "rejected" and setting == "refusal":
                code = 3
            dossier.portal_state = code

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model
    def default_get(self, fields):
        # An administrator may have set a default; what acts write has none.
        defaults = super().default_get([f for f in fields if f not in PROTECTED])
        return defaults | ({"state": "draft"} if "state" in fields else {})

    @api.model_create_multi
    def create(self, vals_list):
        acting = self.env.context.get("onestop_act") is ACT
        if not acting:
            self._refuse_protected({name for vals in vals_list for name in vals})
            # A default_state in the caller's context is as good as a value.
            self._refuse_protected(
                name.removeprefix("default_")
                for name in self.env.context
                if name.startswith("default_")
            )
        dossiers = super().create(vals_list)
        for dossier in dossiers:
            if not acting and not self.env.su:
                dossier._check_may_receive()
            dossier._make_parts()
            # sudo: onestop.department - the unit of the Centre, for any creator
            unit = dossier.company_id.sudo().onestop_department_id
            dossier._append_event(
                "create",
                {
                    "support_department_id": unit.id,
                    "viewer_ids": [fields.Command.link(unit.id)] if unit else [],
                    "slip_secret": self._new_secret(),
                },
            )
        return dossiers

    def write(self, vals):
        if self.env.context.get("onestop_act") is not ACT:
            self._refuse_protected(vals)
            fixed = SEALED.intersection(vals)
            if fixed and any(dossier.state != "draft" for dossier in self):
                raise UserError(
                    self.env._(
                        "The dossier was handed in. Procedure, case, owner, submitter "
                        "and channel can only be changed by a recorded correction."
                    )
                )
            centre = vals.get("company_id")
            if centre and any(dossier.company_id.id != centre for dossier in self):
                raise UserError(
                    self.env._(
                        "A draft stays at the Centre where it was opened. Open another "
                        "one at the other Centre."
                    )
                )
        result = super().write(vals)
        if {"case_id", "procedure_id"} & vals.keys():
            self._make_parts()
        return result

    def copy_data(self, default=None):
        default = default or {}
        self._refuse_protected(default)
        return super().copy_data(default)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_any(self):
        raise UserError(
            self.env._(
                "A dossier is never deleted. Refuse or stop it; it stays on record."
            )
        )

    def _refuse_protected(self, names):
        refused = PROTECTED.intersection(names)
        if refused:
            raise AccessError(
                self.env._(
                    "These fields follow from the acts on a dossier and cannot be "
                    "written: %(names)s.",
                    names=", ".join(sorted(refused)),
                )
            )

    def _write_protected(self, vals):
        """Write what follows from an act; for the methods of this model alone."""
        # sudo: onestop.dossier - the act was checked against the table of transitions
        return self.sudo().with_context(onestop_act=ACT).write(vals)
