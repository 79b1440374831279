"""bin/run on machines that lack something: it names what to install. Serving: a taken port is refused by name."""

import os
import socket
import subprocess
from pathlib import Path

import pytest

from commonground.config import serving

ROOT = Path(__file__).resolve().parent.parent
# a Python of the right age whose venv module was left out, as Debian packages it
NO_VENV = '#!/bin/sh\ncase "$2" in *ensurepip*) exit 1 ;; *%d.%d*) echo 3.11 ;; esac\n'
TOO_OLD = "#!/bin/sh\nexit 1\n"


def run(tmp_path: Path, python: str) -> "subprocess.CompletedProcess[str]":
    fake = tmp_path / "python"
    fake.write_text(python)
    fake.chmod(0o755)
    environment = {**os.environ, "PYTHON": str(fake), "COMMONGROUND_VENV": str(tmp_path / "environment")}
    return subprocess.run(
        ["sh", "bin/run"], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False
    )


def test_a_python_without_venv_is_told_the_one_package_to_install(tmp_path: Path) -> None:
    done = run(tmp_path, NO_VENV)
    assert done.returncode == 1
    assert "sudo apt-get install python3.11-venv" in done.stderr
    assert not (tmp_path / "environment").exists()


def test_a_python_that_is_too_old_is_told_what_would_do(tmp_path: Path) -> None:
    done = run(tmp_path, TOO_OLD)
    assert done.returncode == 1
    assert "needs Python 3.11 or newer" in done.stderr


def test_a_taken_port_is_refused_by_name() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(serving.CannotServeError, match=f"Port {port} on 127.0.0.1 is taken"):
            serving.refuse_taken_port(serving.Address("127.0.0.1", port))
