# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""`./onestop psql`: PostgreSQL's terminal on the private cluster."""

import os
import subprocess

from .cluster import SUPERUSER
from .setup import base
from .shell import existing


def main(options):
    """Open psql as the cluster's superuser."""
    with base() as here:
        name = existing(here.cluster, options)
        return subprocess.run(
            [here.cluster.programs / "psql", "-d", name, *options.arguments],
            env={**os.environ, **here.cluster.environment(SUPERUSER)},
            check=False,
        ).returncode
