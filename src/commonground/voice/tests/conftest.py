import pytest
from tests.cast import Cast

from commonground.voice.tests.voiced import Voiced, make_voiced


@pytest.fixture
def voiced(cast: Cast) -> Voiced:
    return make_voiced(cast)
