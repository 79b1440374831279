"""The page of a rule: what it offers, what it finds, keeping it, the one before, files."""

import re
from datetime import date
from io import BytesIO

import pytest
from tests.cast import AT

from commonground.adoption.models import Behaviour, Observing
from commonground.adoption.rule_words import as_toml, from_toml, sentences
from commonground.adoption.tests.followed_log import RULE, Followed, bring
from commonground.adoption.trying import about, names_of, tried
from commonground.analysis.pace.rule import Rule
from commonground.disclosure.models import Threshold
from commonground.disclosure.thresholds import PACE
from commonground.events.tests.made import Event

ASKED = {
    "occasion.activity": ["Visit"],
    "new.channel": ["CRM"],
    "old.channel": ["Spreadsheet"],
}


@pytest.fixture
def told(followed: Followed) -> Followed:
    """Twenty weeks: ten in the spreadsheet, ten in the CRM."""
    followed.bring(range(20))
    return followed


def text(page: object) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())


def at(row: Behaviour) -> str:
    return f"/northlight/pace/{row.pk}/rule/"


def test_it_says_the_rule_in_sentences_and_offers_what_the_log_says(told: Followed) -> None:
    page = told.cast.alice.client().get(at(told.behaviour))
    assert page.status_code == 200
    said = text(page)
    assert "An occasion is an event whose activity is “Visit” or “Call”." in said
    assert "It went the new way if its own channel is “CRM”." in said
    assert 'name="occasion.activity" value="Visit" checked' in page.content.decode()
    assert "The log has no “Call”." in said


def test_the_preview_tells_shares_and_what_matches_nothing(told: Followed) -> None:
    alice = told.cast.alice.client()
    page = alice.post(
        at(told.behaviour), {**ASKED, "new.channel": ["CRN"], "do": "preview"}, headers={"HX-Request": "true"}
    )
    said = text(page)
    assert "The log has no “CRN”. It has: CRM." in said
    assert "Events that show the new way" in said
    assert "none" in said
    page = alice.post(at(told.behaviour), {**ASKED, "do": "preview"})
    assert "50 % went the new way" in text(page).replace("\u00a0", " ")
    assert told.behaviour.rule == RULE | {"new": {"channel": "CRM"}}, "trying writes nothing"


def test_shares_are_those_of_the_made_log(told: Followed) -> None:
    """19 people of the large units, two contacts a week for twenty weeks, half of them in the CRM: 760 occasions; Meters are left out."""
    found = tried(Rule.read(RULE), told.log)
    assert (found.read, found.occasions, found.people, found.hidden) == (920, 760, 20, 1)
    assert (found.new, found.old, found.neither, found.both) == (0.5, 0.5, 0.0, 0.0)
    assert len(found.weeks) == 8
    assert found.weeks[0].week == "2026-05-18"
    assert (found.weeks[0].n, found.weeks[0].new) == (40, 1.0)


def test_fewer_people_than_the_threshold_give_no_figure(told: Followed) -> None:
    """Meters are four people: a rule for them alone shows nothing, in the page or by the function."""
    found = tried(Rule.read({**RULE, "population": {"unit": "Meters"}}), told.log)
    assert (found.people, found.occasions, found.new, found.weeks) == (None, None, None, ())
    said = text(
        told.cast.alice.client().post(at(told.behaviour), {**ASKED, "population.unit": ["Meters"], "do": "preview"})
    )
    assert "Fewer than 8 people had an occasion by this rule" in said
    assert "went the new way," not in said


def test_adding_a_small_unit_or_activity_changes_nothing(told: Followed) -> None:
    """What two rules have apart can be subtracted, so few people are in neither of them."""
    two = tried(Rule.read({**RULE, "population": {"unit": ["Customers", "Meters"]}}), told.log)
    one = tried(Rule.read({**RULE, "population": {"unit": ["Customers"]}}), told.log)
    assert two._replace(hidden=0, outside=0) == one._replace(hidden=0, outside=0)
    rows = [
        Event(f"m{n}", "Odd visit", 1_770_000_000 + n, person=f"meters-{n % 3}", unit=None, channel="CRM", id=f"m{n}")
        for n in range(40)
    ]
    bring(told.log, rows, source="odd", name="odd.csv", by=told.cast.alice.actor)
    with_odd = tried(Rule.read({**RULE, "occasion": {"activity": ["Visit", "Odd visit"]}}), told.log)
    assert with_odd.few == ("Odd visit",)
    assert with_odd._replace(few=(), clauses=()) == tried(Rule.read(RULE), told.log)._replace(clauses=())
    assert with_odd.clauses[0].events == tried(Rule.read(RULE), told.log).clauses[0].events
    alone = tried(Rule.read({**RULE, "occasion": {"activity": "Odd visit"}}), told.log)
    assert (alone.people, alone.clauses[0].events) == (None, None)


def test_a_raised_threshold_holds_here_too(told: Followed) -> None:
    Threshold.objects.raise_to(PACE, 30, why="Agreed", by=told.cast.alice.actor, at=AT)
    assert tried(Rule.read(RULE), told.log).people is None
    assert all(one.events is None for one in names_of(told.log)["channel"])


def test_an_occasion_that_shows_both_ways_is_pointed_out(told: Followed) -> None:
    rule = {"occasion": {"activity": "Visit"}, "new": {"channel": "CRM"}, "old": {"activity": "Visit"}}
    assert tried(Rule.read(rule), told.log).both == 0.5
    assert "50 % of the occasions show both ways" in text(
        told.cast.alice.client().post(
            at(told.behaviour),
            {"occasion.activity": "Visit", "new.channel": "CRM", "old.activity": "Visit", "do": "preview"},
        )
    ).replace("\u00a0", " ")


def test_keeping_it_is_journaled_asks_for_measuring_and_can_be_taken_back(told: Followed) -> None:
    alice, row = told.cast.alice.client(), told.behaviour
    answer = alice.post(at(row), {**ASKED, "new.within_hours": "24", "do": "save"})
    assert answer.status_code == 302
    row.refresh_from_db()
    assert row.rule["new"] == {"channel": "CRM", "within_hours": 24.0}
    assert row.rule["occasion"] == {"activity": "Visit"}
    assert Observing.objects.filter(behaviour=row).exists()
    page = alice.get(at(row))
    assert "The rule before" in text(page)
    entry = re.search(r'name="entry" value="(\d+)"', page.content.decode())
    assert entry is not None
    alice.post(at(row), {"do": "before", "entry": entry[1]})
    row.refresh_from_db()
    assert row.rule["occasion"] == {"activity": ["Visit", "Call"]}


def test_a_rule_that_says_nothing_is_refused_with_a_sentence(told: Followed) -> None:
    page = told.cast.alice.client().post(at(told.behaviour), {"new.channel": "CRM", "do": "save"})
    assert page.status_code == 422
    assert "does not say which events are occasions" in text(page)
    page = told.cast.alice.client().post(at(told.behaviour), {**ASKED, "new.within_hours": "soon", "do": "save"})
    assert page.status_code == 422
    assert "Give a number of hours above zero" in text(page)


def test_a_file_is_read_into_the_boxes_and_downloaded_again(told: Followed) -> None:
    alice, row = told.cast.alice.client(), told.behaviour
    written = as_toml({"name": "x", "occasion": {"activity": "Visit"}, "old": {"channel": "Spreadsheet"}})
    page = alice.post(at(row), {"do": "read", "file": _file(written)})
    assert "Nothing tells the new way." in text(page)
    row.refresh_from_db()
    assert "new" in row.rule, "reading a file keeps nothing"
    broken = alice.post(at(row), {"do": "read", "text": "[occasion\n"})
    assert broken.status_code == 422
    assert "not read as TOML" in text(broken)
    download = alice.get(f"{at(row)}?format=toml")
    assert from_toml(download.content.decode()) == Rule.read({**RULE, "name": row.name})


def _file(text_: str) -> BytesIO:
    file = BytesIO(text_.encode())
    file.name = "rule.toml"
    return file


def test_without_a_log_it_says_where_one_comes_from(followed: Followed) -> None:
    page = followed.cast.alice.client().get(at(followed.behaviour))
    assert page.status_code == 200
    assert "No event log to try it on yet" in text(page)


def test_names_of_too_few_people_have_no_count(told: Followed) -> None:
    assert [(one.name, one.events) for one in names_of(told.log)["channel"]] == [("CRM", 460), ("Spreadsheet", 460)]
    told.bring([30], days=(0,), source="second", name="b.csv")
    assert all(one.events is None or one.events % 10 == 0 for names in names_of(told.log).values() for one in names)


def test_counts_are_rounded_so_that_two_rules_cannot_be_subtracted() -> None:
    assert [about(n) for n in (3, 8, 14, 96, 104, 1234, 98_765)] == [0, 10, 10, 100, 100, 1200, 99_000]


def test_shares_are_no_finer_than_their_counts(told: Followed) -> None:
    """An exact share beside a rounded count would give the exact count away, in a picture too."""
    rows = [
        Event(f"w{n}", "Visit", 1_770_000_000 + n, person=f"water-{n}", unit=None, channel="CRM", id=f"w{n}")
        for n in range(7)
    ]
    bring(told.log, rows, source="odd", name="odd.csv", by=told.cast.alice.actor)
    found = tried(Rule.read(RULE), told.log)
    assert (found.new, found.old) == (0.5, 0.5), "387 and 380 of 767"
    shares = [share for week in found.weeks for share in (week.new, week.old) if share is not None]
    assert shares
    assert all(share == round(share, 2) for share in shares)


def test_one_person_written_in_two_ways_is_one(told: Followed) -> None:
    """Else the four people of Meters would be eight."""
    rows = [
        Event(f"m{n}", "Visit", 1_770_000_000 + n, person=f"METERS-{n % 4}", unit=None, channel="CRM", id=f"m{n}")
        for n in range(40)
    ]
    bring(told.log, rows, source="odd", name="odd.csv", by=told.cast.alice.actor)
    found = tried(Rule.read(RULE), told.log)
    assert (found.occasions, found.people, found.hidden) == (760, 20, 1)


def test_what_few_people_outside_do_is_not_told(told: Followed) -> None:
    few = tried(Rule.read({**RULE, "population": {"unit": ["Customers", "Water"]}}), told.log)
    assert (few.people, few.outside) == (20, None)
    several = tried(Rule.read({**RULE, "population": {"unit": ["Customers"]}}), told.log)
    assert several.outside == round(13 / 23, 2)


def test_toml_and_sentences_say_the_same_rule() -> None:
    rule = Rule.read(
        {"name": 'the "name"', **RULE, "new": {"channel": "CRM", "within_hours": 1}, "population": {"unit": ["A", "B"]}}
    )
    assert from_toml(as_toml(rule.written())) == rule
    assert sentences(rule)[1].startswith("It went the new way if, within 1 hour, an event of the same case")
    assert sentences(rule)[-1] == "Only where the unit is “A” or “B”."


def test_others_may_not_write_it(told: Followed) -> None:
    for name in ("bob", "dan", "frank", "charlie"):
        assert told.cast.client_of(name).get(at(told.behaviour)).status_code == 404
    assert told.cast.carol.client().get(at(told.behaviour)).status_code == 200


def test_weeks_begin_on_mondays(told: Followed) -> None:
    assert {date.fromisoformat(week.week).weekday() for week in tried(Rule.read(RULE), told.log).weeks} == {0}
