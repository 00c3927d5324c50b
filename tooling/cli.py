# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""The commands and their options."""

import argparse
import errno
import re
import sys

from . import machine
from .messages import Failure, complain

DATABASE = r"[a-z][a-z0-9_]{0,40}"


def _database(text):
    if not re.fullmatch(DATABASE, text):
        raise argparse.ArgumentTypeError(
            "a name of small letters, digits and _ is wanted"
        )
    return text


def _port(text):
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError("a number from 1 to 65535 is wanted")
    return int(text)


def _add_database(parser):
    parser.add_argument(
        "--database",
        type=_database,
        help="name of the database (default: onestop)",
    )


def _add_run(commands):
    parser = commands.add_parser(
        "run",
        help="set up what is missing and serve the suite",
        description="Set up what is missing and serve the suite with demo data.",
    )
    parser.add_argument("--port", type=_port, default=8069, help="default: 8069")
    parser.add_argument(
        "--bind", default="127.0.0.1", help="address to listen on (default: 127.0.0.1)"
    )
    _add_database(parser)
    parser.add_argument(
        "--production",
        action="store_true",
        help="no demo data; asks for the administrator's password "
        "(or takes it from ONESTOP_ADMIN_PASSWORD)",
    )
    parser.add_argument(
        "--fresh", action="store_true", help="throw the demo database away first"
    )
    parser.add_argument(
        "--workers",
        type=int,
        default=0,
        help="processes; 0, the default, serves from one",
    )
    parser.add_argument(
        "--proxy", action="store_true", help="a reverse proxy stands in front"
    )
    parser.set_defaults(module="run")


def _add_test(commands):
    parser = commands.add_parser(
        "test",
        help="run all tests",
        description="Set up what is missing and run all tests, or some of them.",
    )
    parser.add_argument(
        "--only",
        choices=("install", "odoo", "pytest", "lint", "translations"),
        action="append",
        help="one kind of test; may be repeated",
    )
    parser.add_argument(
        "--room", action="append", help="one room's Odoo tests; may be repeated"
    )
    parser.add_argument(
        "arguments",
        nargs="*",
        help="after --: arguments for pytest, with --only pytest",
    )
    parser.set_defaults(module="test")


def _add_others(commands):
    lint = commands.add_parser("lint", help="check style and structure of the code")
    lint.add_argument(
        "--quick", action="store_true", help="without Odoo's own test_lint (40 s)"
    )
    lint.set_defaults(module="lint")
    texts = {
        "shell": "Python with Odoo's environment as `env`; reads a script from a pipe",
        "psql": "PostgreSQL's terminal on the private cluster",
        "update": "upgrade all rooms of an existing database",
        "verify": "compute every ledger anew and name the first row tampered with",
        "pictures": "a picture of each printed form, from a demo database",
    }
    for name, text in texts.items():
        parser = commands.add_parser(name, help=text, description=text)
        _add_database(parser)
        if name == "psql":
            parser.add_argument("arguments", nargs="*", help="after --: for psql")
        parser.set_defaults(module=name)


def _count(text):
    if not text.isdigit() or not int(text):
        raise argparse.ArgumentTypeError("a whole number above zero is wanted")
    return int(text)


def _add_bench(commands):
    parser = commands.add_parser(
        "bench",
        help="make a large database, and measure beside Odoo's own models",
        description="Make a large database, and measure beside Odoo's own models.",
    )
    subjects = parser.add_subparsers(metavar="SUBJECT", required=True, dest="subject")
    load = subjects.add_parser("load", help="a valid database of any size")
    load.add_argument("--dossiers", type=_count, required=True, help="how many, in all")
    lifecycle = subjects.add_parser(
        "lifecycle", help="a dossier's acts beside project.task and plain SQL"
    )
    lists = subjects.add_parser(
        "lists", help="lists, searches and counts beside project.task's list"
    )
    for one in (lifecycle, lists):
        one.add_argument(
            "--rounds", type=_count, default=5, help="rounds measured (default: 5)"
        )
    for one in (load, lists):
        one.add_argument(
            "--database",
            type=_database,
            help="the large database (default: onestop_bench)",
        )
    parser.set_defaults(module="bench")


def parse(arguments):
    """Return the options of a command line."""
    parser = argparse.ArgumentParser(
        prog="./onestop",
        description="One-Stop: the administrative procedures of a public service "
        "centre, on Odoo 19.",
        epilog="Everything that is made lies in .onestop/ (or ONESTOP_STATE). "
        "ODOO_HOME names an Odoo 19.0 to use instead of Debian's package.",
    )
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    _add_run(commands)
    _add_test(commands)
    _add_others(commands)
    _add_bench(commands)
    return parser.parse_args(arguments)


def main(arguments):
    """Run a command; return the exit code of the program."""
    options = parse(arguments)
    try:
        # Only the chosen command's module is read.
        module = __import__(f"tooling.{options.module}", fromlist=["main"])
        return module.main(options) or 0
    except Failure as failure:
        complain(str(failure))
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        complain(machine.no_space())
    except KeyboardInterrupt:
        complain("stopped.")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
