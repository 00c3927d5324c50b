# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""A PostgreSQL cluster of our own; one that is already there is never touched.

It listens on a Unix socket in its own folder only, so it needs no free port. The
last command that uses it stops it.
"""

import fcntl
import hashlib
import os
import pwd
import re
import secrets
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from .messages import Failure, step
from .paths import STATE, TOOLING, write_private

OLDEST = 15
PORT = 5432  # only names the socket file
SUPERUSER = "postgres"
ROLE = "onestop"
# Length that the kernel allows for the address of a Unix socket.
SOCKET_LIMIT = 107
GB = 1024**3
# What remains of a killed server may take so long to end.
STALE_WAIT = 10  # seconds


class Cluster:
    """The cluster of this clone.

    Used as a context manager: started on entry unless it runs, stopped on exit
    unless another command still uses it.
    """

    def __init__(self):
        self.user = self._system_user()
        self.home = self._home()
        self.data = self.home / "data"
        self.passwords = STATE / "pgpass"
        self._users = None

    # ------------------------------------------------------------
    # Where and as whom
    # ------------------------------------------------------------

    def _system_user(self):
        """PostgreSQL refuses to run as root: then it is a system user's."""
        if os.geteuid():
            return None
        for name in ("postgres", "nobody"):
            try:
                return pwd.getpwnam(name)
            except KeyError:
                continue
        raise Failure(
            "PostgreSQL does not run as root, and there is no system user for it: "
            "install PostgreSQL (on Debian: apt-get install postgresql)."
        )

    def _home(self):
        home = STATE / "pg"
        if self.user is None or self._reaches(STATE):
            return home
        # A clone below /root is closed to the system user.
        name = "onestop-" + hashlib.sha256(bytes(STATE)).hexdigest()[:12]
        elsewhere = Path(self.user.pw_dir, name)
        if not elsewhere.parent.is_dir() or not self._reaches(elsewhere.parent):
            elsewhere = Path("/var/lib", name)
        if not home.is_symlink():
            if (home / "complete").exists():
                raise Failure(
                    f"{STATE} has become closed to {self.user.pw_name}, who runs the "
                    "cluster: open it and the folders above it (chmod o+x)."
                )
            shutil.rmtree(home, ignore_errors=True)
            step(f"{STATE} is closed to {self.user.pw_name}: data goes to {elsewhere}")
            home.symlink_to(elsewhere)
        return elsewhere

    def _reaches(self, folder):
        return self._as_user(["test", "-x", folder])[0] == 0

    def _as_user(self, command):
        """Run a program as the system user; return its exit code and output."""
        options = {}
        if self.user:
            uid, gid = self.user.pw_uid, self.user.pw_gid
            options = {"user": uid, "group": gid, "extra_groups": []}
        environment = {k: v for k, v in os.environ.items() if not k.startswith("PG")}
        # Into a file: the started server keeps the output open, a pipe never ends.
        with tempfile.TemporaryFile("w+") as file:
            answer = subprocess.run(
                [str(word) for word in command],
                cwd="/",
                env={**environment, "LC_ALL": "C.UTF-8"},
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=file,
                start_new_session=True,
                check=False,
                **options,
            )
            file.seek(0)
            return answer.returncode, file.read()

    @property
    def socket(self):
        """The folder of the socket; a short one when ours is too deep."""
        own = self.home / "socket"
        if len(f"{own}/.s.PGSQL.{PORT}".encode()) <= SOCKET_LIMIT:
            return own
        name = hashlib.sha256(bytes(STATE)).hexdigest()[:12]
        return Path(f"/tmp/onestop-{name}")

    def _make_socket_folder(self):
        folder = self.socket
        if folder.is_symlink():
            raise Failure(f"{folder} is a link that is not ours: remove it.")
        folder.mkdir(mode=0o755, exist_ok=True)
        owner = self.user.pw_uid if self.user else os.geteuid()
        if folder.stat().st_uid not in (owner, os.geteuid()):
            raise Failure(f"{folder} belongs to another user: remove it.")
        if self.user:
            os.chown(folder, self.user.pw_uid, self.user.pw_gid)

    @property
    def programs(self):
        """The folder of initdb and pg_ctl, of the version that made the data."""
        version = self.data / "PG_VERSION"
        found = {}
        for path in Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"):
            if path.parent.parent.name.isdigit():
                found[int(path.parent.parent.name)] = path.parent
        plain = shutil.which("pg_ctl")
        if plain:
            text = subprocess.check_output([plain, "--version"], text=True)
            number = re.search(r"(\d+)", text)
            if number:
                found.setdefault(int(number.group(1)), Path(plain).resolve().parent)
        if version.exists() and self._is_complete():
            made = int(version.read_text())
            if made not in found:
                raise Failure(
                    f"The data was made by PostgreSQL {made}, which is no longer here: "
                    f"install it (apt-get install postgresql-{made}), or remove "
                    f"{STATE / 'pg'} to begin with an empty one."
                )
            return found[made]
        good = [number for number in found if number >= OLDEST]
        if not good:
            raise Failure(
                f"PostgreSQL {OLDEST} or newer is missing: install it (on Debian: "
                "apt-get install postgresql) and repeat the command."
            )
        return found[max(good)]

    # ------------------------------------------------------------
    # Life
    # ------------------------------------------------------------

    def __enter__(self):
        with open(STATE / "pg.start", "w") as starting:
            fcntl.flock(starting, fcntl.LOCK_EX)
            if not self._is_complete():
                self._create()
            if not self.answers():
                self._start()
            self._users = open(STATE / "pg.users", "w")
            fcntl.flock(self._users, fcntl.LOCK_SH)
        return self

    def __exit__(self, *_):
        with open(STATE / "pg.start", "w") as starting:
            fcntl.flock(starting, fcntl.LOCK_EX)
            try:
                fcntl.flock(self._users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            finally:
                self._users.close()
            self._control("stop", "-m", "fast")

    def _is_complete(self):
        # Data without its passwords is left from a state folder that was removed.
        return (self.home / "complete").exists() and self.passwords.exists()

    def _create(self):
        programs = self.programs
        step(f"Making a private PostgreSQL cluster ({programs.parent.name})")
        if self.data.exists():
            self._control("stop", "-m", "immediate")
        self.home.mkdir(exist_ok=True)
        (self.home / "complete").unlink(missing_ok=True)
        self.home.chmod(0o755)
        for path in (self.data, self.home / "socket"):
            shutil.rmtree(path, ignore_errors=True)
        if self.user:
            os.chown(self.home, self.user.pw_uid, self.user.pw_gid)
        passwords = {name: secrets.token_urlsafe(24) for name in (SUPERUSER, ROLE)}
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "password")
            write_private(file, passwords[SUPERUSER])
            if self.user:
                os.chown(folder, self.user.pw_uid, -1)
                os.chown(file, self.user.pw_uid, -1)
            code, output = self._as_user(
                [
                    *(programs / "initdb", "-D", self.data, "-U", SUPERUSER),
                    *("--auth=scram-sha-256", f"--pwfile={file}"),
                    *("--encoding=UTF8", "--locale=C.UTF-8"),
                ]
            )
        if code:
            raise Failure(_reason(output, "initdb"))
        text = "".join(f"*:*:*:{name}:{word}\n" for name, word in passwords.items())
        write_private(self.passwords, text)
        self._start()
        self.sql(
            f"CREATE ROLE {ROLE} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE "
            f"PASSWORD '{passwords[ROLE]}'"
        )
        (self.home / "complete").touch()

    def _start(self):
        self._make_socket_folder()
        self._write_settings()
        self._remove_stale_pid()
        log = self.home / "log"
        code, output = self._control("start", "-w", "-t", "60", "-l", log)
        if code:
            if log.exists():
                output += log.read_text(errors="replace")[-3000:]
            raise Failure(_reason(output, "pg_ctl start"))

    def _remove_stale_pid(self):
        """Remove what a crash or a reboot left, when its process number is reused.

        PostgreSQL itself would take any process of the same user for its server.
        """
        file = self.data / "postmaster.pid"
        if not file.exists():
            return
        status = Path("/proc", file.read_text().split()[0], "stat")
        for _ in range(STALE_WAIT * 2):
            words = status.read_text().split() if status.exists() else ["", "", ""]
            dead = words[2] == "Z"  # and not yet seen by the process above it
            if not dead and "postgres" not in words[1]:
                break
            time.sleep(0.5)
        if dead or "postgres" not in words[1]:
            file.unlink(missing_ok=True)
            Path(f"{self.socket}/.s.PGSQL.{PORT}.lock").unlink(missing_ok=True)

    def _write_settings(self):
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
        settings = {
            "listen_addresses": "",
            "port": PORT,
            "unix_socket_directories": self.socket,
            "max_connections": 200,
            "shared_buffers": f"{int(min(memory / 8, GB)) // 1024**2}MB",
            "effective_cache_size": f"{memory // 2 // 1024**2}MB",
            "work_mem": "16MB",
            "maintenance_work_mem": "256MB",
            "max_wal_size": "2GB",
            "random_page_cost": 1.1,
            # Odoo's many small queries lose more by compiling than they win.
            "jit": "off",
            "timezone": "UTC",
            "log_timezone": "UTC",
        }
        text = "".join(f"{name} = '{value}'\n" for name, value in settings.items())
        file = self.data / "postgresql.auto.conf"
        file.write_text("# Written by ./onestop at each start.\n" + text)
        if self.user:
            os.chown(file, self.user.pw_uid, self.user.pw_gid)

    def _control(self, *arguments):
        return self._as_user([self.programs / "pg_ctl", "-D", self.data, *arguments])

    def answers(self):
        """Tell whether the cluster takes connections; wait while it starts."""
        command = [self.programs / "pg_isready", "-q", "-h", self.socket]
        for _ in range(60):
            code = subprocess.run([*command, "-p", str(PORT)], check=False).returncode
            if code != 1:  # 1: it is there and not ready yet
                return code == 0
            time.sleep(0.5)
        return False

    # ------------------------------------------------------------
    # Use
    # ------------------------------------------------------------

    def environment(self, user=SUPERUSER):
        """Return the variables by which libpq programs find the cluster."""
        return {
            "PGHOST": str(self.socket),
            "PGPORT": str(PORT),
            "PGUSER": user,
            "PGPASSFILE": str(self.passwords),
        }

    def password(self, user=ROLE):
        """Return the password of a role of this cluster."""
        for line in self.passwords.read_text().splitlines():
            *_, name, word = line.split(":")
            if name == user:
                return word
        raise KeyError(user)

    def sql(self, statement, database="postgres", user=SUPERUSER, check=True):
        """Run SQL and return the rows as lines, fields parted by |."""
        return self._psql("-d", database, "-c", statement, user=user, check=check)

    def _psql(self, *arguments, user=SUPERUSER, check=True):
        environment = {**os.environ, **self.environment(user)}
        return psql(self.programs / "psql", arguments, environment, check)

    def databases(self):
        """Return the names of all databases."""
        return self.sql("SELECT datname FROM pg_database WHERE NOT datistemplate")

    def create(self, name, template=None):
        """Create a database that the application owns, with what Odoo needs."""
        if template:
            self.disconnect(template)
            self.sql(f'CREATE DATABASE "{name}" OWNER {ROLE} TEMPLATE "{template}"')
            return
        file = TOOLING / "create_database.sql"
        self._psql("-v", f"database={name}", "-v", f"role={ROLE}", "-f", file)

    def drop(self, name):
        """Drop a database, if it is there."""
        self.sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def rename(self, old, new):
        """Rename a database."""
        self.disconnect(old)
        self.sql(f'ALTER DATABASE "{old}" RENAME TO "{new}"')

    def disconnect(self, name):
        """End all sessions of a database."""
        self.sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            f"WHERE datname = '{name}'"
        )


def psql(program, arguments, environment, check=True):
    """Run psql and return its rows as lines, fields parted by |.

    Raises Failure on an error, unless check is off: then there are no rows.
    """
    answer = subprocess.run(
        [program, "-X", "-A", "-t", "-q", "-v", "ON_ERROR_STOP=1", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if answer.returncode:
        if not check:
            return []
        raise Failure(_reason(answer.stderr, "psql"))
    return answer.stdout.splitlines()


def _reason(output, command):
    if "No space left" in output:
        from .machine import no_space

        return no_space()
    lines = [line for line in output.splitlines() if line.strip()]
    signs = ("FATAL", "ERROR", "error:")
    bad = [line for line in lines if any(sign in line for sign in signs)]
    last = (bad or lines or ["no message"])[-1]
    return f"PostgreSQL's `{command}` failed: {last.strip()}"
