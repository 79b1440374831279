"""The sender is killed at each of its steps: nobody gets a message twice, and nobody is forgotten."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from commonground.outbox.tests import killed_sender, mail_server

SOURCE = Path(__file__).resolve().parents[3]


def steps(folder: Path, port: int) -> list[dict[str, object]]:
    environment = {
        **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
        "COMMONGROUND_DATA": str(folder),
        "COMMONGROUND_MAIL": f"smtp://127.0.0.1:{port}?tls=none",
        "COMMONGROUND_MAIL_FROM": "Northlight <change@northlight.test>",
        "DJANGO_SETTINGS_MODULE": "commonground.config.settings",
        "PYTHONPATH": str(SOURCE),
    }
    done = subprocess.run(
        [sys.executable, killed_sender.__file__], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.slow
def test_a_sender_killed_at_any_step_sends_nobody_twice_and_forgets_nobody(tmp_path: Path) -> None:
    with mail_server.opened() as (office, port):
        told = steps(tmp_path, port)
        delivered = office.bodies()
    assert len(told) > 30, "the steps of two messages"
    assert [step["killed"] for step in told] == [True] * (len(told) - 1) + [False]
    uncertain = 0
    for step in told:
        states = step["states"]
        assert isinstance(states, dict)
        assert len(states) == killed_sender.MESSAGES
        for body, state in states.items():
            assert state in {"sent", "uncertain"}, f"{body} is {state}: forgotten"
            assert delivered[body] <= 1, f"{body} was delivered {delivered[body]} times"
            assert state == "uncertain" or delivered[body] == 1, f"{body} counts as sent but never arrived"
            uncertain += state == "uncertain"
    assert 0 < uncertain < len(told) / 2, "only the steps around the final dot leave a doubt"
