"""Fixtures of this folder."""

from pathlib import Path

import pytest
from pytest_django import Settings
from tests.cast import Cast

from commonground.adoption.tests.followed_log import Followed, set_up


@pytest.fixture
def data(settings: Settings, tmp_path: Path) -> Path:
    """A data folder for one test alone: ids of rows come again, and with them the places of observations."""
    settings.DATA = tmp_path
    return tmp_path


@pytest.fixture
def followed(cast: Cast, data: Path) -> Followed:
    return set_up(cast)
