# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""Runs in Odoo's Python: ask every ledger of a database whether it is sound.

Prints one JSON object: rows checked, and findings (ledger, row, reason).
"""

import json
import sys

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tools import config


def main(config_file, database):
    """Verify all ledgers of one database."""
    config.parse_config(
        ["-c", config_file, "-d", database, "--no-http", "--log-level", "error"],
        setup_logging=True,
    )
    with Registry(database).cursor(readonly=True) as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        checked, findings = env["onestop.dossier.event"]._verify_ledgers()
    print(json.dumps({"checked": checked, "findings": findings}))


if __name__ == "__main__":
    main(*sys.argv[1:])
