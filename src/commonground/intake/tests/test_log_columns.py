"""What the page asks about columns of a log: no value of a column that holds people, one column for each meaning."""

import pytest

from commonground.intake.log_columns import asked, mapping_from, words_of
from commonground.intake.problems import BadInput

HEADERS = (
    "id",
    "case:concept:name",
    "concept:name",
    "org:resource",
    "Resource",
    "case:responsible",
    "org:group",
    "when",
    "morale",
)
SAMPLES = {
    "id": ("1", "2"),
    "case:concept:name": ("case-1", "case-1", "case-2", "case-3", "case-4"),
    "concept:name": ("register", "x" * 90),
    "org:resource": ("Pete", "Mike"),
    "Resource": ("Sue",),
    "case:responsible": ("Ellen",),
    "org:group": ("Group 1", ""),
    "when": ("Mike",),
    "morale": ("low", "high"),
}
FOUND = {"case": "case:concept:name", "activity": "concept:name", "person": "org:resource", "unit": "org:group"}


def withheld(chosen: dict[str, str]) -> dict[str, str]:
    return {one.header: one.withheld for one in asked(HEADERS, SAMPLES, FOUND, chosen) if one.withheld}


def test_values_of_people_are_never_shown() -> None:
    columns = asked(HEADERS, SAMPLES, FOUND, FOUND)
    shown = " ".join(value for one in columns for value in one.samples)
    assert not [name for name in ("Pete", "Mike", "Sue", "Ellen", "low") if name in shown]
    people = dict.fromkeys(("org:resource", "Resource", "case:responsible", "when"), "person")
    assert withheld(FOUND) == {**people, "morale": "attitude"}


def test_a_column_found_to_be_people_stays_closed_when_it_is_read_as_something_else() -> None:
    assert withheld({**FOUND, "unit": "org:resource", "person": "org:group"})["org:resource"] == "person"
    assert withheld({**FOUND, "person": "org:group"})["org:group"] == "person"


def test_a_further_column_that_may_be_people_is_closed() -> None:
    columns = asked(("a", "b"), {"a": ("Ann",), "b": ("x",)}, {}, {}, people=("a",))
    assert [one.samples for one in columns] == [(), ("x",)]
    columns = asked(("a", "b"), {"a": ("Ann", "u"), "b": ("x",)}, {}, {}, people=("Ann",))
    assert [one.samples for one in columns] == [(), ("x",)]


def test_samples_are_few_short_and_different() -> None:
    by_header = {one.header: one for one in asked(HEADERS, SAMPLES, FOUND, FOUND)}
    assert by_header["case:concept:name"].samples == ("case-1", "case-2", "case-3")
    assert by_header["concept:name"].samples == ("register", "x" * 40)
    assert by_header["org:group"].samples == ("Group 1",)
    assert by_header["concept:name"].read_as == "activity"


def answers(*meanings: str) -> dict[str, str]:
    return {f"column.{at}": ours for at, ours in enumerate(meanings)}


def test_answers_become_a_mapping() -> None:
    given = answers("id", "case", "activity", "", "nonsense", "", "unit", "time", "person")
    found = mapping_from(given, HEADERS)
    assert found == {
        "id": "id",
        "case": "case:concept:name",
        "activity": "concept:name",
        "unit": "org:group",
        "time": "when",
    }
    assert words_of(found)[0] == ("case", "case:concept:name")


def test_two_columns_of_one_meaning_are_a_sentence() -> None:
    with pytest.raises(BadInput, match="“id” and “concept:name” are both read as case"):
        mapping_from(answers("case", "", "case"), HEADERS)


def test_a_missing_column_is_a_sentence() -> None:
    with pytest.raises(BadInput, match="No column is read as activity or as time"):
        mapping_from(answers("case"), HEADERS)


@pytest.mark.parametrize(
    ("values", "closed"),
    [
        (("Pete Moss", "Sue Flay"), True),
        (("Åsa Öberg", "Moss, Pete", "Jan van der Berg", "?"), True),
        (("Contact centre", "Billing"), False),
        (("Take the call", "Write the bill"), False),
        ((), False),
    ],
)
def test_values_that_are_written_as_names_are_not_shown(values: tuple[str, ...], closed: bool) -> None:
    columns = asked(("Wer macht es",), {"Wer macht es": values}, {}, {})
    assert (columns[0].withheld == "person") is closed
