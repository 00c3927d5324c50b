# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from hashlib import sha256

from odoo import api, models
from odoo.exceptions import AccessError, UserError


class OnestopDossier(models.Model):
    """What a citizen hands in online: a new dossier, or a supplement to one."""

    _inherit = "onestop.dossier"

    @api.model
    def _file_online(self, person, procedure, case, values, files):
        """File a dossier on the Centre's own portal, in the citizen's name.

        The events name the citizen himself as who acted. All or nothing: when a file
        is refused or a part is missing, there is no dossier.

        :param person: the owner; the user of the environment is his contact.
        :param case: a case of the version in force.
        :param values: company_id, and what else the citizen may say: subject,
            result_channel, area.
        :param files: list of (part of the procedure, name, bytes).
        :return: the dossier, submitted.
        :raises AccessError: the person is not the user of the environment.
        :raises UserError: the form is closed, the case is not in force any more, a
            required part has no file, or a file is not accepted.
        """
        if person.partner_id != self.env.user.partner_id:
            raise AccessError(
                self.env._("A dossier can only be filed in your own name.")
            )
        company = self.env["res.company"].browse(values["company_id"])
        self.env["onestop.portal.draft"]._check_open(company, procedure)
        if case.version_id != procedure.version_id:
            raise UserError(
                self.env._(
                    "The procedure has changed since you began. Choose your case "
                    "again; your files are kept."
                )
            )
        # sudo: onestop.dossier - citizens open dossiers by filing alone; the user of
        # the environment stays the citizen
        dossier = self.sudo().create(
            {
                **values,
                "person_id": person.id,
                "procedure_id": procedure.id,
                "case_id": case.id,
                "channel": "online",
            }
        )
        parts = {part.part_id: part for part in dossier.part_ids}
        for part, name, content in files:
            self.env["onestop.dossier.file"]._store(
                dossier, name, content, part=parts[part]
            )
        dossier = dossier.sudo(False)
        dossier._do_submit()
        return dossier

    def _supplement_online(self, files):
        """Add files that the Centre asked for; the Centre then resumes the handling.

        Files of a dossier are never changed or removed again. One that is there
        already for its part, by a double click, is not stored again.

        :param files: list of (part of this dossier or None, name, bytes).
        :return: the files that are new.
        :raises AccessError: not the user's own dossier.
        :raises UserError: nothing is asked for at the moment, nothing was chosen, or
            a file is not accepted.
        """
        self.ensure_one()
        self.check_access("read")
        # sudo: onestop.dossier - state and files; the owner is checked here
        dossier = self.sudo()
        # Touched, not just locked: whoever comes second fails to serialize, starts
        # anew, and finds the files of the first.
        self.env.cr.execute(
            "UPDATE onestop_dossier SET write_date = now() AT TIME ZONE 'UTC' "
            "WHERE id = %s",
            [self.id],
        )
        dossier.invalidate_recordset(["state", "file_ids"])
        if not dossier._owns(self.env.user):
            raise AccessError(self.env._("This is not a dossier of yours."))
        if dossier.state != "supplement":
            raise UserError(
                self.env._("Nothing is asked for at the moment; nothing was added.")
            )
        if not files:
            raise UserError(self.env._("Choose at least one file."))
        store = self.env["onestop.dossier.file"]
        present = {(f.dossier_part_id, f.sha256) for f in dossier.file_ids}
        added = store
        for part, name, content in files:
            key = (part or dossier.part_ids.browse(), sha256(content).hexdigest())
            if key not in present:
                present.add(key)
                added |= store._store(dossier, name, content, part=part)
        return added
