"""The world is the same for the same seed and day, hangs together, and reads as a humane program."""

import re
from datetime import date, timedelta

import pytest

from commonground.analysis.facts import Activity, Engagement, Person, Process, Seat, in_force
from commonground.analysis.register import Register
from commonground.analysis.tables import TABLES
from commonground.demo.sheets import sheet
from commonground.demo.workforce import POSTS
from commonground.demo.world import TooSmallError, World, build

DAY = date(2026, 9, 14)
# Headcounts of the sketches: business unit → people.
HEADS = {"el": 310, "wa": 224, "me": 186, "bi": 142, "cc": 208, "ka": 38, "cs": 92}
UNKIND = re.compile(
    r"\b(turf|fief\w*|resist\w*|fence.?sitter|laggard\w*|stubborn|outdated|wrong way|inefficien\w*)\b", re.I
)


@pytest.fixture(scope="module")
def world() -> World:
    return build(today=DAY)


def test_same_seed_same_world(world: World) -> None:
    assert build(today=DAY).organization == world.organization
    assert build(today=DAY).programs == world.programs


def test_another_seed_other_people_same_story(world: World) -> None:
    other = build(today=DAY, seed=2)
    assert other.organization["people"] != world.organization["people"]
    assert other.sheets("one-northlight")["processes"] == world.sheets("one-northlight")["processes"]


def test_it_never_grows_old(world: World) -> None:
    """A week later everything has moved by a week; the weekday of each day stays."""
    later = build(today=DAY + timedelta(days=7)).sheets("one-northlight")["seats"]
    for was, now in zip(world.sheets("one-northlight")["seats"], later, strict=True):
        assert isinstance(was, Seat)
        assert isinstance(now, Seat)
        assert was.start is not None
        assert now.start == was.start + timedelta(days=7)


def test_headcounts_are_those_of_the_sketches(world: World) -> None:
    organization = Register(world.facts("one-northlight")).organization
    assert len(organization.people) == 1200
    counted = {unit: sum(1 for other in organization.business_unit_of.values() if other == unit) for unit in HEADS}
    assert counted == HEADS
    assert organization.levels == ("Executives", "Managers", "Team leads", "Specialists", "Front line")


def test_one_line_leads_from_everybody_to_the_managing_director(world: World) -> None:
    people = Register(world.facts("one-northlight")).organization.people
    roots = [person for person in people.values() if person.manager is None]
    assert [POSTS[person.role or ""].id for person in roots] == ["managing-director"]
    for below in people.values():
        person, seen = below, set()
        while person.manager is not None:
            assert person.id not in seen
            seen.add(person.id)
            person = people[person.manager]


@pytest.mark.parametrize("people", [400, 1200, 5000])
@pytest.mark.parametrize("slug", ["one-northlight", "fleet-desk"])
def test_every_reference_leads_somewhere(people: int, slug: str) -> None:
    sheets = build(today=DAY, people=people).sheets(slug)
    known = {table: {getattr(row, "id", None) for row in rows} for table, rows in sheets.items()}
    for table, rows in sheets.items():
        for column in TABLES[table].columns:
            if not column.refers:
                continue
            for row in rows:
                value = getattr(row, column.name)
                values = value if isinstance(value, tuple) else (value,)
                assert {one for one in values if one is not None} <= known[column.refers], (table, row)


@pytest.mark.parametrize("people", [400, 1200, 5000])
def test_as_many_people_as_asked_for(people: int) -> None:
    rows = build(today=DAY, people=people).organization["people"]
    assert sum(1 for row in rows if isinstance(row, Person) and in_force(row.start, row.end, DAY)) == people


def test_keys_tell_rows_apart(world: World) -> None:
    for slug in ("one-northlight", "fleet-desk"):
        for table, rows in world.sheets(slug).items():
            keys = [tuple(getattr(row, name) for name in TABLES[table].key) for row in rows]
            assert len(keys) == len(set(keys)), table


def test_there_is_history(world: World) -> None:
    people = [row for row in world.organization["people"] if isinstance(row, Person)]
    here = {row.id for row in people if in_force(row.start, row.end, DAY)}
    assert len({row.id for row in people} - here) >= 20
    assert len(people) - len({row.id for row in people}) >= 50
    assert any(unit.end is not None and unit.id == "bi-queries" for unit in world.organization["units"])


def test_many_have_no_mail(world: World) -> None:
    people = Register(world.facts("one-northlight")).organization.people.values()
    assert sum(1 for person in people if person.email is None) > 300


def test_non_managers_answer_for_processes(world: World) -> None:
    register = Register(world.facts("one-northlight"))
    owners = {person for row in register.work.processes.values() for person in row.answers_for}
    levels = [register.organization.level(person) for person in owners]
    assert sum(1 for level in levels if level in ("Specialists", "Front line")) >= 8


def test_the_story_takes_place_on_working_days(world: World) -> None:
    for table in ("engagements", "activities", "seats", "takes_part", "stages", "milestones"):
        for row in world.sheets("one-northlight")[table]:
            assert all(day.weekday() < 5 for day in row if isinstance(day, date)), row


def test_its_words_are_kind(world: World) -> None:
    for slug in ("one-northlight", "fleet-desk"):
        for table, rows in world.sheets(slug).items():
            assert not UNKIND.search(sheet(table, rows)), table


def test_what_has_happened_has_happened(world: World) -> None:
    for row in world.sheets("one-northlight")["engagements"]:
        assert isinstance(row, Engagement)
        assert row.on <= DAY
    for deed in world.sheets("one-northlight")["activities"]:
        assert isinstance(deed, Activity)
        assert deed.start is not None
        assert (deed.state == "planned") == (deed.start > DAY), deed
    eliminated = [
        row
        for row in world.sheets("one-northlight")["processes"]
        if isinstance(row, Process) and row.fate == "eliminate"
    ]
    assert len(eliminated) >= 4


def test_too_few_people_are_refused_in_a_sentence() -> None:
    with pytest.raises(TooSmallError, match="at least 400 people"):
        build(today=DAY, people=12)
