"""What ends a finding ends it over the sheets of the examples too, those of the demo among them."""

from pathlib import Path

import pytest

from commonground.guidance.tests.made import DAY
from commonground.guidance.tests.test_remedies import CODES, assert_remedied
from commonground.intake.folder import read_folder

EXAMPLES = Path(__file__).parents[1] / "examples"


@pytest.mark.parametrize("folder", ["northlight", "smallest", "counted"])
def test_so_do_remedies_over_the_sheets_of_the_examples(folder):
    given_ = read_folder(EXAMPLES / folder, DAY).facts
    assert sum(assert_remedied(code, given_) for code in CODES) >= 5
