"""Texts become codes: nothing is missing that was told, and nothing depends on how the file was cut into pieces."""

from collections import defaultdict

from hypothesis import given, settings
from hypothesis import strategies as st

from commonground.analysis.events import MISSING
from commonground.events.coding import code_rows
from commonground.events.pseudonyms import Pseudonyms
from commonground.events.tests.made import Event, pieces, rows, told

NAME = st.sampled_from(["a", "b", "c", "NA", "ä"])
EVENT = st.builds(
    Event,
    case=st.sampled_from(["1", "2", "NA", "null", "case 4"]),
    activity=NAME,
    time=st.integers(-3, 3),
    person=st.none() | NAME,
    unit=st.none() | NAME,
    product_line=st.none() | NAME,
    channel=st.none() | NAME,
)
LOG = st.lists(EVENT, max_size=30)


@settings(deadline=None)
@given(LOG, st.integers(1, 7))
def test_a_block_tells_what_the_rows_told_case_by_case(log: list[Event], size: int) -> None:
    cases = defaultdict(list)
    for event in sorted(log, key=lambda event: event.time):  # stable: equal times keep their order
        cases[event.case].append(
            (event.time, event.activity, event.person, event.unit, event.product_line, event.channel)
        )
    found = defaultdict(list)
    for case, *rest in told([code_rows(pieces(log, size))]):
        found[case].append(tuple(rest))
    assert sorted(found.values(), key=repr) == sorted(cases.values(), key=repr)


@settings(deadline=None)
@given(LOG, st.integers(1, 7))
def test_pieces_make_no_difference(log: list[Event], size: int) -> None:
    assert told([code_rows(pieces(log, size))]) == told([code_rows(iter([rows(log)]))])


def test_a_case_whose_id_is_the_text_na_is_a_case() -> None:
    block = code_rows(iter([rows([Event("NA", "opened", 1), Event("", "opened", 2), Event("NA", "closed", 3)])]))
    assert block.first_of_case().sum() == 2
    assert len(block) == 3


def test_persons_get_pseudonyms_that_join_their_spellings() -> None:
    log = [Event("1", "opened", 1, person="Erin"), Event("1", "closed", 2, person="Erin "), Event("1", "closed", 3)]
    ours = Pseudonyms(b"k" * 32)
    block = code_rows(iter([rows(log)]), pseudonyms=ours)
    assert block.names.person == (ours.of("Erin"),)
    assert block.person.tolist() == [0, 0, MISSING]


def test_texts_that_no_row_has_get_no_code() -> None:
    whole = rows([Event("1", "opened", 1, unit="a"), Event("1", "closed", 2, unit="b")], dictionaries=True)
    part = rows([Event("1", "opened", 1)])
    column = whole.unit
    assert column is not None
    cut = type(part)(case=part.case, activity=part.activity, time=part.time, row=part.row, unit=column[:1])
    assert code_rows(iter([cut])).names.unit == ("a",)


def test_a_file_without_rows_is_an_empty_block() -> None:
    assert len(code_rows(iter([]))) == 0
