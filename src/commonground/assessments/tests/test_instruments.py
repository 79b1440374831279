"""Instruments: ours can be asked in two languages, published ones have no words, and a file that is wrong says what and where."""

import re
import tomllib
from dataclasses import astuple
from importlib.resources import files

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import Cast

from commonground.assessments.asking import sheet_of
from commonground.assessments.instrument_files import InstrumentError, instrument_from, read_instrument
from commonground.assessments.library import askable, instrument_of, ready
from commonground.assessments.models import OwnInstrument

UNKIND = re.compile(r"\b(turf|resist\w*|lazy|stubborn|laggard\w*|mood|loyal\w*)\b", re.I)
OURS = [key for key, one in ready().items() if one.origin == "ours"]
PUBLISHED = [key for key, one in ready().items() if one.origin == "published"]


@pytest.mark.parametrize("key", OURS)
def test_each_of_ours_speaks_two_languages_and_every_item_belongs_somewhere(key: str) -> None:
    one = ready()[key]
    assert one.languages == ("en", "de")
    assert not UNKIND.search(" ".join(map(str, astuple(one))))
    named = {name for scale in one.scales for name in scale.items}
    for column in one.columns():
        assert column.kind in {"points", "steps"} or column.name in named
    assert instrument_from(dict(_as_file(one)), key=key, file=key).written() == one.written()


def _as_file(one: object) -> dict[str, object]:
    return tomllib.loads((files("commonground.assessments") / "ready" / f"{one.key}.toml").read_text("utf-8"))


@pytest.mark.parametrize("key", PUBLISHED)
def test_a_published_one_has_citation_licence_and_structure_but_no_word_of_its_items(key: str, cast: Cast) -> None:
    one = ready()[key]
    assert one.items == ()
    assert one.citation
    assert one.licence
    assert one.scoring
    assert one.counts
    assert instrument_of(cast.program, key) is None


def test_the_structure_of_published_ones() -> None:
    # METHODS 1.1: ORIC 7 + 5, AIM/IAM/FIM 3 x 4, SRBAI 4 of 1-7, Holt 25 of 1-7
    assert dict(ready()["oric"].counts or {}) == {"efficacy": 7, "commitment": 5}
    assert sum((ready()["aim-iam-fim"].counts or {}).values()) == 12
    assert ready()["srbai"].options == 7
    assert sum((ready()["holt-readiness"].counts or {}).values()) == 25


def test_culture_asks_now_and_wanted_for_four_dimensions_and_the_focus() -> None:
    columns = ready()["culture"].columns()
    points = [one for one in columns if one.kind == "points"]
    assert {one.alternative for one in points} == {"together", "new", "results", "order"}
    assert {one.when for one in points} == {"now", "wanted"}
    assert len(points) == 32
    assert {one.name for one in columns if one.kind == "between"} == {
        f"{item}.{when}" for item in ("focus", "knowledge", "praise") for when in ("now", "wanted")
    }


GOOD = """
name = "mine"
options = 4
[[scale]]
name = "a"
items = ["a1", "a2"]
reversed = ["a2"]
[[item]]
name = "a1"
words = "First."
[[item]]
name = "a2"
words = { en = "Second.", fr = "Deuxième." }
"""


def test_a_plain_file_is_read_and_has_the_languages_in_which_all_words_are_there() -> None:
    one = read_instrument(GOOD, key="own-x", file="mine.toml")
    assert one.languages == ("en",)
    assert [column.name for column in one.columns()] == ["a1", "a2"]
    assert one.columns()[0].high == 4


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        ("options = 4", "options = 1", "“options” is 1. Give a whole number from 2 to 11."),
        ("options = 4", "option = 4", "“option” is not known."),
        ('items = ["a1", "a2"]', 'items = ["a1", "a3", "a2"]', "names the item “a3”, which has no words. Add an"),
        ('reversed = ["a2"]', 'reversed = ["b"]', "reverses “b”, which is not among its items."),
        ('name = "a1"\n', 'name = "a 1"\n', "is called “a 1”."),
        ('words = "First."', 'words = ""', "the item “a1” has no words."),
        ('words = "First."', 'words = "First."\nkind = "stars"', "has the kind “stars”. Use one of"),
        ('words = "First."', 'words = "First."\nkind = "points"', "has 0 alternatives."),
        ('name = "a2"', 'name = "a1"', "“a1” stands there twice."),
        ('name = "mine"', 'name = "mine', "it is no TOML"),
        ('name = "mine"', 'name = "mine"\nladder = ["z"]', "“ladder” names “z”, which is no scale."),
    ],
)
def test_what_is_wrong_is_said_with_file_place_and_remedy(before: str, after: str, why: str) -> None:
    with pytest.raises(InstrumentError) as told:
        read_instrument(GOOD.replace(before, after, 1), key="own-x", file="mine.toml")
    assert str(told.value).startswith("mine.toml: ")
    assert why in str(told.value)


WRITTEN = {key: ready()[key].written() for key in OURS}
SENT = st.sampled_from(["", "0", "1", "3", "5", "6", "20", "25", "40", "50", "100", "101", "-1", "x", "²", " 4", "1e1"])


@given(st.sampled_from(OURS), st.lists(SENT, min_size=38, max_size=38))
def test_whatever_is_sent_only_values_that_may_be_are_kept(key: str, sent: list[str]) -> None:
    columns = {one["name"]: one for item in WRITTEN[key]["items"] for one in item["columns"]}
    sheet = sheet_of(WRITTEN[key], "en", dict(zip(columns, sent, strict=False)))
    assert all(columns[name]["low"] <= number <= columns[name]["high"] for name, number in sheet.values.items())
    for item in WRITTEN[key]["items"]:
        for when in item["asked"] or [""]:
            names = [one["name"] for one in item["columns"] if one["when"] == when and one["kind"] == "points"]
            kept = [sheet.values[name] for name in names if name in sheet.values]
            assert not kept or sum(kept) == 100


def test_words_are_typed_in_and_can_then_be_asked(cast: Cast) -> None:
    alice = cast.alice.client()
    page = alice.get("/northlight/assessments/instruments/srbai/words/").content.decode()
    assert "automatic, item 4 of 4" in page
    given_words = {
        "language": "en",
        "licensed": "on",
        "automatic_1": "First of ours.",
        "automatic_3": "Third.",
        "automatic_3_reversed": "on",
    }
    sent = alice.post("/northlight/assessments/instruments/srbai/words/", given_words)
    row = OwnInstrument.objects.get()
    assert sent.headers["Location"] == f"/northlight/assessments/instruments/{row.key}/"
    one = askable(cast.program)[row.key]
    assert [item.name for item in one.items] == ["automatic_1", "automatic_3"]
    assert one.scales[0].reversed == ("automatic_3",)
    assert one.options == 7
    assert "First of ours." in alice.get(sent.headers["Location"]).content.decode()
    refused = alice.post("/northlight/assessments/instruments/srbai/words/", {"language": "en", "automatic_1": "x"})
    assert "Say that you may use the words" in refused.content.decode()
    alice.post(f"/northlight/assessments/instruments/{row.pk}/remove/")
    assert not OwnInstrument.objects.exists()


def test_a_file_is_brought_and_a_wrong_one_says_why(cast: Cast) -> None:
    alice = cast.alice.client()
    wrong = SimpleUploadedFile("mine.toml", GOOD.replace("options = 4", "options = 99").encode())
    page = alice.post("/northlight/assessments/instruments/bring/", {"file": wrong})
    assert page.status_code == 422
    assert "“options” is 99" in page.content.decode()
    alice.post("/northlight/assessments/instruments/bring/", {"file": SimpleUploadedFile("mine.toml", GOOD.encode())})
    row = OwnInstrument.objects.get()
    assert instrument_of(cast.program, row.key) is not None
    assert cast.bob.client().get("/northlight/assessments/instruments/").status_code == 404
