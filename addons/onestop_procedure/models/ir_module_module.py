# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL


class IrModuleModule(models.Model):
    _inherit = "ir.module.module"

    def button_uninstall(self):
        self._refuse_ledgers()
        return super().button_uninstall()

    def module_uninstall(self):
        self._refuse_ledgers()
        return super().module_uninstall()

    def _refuse_ledgers(self):
        """In production a room whose ledger has rows stays: records are kept by law.

        :raises UserError: one of these rooms, or one that stands on it, has one.
        """
        # sudo: ir.config_parameter - whether this is a production database
        parameters = self.env["ir.config_parameter"].sudo()
        if parameters.get_param("onestop.production") != "True":
            return
        rooms = set((self | self.downstream_dependencies()).mapped("name"))
        self.env.cr.execute(
            "SELECT tgrelid::regclass::text FROM pg_trigger "
            "WHERE tgname = 'onestop_append_only'"
        )
        tables = {table for [table] in self.env.cr.fetchall()}
        for model in self.env.registry.values():
            if model._table not in tables or model._original_module not in rooms:
                continue
            self.env.cr.execute(
                SQL("SELECT FROM %s LIMIT 1", SQL.identifier(model._table))
            )
            if self.env.cr.rowcount:
                raise UserError(
                    self.env._(
                        "%(room)s holds a ledger (%(ledger)s). It cannot be "
                        "uninstalled from a production database.",
                        room=model._original_module,
                        ledger=self.env[model._name]._description,
                    )
                )
