# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""Runs in Odoo's Python: export the terms of modules, by Odoo's own exporter.

Prints one JSON object: module → terms of its source language.
"""

import io
import json
import sys

import polib

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tools import config
from odoo.tools.translate import trans_export


def main(config_file, database, *modules):
    """Export the terms of these modules from one database."""
    config.parse_config(
        ["-c", config_file, "-d", database, "--no-http", "--log-level", "error"],
        setup_logging=True,
    )
    terms = {}
    with Registry(database).cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        for module in modules:
            buffer = io.BytesIO()
            trans_export(False, [module], buffer, "po", env)
            entries = polib.pofile(buffer.getvalue().decode())
            terms[module] = [entry.msgid for entry in entries]
    print(json.dumps(terms))


if __name__ == "__main__":
    main(*sys.argv[1:])
