# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class ResCompany(models.Model):
    """Where a Centre departs from the rule set; empty: as the rules say.

    What is set here counts for dossiers received from then on: a running dossier
    keeps the rules of its reception.
    """

    _inherit = "res.company"

    onestop_supplement_clock = fields.Selection(
        [
            ("restart", "The time limit starts again"),
            ("shift", "The due date moves by the time waited"),
        ],
        string="Clock After a Supplement",
        help="What happens to the due date when the citizen has supplemented the "
        "dossier. The one-stop rules count again from the complete dossier.",
    )
    onestop_supplement_limit = fields.Integer(
        string="Supplement Requests While Handling",
        help="How often a handler may ask for a supplement after reception without a "
        "special reason (NĐ 61/2018 as amended: once). 0: as the rules say.",
    )
    onestop_supplement_ask_days = fields.Integer(
        string="Working Days to Ask for a Supplement",
        help="Later requests need a special reason. 0: as the rules say.",
    )
    onestop_supplement_days = fields.Integer(
        string="Working Days to Supplement",
        help="How long the citizen has, where the procedure does not say. "
        "0: as the rules say.",
    )
    onestop_payment_days = fields.Integer(
        string="Working Days to Pay",
        help="How long the citizen has to meet a financial obligation. "
        "0: as the rules say.",
    )
    onestop_apology_days = fields.Integer(
        string="Working Days Before the End for an Apology",
        help="An apology is signed at the latest so many working days before the time "
        "expires. 0: as the rules say.",
    )
    onestop_apology_late = fields.Selection(
        [
            ("record", "Taken, and recorded as late"),
            ("refuse", "Not taken"),
        ],
        string="Late Apology",
    )
    onestop_extension_days = fields.Integer(
        string="Longest Extension by Law (Working Days)",
        help="Where the procedure does not say. 0: as the rules say.",
    )
    onestop_hand_over = fields.Float(
        string="Hand-Over of Paper Until",
        help="Paper received later is handed over on the next working day (NĐ 61/2018, "
        "Điều 18). 0: as the rules say.",
    )
    onestop_rejected_code = fields.Selection(
        [("result", "9, then 10: a result like any other"), ("refusal", "3: refused")],
        string="National Status of a Rejection",
    )
    onestop_warnings = fields.Selection(
        [
            ("escalate", "The holder, then the deputies, then the heads"),
            ("holder", "The holder only"),
            ("none", "Nobody"),
        ],
        string="Who Is Warned",
        required=True,
        default="escalate",
        help="At 50, 80 and 100 % of the time of a step and of the whole.",
    )

    _onestop_rules_positive = models.Constraint(
        "CHECK (onestop_supplement_limit >= 0 AND onestop_supplement_ask_days >= 0 "
        "AND onestop_supplement_days >= 0 AND onestop_payment_days >= 0 "
        "AND onestop_apology_days >= 0 AND onestop_extension_days >= 0 "
        "AND onestop_hand_over >= 0 AND onestop_hand_over < 24)",
        "Times and numbers of the rules cannot be negative.",
    )

    def _onestop_rules(self):
        """What this Centre sets otherwise than the rules, by their names."""
        self.ensure_one()
        return {
            "supplement_clock": self.onestop_supplement_clock,
            "supplements": self.onestop_supplement_limit,
            "supplement_ask_days": self.onestop_supplement_ask_days,
            "supplement_days": self.onestop_supplement_days,
            "payment_days": self.onestop_payment_days,
            "apology_days": self.onestop_apology_days,
            "apology_late": self.onestop_apology_late,
            "extension_days": self.onestop_extension_days,
            "online_hours": self.onestop_answer_hours,
            "hand_over": self.onestop_hand_over,
            "rejected_code": self.onestop_rejected_code,
        }
