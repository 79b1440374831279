"""The library of ready behaviours: every entry can be read, says what it must, and speaks kindly."""

import re
from dataclasses import astuple

import pytest
from tests.cast import Cast

from commonground.adoption.library import AREAS, _read, library
from commonground.adoption.models import Behaviour
from commonground.analysis.pace.rule import Rule

UNKIND = re.compile(r"\b(turf|resist\w*|lazy|refus\w*|wrong way|bad habit|fail\w* to|laggard\w*|stubborn)\b", re.I)


@pytest.mark.parametrize("key", list(library()))
def test_each_entry_has_a_rule_and_says_why_what_and_beware(key: str) -> None:
    one = library()[key]
    read = Rule.read({**one.rule, "name": one.name})
    assert Rule.read(read.written()) == read
    assert one.name
    assert one.new_words
    assert one.occasion_words
    assert one.tells
    assert one.needs
    assert one.caution
    assert one.source
    assert len(one.new_words) <= 120
    assert not UNKIND.search(" ".join(str(part) for part in astuple(one)))


def test_there_are_enough_of_each_area_and_keys_are_addresses() -> None:
    found = library()
    assert len(found) >= 14
    assert {one.area for one in found.values()} == set(AREAS)
    assert all(re.fullmatch(r"[a-z0-9-]{1,60}", key) for key in found)
    assert len({one.name for one in found.values()}) == len(found)


def test_vanity_is_marked_and_names_what_to_measure_instead() -> None:
    vain = [one for one in library().values() if one.vanity]
    assert {one.key for one in vain} >= {"log-ins", "training-scores"}
    for one in vain:
        assert one.instead
        assert all(not library()[key].vanity for key in one.instead)


def test_an_entry_that_is_wrong_is_named() -> None:
    with pytest.raises(ValueError, match=r"odd\.toml of the library"):
        _read("odd.toml", 'area = "sales"\nname = "x"\n')


def test_use_this_makes_a_behaviour_with_its_rule_and_opens_the_rule(cast: Cast) -> None:
    alice = cast.alice.client()
    page = alice.get("/northlight/pace/library/")
    assert "Log the customer contact" in page.content.decode()
    form = alice.get("/northlight/pace/add/?ready=log-the-contact").content.decode()
    assert 'value="Log the customer contact in the shared record"' in form
    asked = {
        "name": "Log it",
        "new_words": "in the record",
        "source": "log",
        "old_possible": "unknown",
        "old_rewarded": "unknown",
    }
    answer = alice.post("/northlight/pace/add/?ready=log-the-contact", asked)
    row = Behaviour.objects.get()
    assert answer.headers["Location"] == f"/northlight/pace/{row.pk}/rule/"
    assert row.ready == "log-the-contact"
    assert row.rule["occasion"] == {"activity": ["visit", "call", "meeting", "complaint"]}
    assert "In use" in alice.get("/northlight/pace/library/?area=sales").content.decode()


def test_who_may_not_change_sees_no_button(cast: Cast) -> None:
    assert "Use this" not in cast.bob.client().get("/northlight/pace/library/").content.decode()
    assert cast.bob.client().get("/northlight/pace/add/").status_code == 404
    assert cast.charlie.client().get("/northlight/pace/library/").status_code == 404
