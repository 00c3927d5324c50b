# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import logging

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, mute_logger

_logger = logging.getLogger(__name__)

# Share of the work, in percent, that is over when a phase begins.
PHASES = {"read": 2, "compare": 10, "write": 25, "finish": 95}


class OnestopCatalogueImport(models.Model):
    """Doing an import: at once, or in the background with progress told."""

    _inherit = "onestop.catalogue.import"

    def _do_import(self, found):
        """Write what the files say: everything, or nothing when something fails."""
        self._check_errors(found)
        self._check_told(found)
        loader = self.env["onestop.catalogue.loader"]
        plan = found.plan
        self._report("write")
        if found.departments:
            self.env["onestop.department.loader"]._apply(found.departments)
            # Agencies of the same import are on record now, with their successors.
            gone = plan.gone
            plan = loader._plan(found.rows, self.valid_from)
            plan.gone = gone
        loader._apply(plan, self.valid_from, self.onsite_mode, self._report_share)
        self._report("finish")
        marks = {
            change.procedure_id: change.mark
            for change in self.gone_ids
            if change.mark != "leave"
        }
        loader._mark_gone({p: marks[p] for p in plan.gone if p in marks})
        self._keep(
            {
                "state": "done",
                "failure": False,
                "started_at": self.started_at or fields.Datetime.now(),
                "finished_at": fields.Datetime.now(),
            }
        )

    # ------------------------------------------------------------
    # In the background
    # ------------------------------------------------------------

    def _enqueue(self):
        self._keep({"state": "queued", "failure": False, "finished_at": False})
        # sudo: onestop.catalogue.progress - written by the import alone
        progress = self.sudo().progress_ids
        progress.unlink()
        progress.create({"import_id": self.id})
        self.env.ref("onestop_procedure.ir_cron_catalogue_import")._trigger()

    @api.model
    def _cron_import(self):
        """Do the imports that wait, one after the other, each in one transaction."""
        self._end_orphans()
        cron = self.env["ir.cron"]
        while True:
            waiting = self.search([("state", "=", "queued")], order="id")
            # Whoever cancels one holds it: the next has its turn.
            record = waiting.try_lock_for_update(limit=1)
            if not record:
                break
            record._keep({"state": "running", "started_at": fields.Datetime.now()})
            # From here on the screen shows that it runs, and it cannot be cancelled.
            cron._commit_progress(remaining=len(waiting))
            record._run()
            cron._commit_progress(processed=1)

    def _run(self):
        """One import, as the user who asked for it; a failed one leaves nothing."""
        try:
            with self.env.cr.savepoint():
                record = self.with_user(self.user_id).with_context(
                    lang=self.user_id.lang, import_progress=True
                )
                record._do_import(record._check_files(told=False))
                record.env.flush_all()
        except UserError as error:
            failure = error.args[0]
        except psycopg2.OperationalError:
            # Somebody changed the same records in this very time.
            failure = self.env._(
                "Nothing was imported: somebody changed the catalogue at the same "
                "time. Try again."
            )
        except Exception:
            # Whatever happens to one import, the queue goes on, and its user learns.
            _logger.exception("Import %s of the catalogue failed", self.id)
            failure = self.env._(
                "Nothing was imported: the server met an error that it did not expect. "
                "The administrator finds it in the log, at this time."
            )
        else:
            return
        self.env.invalidate_all(flush=False)
        self._keep(
            {
                "state": "failed",
                "failure": failure,
                "finished_at": fields.Datetime.now(),
            }
        )

    @api.model
    def _end_orphans(self):
        """Imports that ran when the server stopped have left nothing behind."""
        # Only one job runs at a time, so none of them is running any more.
        self.search([("state", "=", "running")])._keep(
            {
                "state": "failed",
                "failure": self.env._(
                    "Nothing was imported: the server was stopped meanwhile. Try again."
                ),
                "finished_at": fields.Datetime.now(),
            }
        )

    # ------------------------------------------------------------
    # Progress
    # ------------------------------------------------------------

    def _report_share(self, done, total):
        """Progress of the writing, by the number of procedures."""
        start, end = PHASES["write"], PHASES["finish"]
        self._report(
            "write", start + (end - start) * done // max(total, 1), done, total
        )

    def _report(self, phase, percent=None, done=0, total=0):
        """Tell where the import is, by a cursor of its own: it is seen meanwhile."""
        if not self.env.context.get("import_progress"):
            return
        with self.env.registry.cursor() as cr, mute_logger("odoo.sql_db"):
            cr.execute(
                SQL(
                    "UPDATE onestop_catalogue_progress SET phase = %s, percent = %s, "
                    "done = %s, total = %s WHERE import_id = %s",
                    phase,
                    PHASES[phase] if percent is None else percent,
                    done,
                    total,
                    self.id,
                )
            )
