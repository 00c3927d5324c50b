# Part of One-Stop. See LICENSE file for full copyright and licensing details.


def migrate(cr, version):
    """Drop the tables of the former reception dialog, which kept nothing for long."""
    cr.execute("DROP TABLE IF EXISTS onestop_reception_line, onestop_reception")
