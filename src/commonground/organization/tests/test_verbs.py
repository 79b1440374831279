"""Any sequence of verbs: the ledger answers each day as a brute-force replay does, and what was before a verb's day stays."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cast import Cast

from commonground.access.actor import OPERATOR
from commonground.journal.models import Entry, Version
from commonground.journal.recording import verify
from commonground.organization.models import (
    Assignment,
    LedgerError,
    Level,
    Person,
    Role,
    RolePeriod,
    Unit,
    UnitPeriod,
)

AT = datetime(2026, 9, 14, 9, tzinfo=UTC)
DAY0 = date(2026, 1, 1)
DAYS = 12
KEYS = "abcd"
BY = {"by": OPERATOR, "at": AT}
some = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def day(number: int) -> date:
    return DAY0 + timedelta(days=number)


def empty_tables() -> None:
    Assignment.objects.all().delete()
    UnitPeriod.objects.all().delete()
    Person.objects.all().delete()
    Unit.objects.all().delete()


def people_by_day() -> list[dict[str, str]]:
    """For each day: person → where; fails when somebody is in two places."""
    found = []
    for number in range(DAYS):
        rows = [(row.person.key, row.location) for row in Assignment.objects.on(day(number)).select_related("person")]
        assert len(rows) == len(dict(rows)), "two assignments on one day"
        found.append(dict(rows))
    return found


person_steps = st.lists(
    st.tuples(
        st.sampled_from(["hire", "move", "leave"]),
        st.sampled_from("xy"),
        st.integers(0, DAYS - 1),
        st.sampled_from("pqr"),
    ),
    max_size=10,
)


@some
@given(person_steps)
def test_people_are_where_a_replay_says(db: None, steps: list[tuple[str, str, int, str]]) -> None:
    empty_tables()
    table: dict[str, list[str | None]] = {key: [None] * DAYS for key in "xy"}
    for kind, key, on, where in steps:
        known = people_by_day()
        starts = {(row.start - DAY0).days for row in Assignment.objects.filter(person__key=key) if row.start}
        row = table[key]
        refused = any(row[on:]) if kind == "hire" else row[on] is None
        try:
            if kind == "hire":
                Person.objects.hire(key, name=key, on=day(on), location=where, **BY)
            elif (person := Person.objects.filter(key=key).first()) is None:
                raise LedgerError("nobody")
            elif kind == "move":
                person.move(on=day(on), location=where, **BY)
            else:
                person.leave(on=day(on), **BY)
        except LedgerError:
            assert refused
            continue
        assert not refused
        last = on + 1
        while kind == "move" and last < DAYS and row[last] is not None and last not in starts:
            last += 1
        last = DAYS if kind != "move" else last
        row[on:last] = [None if kind == "leave" else where] * (last - on)
        now = people_by_day()
        assert now[:on] == known[:on], "history before the day changed"
        assert now == [{key: row[d] for key, row in table.items() if row[d] is not None} for d in range(DAYS)]
    assert verify().sound


unit_steps = st.lists(
    st.tuples(
        st.sampled_from(["add", "rename", "move", "close", "merge"]),
        st.sampled_from(KEYS),
        st.integers(0, DAYS - 1),
        st.sampled_from([*KEYS, None]),
    ),
    max_size=12,
)
Tree = dict[str, tuple[str, str | None]]


def trees_by_day() -> list[Tree]:
    """For each day: unit → (name, parent). Fails when a unit has two periods, or a path is not that of its parents."""
    keys = dict(Unit.objects.values_list("pk", "key"))
    found = []
    for number in range(DAYS):
        rows = list(UnitPeriod.objects.on(day(number)))
        tree = {keys[row.unit_id]: (row.name, keys.get(row.parent_id)) for row in rows}
        assert len(rows) == len(tree), "two periods on one day"
        path = {row.unit_id: row.path for row in rows}
        for row in rows:
            above = path[row.parent_id] if row.parent_id else "/"
            assert row.path == f"{above}{row.unit_id}/"
        found.append(tree)
    return found


def sound(trees: list[Tree]) -> bool:
    """Whether on each day every parent exists and nobody stands below itself."""
    for tree in trees:
        for unit in tree:
            seen, above = {unit}, tree[unit][1]
            while above is not None:
                if above in seen or above not in tree:
                    return False
                seen.add(above)
                above = tree[above][1]
    return True


def merged(trees: list[Tree], key: str, on: int, other: str | None) -> list[Tree] | None:
    if other is None or other == key or other not in trees[on]:
        return None
    for number in range(on, DAYS):
        trees[number].pop(key, None)
        trees[number] = {u: (n, other if p == key else p) for u, (n, p) in trees[number].items()}
    return trees if sound(trees) else None


def replayed(trees: list[Tree], starts: set[int], kind: str, key: str, on: int, other: str | None) -> list[Tree] | None:
    """The trees after a step, or None when it must be refused. starts: days on which the unit has a new period."""
    new = [dict(tree) for tree in trees]
    if kind == "add":
        if any(key in tree for tree in trees[on:]):
            return None
        for tree in new[on:]:
            tree[key] = (key, other)
    elif key not in trees[on]:
        return None
    elif kind == "merge":
        return merged(new, key, on, other)
    elif kind == "close":
        for tree in new[on:]:
            tree.pop(key, None)
    else:
        was = trees[on][key]
        number = on
        while number < DAYS and trees[number].get(key) == was and (number == on or number not in starts):
            new[number][key] = (f"{key}{on}", was[1]) if kind == "rename" else (was[0], other)
            number += 1
    return new if sound(new) else None


def taken(kind: str, key: str, on: int, other: str | None) -> None:
    units = {unit.key: unit for unit in Unit.objects.all()}
    if (key not in units and kind != "add") or (other is not None and other not in units):
        raise LedgerError("no such unit")
    target = units[other] if other else None
    if kind == "add":
        Unit.objects.add(key, name=key, parent=target, on=day(on), **BY)
    elif kind == "rename":
        units[key].rename(f"{key}{on}", on=day(on), **BY)
    elif kind == "move":
        units[key].move_below(target, on=day(on), **BY)
    elif kind == "close":
        units[key].close(on=day(on), **BY)
    elif target is None:
        raise LedgerError("nothing to merge into")
    else:
        units[key].merge_into(target, on=day(on), **BY)


@some
@given(unit_steps)
def test_units_stand_where_a_replay_says(db: None, steps: list[tuple[str, str, int, str | None]]) -> None:
    empty_tables()
    for kind, key, on, other in steps:
        before = trees_by_day()
        starts = {
            (named.start - DAY0).days
            for named in UnitPeriod.objects.filter(unit__key=key)
            if named.start and not _only_path_changed(named)
        }
        expected = replayed(before, starts, kind, key, on, other)
        if other is not None and not Unit.objects.filter(key=other).exists():
            expected = None
        try:
            taken(kind, key, on, other)
        except LedgerError:
            assert expected is None, f"{kind} {key} {on} {other} was refused"
            assert trees_by_day() == before, "a refused verb left something behind"
            continue
        assert trees_by_day() == expected
        assert trees_by_day()[:on] == before[:on]


def _only_path_changed(row: UnitPeriod) -> bool:
    """Whether the period begins only because somebody above moved."""
    same = UnitPeriod.objects.filter(unit=row.unit_id, end=row.start, name=row.name, parent=row.parent_id)
    return same.exists()


def test_merging_moves_everybody_now_and_later_and_keeps_where_they_were(cast: Cast) -> None:
    billing, contact = cast.units["billing"], cast.units["contact"]
    assert cast.charlie.person is not None
    cast.charlie.person.move(unit=billing, on=date(2027, 3, 1), **BY)
    moved = billing.merge_into(contact, on=date(2027, 1, 1), **BY)
    assert moved == 3  # Dan, Erin, and Charlie from March on

    def there(unit: Unit, on: date) -> set[str]:
        return set(Assignment.objects.on(on).filter(unit=unit).values_list("person__name", flat=True))

    assert there(billing, date(2026, 12, 31)) == {"Dan Dahl", "Erin Eide"}
    assert there(billing, date(2027, 1, 1)) == set()
    assert {"Dan Dahl", "Erin Eide"} <= there(contact, date(2027, 1, 1))
    assert "Charlie Chen" in there(contact, date(2027, 3, 1))
    assert "Charlie Chen" not in there(contact, date(2027, 2, 28))
    entry = Entry.objects.get(verb="merged a unit")
    assert entry.values.data["people"] == ["P4", "P5", "P6"]


def test_a_unit_with_people_is_not_closed_and_says_what_to_do(cast: Cast) -> None:
    with pytest.raises(LedgerError, match=r"2 people work in Billing.*merge the unit"):
        cast.units["billing"].close(on=date(2027, 1, 1), **BY)
    with pytest.raises(LedgerError, match=r"BIL stands below CUS, which does not exist on 1 Jan 2027\."):
        cast.units["customers"].close(on=date(2027, 1, 1), **BY)


def test_sentences_of_what_is_refused(cast: Cast) -> None:
    erin, dan = cast.erin.person, cast.dan.person
    assert erin is not None
    assert dan is not None
    with pytest.raises(LedgerError, match=r"Erin Eide works here already, from 1 Jan 2025 with no end\. Move them"):
        Person.objects.hire(erin.key, name="Erin", on=date(2026, 1, 1), **BY)
    with pytest.raises(LedgerError, match=r"Erin Eide does not work here on 1 Jan 2020\."):
        erin.move(on=date(2020, 1, 1), location="Quay", **BY)
    with pytest.raises(LedgerError, match="Dan Dahl would report to themselves by way of"):
        dan.move(on=date(2026, 1, 1), manager=erin, **BY)
    cast.units["crews"].close(on=date(2027, 1, 1), **BY)
    with pytest.raises(LedgerError, match="The unit “CRW” does not exist on 1 Jan 2027"):
        erin.move(on=date(2026, 12, 1), unit=cast.units["crews"], **BY)
    with pytest.raises(LedgerError, match="There is a role “director” already"):
        Role.objects.define("director", on=None, **BY)


def test_each_verb_is_journaled_and_moves_its_facts_table(cast: Cast) -> None:
    before = Version.objects.now()
    assert cast.erin.person is not None
    cast.erin.person.move(on=date(2026, 10, 1), location="Quay", why="The office moves", **BY)
    cast.erin.person.rename("Erin Eide Berg", **BY)
    cast.erin.person.leave(on=date(2027, 1, 1), **BY)
    cast.units["crews"].rename("Meter crews", on=date(2026, 10, 1), **BY)
    cast.roles["billing_clerk"].redefine(on=date(2026, 10, 1), definition="Writes the first bill.", **BY)
    after = Version.objects.now()
    assert {name: after[name] - before.get(name, 0) for name in after} == {"people": 3, "units": 1, "roles": 1}
    assert list(Entry.objects.order_by("pk").values_list("verb", flat=True)) == [
        "moved a person",
        "renamed a person",
        "left",
        "renamed a unit",
        "redefined a role",
    ]
    assert cast.erin.person.move(on=date(2026, 11, 1), location="Quay", **BY) is False, (
        "nothing differs, nothing is written"
    )
    assert verify().sound


def test_a_role_keeps_its_former_definition(cast: Cast) -> None:
    clerk = cast.roles["billing_clerk"]
    clerk.redefine(on=date(2026, 10, 1), definition="Sees the case through.", level=cast.levels["leader"], **BY)
    then = RolePeriod.objects.on(date(2026, 9, 30)).get(role=clerk)
    now = RolePeriod.objects.on(date(2026, 10, 1)).get(role=clerk)
    assert (then.definition, then.level) == ("Billing clerk: what it answers for.", cast.levels["staff"])
    assert (now.definition, now.level) == ("Sees the case through.", cast.levels["leader"])


def test_levels_change_places_and_one_in_use_stays(cast: Cast) -> None:
    names = list(Level.objects.values_list("name", flat=True))
    Level.objects.order([*reversed(names), "Apprentice"], **BY)
    assert list(Level.objects.order_by("rank").values_list("name", flat=True)) == [*reversed(names), "Apprentice"]
    Level.objects.order(names, **BY)
    assert list(Level.objects.values_list("name", flat=True)) == names
    with pytest.raises(LedgerError, match="The level “Staff” is in use by"):
        Level.objects.order(names[:-1], **BY)
    assert Level.objects.count() == len(names)
