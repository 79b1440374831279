"""When a role is unbalanced, has an offer open, is balanced or gains: worked by hand from the glossary."""

from types import SimpleNamespace
from typing import Any

import pytest

from commonground.realignment.balance import cells, columns, most, state_of, statement, weigh
from commonground.realignment.models import RoleChange
from commonground.realignment.tests.told import TODAY

ACCEPTED, DECLINED = True, False


def change(
    kind: str, size: int, offered: str = "", accepted: bool | None = None, words: str = "", unit: int | None = None
) -> RoleChange:
    return RoleChange(
        role_fate_id=1, kind=kind, size=size, offered=offered, accepted=accepted, words=words, unit_id=unit
    )


CASES = [
    ("nothing recorded", [], "unknown"),
    ("only gains", [change("craft", 2)], "gains"),
    ("a loss and nothing else", [change("title", -1)], "unbalanced"),
    ("a loss and a gain of another kind", [change("title", -1), change("craft", 3)], "unbalanced"),
    ("a loss and a gain of its kind", [change("title", -3), change("title", 1)], "balanced"),
    ("an offer without an answer", [change("title", -1, "a name")], "open"),
    ("an offer that was accepted", [change("title", -1, "a name", ACCEPTED)], "balanced"),
    ("an offer that was declined", [change("title", -1, "a name", DECLINED)], "unbalanced"),
    ("one answered, one open", [change("title", -1, "a", ACCEPTED), change("budget", -1, "b")], "open"),
    ("one open, one without an offer", [change("title", -1, "a"), change("budget", -1)], "unbalanced"),
    (
        "their own words are kinds of their own",
        [change("other", -1, words="calm"), change("other", 1, words="pace")],
        "unbalanced",
    ),
    ("the same words", [change("other", -1, words="calm"), change("other", 1, words="calm")], "balanced"),
    ("a gain of another unit", [change("people", -1, unit=1), change("people", 1, unit=2)], "unbalanced"),
    ("a gain for all units", [change("people", -1, unit=1), change("people", 1)], "balanced"),
]


@pytest.mark.parametrize(("changes", "state"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_the_state_of_a_role(changes: list[RoleChange], state: str) -> None:
    weighed = weigh({1: changes}, TODAY)
    assert state_of(weighed.get("1", SimpleNamespace(kinds=(), unbalanced=())), changes) == state


def row(changes: list[RoleChange]) -> Any:
    balance = weigh({1: changes}, TODAY).get("1", SimpleNamespace(kinds=(), unbalanced=()))
    offers = [one for one in changes if one.offered]
    return SimpleNamespace(balance=balance, state=state_of(balance, changes), offers=offers)


def test_the_title_says_what_stands_out() -> None:
    bare, declined = row([change("title", -1)]), row([change("title", -1, "a", DECLINED)])
    waiting, gains, unknown = row([change("title", -1, "a")]), row([change("craft", 1)]), row([])
    assert statement([bare, bare, gains]) == "Two roles lose and are offered nothing"
    assert statement([bare, declined]) == "Two roles lose more than is made good"
    assert statement([waiting, gains]) == "One role has an offer to answer"
    assert statement([gains, unknown]) == "One role has no gain or loss recorded yet"
    assert statement([gains]) == "What each role loses is made good or agreed"
    assert statement([]) == "No role changes yet, as far as you may see"


def test_columns_are_the_kinds_that_occur_and_nothing_is_added_over_them() -> None:
    rows = [row([change("craft", 2), change("decisions", -2), change("decisions", -2)])]
    kinds = columns(rows)
    assert [key for key, _ in kinds] == ["decisions", "craft"]
    first, second = cells(rows[0], kinds)
    assert (first[0].lost, first[0].gained, second[0].lost, second[0].gained) == (4, 0, 0, 2)
    assert most(rows) == 4
    assert most([]) == 3
