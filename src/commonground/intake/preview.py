"""What an import would take over, before anything is written: the answer of `commonground import KIND FILE --preview`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table as Grid

from commonground.analysis.tables import Table
from commonground.analysis.tables.book import BOOK
from commonground.intake import words, words_of_book
from commonground.intake.checking import Checked, check
from commonground.intake.folder import book_of, table_of
from commonground.intake.headers import match
from commonground.intake.people import summary
from commonground.intake.problems import BadInput, Problem, errors
from commonground.intake.reading import RawTable, choose, read_tables
from commonground.intake.references import Index

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Preview:
    """A file read as one table."""

    checked: Checked

    @property
    def errors(self) -> int:
        return len(errors(self.checked.problems))

    @property
    def warnings(self) -> int:
        return len(self.checked.problems) - self.errors

    def as_dict(self) -> dict[str, Any]:
        """Plain values, `rows people roots managers problems` first for people, `rows problems` for other tables."""
        checked = self.checked
        headers = checked.raw.headers
        counts: dict[str, Any] = summary(checked) if checked.table.name == "people" else {"rows": checked.total}
        return {
            **counts,
            "problems": [problem.as_dict() for problem in checked.problems],
            "table": checked.table.name,
            "importable": len(checked.rows),
            "errors": self.errors,
            "warnings": self.warnings,
            "columns": {column: [headers[at] for at in places] for column, places in checked.mapping.columns.items()},
            "unmapped": list(checked.mapping.unmapped),
            "refused": list(checked.mapping.refused),
            "named_only": {table: len(rows) for table, rows in checked.implied.items()},
            "layouts": dict(checked.layouts),
            "encoding": checked.raw.encoding,
        }


def kind_of(word: str) -> Table:
    """The table that a word means: people, units, … Raises BadInput when it means none."""
    found = word if word in BOOK else (table_of(word) or (book_of(word),))[0]
    if not found:
        raise BadInput(f"There is no kind of sheet called {word}. Kinds are {', '.join(words_of_book.READABLE)}.")
    return words_of_book.READABLE[found]


def preview(
    table: Table,
    source: Path | bytes,
    *,
    name: str = "",
    sheet: str = "",
    saved: Mapping[str, str] | None = None,
    prefer: str | None = None,
    references: Mapping[str, Index] | None = None,
) -> Preview:
    """Reads a file as one table, writing nothing. For the other arguments see `check` and `match`. Raises BadInput."""
    raw = meant(table, read_tables(source, name), sheet)
    mapping = match(table, raw.headers, raw.rows, saved)
    return Preview(check(raw, table, mapping, references=references, prefer=prefer))


def meant(table: Table, tables: Sequence[RawTable], sheet: str = "") -> RawTable:
    """The one table of a file that is meant: the named sheet, else the one named like the table, else the one that fits best."""
    if not sheet:
        names = {**words.SHEETS, **words_of_book.SHEETS}[table.name]
        return choose(tables, lambda one: _fit(table, one), (table.name, *names))
    found = next((one for one in tables if one.name.casefold() == sheet.casefold()), None)
    if found is None:
        there = ", ".join(one.name for one in tables)
        raise BadInput(f"{tables[0].file} has no sheet {sheet}. Its sheets are {there}.")
    return found


def _fit(table: Table, raw: RawTable) -> float:
    mapped = match(table, raw.headers).columns
    needed = sum(1 for column in table.columns if column.needed and column.header in mapped)
    return needed * 100 + len(mapped)


def show(found: Preview, console: Console) -> None:
    """The preview as text: what is read from which column, what is left out, and problems of one sort together."""
    checked, headers = found.checked, found.checked.raw.headers
    answer = found.as_dict()
    console.print(_sentence(answer), soft_wrap=True)
    grid = Grid(title=None, box=None, pad_edge=False, header_style="dim")
    grid.add_column("column")
    grid.add_column("read from")
    for column in checked.table.columns:
        places = checked.mapping.columns.get(column.header)
        if places:
            layout = checked.layouts.get(column.header)
            read_from = " + ".join(headers[at] for at in places)
            grid.add_row(column.header, escape(read_from) + (f" [dim]({layout})[/dim]" if layout else ""))
    console.print(grid)
    if checked.mapping.unmapped:
        console.print(f"Left out, never stored: {escape(', '.join(checked.mapping.unmapped))}", soft_wrap=True)
    _show_problems(checked.problems, console)


def _sentence(answer: Mapping[str, Any]) -> str:
    text = f"[bold]{answer['importable']:,} of {answer['rows']:,} rows[/bold] can be taken over as {answer['table']}"
    if answer["table"] == "people":
        text += f": {_count(answer['people'], 'person', 'people')}"
        if answer["roots"] is not None:
            text += f", {answer['roots']:,} without a manager, {_count(answer['managers'], 'manager', 'managers')}"
    return (
        f"{text}. {_count(answer['errors'], 'error', 'errors')}, {_count(answer['warnings'], 'warning', 'warnings')}."
    )


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def _show_problems(problems: list[Problem], console: Console) -> None:
    """Problems of one column and remedy are one sort: the first few rows of each stand for it."""
    sorts: dict[tuple[str, str | None, str], list[Problem]] = {}
    for problem in problems:
        sorts.setdefault((problem.severity, problem.column, problem.remedy), []).append(problem)
    for (severity, column, remedy), same in sorted(sorts.items(), key=lambda item: item[0][0]):
        mark = "[red]error[/red]" if severity == "error" else "[yellow]warning[/yellow]"
        where = f" {escape(column)}" if column else ""
        console.print(f"\n{mark}{where}: {_count(len(same), 'row', 'rows')}. {escape(remedy)}", soft_wrap=True)
        for problem in same[:SHOWN]:
            row = f"row {problem.row}" if problem.row else problem.file
            console.print(f"  [dim]{row}[/dim]  {escape(problem.why)}", soft_wrap=True, highlight=False)
        if len(same) > SHOWN:
            console.print(f"  [dim]… and {len(same) - SHOWN:,} more[/dim]")
