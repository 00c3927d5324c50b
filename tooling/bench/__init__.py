# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""`./onestop bench`: large databases, and measures beside Odoo's own models."""

from . import lifecycle, lists, load

SUBJECTS = {"load": load, "lifecycle": lifecycle, "lists": lists}


def main(options):
    """Run the chosen bench; return the exit code."""
    return SUBJECTS[options.subject].main(options)
