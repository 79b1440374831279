"""Coverage of training: by hand, and as properties; groups never give away fewer people than the threshold."""

from datetime import date, timedelta
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from commonground.analysis.coalition.cells import Place
from commonground.analysis.facts import Attendance, Facts, Path, Person, Role, Training, Unit
from commonground.analysis.plan.training import Coverage, Trainings, groups_of
from commonground.analysis.register import Register

DAY = date(2026, 11, 21)
UNITS = [Unit("NL", "Northlight"), Unit("BIL", "Billing", "NL"), Unit("DSK", "Desk", "BIL"), Unit("WAT", "Water", "NL")]
PEOPLE = [
    Person("ann", "Ann", "BIL", role="clerk", level="staff"),
    Person("ben", "Ben", "DSK", role="clerk", level="staff"),
    Person("cem", "Cem", "WAT", role="fitter", level="staff"),
    Person("dee", "Dee", "WAT", role="head", level="manager"),
]
ROLES = [Role("clerk", "Clerk", "staff", fate="change", effective=date(2026, 12, 1)), Role("fitter", "Fitter", "staff")]


def trainings(modules: list[Training], *rows: Attendance, **tables: object) -> Trainings:
    given = {"people": PEOPLE, "units": UNITS, "roles": ROLES, "training": modules, "attendance": list(rows), **tables}
    return Trainings(Register(Facts(given, DAY)))


def test_a_module_is_meant_for_each_group_that_it_names():
    found = trainings(
        [
            Training("r", "R", roles=("clerk",)),
            Training("u", "U", units=("BIL",)),
            Training("l", "L", levels=("Manager",)),
            Training("b", "B", roles=("fitter",), levels=("manager",)),
            Training("e", "E", everyone=True),
            Training("n", "N"),
        ]
    )
    expected = {
        "r": {"ann", "ben"},
        "u": {"ann", "ben"},
        "l": {"dee"},
        "b": {"cem", "dee"},
        "e": {"ann", "ben", "cem", "dee"},
        "n": set(),
    }
    assert {module: set(people) for module, people in found.meant.items()} == expected


def test_who_goes_to_a_role_needs_what_it_needs():
    found = trainings([Training("r", "R", roles=("head",))], paths=[Path("cem", "fitter", "new_role", "head")])
    assert found.meant["r"] == {"cem", "dee"}


def test_only_what_was_had_by_the_day_counts_and_only_for_those_it_is_meant():
    tomorrow = DAY + timedelta(days=1)
    found = trainings(
        [Training("r", "R", roles=("clerk",))],
        Attendance("r", "ann", DAY, "attended"),
        Attendance("r", "cem", DAY, "attended"),
        Attendance("r", "ben", tomorrow, "booked"),
    )
    assert found.coverage("r") == Coverage(2, 1, 1)
    assert (found.coverage("r").left, found.left("r")) == (1, {"ben"})
    later = trainings([Training("r", "R", roles=("clerk",))], Attendance("r", "ann", tomorrow, "attended"))
    assert later.coverage("r") == Coverage(2, 0, 0)


def test_who_missed_it_is_left_and_a_place_that_has_passed_is_none():
    rows = [Attendance("r", "ann", DAY, "missed"), Attendance("r", "ben", DAY - timedelta(days=1), "booked")]
    assert trainings([Training("r", "R", roles=("clerk",))], *rows).coverage("r") == Coverage(2, 0, 0)


def test_all_of_it_together():
    modules = [Training("r", "R", roles=("clerk",)), Training("u", "U", units=("BIL",))]
    rows = [Attendance("r", "ann", DAY, "attended"), Attendance("u", "ann", None, "attended")]
    found = trainings(modules, *rows, Attendance("r", "ben", DAY, "attended"), Attendance("u", "ben", DAY, "booked"))
    assert found.whole == Coverage(2, 1, 1)
    assert [(one.unit, one.people, one.roles) for one in found.lacking] == [
        ("WAT", {"cem", "dee"}, ("fitter", "head")),
    ]


def test_a_changed_role_of_which_no_module_speaks_is_proposed():
    assert trainings([Training("e", "E", everyone=True)]).proposed == ["clerk"]
    assert trainings([Training("r", "R", roles=("clerk",))]).proposed == []


NAMES = [f"p{number}" for number in range(30)]
people = st.lists(
    st.builds(
        Place,
        st.sampled_from(["A", "B", None]),
        st.just(None),
        st.just(None),
        st.sampled_from(["early", "night", None]),
        st.sampled_from(["en", "tr"]),
    ),
    max_size=30,
)


@settings(max_examples=60, deadline=None)
@given(people, st.sets(st.sampled_from(NAMES)), st.integers(8, 12))
def test_groups_add_up_and_none_that_is_told_gives_a_smaller_one_away(places, had, threshold):
    everybody = dict(zip(NAMES, places, strict=False))
    groups = groups_of(everybody, frozenset(had), threshold)
    for attribute in {group.attribute for group in groups}:
        mine = [group for group in groups if group.attribute == attribute]
        assert sum(group.needed for group in mine) == len(everybody)
        assert sum(group.trained for group in mine) == len(had & everybody.keys())
    assert all(0 <= group.trained <= group.needed for group in groups)
    told = [group for group in groups if group.told]
    sets_ = [{name for name, place in everybody.items() if getattr(place, g.attribute) == g.value} for g in told]
    assert all(len(one) >= threshold for one in sets_)
    whole = set(everybody)
    for first, second in combinations([whole, *sets_], 2):
        if first < second or second < first:
            assert len(first ^ second) >= threshold or not first ^ second


attendances = st.lists(
    st.builds(
        Attendance,
        st.sampled_from(["r", "u", "e"]),
        st.sampled_from(["ann", "ben", "cem", "dee", "gone"]),
        st.sampled_from([None, DAY, DAY + timedelta(days=3), DAY - timedelta(days=3)]),
        st.sampled_from(["booked", "attended", "missed"]),
    ),
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(attendances)
def test_coverage_never_exceeds_the_population(rows):
    modules = [
        Training("r", "R", roles=("clerk",)),
        Training("u", "U", units=("WAT",)),
        Training("e", "E", everyone=True),
    ]
    found = trainings(modules, *rows)
    for module in ("r", "u", "e"):
        counts = found.coverage(module)
        assert 0 <= counts.trained <= counts.needed <= len(PEOPLE)
        assert 0 <= counts.booked <= counts.left == len(found.left(module))
    whole = found.whole
    assert 0 <= whole.trained <= whole.needed <= len(PEOPLE)
    assert 0 <= whole.booked <= whole.left
