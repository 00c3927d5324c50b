# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""`./onestop lint`: style and structure of the code.

All tools come from the locked Python packages; no Node is needed. What browsers read
is looked at for its layout only, and tried for real by the browser tests.
"""

import subprocess
import xml.parsers.expat

from . import odoo_tests, venv
from .checks import Report
from .paths import ADDONS, ROOT
from .setup import base

TEXT = (".css", ".csv", ".js", ".md", ".po", ".py", ".scss", ".svg", ".xml", ".yaml")
INDENTED = (".js", ".scss", ".css", ".xml")
# Aspects of one model stand in files of their own, and a room's description in the
# files of its readme/ folder.
NOT_OURS = "consider-merging-classes-inherited,missing-readme"
# Columns. A sentence in XML stays on one line: broken, it would be another term.
LONGEST = {".js": 120, ".scss": 120, ".css": 120, ".xml": 160}


def main(options):
    """Check everything; with --quick without Odoo's test_lint."""
    report = Report()
    with base("test", "lint") as here:
        quick(report)
        if not options.quick:
            odoo_tests.test_lint(here, report)
    return report.finish()


def quick(report):
    """Run what needs no database."""
    ruff = venv.HOME / "bin/ruff"
    report.run("ruff", _tool, [ruff, "check", "--quiet", "--output-format=concise"])
    report.run("ruff format", _tool, [ruff, "format", "--check", "--quiet"])
    report.run("pylint-odoo", pylint)
    report.run("XML is well-formed", well_formed)
    report.run("layout of text files", layout)


def _tool(command, *arguments):
    answer = subprocess.run(
        [*command, *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if not answer.returncode:
        return []
    return answer.stdout.splitlines() or [f"it ended with {answer.returncode}"]


def pylint():
    """Return what pylint-odoo finds in the rooms."""
    rooms = sorted(path.parent for path in ADDONS.glob("onestop_*/__manifest__.py"))
    command = [venv.PYTHON, "-m", "pylint", "--jobs=2", f"--disable={NOT_OURS}"]
    return _tool(command, *rooms)


def files():
    """Return the text files of the repository, as git knows them."""
    answer = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    paths = [ROOT / line for line in answer.stdout.splitlines()]
    if not paths:  # an unpacked archive, or no git
        paths = [path for path in ADDONS.rglob("*") if path.is_file()]
    return [path for path in paths if path.suffix in TEXT and path.exists()]


def well_formed():
    """Return the XML files that cannot be parsed."""
    found = []
    for path in files():
        if path.suffix in (".xml", ".svg"):
            parser = xml.parsers.expat.ParserCreate()
            try:
                parser.Parse(path.read_bytes(), True)
            except xml.parsers.expat.ExpatError as error:
                found.append(f"{path.relative_to(ROOT)}: {error}")
    return found


def layout():
    """Return lines that break the plainest rules of layout."""
    found = []
    for path in files():
        name = path.relative_to(ROOT)
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            found.append(f"{name}: is not UTF-8")
            continue
        if text and not text.endswith("\n"):
            found.append(f"{name}: the last line has no end")
        if "\r" in text or text.startswith("\ufeff"):
            found.append(f"{name}: has Windows line ends or a byte order mark")
        for number, line in enumerate(text.splitlines(), 1):
            if line != line.rstrip() and path.suffix != ".csv":
                found.append(f"{name}:{number}: blanks at the end of the line")
            if path.suffix in INDENTED and "/lib/" not in str(name):
                if "\t" in line:
                    found.append(f"{name}:{number}: a tab")
                if len(line) > LONGEST[path.suffix]:
                    longest = LONGEST[path.suffix]
                    found.append(f"{name}:{number}: longer than {longest}")
    return found
