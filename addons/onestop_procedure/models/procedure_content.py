# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, models


class OnestopProcedureContent(models.AbstractModel):
    """What hangs on a version: immutable once that version is published."""

    _name = "onestop.procedure.content"
    _description = "Content of a procedure version"
    _inherit = ["onestop.derived"]

    def init(self):
        if self._abstract:
            return
        # A case names its version; parts, fees and steps name their case. Row by row
        # by their keys: the plan is kept, and a join made while the tables were empty
        # would read them whole for each row.
        find = {
            True: "SELECT v.state FROM onestop_procedure_version v WHERE v.id = "
            "(r).version_id",
            False: "SELECT v.state FROM onestop_procedure_version v WHERE v.id = "
            "(SELECT c.version_id FROM onestop_procedure_case c "
            "WHERE c.id = (r).case_id)",
        }["version_id" in self._fields and self._fields["version_id"].store]
        self._freeze(self._table, find)

    @api.model
    def _freeze(self, table, find):
        """Refuse to change rows of ``table`` whose version is published.

        :param table: a table of this room.
        :param find: SQL that gives the state of the version of a row ``r``.
        """
        guard = self.env["onestop.database.guard"]
        function = f"{table}_frozen"
        guard._make_function(
            function,
            f"""
            DECLARE
                r {table};
                found text;
            BEGIN
                FOR i IN 1..2 LOOP
                    IF i = 1 THEN
                        CONTINUE WHEN TG_OP = 'INSERT';
                        r := OLD;
                    ELSE
                        CONTINUE WHEN TG_OP = 'DELETE';
                        r := NEW;
                    END IF;
                    {find} INTO found;
                    IF found = 'published' THEN
                        RAISE EXCEPTION USING ERRCODE = '23001',
                            TABLE = TG_TABLE_NAME,
                            MESSAGE = 'the version is published and immutable';
                    END IF;
                END LOOP;
                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                RETURN NEW;
            END
            """,
        )
        guard._make_trigger(
            table, "frozen", "BEFORE INSERT OR UPDATE OR DELETE", function
        )
        guard._no_truncate(table)

    def _version(self):
        """The versions that these records are content of."""
        return self.case_id.version_id if "case_id" in self._fields else self.version_id

    @api.model_create_multi
    def create(self, vals_list):
        owner = "case_id" if "case_id" in self._fields else "version_id"
        owners = self.env[self._fields[owner].comodel_name].browse(
            {vals[owner] for vals in vals_list if vals.get(owner)}
        )
        (owners.version_id if owner == "case_id" else owners)._check_draft()
        return super().create(vals_list)

    def write(self, vals):
        self._version()._check_draft()
        result = super().write(vals)
        # Nor do they move to a published one, or to that of another agency.
        self._version()._check_draft()
        if {"version_id", "case_id"}.intersection(vals):
            self.check_access("write")
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_published(self):
        self._version()._check_draft()
