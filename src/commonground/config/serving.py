"""Starting an instance: bring the database up to date, fill in the demo the first time, serve, stop cleanly."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from commonground import VERSION
from commonground.config.tables import bring_up_to_date
from commonground.outbox.tasks import see_to_it

GRACE = 8.0  # seconds that the parts of a running instance are given to end by themselves


class CannotServeError(RuntimeError):
    """The instance cannot start. The message says what is in the way and what to do."""


@dataclass(frozen=True, slots=True)
class Address:
    host: str
    port: int

    def __str__(self) -> str:
        return f"http://{self.host}:{self.port}/"


def prepare() -> None:
    """Brings the database to the newest form, clears what is over (ended sessions, results of old tasks), asks for waiting mail to be
    sent. Safe to repeat."""
    bring_up_to_date()
    call_command("clearsessions", verbosity=0)
    call_command("prune_db_task_results", verbosity=0)
    see_to_it()


def refuse_taken_port(address: Address) -> None:
    """Raises CannotServeError when somebody else listens there."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address.host, address.port))
        except OSError as error:
            raise CannotServeError(
                f"Port {address.port} on {address.host} is taken ({error.strerror}). Choose another with --port."
            ) from error


def serve(address: Address, *, ready: Callable[[], None], threads: int = 4) -> int:
    """Runs the web server and the worker for background tasks until Ctrl-C or a termination; returns the exit code.

    ready is called once the server answers. Both parts are children of this process and end with it.
    """
    refuse_taken_port(address)
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "commonground.config.settings",
        "COMMONGROUND_HASHED_STATIC": "1",
        "PYTHONPATH": os.pathsep.join([str(settings.PACKAGE.parent), *filter(None, [os.environ.get("PYTHONPATH")])]),
    }
    if "COMMONGROUND_HOSTS" not in os.environ:
        environment.setdefault("COMMONGROUND_ADDRESS", str(address).rstrip("/"))  # so that links in mail lead here
    web = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", address.host, "--port", str(address.port)]
    web += ["--blocking-threads", str(threads), "--log-level", "warning", "commonground.config.wsgi:application"]
    worker = [sys.executable, "-m", "django", "db_worker", "--interval", "0.5", "--verbosity", "0"]
    _collect(environment)
    stopping: list[int] = []
    for signum in (signal.SIGINT, signal.SIGTERM):
        signal.signal(signum, lambda number, frame: stopping.append(number))
    # a session of their own keeps the terminal's Ctrl-C for this process alone, which then ends them in order
    parts = [subprocess.Popen(command, env=environment, start_new_session=True) for command in (web, worker)]
    pid_file = pid_path()
    pid_file.write_text(str(os.getpid()))
    try:
        _until_answering(address, parts[0])
        ready()
        while not stopping and all(part.poll() is None for part in parts):
            time.sleep(0.2)
    finally:
        _end(parts)
        pid_file.unlink(missing_ok=True)
    if not stopping:
        raise CannotServeError("A part of the instance ended by itself; its last words stand above. Start it again.")
    return 0


def _collect(environment: dict[str, str]) -> None:
    """Gathers what browsers fetch (styles, scripts, icons) under names that tell its content, unless it has not changed since."""
    found = (finder.list([]) for finder in get_finders())
    files = sorted((name, storage.path(name)) for each in found for name, storage in each)
    now = sha256(json.dumps([VERSION, *((name, *_changed(path)) for name, path in files)]).encode()).hexdigest()
    stamp = Path(settings.STATIC_ROOT) / "gathered"
    if stamp.exists() and stamp.read_text() == now:
        return
    collect = [sys.executable, "-m", "django", "collectstatic", "--no-input", "--clear", "--verbosity", "0"]
    subprocess.run(collect, env=environment, check=True)
    stamp.write_text(now)


def _changed(path: str) -> tuple[int, int]:
    """By which it is seen that a file has changed."""
    seen = os.stat(path)
    return seen.st_size, seen.st_mtime_ns


def _until_answering(address: Address, web: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and web.poll() is None:
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.settimeout(0.5)
            if probe.connect_ex((address.host, address.port)) == 0:
                return
        time.sleep(0.05)
    raise CannotServeError(f"The server did not answer at {address}; its last words stand above.")


def _end(parts: list[subprocess.Popen[bytes]]) -> None:
    for part in parts:
        if part.poll() is None:
            part.send_signal(signal.SIGINT)
    deadline = time.monotonic() + GRACE
    for part in parts:
        try:
            part.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            part.kill()
            part.wait()


def pid_path() -> Path:
    """Where a running instance notes its process id."""
    return Path(settings.DATA) / "serve.pid"


def running() -> int | None:
    """The process id of the instance that runs on this data folder; None when none does."""
    try:
        pid = int(pid_path().read_text())
        os.kill(pid, 0)
    except (OSError, ValueError):
        return None
    return pid
