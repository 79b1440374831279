"""Fixtures for every test folder: the cast (`tests/cast.py`), and a data folder that is nobody's."""

from pathlib import Path

import pytest
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from hypothesis import HealthCheck
from hypothesis import settings as properties
from pytest_django import Settings

ROOT = Path(__file__).parent
pytest_plugins = ["tests.cast"]
# how fast a machine is just now is no test; bench/ measures
properties.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
properties.load_profile("untimed")


# The longest files begin first, so that of several processes (bin/test) none is left with a long one at the end. The first makes the
# demo, and the second needs none meanwhile.
LONGEST = (
    "journeys/test_embargo.py",
    "test_attacker.py",
    "journeys/test_every_page.py",
    "test_access.py",
    "journeys/test_voices.py",
    "journeys/test_pace_whole.py",
    "journeys/test_outsiders.py",
    "test_nothing_leaks.py",
    "test_unlinkable.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    places = {ROOT / "tests" / name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.path, len(LONGEST)))


@pytest.fixture
def plain_404(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not there is said by its status alone, for tests that ask thousands of addresses and read no page of it."""
    monkeypatch.setattr("commonground.config.urls.handler404", _not_there, raising=False)


@pytest.fixture
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages wait for what they check, however slow this machine is just now: two readings of a page do not differ by that."""
    monkeypatch.setattr("commonground.guidance.checking.QUICK", 600.0)


def _not_there(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse(status=404)


@pytest.fixture(scope="session")
def _data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    (folder / "static").mkdir()
    return folder


@pytest.fixture(autouse=True)
def _nobodys_data_folder(settings: Settings, _data: Path) -> None:
    settings.DATA, settings.STATIC_ROOT = _data, _data / "static"
    cache.clear()  # results kept by version would outlive the rows of a test
