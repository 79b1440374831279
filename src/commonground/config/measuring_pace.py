"""The command that measures how a behaviour takes hold, from a file of events, and needs no database: pace."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commonground.config.measuring import _header

if TYPE_CHECKING:
    from commonground.intake.logs.kept_out import KeptOut
    from commonground.intake.logs.pace import Measured

app = typer.Typer()

STANDARD = ":"  # headers of the XES standard have one: nobody need be told what else would have done
SHOWN_PROBLEMS = 8


@app.command()
def pace(  # noqa: PLR0913 - one parameter an option of the command line
    events: Annotated[Path, typer.Argument(help="An event log: CSV, Parquet or XES, also gzipped.")],
    *,
    behaviour: Annotated[
        Path, typer.Option(metavar="RULE.toml", help="What is an occasion, what the new way, what the old way.")
    ],
    units: Annotated[
        Path | None,
        typer.Option(metavar="UNITS.csv", help="Who is in which unit: person, unit, from, to. Default: the log's."),
    ] = None,
    cut_over: Annotated[
        str | None, typer.Option(metavar="DAY", help="The day from which on the new way was possible, as 2026-11-30.")
    ] = None,
    threshold: Annotated[
        int, typer.Option(metavar="N", help="The fewest people that a number may stand for: 8, or more.")
    ] = 8,
    case: Annotated[str, _header("cases")] = "",
    activity: Annotated[str, _header("activities")] = "",
    person: Annotated[str, _header("persons")] = "",
    unit: Annotated[str, _header("units")] = "",
    time: Annotated[str, _header("times")] = "",
    product_line: Annotated[str, _header("product lines")] = "",
    channel: Annotated[str, _header("channels")] = "",
    missing_values: Annotated[
        str, typer.Option(metavar="WORDS", help="What stands for a missing value, beside the empty text.")
    ] = "?,EMPTY",
    day_first: Annotated[bool, typer.Option("--day-first", help="03/04/2025 is the third of April.")] = False,
    month_first: Annotated[bool, typer.Option("--month-first", help="03/04/2025 is the fourth of March.")] = False,
    zone: Annotated[
        str, typer.Option(help="The time zone of times that name none, in which weeks begin, such as Europe/Berlin.")
    ] = "UTC",
    problems: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Leave out rows that cannot be read, and list them in this CSV file."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Answer as one JSON object.")] = False,
) -> None:
    """Measures how a new way of doing one thing takes hold, week by week: how often it is taken, how soon it is a habit, whether it lasts.

    A unit of fewer people than the threshold is hidden and left out of the whole; a week of a unit with fewer people has no numbers.
    The clock of a person starts at the later of the cut-over and their first day in a unit; the log's last week counts as a whole one.

    Exit code: 0 done, 2 the log, the rule, the units or the command need a correction.
    """
    from commonground.intake.logs.kept_out import BrokenRow, KeptOut
    from commonground.intake.logs.look import Options
    from commonground.intake.logs.pace import measure_file
    from commonground.intake.problems import BadInput

    named = {
        "case": case, "activity": activity, "person": person, "unit": unit, "time": time,
        "product_line": product_line, "channel": channel,
    }  # fmt: skip
    try:
        if day_first and month_first:
            raise BadInput("Days and months cannot both stand first. Give --day-first or --month-first.")
        options = Options(
            missing=("", *(word.strip() for word in missing_values.split(","))),
            day_first=day_first or (False if month_first else None),
            zone=zone,
        )
        kept_out = KeptOut(strict=problems is None)
        measured = measure_file(
            events, {ours: header for ours, header in named.items() if header}, behaviour, units,
            options=options, kept_out=kept_out, threshold=threshold, cut_over=cut_over,
        )  # fmt: skip
        if problems is not None:
            kept_out.write(problems)
    except BrokenRow as error:
        _refuse(f"{error} Or leave such rows out with --problems FILE.", error)
    except BadInput as error:
        _refuse(str(error), error)
    except OSError as error:
        _refuse(f"{error.filename or problems} cannot be written: {error.strerror}. Name another place.", error)
    _warn(measured, kept_out, problems)
    _answer(measured, events.name, as_json=as_json)


def _refuse(sentence: str, error: Exception) -> None:
    typer.echo(sentence, err=True)
    raise typer.Exit(2) from error


def _answer(measured: "Measured", file: str, *, as_json: bool) -> None:
    from commonground.intake.logs.pace_told import as_mapping, print_pace

    if as_json:
        answer: dict[str, Any] = as_mapping(measured)
        typer.echo(json.dumps(answer, ensure_ascii=False, indent=2, allow_nan=False))
    else:
        print_pace(measured, file)


def _warn(measured: "Measured", kept_out: "KeptOut", problems: Path | None) -> None:
    """What a reader should know of how the files were read, on standard error."""
    from commonground.intake.logs.kept_out import sentence

    for warning in kept_out.warnings[:SHOWN_PROBLEMS]:
        typer.echo(sentence(warning), err=True)
    for ours, others in measured.beside.items():
        if STANDARD not in measured.columns[ours]:
            option = f"--{ours.replace('_', '-')}"
            typer.echo(
                f"The column of {ours.replace('_', ' ')} is taken to be “{measured.columns[ours]}”; “{others[0]}” would do as well: "
                f"say so with {option} HEADER.",
                err=True,
            )
    for told in measured.warnings:
        typer.echo(told, err=True)
    if kept_out:
        rows = "1 row is" if kept_out.rows == 1 else f"{kept_out.rows:,} rows are"
        typer.echo(f"{rows} left out; {problems} lists them.", err=True)
