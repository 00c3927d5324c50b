# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, models
from odoo.tools import SQL

APPEND_ONLY = """
BEGIN
    RAISE EXCEPTION USING ERRCODE = '23001', TABLE = TG_TABLE_NAME,
        MESSAGE = TG_OP || ' refused: ' || TG_TABLE_NAME || ' is append-only';
END
"""


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
        self._make_trigger(
            table, "append_only", "BEFORE UPDATE OR DELETE", "onestop_append_only"
        )

    @api.model
    def _no_truncate(self, table):
        """Refuse TRUNCATE on ``table``, which row triggers do not see."""
        function = "onestop_append_only"
        self._make_function(function, APPEND_ONLY)
        self._make_trigger(
            table, "no_truncate", "BEFORE TRUNCATE", function, level="STATEMENT"
        )

    @api.model
    def _make_function(self, name, body):
        """(Re)create a trigger function.

        :param body: its PL/pgSQL text, from the code of a room, never from a user.
        """
        self.env.cr.execute(
            SQL(
                "CREATE OR REPLACE FUNCTION %s() RETURNS trigger "
                "LANGUAGE plpgsql AS %s",
                SQL.identifier(name),
                body,
            )
        )

    @api.model
    def _make_trigger(self, table, name, when, function, *, level="ROW", at_end=None):
        """(Re)create the trigger ``onestop_<name>`` on ``table``.

        :param when: such as ``BEFORE UPDATE OF state``.
        :param level: ROW or STATEMENT.
        :param at_end: None for a plain trigger; True for a constraint trigger that
            fires when the transaction ends, False for one that cannot be deferred.
        """
        trigger = SQL.identifier(f"onestop_{name}")
        on = SQL.identifier(table)
        kind, timing = SQL("TRIGGER"), SQL("")
        if at_end is not None:
            kind = SQL("CONSTRAINT TRIGGER")
            timing = SQL(
                "DEFERRABLE INITIALLY DEFERRED" if at_end else "NOT DEFERRABLE"
            )
        self.env.cr.execute(SQL("DROP TRIGGER IF EXISTS %s ON %s", trigger, on))
        self.env.cr.execute(
            SQL(
                "CREATE %s %s %s ON %s %s FOR EACH %s EXECUTE FUNCTION %s()",
                kind,
                trigger,
                SQL(when),
                on,
                timing,
                SQL(level),
                SQL.identifier(function),
            )
        )
