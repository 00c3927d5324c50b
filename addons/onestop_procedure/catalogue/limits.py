# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""How much a file may hold, each with its reason."""

MEGABYTE = 1024 * 1024

# The national list of a province with all its documents has 6 MB.
MAX_BYTES = 30 * MEGABYTE
# An XLSX file is a compressed archive; one that unfolds beyond this is no catalogue.
MAX_UNPACKED_BYTES = 150 * MEGABYTE
# Texts of a workbook are held in memory all at once, at some ten times their size.
MAX_TEXT_BYTES = 60 * MEGABYTE
# XML of a real sheet shrinks to a tenth or so; a bomb to a thousandth. Small files
# of repeated rows shrink well, too, and are harmless: only what is large is judged.
MAX_RATIO = 100
RATIO_FREE_BYTES = 20 * MEGABYTE
# A workbook of a hundred sheets has a few hundred entries.
MAX_ENTRIES = 2_000
# Seven times the documents of all procedures of a province.
MAX_ROWS = 50_000
# The widest layout has 16 columns; people add some of their own.
MAX_COLUMNS = 100
# What a cell of Excel can hold; longer ones come from an unclosed quotation mark.
MAX_CELL = 32_767
