"""The `commonground` command. Each command is thin: it reads its words, calls one function and prints what that answers."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from commonground.config import (
    accessing,
    assessing,
    championing,
    demonstrating,
    forecasting,
    importing,
    journaling,
    mailing,
    measuring,
    measuring_pace,
    measuring_people,
    operating,
    reaching,
)

app = typer.Typer(
    name="commonground",
    help="Runs the people side of a CRM program. Start with `commonground check FOLDER` on two sheets: people and processes.",
    no_args_is_help=True,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)


app.add_typer(operating.app)
app.add_typer(journaling.app, name="journal")
app.add_typer(mailing.app, name="mail")
app.add_typer(accessing.app, name="access")
app.add_typer(importing.app)
app.add_typer(measuring.app)
app.add_typer(measuring_pace.app)
app.add_typer(measuring_people.app)
app.add_typer(forecasting.app)
app.add_typer(assessing.app)
app.add_typer(championing.app)
app.add_typer(reaching.app)
app.add_typer(demonstrating.app)


class CheckFormat(StrEnum):
    """How `check` answers."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"


@app.command()
def check(  # noqa: PLR0913 - one parameter an option of the command line
    folder: Annotated[Path | None, typer.Argument(help="A folder of CSV or XLSX sheets, or one workbook.")] = None,
    *,
    select: Annotated[
        list[str] | None,
        typer.Option(metavar="CODES", help="Check only these: codes or practices, as MNGR-01 or MNGR,PROC."),
    ] = None,
    ignore: Annotated[list[str] | None, typer.Option(metavar="CODES", help="Leave these out.")] = None,
    as_of: Annotated[
        str | None, typer.Option(metavar="DAY", help="The day asked about, as 2026-11-30; today if left out.")
    ] = None,
    answer: Annotated[CheckFormat, typer.Option("--format", help="How to answer.")] = CheckFormat.TEXT,
    as_json: Annotated[bool, typer.Option("--json", help="Short for --format json.")] = False,
    list_all: Annotated[bool, typer.Option("--list", help="Show the guidelines instead of checking.")] = False,
    guidelines: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER", help="A folder with guidelines of your own; else that of COMMONGROUND_GUIDELINES."
        ),
    ] = None,
    settings: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="CODE.NAME=VALUE", help="Set a parameter, such as OWN-01.share=0.2."),
    ] = None,
    config: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="What to check with; else commonground.toml beside the sheets."),
    ] = None,
    unit: Annotated[
        str | None, typer.Option(metavar="NAME", help="Show what is found in one unit and those below it.")
    ] = None,
) -> None:
    """Checks plain sheets against the guidelines and prints what is missing, as a linter does.

    Two sheets are enough to begin, with no server and no database:

    [bold]people[/bold]: id, name; unit, manager, role, level, front_office …

    [bold]processes[/bold]: id, name; unit, answers_for, workflow, fate, to_unit …

    The answer ends with what further sheets would let it check.

    Exit code: 0 nothing to act on, 1 something to act on, 2 the sheets or the command need a correction.
    """
    how = CheckFormat.JSON if as_json else answer
    try:
        _load_guidelines(guidelines)
        if list_all:
            _list_guidelines(_words(select), _words(ignore), how)
        elif folder is None:
            raise ValueError("Name the folder that holds your sheets, such as `commonground check examples/smallest`.")
        else:
            asked = _Asked(as_of, _words(select), _words(ignore), settings or (), config, unit)
            failed = _check_folder(folder, asked, how)
            raise typer.Exit(1 if failed else 0)
    except ValueError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from error


def _load_guidelines(folder: Path | None) -> None:
    """Enters the guidelines of installed packages, and those of a folder, into the catalogue."""
    from commonground.guidance.guidelines.plugins import load_folder, load_packages

    load_packages()
    own = folder or os.environ.get("COMMONGROUND_GUIDELINES")
    if own:
        load_folder(Path(own))


def _list_guidelines(select: Sequence[str], ignore: Sequence[str], how: CheckFormat) -> None:
    from rich.console import Console

    from commonground.guidance import printing
    from commonground.guidance.guidelines import chosen

    which = chosen(select, ignore)
    if how is CheckFormat.JSON:
        typer.echo(printing.catalogue_as_json(which))
    elif how is CheckFormat.CSV:
        typer.echo(printing.catalogue_as_csv(which), nl=False)
    else:
        printing.Printer(Console()).catalogue(which)


@dataclass(frozen=True)
class _Asked:
    """What the words of `check` ask for; a configuration file says what they leave open."""

    as_of: str | None
    select: Sequence[str]
    ignore: Sequence[str]
    settings: Sequence[str]
    config: Path | None
    unit: str | None


def _check_folder(folder: Path, asked: _Asked, how: CheckFormat) -> bool:
    """Reads, checks, prints; whether there is something to act on."""
    from rich.console import Console

    from commonground.guidance import printing
    from commonground.guidance.configuration import configuration_for, suppressed
    from commonground.guidance.guidelines import chosen, narrowed, parameters_from, run
    from commonground.intake.folder import read_folder
    from commonground.intake.problems import BadInput

    file = configuration_for(folder, asked.config)
    day = _day(asked.as_of) if asked.as_of else file.as_of or _day(None)
    select, ignore = asked.select or file.select, (*asked.ignore, *file.ignore)
    chosen(select, ignore)  # a word that fits no code is told before a long read
    values = {code: dict(own) for code, own in file.parameters.items()}
    for code, own in parameters_from(asked.settings).items():
        values.setdefault(code, {}).update(own)
    try:
        read = read_folder(folder, day)
    except BadInput as error:
        raise ValueError(str(error)) from error
    report = run(read.facts, select, ignore, values, file.units)
    answer = suppressed(report, file.suppress, day)
    if asked.unit:
        answer = replace(answer, report=narrowed(answer.report, read.facts, asked.unit))
    printing.Printer(Console(stderr=True)).problems(read.problems)
    if how is CheckFormat.JSON:
        typer.echo(printing.as_json(answer, day, asked.unit))
    elif how is CheckFormat.CSV:
        typer.echo(printing.as_csv(answer.report), nl=False)
    else:
        printing.Printer(Console()).answer(answer, read.facts, asked.unit)
    return answer.report.count("error") > 0


def _words(options: Sequence[str] | None) -> list[str]:
    """The codes of an option that may be repeated and may hold several, separated by commas."""
    return [word for option in options or () for word in option.replace(",", " ").split()]


def _day(text: str | None) -> date:
    """The day asked about; today where none is given. Raises ValueError for a text that is no day."""
    if text is None:
        return datetime.now().astimezone().date()
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"--as-of {text} is not a day. Write it as year-month-day, such as 2026-11-30.") from error


def main() -> None:
    app()


if __name__ == "__main__":
    main()
