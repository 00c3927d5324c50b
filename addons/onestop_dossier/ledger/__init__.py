# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""The dossier's law in pure Python: what may happen, and what follows from it.

No database, no Odoo, no time of the machine: the table of transitions, the clock
folded from events, and the canonical form of an event.
"""
