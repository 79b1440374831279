"""Facts of the coalition out of the database: who is only asked stands in none, and what is kept here counts as given when it is empty."""

from datetime import date

from tests.cast import AT, Cast

from commonground.coalition.models import Champion, HoursUsed, Meeting, Reaching, Sponsor
from commonground.guidance import coalition_rows as rows
from commonground.guidance.facts_source import KEPT, facts_of
from commonground.guidance.guidelines import run
from commonground.guidance.models import Parameter
from commonground.guidance.parts import part_of
from commonground.guidance.reading import Reading
from commonground.guidance.refresh import _parameters
from commonground.programs.models import Milestone

DAY = date(2026, 9, 14)


def champion(cast: Cast, **fields: object) -> Champion:
    values = {"program": cast.program, "person": cast.heidi.person, "start": date(2026, 1, 5), **fields}
    return Champion.objects.create(**values)


def test_only_those_who_said_yes_are_champions(cast: Cast) -> None:
    reading = Reading(cast.program.pk, (), DAY)
    row = champion(cast)
    assert rows.champions(reading) == []
    Champion.objects.update(consent=True, cell={"unit": "BIL", "shift": "night"}, hours_per_week=3)
    for week, hours in ((date(2026, 9, 7), 4), (date(2026, 8, 31), 2), (date(2026, 5, 4), 40)):
        HoursUsed.objects.create(champion=row, week=week, hours=hours, contacts=hours * 2)
    [one] = rows.champions(reading)
    assert (one.unit, one.level, one.shift, one.hours_per_week) == ("BIL", None, "night", 3)
    assert (one.hours_used, one.contacts) == (3, 6)  # what lies further back says nothing of today


def test_meetings_count_who_was_there(cast: Cast) -> None:
    row = Meeting.objects.create(program=cast.program, on=DAY)
    row.people.set([cast.heidi.person, cast.carol.person])
    assert [tuple(one) for one in rows.champion_meetings(Reading(cast.program.pk, (), DAY))] == [(DAY, 2)]


def test_what_is_kept_here_together_is_given_though_it_is_empty(cast: Cast) -> None:
    KEPT.clear()
    Milestone.objects.all().delete()
    assert not facts_of(cast.program, "told", DAY).has("sponsors")
    Milestone.objects.create(program=cast.program, kind="first_raised", actual=date(2026, 1, 12))
    given = facts_of(cast.program, "told", DAY)
    assert given.has("sponsors")
    assert not given.has("acts")
    assert [str(one.subject) for one in run(given, select=["LEAD-04"]).findings] == ["program:sponsor"]
    Sponsor.objects.create(program=cast.program, person=cast.bob.person, start=DAY)
    given = facts_of(cast.program, "told", DAY)
    assert given.has("acts")
    assert run(given, select=["LEAD-04"]).findings == ()


def test_groups_are_told_as_the_program_chose_unless_a_parameter_says_otherwise(cast: Cast) -> None:
    assert _parameters(cast.program)["PEER-01"]["level"] == 1
    row = Reaching(program=cast.program)
    row.choose(["unit", "shift"], minutes=5, hours=2, by=cast.alice.actor, at=AT)
    assert _parameters(cast.program)["PEER-01"] == {"unit": 1, "level": 0, "location": 0, "shift": 1, "language": 0}
    Parameter.objects.put(cast.program, "PEER-01", "shift", 0, by=cast.alice.actor, at=AT)
    assert _parameters(cast.program)["PEER-01"]["shift"] == 0


def test_what_is_asked_belongs_to_the_voices_and_who_carries_to_the_champions() -> None:
    assert {code: part_of(code) for code in ("PEER-01", "PEER-02", "PEER-03", "PEER-04", "PEER-06")} == {
        "PEER-01": "champions",
        "PEER-02": "champions",
        "PEER-03": "champions",
        "PEER-04": "voices",
        "PEER-06": "voices",
    }
