"""Every kind of subject belongs to the unit that the facts say, or to none."""

import pytest

from commonground.analysis.facts import Activity, Message, Person, Process, Unit, Voice
from commonground.analysis.register import Register
from commonground.guidance.guidelines import Subject
from commonground.guidance.guidelines.places import Places
from commonground.guidance.tests.made import DAY, crowd, facts

GIVEN = facts(
    units=[
        Unit("all", "All"),
        Unit("east", "East", "all"),
        Unit("ring/a", "Ring", "ring/b"),
        Unit("ring/b", "B", "ring/a"),
    ],
    people=[
        Person("ann", "Ann", "east", role="head"),
        *crowd(12, "east", role="clerk"),
        *crowd(12, "all", "z", role="clerk"),
    ],
    processes=[Process("p", "P", "east"), Process("q", "Q")],
    activities=[Activity("a", "talk", "east")],
    messages=[Message("m", "M", unit="east")],
    voices=[Voice("v", "doubt", DAY, "east")],
)


@pytest.mark.parametrize(
    ("kind", "key", "unit"),
    [
        ("unit", "east", "east"),
        ("unit", "no longer there", "no longer there"),
        ("cell", "east/staff", "east"),
        ("cell", "ring/a/staff", "ring/a"),
        ("process", "p", "east"),
        ("process", "q", None),
        ("handoff", "w/q/p", "east"),
        ("role", "head", "east"),
        ("role", "clerk", None),
        ("seat", "s/ann", "east"),
        ("owner", "ann", "east"),
        ("sponsor", "who left", None),
        ("activity", "a", "east"),
        ("message", "m", "east"),
        ("sending", "m/email", "east"),
        ("talk", "m/east", "east"),
        ("milestone", "cut_over/east", "east"),
        ("milestone", "cut_over", None),
        ("behaviour_unit", "b/east", "east"),
        ("voice", "v", "east"),
        ("voice", "w", None),
        ("program", "team", None),
    ],
)
def test_a_subject_belongs_to_a_unit(kind, key, unit):
    assert Places(Register(GIVEN)).unit_of(Subject(kind, key)) == unit


def test_the_way_up_ends_even_in_a_ring():
    places = Places(Register(GIVEN))
    assert list(places.upwards(Subject("process", "p"))) == ["east", "all"]
    assert list(places.upwards(Subject("unit", "ring/a"))) == ["ring/a", "ring/b"]
    assert list(places.upwards(Subject("program", "team"))) == []
