# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""Runs in the virtual environment: print the translated terms of a .po file."""

import json
import sys

import polib

if __name__ == "__main__":
    entries = polib.pofile(sys.argv[1]).translated_entries()
    print(json.dumps([entry.msgid for entry in entries]))
