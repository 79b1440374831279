"""What an instance does before it answers."""

import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings

from commonground.config import serving


@pytest.fixture
def gathered(monkeypatch: pytest.MonkeyPatch, settings: LazySettings, tmp_path: Path) -> list[list[str]]:
    """The commands that were run to gather what browsers fetch."""
    settings.STATIC_ROOT = tmp_path
    ran: list[list[str]] = []

    def run(command: list[str], **_: Any) -> None:
        ran.append(command)

    monkeypatch.setattr(subprocess, "run", run)
    return ran


def test_what_browsers_fetch_is_gathered_again_only_when_something_of_it_changed(
    gathered: list[list[str]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    serving._collect({})
    serving._collect({})
    assert [command[3] for command in gathered] == ["collectstatic"]
    monkeypatch.setattr(serving, "VERSION", "0.0.1")
    serving._collect({})
    assert len(gathered) == 2


def test_what_was_not_gathered_to_its_end_is_gathered_again(
    gathered: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise subprocess.CalledProcessError(1, "collectstatic")

    with monkeypatch.context() as once:
        once.setattr(subprocess, "run", broken)
        with pytest.raises(subprocess.CalledProcessError):
            serving._collect({})
    serving._collect({})
    assert len(gathered) == 1
