# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""Money that comes by bank: codes to scan, purposes, statements.

Pure functions without database access.
"""
