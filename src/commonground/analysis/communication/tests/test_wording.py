"""Words that say past work was wrong, and jargon: each pattern finds what it should and leaves plain words alone."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonground.analysis.communication.wording import language_of, long_sentences, remarks
from commonground.analysis.communication.wording_words import BLAME, JARGON

FOUND = [
    ("You were wrong to keep lists of your own.", "en", "blame", "You were wrong"),
    ("We have been doing it wrong for years.", "en", "blame", "been doing it wrong"),
    ("Teams failed to write it down.", "en", "blame", "Teams failed"),
    ("Such bad habits end now.", "en", "blame", "bad habits"),
    ("We expect resistance in Billing.", "en", "blame", "resistance"),
    ("No more turf wars.", "en", "blame", "turf wars"),
    ("We leverage the tool.", "en", "jargon", "leverage"),
    ("After go-live the line opens at seven.", "en", "jargon", "go-live"),
    ("You will hear more soon.", "en", "jargon", "soon"),
    ("Wir haben das jahrelang falsch gemacht.", "de", "blame", "Wir haben das jahrelang falsch gemacht"),
    ("Die veralteten Listen fallen weg.", "de", "blame", "veralteten"),
    ("Sie hätten das früher melden müssen.", "de", "blame", "hätten das früher melden müssen"),
    ("Nach dem Go-live melden wir uns zeitnah.", "de", "jargon", "Go-live"),
    ("Alle Stakeholder werden informiert.", "Deutsch", "jargon", "Stakeholder"),
]
LEFT = [
    ("If a bill is wrong, call us: we put it right within two days.", "en"),
    ("From 9 November you book the visit while the customer is on the phone.", "en"),
    ("We do not know yet which crews come first. The next word comes on 3 October.", "en"),
    ("The surface of the turf field is watered at night.", "de"),
    ("Ist eine Rechnung falsch, rufen Sie an: Wir berichtigen sie in zwei Tagen.", "de"),
    ("Ab 9. November buchen Sie den Termin, solange der Kunde am Telefon ist.", "de"),
]


@pytest.mark.parametrize(("text", "language", "kind", "words"), FOUND)
def test_what_hurts_or_is_not_understood_is_found(text: str, language: str, kind: str, words: str) -> None:
    first = remarks(text, language)[0]
    assert (first.kind, first.found) == (kind, words)
    assert first.instead
    assert first.why


@pytest.mark.parametrize(("text", "language"), LEFT)
def test_plain_words_are_left_alone(text: str, language: str) -> None:
    assert remarks(text, language) == []


def test_a_language_without_a_table_is_read_with_all_of_them() -> None:
    assert language_of("Polish") == ""
    assert [one.found for one in remarks("Veraltete Listen, leveraged.", "Polish")] == ["Veraltete", "leveraged"]
    assert [one.found for one in remarks("Veraltete Listen, leveraged.", "German")] == ["Veraltete"]


def test_names_and_codes_of_a_language_are_known() -> None:
    assert [language_of(name) for name in ("de", "de-AT", "German", "Deutsch", "EN", "english (UK)")] == [
        *["de"] * 4,
        *["en"] * 2,
    ]


def test_of_two_that_overlap_the_longer_stands() -> None:
    assert [one.found for one in remarks("Wir haben es falsch gemacht.", "de")] == ["Wir haben es falsch gemacht"]


@given(st.text(max_size=200))
def test_remarks_stand_in_order_apart_and_where_they_say(text: str) -> None:
    found = remarks(text)
    assert all(text[one.start : one.end] == one.found for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


def test_every_pattern_compiles_and_suggests_something() -> None:
    for entry in (*BLAME, *JARGON):
        re.compile(entry.pattern)
        assert entry.instead


def test_a_suggestion_is_not_itself_found() -> None:
    for entry in (*BLAME, *JARGON):
        assert [remarks(one, entry.language) for one in entry.instead] == [[] for _ in entry.instead]


def test_long_sentences_are_named_by_their_beginning() -> None:
    long = " ".join(["word"] * 26)
    assert long_sentences(f"Short one. {long}. Another.") == ["word word word word word word …"]
