"""An audience that the database counts is the one that the pure function counts over the facts."""

from tests.cast import AT, Cast

from commonground.analysis.plan.audience import Groups, groups_of
from commonground.analysis.register import Register
from commonground.communication.audiences import people_in
from commonground.guidance.facts_source import facts_of
from commonground.realignment.fates import Way
from commonground.realignment.models import HolderPath

DAY = AT.date()


def test_the_database_answers_as_the_pure_function_does(cast: Cast) -> None:
    """The same audiences over the facts of the register, by `analysis.plan.audience.Groups.reached`."""
    facts = facts_of(cast.program, "told", DAY)
    register = Register(facts)
    within = {"BIL": ("BIL", "CUS", "NL"), "CON": ("CON", "CUS", "NL"), "WAT": ("WAT", "NL"), "NL": ("NL",)}
    for wanted in (
        {},
        {"level": "Staff"},
        {"role": "director"},
        {"unit": "CUS", "level": "Manager"},
        {"touched": "yes"},
    ):
        pure = Groups.of(groups_of(register), within).reached(None, wanted)
        assert people_in(cast.program, None, wanted, DAY).count() == pure.sum()


def test_whoever_gets_another_manager_or_unit_is_touched_in_both(cast: Cast) -> None:
    """Paths of those who stay in their role: Erin goes to Water, Charlie to Dan, Heidi to where she is already."""
    ways = (
        (cast.erin, Way("same", to_unit=cast.units["water"])),
        (cast.charlie, Way("same", to_manager=cast.dan.person)),
        (cast.heidi, Way("same", to_unit=cast.units["contact"], to_manager=cast.carol.person)),
        (cast.bob, Way("same", to_manager=cast.alice.person)),  # who has no manager today
    )
    for one, way in ways:
        path = HolderPath.objects.draft(
            one.person, role=cast.roles["director"], program=cast.program, way=way, by=cast.alice.actor, at=AT
        )
        HolderPath.objects.filter(pk=path.pk).update(stage="told", told_on=DAY, shown_on=DAY)
    rows = people_in(cast.program, None, {"touched": "yes"}, DAY)
    register = Register(facts_of(cast.program, "told", DAY))
    found = {row.person.key for row in rows.select_related("person")}
    assert found == set(register.touched)
    assert {one.person.key for one in (cast.erin, cast.charlie, cast.bob)} <= found
