# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""What citizens are told, and how it is sent: rules without a database."""
