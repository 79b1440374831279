"""The smaller version of `bench/answering.py`: people answer while the instance is killed and started again; none lost, none twice."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.slow
def test_sixty_answer_while_the_instance_is_killed_once() -> None:
    words = ["--people", "60", "--clients", "6", "--kills", "1", "--json"]
    done = subprocess.run(
        [sys.executable, str(ROOT / "bench" / "answering.py"), *words], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    said = json.loads(done.stdout.splitlines()[-1])
    assert said["answers"] == said["spent"] == 60
    assert said["lost"] == said["twice_or_changed"] == said["not_told"] == said["tokens_in_the_log"] == 0
