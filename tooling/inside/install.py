# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""Runs in Odoo's Python: install or upgrade modules in one database.

Reads one JSON object from its standard input; see :func:`main` for its keys.
"""

import json
import logging
import sys

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.service.server import load_server_wide_modules
from odoo.tools import config

_logger = logging.getLogger("onestop.install")
STAMP = "onestop.setup"


def main(order):
    """Bring a database to what the order says.

    Its keys: ``config`` (file), ``log`` (file), ``database``, ``install`` and
    ``upgrade`` (module names), ``demo`` (bool), ``language`` (code, loaded,
    and of all users where there is demo data or production), ``password`` (of the
    administrator, or null), ``production`` (bool), ``assets`` (bool, make the web
    client's files now), ``stamp`` (kept in the database).
    """
    arguments = ["-c", order["config"], "-d", order["database"], "--no-http"]
    arguments += ["--logfile", order["log"], "--stop-after-init"]
    # Odoo makes the first one the default of a new database. The rooms' own tests,
    # which read sentences, run in English.
    served = order["demo"] or order["production"]
    languages = [order["language"]] if served else ["en_US", order["language"]]
    arguments += ["--load-language", ",".join(languages)]
    if order["upgrade"]:
        arguments += ["--update", ",".join(order["upgrade"]), "--i18n-overwrite"]
    config.parse_config(arguments, setup_logging=True)
    load_server_wide_modules()
    registry = Registry.new(
        order["database"],
        update_module=True,
        install_modules=order["install"],
        upgrade_modules=order["upgrade"],
        new_db_demo=order["demo"],
    )
    with registry.cursor() as cr:
        finish(api.Environment(cr, SUPERUSER_ID, {}), order)


def finish(env, order):
    """Check what was installed and set what a new database needs."""
    wanted = env["ir.module.module"].search(
        [("name", "in", order["install"] + order["upgrade"])]
    )
    failed = wanted.filtered(lambda module: module.state != "installed")
    unknown = set(order["install"]) - set(wanted.mapped("name"))
    if failed or unknown:
        names = ", ".join([*failed.mapped("name"), *unknown])
        raise SystemExit(f"could not be installed: {names}")
    if order["install"] and (order["demo"] or order["production"]):
        set_language(env, order["language"])
    if order["install"] and order["demo"]:
        remove_demo_people(env)
    if order["password"]:
        env.ref("base.user_admin").password = order["password"]
    parameters = env["ir.config_parameter"]
    if order["production"]:
        parameters.set_param("onestop.production", "True")
    if order["assets"]:
        _logger.info("making the web client's files")
        env["ir.qweb"]._pregenerate_assets_bundles()
    parameters.set_param(STAMP, json.dumps(order["stamp"]))
    env.cr.commit()


def remove_demo_people(env):
    """Shut out the people of Odoo's own demo data; ours bear names of roles."""
    for name in ("base.user_demo", "base.demo_user0"):
        user = env.ref(name, raise_if_not_found=False)
        if user:
            user.active = False
    env.ref("base.user_admin").name = "Quản trị hệ thống"


def set_language(env, code):
    """Give all users and partners, now and later, one language."""
    env["ir.default"].set("res.partner", "lang", code)
    partners = env["res.partner"].with_context(active_test=False).search([])
    partners.write({"lang": code})


if __name__ == "__main__":
    main(json.load(sys.stdin))
