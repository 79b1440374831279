"""The command that takes sheets in: `commonground import`."""

import json
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from commonground.intake.problems import BadInput

app = typer.Typer()


class DayOrder(StrEnum):
    """How days of a column are read that could be either."""

    DAY = "day"
    MONTH = "month"


@app.command("import")
def import_(
    kind: Annotated[str, typer.Argument(help="Which sheet it is: people, units, roles, processes, …")],
    file: Annotated[Path, typer.Argument(help="CSV in any encoding and separator, XLSX, XLS or ODS.")],
    preview: Annotated[
        bool, typer.Option("--preview", help="Only say what would be taken over; write nothing.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Answer as one JSON object.")] = False,
    sheet: Annotated[str, typer.Option(help="Which sheet of a workbook; else the one that fits best.")] = "",
    column: Annotated[
        list[str] | None, typer.Option(metavar="HEADER=COLUMN", help="What a header means; HEADER= leaves it out.")
    ] = None,
    first: Annotated[
        DayOrder | None, typer.Option("--first", help="Whether 03/04/2025 has its day or its month first.")
    ] = None,
    kept_out: Annotated[
        Path | None, typer.Option("--problems", help="Write the rows that are kept out to this CSV file.")
    ] = None,
) -> None:
    """Reads a sheet, checks every value and says what would be taken over.

    Exit code: 0 all of it can be taken over, 1 some rows are kept out, 2 the file cannot be read as this sheet.
    """
    from rich.console import Console

    from commonground.intake.preview import kind_of, show
    from commonground.intake.preview import preview as look
    from commonground.intake.writing import rows_kept_out, write_csv

    try:
        if not preview:
            raise BadInput("Importing without --preview needs the pages: open Imports there, or add --preview.")
        prefer = f"{first.value} first" if first else None
        found = look(kind_of(kind), file, sheet=sheet, saved=_saved(column or ()), prefer=prefer)
        if kept_out:
            kept_out.write_bytes(write_csv(*rows_kept_out(found.checked)))
    except BadInput as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from error
    except OSError as error:
        typer.echo(f"{kept_out} cannot be written. Name a file in a folder that is there.", err=True)
        raise typer.Exit(2) from error
    if as_json:
        typer.echo(json.dumps(found.as_dict(), ensure_ascii=False, indent=1))
    else:
        show(found, Console())
    raise typer.Exit(1 if found.errors else 0)


def _saved(options: Sequence[str]) -> dict[str, str]:
    """HEADER=COLUMN options as a mapping. Raises BadInput for one without "="."""
    saved = {}
    for option in options:
        header, equals, column = option.rpartition("=")
        if not equals:
            raise BadInput(f"--column {option} does not say what the header means. Write HEADER=COLUMN.")
        saved[header.strip()] = column.strip()
    return saved
