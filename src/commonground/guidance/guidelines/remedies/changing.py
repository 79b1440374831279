"""Small changes of facts. Each gives new facts and leaves those it was given as they are."""

from collections.abc import Callable, Collection
from itertools import count
from typing import TypeVar

from commonground.analysis.facts import Facts, Person, Row
from commonground.analysis.organization import Organization, rows_of

R = TypeVar("R", bound=Row)


def with_rows(facts: Facts, table: str, *rows: Row) -> Facts:
    """The facts with further rows at the end of one table, which need not have been given before."""
    return Facts({**facts.tables, table: (*facts.rows(table), *rows)}, facts.as_of)


def replaced(facts: Facts, table: str, row: type[R], new: Callable[[R], R | None]) -> Facts:
    """The facts with each row of one table as `new` gives it; a row for which that is None goes. A table that is absent stays so.

    row: the row class of the table.
    """
    if not facts.has(table):
        return facts
    rows = tuple(found for one in rows_of(facts, table, row) if (found := new(one)) is not None)
    return Facts({**facts.tables, table: rows}, facts.as_of)


def with_somebody(facts: Facts, but: Collection[str] = ()) -> tuple[Facts, str]:
    """Somebody who works here on the day, and the facts with them in it: the first who is not left out, else a new colleague."""
    known = next((person for person in Organization(facts).people if person not in but), None)
    if known is not None:
        return facts, known
    new = next(name for number in count(1) if (name := f"colleague-{number}") not in but)
    if not facts.has("people"):  # then everybody counts as here
        return facts, new
    return with_rows(facts, "people", Person(new, "A new colleague")), new
