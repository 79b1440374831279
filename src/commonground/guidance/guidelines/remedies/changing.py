"""Small changes of facts. Each gives new facts and leaves those it was given as they are."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from commonground.analysis.facts import Facts, Row
from commonground.analysis.organization import rows_of

R = TypeVar("R", bound=Row)


def with_rows(facts: Facts, table: str, *rows: Row) -> Facts:
    """The facts with further rows at the end of one table, which need not have been given before."""
    return _with_table(facts, {table: (*facts.rows(table), *rows)})


def replaced(facts: Facts, table: str, row: type[R], new: Callable[[R], R | None]) -> Facts:
    """The facts with each row of one table as `new` gives it; a row for which that is None goes. A table that is absent stays so.

    row: the row class of the table.
    """
    if not facts.has(table):
        return facts
    return _with_table(
        facts, {table: tuple(found for one in rows_of(facts, table, row) if (found := new(one)) is not None)}
    )


def _with_table(facts: Facts, changed: Mapping[str, Sequence[Row]]) -> Facts:
    return Facts({**facts.tables, **changed}, facts.as_of)
