# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.fields import Domain


class OnestopDossierAlert(models.Model):
    """What somebody was told about a dossier: each thing once.

    Tasks hang here and not on the dossier, whose row is written by acts alone.
    """

    _name = "onestop.dossier.alert"
    _description = "Warning about a dossier"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "id desc"

    dossier_id = fields.Many2one(
        "onestop.dossier", required=True, readonly=True, index=True, ondelete="restrict"
    )
    kind = fields.Selection(
        [
            ("whole", "Time of the procedure"),
            ("step", "Time of the step"),
            ("breach", "The due date will not be kept"),
            ("silent", "An agency gave no opinion in time"),
            ("infected", "A virus in a file: ask for the paper again"),
        ],
        required=True,
        readonly=True,
    )
    level = fields.Integer(
        readonly=True, aggregator=None, help="Share of the time used, in percent."
    )
    # Which step, consultation or file: a plain number, part of the key.
    about = fields.Integer(readonly=True, aggregator=None, default=0)
    raised_at = fields.Datetime(required=True, readonly=True)

    _once = models.UniqueIndex(
        "(dossier_id, kind, level, about)", "This warning was given already."
    )

    @api.depends("kind", "level", "dossier_id.code")
    def _compute_display_name(self):
        for alert in self:
            alert.display_name = f"{alert.dossier_id.code} · {alert._summary()}"

    def _summary(self):
        kind = dict(self._fields["kind"]._description_selection(self.env))[self.kind]
        if self.kind in ("whole", "step"):
            return self.env._(
                "%(what)s: %(level)s %% used", what=kind, level=self.level
            )
        return kind

    def action_open_dossier(self):
        """Open the dossier that the warning is about.

        :return: the window action.
        """
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.dossier_id.display_name,
            "res_model": "onestop.dossier",
            "res_id": self.dossier_id.id,
            "views": [(False, "form")],
        }

    @api.model
    def _raise(self, wanted):
        """Raise alerts, each once, and give tasks to those concerned.

        A constant number of statements, however many: one look for what was raised
        before, one insert, one batch of tasks.

        :param wanted: list of (values of the alert, users who get a task).
        :return: the new alerts.
        """
        # sudo: onestop.dossier.alert, mail.activity - raised by the system
        alerts = self.sudo().with_context(
            tracking_disable=True,
            mail_create_nosubscribe=True,
            mail_create_nolog=True,
            mail_activity_quick_update=True,
        )
        known = {
            alert._key()
            for alert in alerts.search(
                [("dossier_id", "in", [v["dossier_id"] for v, _users in wanted])]
            )
        }
        fresh = {
            (v["dossier_id"], v["kind"], v["level"], v.get("about", 0)): (v, users)
            for v, users in wanted
        }
        fresh = [pair for key, pair in fresh.items() if key not in known]
        made = alerts.create([values for values, _users in fresh])
        today = fields.Date.context_today(self)
        todo = self.env.ref("mail.mail_activity_data_todo").id
        model = self.env["ir.model"]._get_id(self._name)
        alerts.env["mail.activity"].create(
            [
                {
                    "res_model_id": model,
                    "res_id": alert.id,
                    "user_id": user.id,
                    "activity_type_id": todo,
                    "summary": alert.with_context(lang=user.lang)._summary(),
                    "date_deadline": today,
                }
                for alert, (_values, users) in zip(made, fresh, strict=True)
                for user in users
            ]
        )
        return made

    def _key(self):
        return self.dossier_id.id, self.kind, self.level, self.about

    @api.model
    def _close_tasks(self):
        """Take back tasks about dossiers that are finished."""
        # sudo: onestop.dossier.alert, mail.activity - raised by the system
        done = self.sudo().search(
            Domain("activity_ids", "!=", False)
            & (
                Domain("dossier_id.finished_at", "!=", False)
                | Domain("dossier_id.state", "in", ("refused", "stopped", "returned"))
            )
        )
        done.activity_ids.unlink()
