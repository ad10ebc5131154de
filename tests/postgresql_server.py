"""A PostgreSQL server of one's own for tests: in its own folder, on the loopback, on a port that is free.

It needs the programs of Debian's package `postgresql`. They refuse root, so that root runs them as somebody else.
"""

import os
import pwd
import select
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

__all__ = ["Server", "started_server"]


class Server:
    """A server; `url` names one of its databases."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self._programs, self._folder, self._made = programs, folder, 0
        names = {user.pw_name for user in pwd.getpwall()}
        other = next((name for name in ("postgres", "nobody") if name in names), None) if os.getuid() == 0 else None
        self._user = pwd.getpwnam(other) if other else None
        if self._user:
            os.chown(folder, self._user.pw_uid, self._user.pw_gid)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        self._run("initdb", "-U", "untoc", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        self.start()

    def _run(self, program: str, *arguments: str) -> None:
        who = {"user": self._user.pw_uid, "group": self._user.pw_gid, "extra_groups": []} if self._user else {}
        command = [str(self._programs / program), "-D", str(self._folder / "data"), *arguments]
        with (self._folder / "out.txt").open("ab") as out:  # a pipe would stay open as long as the server runs
            ran = subprocess.run(command, stdout=out, stderr=out, cwd=self._folder, check=False, **who)
        if ran.returncode:
            raise RuntimeError("\n".join(path.read_text() for path in self._folder.glob("*.txt")))

    def start(self) -> None:
        """Start it, and return when it takes connections."""
        options = f"-c listen_addresses=127.0.0.1 -p {self._port} -k {self._folder} -c max_connections=60"
        options += " -c fsync=off"  # which is for machines that lose power, and not for processes that are killed
        self._run("pg_ctl", "-w", "-l", str(self._folder / "log.txt"), "-o", options, "start")

    def kill(self) -> None:
        """Kill it and all its processes at once, as `kill -9` does, and return when they are gone."""
        main = int((self._folder / "data" / "postmaster.pid").read_text().split()[0])
        os.kill(main, signal.SIGSTOP)  # so that it begins no other while its children are counted
        children = Path(f"/proc/{main}/task/{main}/children").read_text().split()
        waiting = [os.pidfd_open(one) for one in (main, *map(int, children))]
        for one in waiting:
            signal.pidfd_send_signal(one, signal.SIGKILL)
        for one in waiting:
            select.select([one], [], [])
            os.close(one)
        # What names the process: where nobody buries the dead, as in a container, it would be taken for a living one.
        for left in ((self._folder / "data" / "postmaster.pid"), *self._folder.glob(".s.PGSQL.*.lock")):
            left.unlink()

    def url(self) -> str:
        """The address of a place that is empty: a schema of its own."""
        import psycopg

        self._made += 1
        name = f"register{self._made}"
        address = f"postgresql://untoc@127.0.0.1:{self._port}/postgres"
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(f"CREATE SCHEMA {name}")
        return f"{address}?options=-csearch_path%3D{name}"


@contextmanager
def started_server() -> Iterator[Server]:
    """A server that is stopped in the end. Without PostgreSQL the test is skipped, and in CI it fails."""
    found = shutil.which("initdb")
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    program = Path(found) if found else places[-1] if places else None
    if program is None:
        missing = "NO POSTGRESQL HERE, so that nothing says whether the store works on it (Debian: apt-get install postgresql)"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    folder = Path(tempfile.mkdtemp())
    try:
        server = Server(program.parent, folder)
        yield server
        server.kill()  # as quick as can be: nothing is kept
    finally:
        shutil.rmtree(folder)
