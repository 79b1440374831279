"""Fixtures for every test folder: the cast (`tests/cast.py`), and a data folder that is nobody's."""

from pathlib import Path

import pytest
from django.core.cache import cache
from pytest_django import Settings

pytest_plugins = ["tests.cast"]


@pytest.fixture(scope="session")
def _data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    (folder / "static").mkdir()
    return folder


@pytest.fixture(autouse=True)
def _nobodys_data_folder(settings: Settings, _data: Path) -> None:
    settings.DATA, settings.STATIC_ROOT = _data, _data / "static"
    cache.clear()  # results kept by version would outlive the rows of a test
