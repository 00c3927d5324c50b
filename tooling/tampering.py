# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""Turning the ledgers' triggers off: for tests that tamper, and for bulk loads."""

from contextlib import contextmanager

from .cluster import ROLE

PARAMETER = "session_replication_role"


@contextmanager
def allowed(cluster):
    """Let the role of this cluster switch triggers off, for the time of a task.

    The permission is the cluster's, and tasks run side by side: whoever finds it
    granted leaves it to the one who granted it to take it back.
    """
    [granted] = cluster.sql(
        f"SELECT has_parameter_privilege('{ROLE}', '{PARAMETER}', 'SET')"
    )
    if granted == "t":
        yield
        return
    cluster.sql(f"GRANT SET ON PARAMETER {PARAMETER} TO {ROLE}")
    try:
        yield
    finally:
        cluster.sql(f"REVOKE SET ON PARAMETER {PARAMETER} FROM {ROLE}")
