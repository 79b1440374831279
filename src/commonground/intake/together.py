"""Several sheets checked as one: each may speak of things that another holds, or that are known already."""

from collections.abc import Mapping

from commonground.intake.checking import Checked, finish, index_of, prepare
from commonground.intake.headers import match
from commonground.intake.problems import BadInput, Problem
from commonground.intake.reading import RawTable
from commonground.intake.references import Index
from commonground.intake.sheet import Sheet
from commonground.intake.words_of_book import READABLE

Saved = Mapping[str, Mapping[str, str]]


def check_together(
    raws: Mapping[str, RawTable],
    *,
    known: Mapping[str, Index] | None = None,
    saved: Saved | None = None,
    prefer: str | None = None,
) -> tuple[dict[str, Checked], list[Problem], dict[str, Index]]:
    """Checks sheets by table. Answers them, every problem in order, and what references may mean afterwards.

    A sheet that cannot be read at all is a problem and absent from the first answer. known, prefer: see `check`. saved: table → header
    → column, see `match`.
    """
    sheets: dict[str, Sheet] = {}
    problems: list[Problem] = []
    for table, raw in raws.items():
        try:
            mapping = match(READABLE[table], raw.headers, raw.rows, (saved or {}).get(table))
            sheets[table] = prepare(raw, READABLE[table], mapping, prefer=prefer)
        except BadInput as error:
            problems.append(whole_file(raw.file, error))
    indexes = dict(known or {})
    indexes |= {table: index_of(sheet, indexes.get(table)) for table, sheet in sheets.items()}
    checked = {table: finish(sheets[table], indexes) for table in READABLE if table in sheets}
    problems += [problem for one in checked.values() for problem in one.problems]
    return checked, problems, indexes


def whole_file(file: str, error: BadInput) -> Problem:
    """What keeps a whole file out, as a problem."""
    why, _, remedy = str(error).partition(". ")
    return Problem(file, None, None, None, f"{why.rstrip('.')}.", remedy)
