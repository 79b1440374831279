"""An organization's own guidelines on the server: loaded at start-up, checked like the others, shown in the catalogue."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import timezone
from tests.cast import Cast

from commonground.guidance.checking import is_stale
from commonground.guidance.guidelines import CATALOGUE
from commonground.guidance.guidelines.plugins import load_folder
from commonground.guidance.models import Finding
from commonground.guidance.reference import PAGE, page
from commonground.guidance.refresh import refresh
from commonground.organization.models import Assignment

ROOT = Path(__file__).resolve().parents[4]
OWN = ROOT / "examples" / "own_guideline"
BROKEN = """
from commonground.guidance.guidelines import guideline

@guideline("HERE-02", "It can be counted.", severity="note", why="So.", source="ours", do="Count.", needs=("people",))
def counts(register, parameters):
    yield 1 / len(register.facts.rows("activities"))
"""


@pytest.fixture
def unload() -> Iterator[None]:
    before = dict(CATALOGUE)
    yield
    CATALOGUE.clear()
    CATALOGUE.update(before)
    for name in [name for name in sys.modules if name.startswith("commonground_guidelines.")]:
        del sys.modules[name]


def start(tmp_path: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """Starts Django in a process of its own, as the server does, and tells the catalogue."""
    code = "import django; django.setup(); from commonground.guidance.guidelines import CATALOGUE; print(*sorted(CATALOGUE))"
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "commonground.config.settings",
        "COMMONGROUND_DATA": str(tmp_path / "data"),
        "COMMONGROUND_GUIDELINES": str(folder),
        "PYTHONPATH": str(ROOT / "src"),
    }
    return subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)


def test_the_folder_is_loaded_at_start_up(tmp_path: Path) -> None:
    done = start(tmp_path, OWN)
    assert "OURS-01" in done.stdout.split(), done.stderr
    assert "OWN-01" in done.stdout.split()


def test_a_folder_that_is_not_there_ends_the_start_with_a_sentence(tmp_path: Path) -> None:
    done = start(tmp_path, tmp_path / "none")
    assert done.returncode
    assert "COMMONGROUND_GUIDELINES names" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_that_cannot_be_used_ends_the_start_with_a_sentence(tmp_path: Path) -> None:
    folder = tmp_path / "guidelines"
    folder.mkdir()
    (folder / "ours.py").write_text("not python")
    done = start(tmp_path, folder)
    assert done.returncode
    assert "ours.py could not be loaded" in done.stderr
    assert "Traceback" not in done.stderr


def test_it_is_checked_and_shown_like_the_others(cast: Cast, unload: None) -> None:
    client, day, now = cast.client_of("alice"), timezone.localdate(), timezone.now()
    Assignment.objects.filter(person=cast.charlie.person).update(shift="night")
    check = refresh(cast.program, day, now)
    assert not is_stale(check, day)
    load_folder(OWN)
    assert is_stale(check, day)  # no fact has changed; the list of guidelines has
    refresh(cast.program, day, now)
    found = Finding.objects.get(code="OURS-01")
    assert "Nobody of the night shift" in found.what
    text = client.get("/northlight/findings/guidelines/").content.decode()
    assert "Whoever works at night owns something in the change too." in text
    assert "Agreement with our works council" in text
    assert found.what in client.get("/northlight/findings/").content.decode()


def test_the_reference_page_holds_the_products_own_alone(unload: None) -> None:
    load_folder(OWN)
    assert "OURS-01" in CATALOGUE
    assert "OURS-01" not in page()
    assert PAGE.read_text(encoding="utf-8") == page()


def test_a_check_that_fails_takes_no_page_with_it(
    cast: Cast, unload: None, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "broken.py").write_text(BROKEN)
    load_folder(tmp_path)
    client = cast.client_of("alice")
    assert client.get("/northlight/findings/").status_code == 200
    text = client.get("/northlight/findings/guidelines/").content.decode()
    assert "its check ended with “ZeroDivisionError: division by zero”" in text
    assert "HERE-02 could not answer" in caplog.text
