"""A PostgreSQL server of its own for a test run: Debian's programs, a temporary folder, a socket that nobody else sees."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

USER = "fupin"
LACKING = "PostgreSQL is not installed: printed queries were run in DuckDB alone. sh tests/sql/install.sh installs it."


def programs() -> Path | None:
    """The folder with ``initdb`` and ``postgres``; Debian keeps them out of the path."""
    on_path = shutil.which("initdb")
    folders = [Path(on_path).resolve().parent] if on_path else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda one: one.parent.name.zfill(4), reverse=True)
    return next((folder for folder in folders if (folder / "initdb").exists() and (folder / "postgres").exists()), None)


def _another_user() -> Mapping[str, Any]:
    """PostgreSQL refuses to run as root: then somebody else has to."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return {}
    import pwd  # noqa: PLC0415  # Windows has no such module, nor a root

    known = {one.pw_name: one for one in pwd.getpwall()}
    one = known.get("postgres") or known["nobody"]
    return {"user": one.pw_uid, "group": one.pw_gid, "extra_groups": ()}


def missing_postgres() -> None:
    """Say that PostgreSQL is not here; where it has to be, that is a failure."""
    if os.environ.get("FUPIN_POSTGRES"):
        pytest.fail(LACKING)
    pytest.skip(LACKING)


@contextmanager
def running(folder_of_programs: Path) -> Iterator[psycopg.Connection[Any]]:
    """A connection to a new server, which is stopped and removed afterwards."""
    # Directly below the system's folder: the path of a socket must be short, and another user has to reach it.
    folder = Path(tempfile.mkdtemp(prefix="fupin-pg-"))
    other = _another_user()
    if other:
        os.chown(folder, other["user"], other["group"])
    plain = {"PATH": os.environ["PATH"], "LC_ALL": "C", "HOME": str(folder)}
    data, log = folder / "data", folder / "log"
    try:
        subprocess.run(
            [folder_of_programs / "initdb", "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync"],
            check=True, cwd=folder, env=plain, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, **other,
        )  # fmt: skip
        settings = ("listen_addresses=", "fsync=off", "autovacuum=off", "jit=off", f"unix_socket_directories={folder}")
        with log.open("wb") as talk:
            server = subprocess.Popen(
                [folder_of_programs / "postgres", "-D", data, *(word for one in settings for word in ("-c", one))],
                cwd=folder, env=plain, stdin=subprocess.DEVNULL, stdout=talk, stderr=talk, **other,
            )  # fmt: skip
        try:
            with _connected(folder, server, log) as connection:
                yield connection
        finally:
            # Fast: whoever is connected is sent away.
            server.send_signal(2)
            server.wait(timeout=60)
    finally:
        shutil.rmtree(folder)


def _connected(folder: Path, server: subprocess.Popen[bytes], log: Path) -> psycopg.Connection[Any]:
    """A connection as soon as the server takes one."""
    until = time.monotonic() + 60
    while True:
        try:
            return psycopg.connect(host=str(folder), user=USER, dbname="postgres", autocommit=True)
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > until:
                raise RuntimeError(log.read_text(encoding="utf-8", errors="replace")) from None
            time.sleep(0.02)
