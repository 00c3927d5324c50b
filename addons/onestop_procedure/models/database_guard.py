# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, models
from odoo.tools import SQL


class OnestopDatabaseGuard(models.AbstractModel):
    """Triggers that hold the rules of the ledgers below the ORM.

    They raise SQLSTATE 23001: an error of class 23 reaches the user as a
    sentence, a plain RAISE would reach him as an internal server error.
    """

    _name = "onestop.database.guard"
    _description = "Triggers of the ledgers"

    @api.model
    def _append_only(self, table):
        """Refuse UPDATE, DELETE and TRUNCATE on ``table``."""
        self._no_truncate(table)
        self._make_trigger(table, "append_only", "BEFORE UPDATE OR DELETE", "ROW")

    @api.model
    def _no_truncate(self, table):
        """Refuse TRUNCATE on ``table``, which passes by the triggers on rows."""
        self.env.cr.execute(
            """
            CREATE OR REPLACE FUNCTION onestop_append_only() RETURNS trigger
            LANGUAGE plpgsql AS $$
            BEGIN
                RAISE EXCEPTION USING ERRCODE = '23001', TABLE = TG_TABLE_NAME,
                    MESSAGE = TG_OP || ' refused: ' || TG_TABLE_NAME
                              || ' is append-only';
            END $$
            """
        )
        self._make_trigger(table, "no_truncate", "BEFORE TRUNCATE", "STATEMENT")

    @api.model
    def _make_trigger(self, table, name, when, level, function="onestop_append_only"):
        """(Re)create the trigger ``onestop_<name>`` on ``table``."""
        trigger = SQL.identifier(f"onestop_{name}")
        on = SQL.identifier(table)
        self.env.cr.execute(SQL("DROP TRIGGER IF EXISTS %s ON %s", trigger, on))
        self.env.cr.execute(
            SQL(
                "CREATE TRIGGER %s %s ON %s FOR EACH %s EXECUTE FUNCTION %s()",
                trigger,
                SQL(when),
                on,
                SQL(level),
                SQL.identifier(function),
            )
        )
