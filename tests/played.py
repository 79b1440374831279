"""Plays a story in a process and a data folder of its own, with a backup made in the middle, for tests that search what is left of it."""

import json
import os
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]


def play(module: str, folder: Path, how: str) -> tuple[Any, str]:
    """What the story says in its last line, and all that it logged. The backup lies unpacked in `unpacked`."""
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}", "COMMONGROUND_DATA": str(folder)}
    done = subprocess.run(
        [sys.executable, "-m", module, str(folder), how], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    with tarfile.open(folder / "middle.tar.gz") as archive:
        archive.extractall(folder / "unpacked", filter="data")
    return json.loads(done.stdout.splitlines()[-1]), done.stderr


def files_in(folder: Path) -> dict[str, bytes]:
    """The database with all that SQLite keeps beside it, the backup, and whatever else lies in the data folder."""
    paths = [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".gz"]
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}
