"""The pages of the guidelines are what the catalogue says, and each has an example that fails and one that passes."""

import pytest

from commonground.guidance.guidelines import CATALOGUE, run
from commonground.guidance.guidelines.examples import EXAMPLES, finding_in, passing
from commonground.guidance.guidelines.examples.showing import changed
from commonground.guidance.guidelines.meanings import IN_GENERAL, OF_ONE
from commonground.guidance.reference import FOLDER, built_in, ended_by, page_of, pages

CODES = [one.code for one in built_in()]


def test_the_reference_pages_are_what_the_catalogue_says():
    for path, make in pages().items():
        assert path.read_text(encoding="utf-8") == make(), f"{path.name}: run `python -m commonground.reference`."
    assert {path.stem for path in (FOLDER / "guidelines").glob("*.md")} == set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_each_has_an_example_that_fails_and_one_that_passes(code):
    assert code in EXAMPLES, f"{code} has no example. Add facts over which it finds one thing to guidelines/examples."
    assert finding_in(code).code == code
    assert changed(EXAMPLES[code], passing(code))
    report = run(passing(code), select=[code])
    assert (report.findings, report.checked) == ((), (code,))


@pytest.mark.parametrize("code", CODES)
def test_each_page_says_what_ends_a_finding(code):
    page = page_of(CATALOGUE[code])
    assert ended_by(CATALOGUE[code]).endswith(".")
    assert finding_in(code).what in page
    assert ended_by(CATALOGUE[code]) in page


@pytest.mark.parametrize("code", CODES)
def test_each_parameter_says_what_it_means(code):
    unsaid = [name for name in CATALOGUE[code].parameters if (code, name) not in OF_ONE and name not in IN_GENERAL]
    assert not unsaid, f"Say in guidelines/meanings.py what {unsaid} of {code} means."


def test_nothing_is_said_of_a_parameter_that_no_longer_exists():
    assert all(name in CATALOGUE[code].parameters for code, name in OF_ONE)
