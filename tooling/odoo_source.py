# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""Getting Odoo 19.0: a given tree, the official image's, or Debian's package."""

import hashlib
import os
import re
import shutil
import subprocess
import urllib.parse
from dataclasses import dataclass
from pathlib import Path

from .machine import explain, no_space
from .messages import Failure, progress, step
from .paths import STATE, TOOLING

SERIES = "19.0"
PINS = TOOLING / "odoo_pins.txt"
HOME = STATE / "odoo"
DIST = Path("usr/lib/python3/dist-packages")
IMAGE = Path("/") / DIST
KEYRINGS = (
    Path("/usr/share/keyrings/debian-archive-keyring.gpg"),
    Path("/usr/share/keyrings/debian-archive-keyring.pgp"),
)
# Debian leaves this file out (it is not free software); the web client's bundle
# names it, and every browser test fails on the error it would give.
EMPTY = "mail/static/lib/selfie_segmentation/selfie_segmentation.js"
MB = 1024 * 1024


@dataclass(frozen=True)
class Odoo:
    """A usable Odoo: the folder to import it from, its add-ons, where it is from."""

    python: Path
    addons: tuple
    version: str
    origin: str


@dataclass(frozen=True)
class Pin:
    """One package of odoo_pins.txt."""

    name: str
    suite: str
    version: str
    sha256: str
    size: int

    @property
    def file(self):
        """Name that apt gives to the downloaded file."""
        return f"{self.name}_{urllib.parse.quote(self.version, safe='+~')}_all.deb"


def read_pins():
    """Return the pinned packages, Odoo first."""
    lines = [line.split() for line in PINS.read_text().splitlines()]
    return [
        Pin(name, suite, version, sha256, int(size))
        for name, suite, version, sha256, size in (
            line for line in lines if line and not line[0].startswith("#")
        )
    ]


def is_downloaded():
    """Tell whether nothing must be downloaded."""
    return bool(os.environ.get("ODOO_HOME") or _in_image() or _complete())


def find():
    """Return Odoo, downloading it when it is not there.

    Raises Failure when ODOO_HOME is not Odoo 19.0, or Debian's cannot be had.
    """
    given = os.environ.get("ODOO_HOME")
    if given:
        return _given(Path(given).absolute())
    if _in_image():
        return _at(IMAGE, "the installed one")
    if not _complete():
        _download()
    return _at(HOME / DIST, "Debian package " + (HOME / "complete").read_text())


def _in_image():
    # Odoo's official image sets this; an Odoo installed elsewhere may lack files.
    if os.environ.get("ODOO_VERSION") != SERIES:
        return False
    return (IMAGE / "odoo/release.py").is_file()


def _complete():
    return (HOME / "complete").is_file()


def _given(home):
    for folder in (home, home / DIST):
        if (folder / "odoo/release.py").is_file():
            return _at(folder, f"ODOO_HOME ({home})")
    raise Failure(
        f"ODOO_HOME={home} holds no Odoo: give a source tree of branch {SERIES}, "
        "or leave ODOO_HOME unset to have Debian's package downloaded."
    )


def _at(folder, origin):
    text = (folder / "odoo/release.py").read_text()
    found = re.search(r"version_info = \((\d+), (\d+), (\d+)", text)
    series = ".".join(found.groups()[:2]) if found else "unknown"
    if series != SERIES:
        raise Failure(
            f"The Odoo of {folder} is of series {series}, but the suite needs "
            f"{SERIES}: set ODOO_HOME to a tree of branch {SERIES}."
        )
    addons = [folder / "odoo/addons"]
    if (folder / "addons/web").is_dir():
        addons.append(folder / "addons")
    return Odoo(folder, tuple(addons), ".".join(found.groups()), origin)


# ------------------------------------------------------------
# Debian's package
# ------------------------------------------------------------


def _download():
    pins = read_pins()
    if not (shutil.which("apt-get") and shutil.which("dpkg-deb")):
        raise Failure(
            "This is no Debian machine, so Odoo cannot be downloaded as Debian's "
            f"package: set ODOO_HOME to a clone of Odoo's branch {SERIES} "
            "(git clone --depth 1 --branch 19.0)."
        )
    megabytes = sum(pin.size for pin in pins) // MB
    step(f"Getting Odoo {SERIES} as Debian packages ({megabytes} MB)")
    work = STATE / "odoo.new"
    shutil.rmtree(work, ignore_errors=True)
    shutil.rmtree(HOME, ignore_errors=True)
    apt = _Apt(work / "apt")
    try:
        apt.update()
        files = apt.download(pins, work / "packages")
        version = _verify(pins, files)
        _unpack(files, work / "root")
        _repair(work / "root")
        (work / "root" / "complete").write_text(version)
        (work / "root").rename(HOME)
    finally:
        shutil.rmtree(work, ignore_errors=True)


class _Apt:
    """The machine's apt with lists and cache of its own; needs no root."""

    def __init__(self, folder):
        self.expired = False
        self.suite, mirror = _debian()
        for name in ("lists/partial", "cache/archives/partial"):
            (folder / name).mkdir(parents=True)
        keyring = next((path for path in KEYRINGS if path.exists()), None)
        if not keyring:
            raise Failure(
                "Debian's signing keys are missing: install them with "
                "`apt-get install debian-archive-keyring`."
            )
        sources = folder / "sources.list"
        options = f"[signed-by={keyring} arch=all]"
        sources.write_text(
            f"deb {options} {mirror} sid main\n"
            f"deb {options} {mirror} {self.suite} main\n"
        )
        self.options = [
            f"--option={name}={value}"
            for name, value in {
                "Dir::Etc::SourceList": sources,
                "Dir::Etc::SourceParts": "/dev/null",
                "Dir::State::Lists": folder / "lists",
                "Dir::Cache": folder / "cache",
                "APT::Architectures": "all",
                # Its download user cannot reach a folder below /root.
                "APT::Sandbox::User": "root",
            }.items()
        ]

    def update(self):
        """Get the package lists; a mirror that lags behind gives pinned ones only."""
        progress("reading the lists of Debian's mirror")
        answer = self._run(["update"])
        if " is expired" in answer.stdout:
            step("Debian's mirror is out of date: taking only packages we have pinned")
            self.expired = True
            self.options.append("--option=Acquire::Check-Valid-Until=false")
            answer = self._run(["update"])
        # apt-get update ends with 0 when it could not reach its mirror.
        if answer.returncode or "Failed to fetch" in answer.stdout:
            raise Failure(explain(answer.stdout, "apt-get update"))

    def offered(self, pin):
        """Return the versions of a package in its suite."""
        answer = subprocess.run(
            ["apt-cache", *self.options, "madison", pin.name],
            capture_output=True,
            text=True,
            check=False,
        )
        suite = self.suite if pin.suite == "stable" else pin.suite
        rows = [row.split("|") for row in answer.stdout.splitlines()]
        return [row[1].strip() for row in rows if f" {suite}/" in row[2]]

    def download(self, pins, folder):
        """Download the pinned versions, or what is offered instead; return files."""
        folder.mkdir()
        wanted = []
        for pin in pins:
            offered = self.offered(pin)
            if not offered:
                raise Failure(
                    f"Debian's mirror offers no {pin.name} any more: set ODOO_HOME to "
                    f"a clone of Odoo's branch {SERIES}."
                )
            version = pin.version if pin.version in offered else offered[0]
            # An old index proves nothing; a pinned checksum does.
            if self.expired and version != pin.version:
                raise Failure(
                    f"Debian's mirror is out of date and lacks {pin.name} "
                    f"{pin.version}: use another mirror, or set ODOO_HOME to a clone "
                    f"of Odoo's branch {SERIES}."
                )
            if pin.name == "odoo-19" and not version.startswith(SERIES):
                raise Failure(
                    f"Debian offers odoo-19 {version}, which is not {SERIES}: set "
                    f"ODOO_HOME to a clone of Odoo's branch {SERIES}."
                )
            wanted.append(f"{pin.name}={version}")
        self._fetch(wanted, folder, sum(pin.size for pin in pins))
        return sorted(folder.glob("*.deb"))

    def _fetch(self, wanted, folder, total):
        command = ["apt-get", *self.options, "download", *wanted]
        output = folder / "output.txt"
        with output.open("w") as file:
            process = subprocess.Popen(command, cwd=folder, stdout=file, stderr=file)
            while True:
                try:
                    process.wait(0.5)
                    break
                except subprocess.TimeoutExpired:
                    done = sum(path.stat().st_size for path in folder.rglob("*.deb*"))
                    progress(f"downloaded {done // MB} of {total // MB} MB")
        if process.returncode:
            raise Failure(explain(output.read_text(), "apt-get download"))

    def _run(self, arguments):
        return subprocess.run(
            ["apt-get", *self.options, *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )


def _debian():
    """Return the suite of this machine and the mirror it already uses."""
    release = Path("/etc/os-release").read_text()
    found = re.search(r'^VERSION_CODENAME="?(\w+)', release, re.MULTILINE)
    suite = found.group(1) if found else "stable"
    if not re.search(r'^ID="?debian', release, re.MULTILINE):
        raise Failure(
            "Odoo is only downloaded on Debian 12 and 13: set ODOO_HOME to a clone of "
            f"Odoo's branch {SERIES} (git clone --depth 1 --branch 19.0)."
        )
    answer = subprocess.run(
        ["apt-get", "indextargets", "--format", "$(RELEASE) $(REPO_URI)"],
        capture_output=True,
        text=True,
        check=False,
    )
    rows = [row.split() for row in answer.stdout.splitlines()]
    for row in rows:
        if row[:1] == [suite] and len(row) == 2:
            return suite, row[1]
    raise Failure(
        f"apt has no package source for {suite}: add one to /etc/apt/sources.list and "
        "repeat the command."
    )


def _verify(pins, files):
    """Check the pinned checksums; return the version of Odoo."""
    by_name = {path.name: path for path in files}
    version = None
    for pin in pins:
        path = by_name.get(pin.file)
        if path:
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            if digest != pin.sha256:
                raise Failure(
                    f"The checksum of {pin.name} {pin.version} is wrong (it was "
                    "damaged or changed on its way): repeat the command, and if it "
                    "stays so, use another Debian mirror."
                )
        # Another version than the pinned one is still checked by apt itself,
        # against the index that Debian signed.
        found = next(name for name in by_name if name.startswith(pin.name + "_"))
        offered = urllib.parse.unquote(found.split("_")[1])
        if offered != pin.version:
            step(f"Debian now offers {pin.name} {offered} (tried: {pin.version})")
        version = version or offered
    return version


def _unpack(files, root):
    root.mkdir()
    for number, path in enumerate(files, 1):
        progress(f"unpacking {number} of {len(files)}: {path.name}")
        answer = subprocess.run(
            ["dpkg-deb", "--extract", path, root],
            capture_output=True,
            text=True,
            check=False,
        )
        if answer.returncode:
            if "No space left" in answer.stderr:
                raise Failure(no_space())
            raise Failure(explain(answer.stderr, f"dpkg-deb --extract {path.name}"))


def _repair(root):
    """Make the unpacked tree work without being installed."""
    addons = root / DIST / "odoo/addons"
    empty = addons / EMPTY
    empty.parent.mkdir(parents=True, exist_ok=True)
    empty.touch()
    # A second copy of some add-ons, which would shadow the first.
    shutil.rmtree(root / DIST / "addons", ignore_errors=True)
    dangling = []
    for path in addons.rglob("*"):
        if path.is_symlink():
            target = os.readlink(path)
            if target.startswith("/"):
                path.unlink()
                inside = root / target.lstrip("/")
                path.symlink_to(os.path.relpath(inside, path.parent))
            if not path.exists():
                dangling.append(str(path.relative_to(addons)))
    if any(name.endswith((".js", ".css")) for name in dangling):
        raise Failure(
            f"Odoo's Debian package lacks {dangling[0]}, which another package now "
            f"holds elsewhere: set ODOO_HOME to a clone of Odoo's branch {SERIES}."
        )
    if dangling:
        step(f"Debian has moved {len(dangling)} fonts; the pages do without them")
