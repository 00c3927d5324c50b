# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""The one place where Odoo's settings are written.

`./onestop` and the container's entry script both use it, so that what was tested is
what is deployed.
"""

import secrets

from .paths import ADDONS

# Odoo's own modules that a Centre's server has beside what the rooms stand on. Odoo
# would add more by itself (SMS, postal mail, company data, pictures), which send data
# to services abroad: that is switched off, and these are named.
COMPANIONS = (
    "api_doc",  # /doc for other programs
    "auth_passkey",
    "auth_passkey_portal",
    "auth_timeout",  # locks an unattended session
    "auth_totp",
    "auth_totp_mail",
    "auth_totp_portal",
    "base_import",
    "privacy_lookup",  # what is stored of a person
    "resource_mail",
    "rpc",  # JSON-2
)

# A gateway that moves no money: for the tests and the demo database, and never in
# production, where anybody could say that he has paid.
REHEARSAL = ("payment_demo",)


def settings(odoo, data, connection, **more):
    """Return Odoo's options by name.

    :param odoo: the Odoo to run, from :mod:`odoo_source`
    :param data: folder of filestore and sessions
    :param connection: host, port, user and password of PostgreSQL
    :param more: further options, which win
    """
    return {
        "addons_path": ",".join(str(path) for path in (*odoo.addons, ADDONS)),
        "data_dir": data,
        "db_host": connection["host"],
        "db_port": connection["port"],
        "db_user": connection["user"],
        "db_password": connection["password"],
        # No list of databases and no database manager on a public address.
        "list_db": False,
        "admin_passwd": secrets.token_urlsafe(24),
        "skip_auto_install": True,
        # Odoo's weekly report on users and modules goes nowhere.
        "publisher_warranty_url": "",
        # Search finds "Nguyễn" for "nguyen".
        "unaccent": True,
        "http_interface": "127.0.0.1",
        **more,
    }


def render(options):
    """Return the text of Odoo's configuration file."""
    lines = [f"{name} = {value}" for name, value in options.items()]
    return "\n".join(["[options]", *lines, ""])
