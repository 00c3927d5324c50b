# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import base64
import csv

from odoo import api, models
from odoo.fields import Command, Domain
from odoo.tools.misc import file_open

CATALOGUE = ("departments", "procedures", "parts")


class OnestopDemo(models.AbstractModel):
    """Makes the demo database; the files of each room's ``demo`` folder call it.

    All methods are private: nothing here can be called from outside, and a
    production database has no demo data.
    """

    _name = "onestop.demo"
    _description = "Demo data"

    @api.model
    def _load_catalogue(self, **paths):
        """Import files of the catalogue as a user does, by the same importer.

        :param paths: departments, procedures, parts: paths in the add-ons.
        """
        values = {}
        for name in CATALOGUE:
            with file_open(paths[name], "rb") as file:
                values[f"{name}_file"] = base64.b64encode(file.read())
        importer = self.env["onestop.catalogue.import"].create(values)
        importer._do_import(importer._check_files(told=False))

    @api.model
    def _load_users(self, path):
        """Create internal users with password "demo", and their roles.

        Users get the external ids ``onestop_procedure.user_<login>`` with the dot of
        the login made an underscore.

        :param path: CSV file with columns login, name, roles ("TP:head VP:staff").
        """
        with file_open(path) as file:
            rows = list(csv.DictReader(file))
        users = self._users()._load_records(
            [
                {
                    "xml_id": self._xml_id(row["login"]),
                    "values": self._user_values(row),
                    "noupdate": True,
                }
                for row in rows
            ]
        )
        # Hashing is slow on purpose; the one password of all is hashed once.
        password = users._crypt_context().hash("demo")
        for user in users:
            user._set_encrypted_password(user.id, password)
        self._add_roles(
            (row["login"], *role.split(":"))
            for row in rows
            for role in row["roles"].split()
        )

    @api.model
    def _add_roles(self, roles):
        """Give demo users roles in agencies; each room adds those that it knows.

        :param roles: (login, abbreviation of the agency, role) each; roles that are
            there already are left alone.
        :return: the memberships made.
        """
        roles = list(roles)
        users = self.env["res.users"].search([("login", "in", [r[0] for r in roles])])
        departments = self.env["onestop.department"].search(Domain.TRUE)
        by_login = {user.login: user for user in users}
        by_short = {department.short: department for department in departments}
        Membership = self.env["onestop.membership"]
        present = {
            (m.user_id, m.department_id, m.role)
            for m in Membership.search([("user_id", "in", users.ids)])
        }
        wanted = [
            (by_login[user], by_short[short], role) for user, short, role in roles
        ]
        return Membership.with_context(tracking_disable=True).create(
            [
                {
                    "user_id": user.id,
                    "department_id": department.id,
                    "role": role,
                    "valid_from": "2025-07-01",
                }
                for user, department, role in dict.fromkeys(wanted)
                if (user, department, role) not in present
            ]
        )

    @api.model
    def _xml_id(self, login):
        return f"onestop_procedure.user_{login.replace('.', '_')}"

    @api.model
    def _users(self):
        return self.env["res.users"].with_context(
            no_reset_password=True, tracking_disable=True, mail_create_nolog=True
        )

    @api.model
    def _user_values(self, row):
        """Values of a demo user; he belongs to the Centre that he works for."""
        shorts = [role.split(":")[0] for role in row["roles"].split()]
        company = self.env["res.company"].search(
            [("onestop_department_id.short", "in", shorts)], limit=1
        )
        company = company or self.env.ref("base.main_company")
        return {
            "login": row["login"],
            "name": row["name"],
            "email": f"{row['login']}@example.org",
            "lang": "vi_VN",
            "tz": "Asia/Ho_Chi_Minh",
            "company_id": company.id,
            "company_ids": [Command.set(company.ids)],
            "group_ids": [Command.set([self.env.ref("base.group_user").id])],
        }
