"""From a clean clone to the first page: seconds and megabytes. Limits: 90 s near a registry, 450 MB of environment and data.

    python bench/start.py [--port 8108]

Clones this repository as committed into a folder of its own, runs `bin/run` there, asks for the first page until it answers, and
stops it; then starts it a second time. The packages come from whatever registry pip is set up with, and from pip's cache only with
--cached: without it every wheel is fetched.
"""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from pathlib import Path
from time import perf_counter, sleep

HERE = Path(__file__).resolve().parent.parent
SECONDS, MEGABYTES, PATIENCE = 90, 450, 600
OURS = ("COMMONGROUND_", "VIRTUAL_ENV", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE")  # of which a newcomer has none


def start(clone: Path, port: int, cached: bool) -> float:
    """Starts it, waits for the first page, stops it. Seconds to the page. Raises RuntimeError when it ends before."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    if not cached:
        environment["PIP_NO_CACHE_DIR"] = "1"
    begun = perf_counter()
    running = subprocess.Popen(
        ["bin/run", "--port", str(port)], cwd=clone, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    try:
        while not answers(port):
            if running.poll() is not None:
                said = running.stdout.read().decode() if running.stdout else ""
                raise RuntimeError(f"bin/run ended with {running.returncode}:\n{said}")
            if perf_counter() - begun > PATIENCE:
                raise RuntimeError(f"No page within {PATIENCE} s.")
            sleep(0.1)
        return perf_counter() - begun
    finally:
        if running.poll() is None:
            running.send_signal(signal.SIGINT)
            running.wait(timeout=30)


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as page:
            return bool(page.status == 200)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def megabytes(folder: Path) -> float:
    """What a folder takes on the disk, links counted once."""
    seen: dict[tuple[int, int], int] = {}
    for path in folder.rglob("*"):
        about = path.lstat()
        seen[about.st_dev, about.st_ino] = about.st_blocks * 512
    return sum(seen.values()) / 1e6


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--port", type=int, default=8108)
    asked.add_argument("--cached", action="store_true")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder) / "commonground"
        subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", str(HERE), str(clone)], check=True)
        first = start(clone, given.port, given.cached)
        parts = {name: megabytes(clone / name) for name in (".venv", "var")}
        second = start(clone, given.port, given.cached)
    whole = sum(parts.values())
    kept = first <= SECONDS and whole <= MEGABYTES
    print(f"first page after {first:.1f} s (limit {SECONDS}), second start {second:.1f} s")
    print(f"{whole:.0f} MB (limit {MEGABYTES}): environment {parts['.venv']:.0f}, data {parts['var']:.0f}")
    sys.exit(0 if kept else 1)


if __name__ == "__main__":
    main()
