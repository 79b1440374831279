"""The command that measures how a behaviour takes hold, from a file of events, and needs no database: pace."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commonground.config import reading_logs

if TYPE_CHECKING:
    from commonground.intake.logs.pace import Measured

app = typer.Typer()


@app.command()
def pace(  # noqa: PLR0913 - one parameter an option of the command line
    events: reading_logs.Log,
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
    case: reading_logs.Case = "",
    activity: reading_logs.Activity = "",
    person: reading_logs.Person = "",
    unit: reading_logs.Unit = "",
    time: reading_logs.Time = "",
    product_line: Annotated[str, reading_logs.header("product lines")] = "",
    channel: reading_logs.Channel = "",
    missing_values: reading_logs.MissingValues = "?,EMPTY",
    day_first: reading_logs.DayFirst = False,
    month_first: reading_logs.MonthFirst = False,
    zone: Annotated[
        str, typer.Option(help="The time zone of times that name none, in which weeks begin, such as Europe/Berlin.")
    ] = "UTC",
    problems: reading_logs.Problems = None,
    as_json: reading_logs.AsJson = False,
) -> None:
    """Measures how a new way of doing one thing takes hold, week by week: how often it is taken, how soon it is a habit, whether it lasts.

    A unit of fewer people than the threshold is hidden and left out of the whole; a week of a unit with fewer people has no numbers.
    The clock of a person starts at the later of the cut-over and their first day in a unit; the log's last week counts as a whole one.

    Exit code: 0 done, 2 the log, the rule, the units or the command need a correction.
    """
    from commonground.intake.logs.pace import measure_file

    named = {
        "case": case, "activity": activity, "person": person, "unit": unit, "time": time,
        "product_line": product_line, "channel": channel,
    }  # fmt: skip
    with reading_logs.reading(
        events,
        missing_values=missing_values,
        day_first=day_first,
        month_first=month_first,
        zone=zone,
        problems=problems,
    ) as (options, kept_out):
        measured = measure_file(
            events, {ours: header for ours, header in named.items() if header}, behaviour, units,
            options=options, kept_out=kept_out, threshold=threshold, cut_over=cut_over,
        )  # fmt: skip
    reading_logs.warn(measured, kept_out, problems, measured.warnings)
    _answer(measured, events.name, as_json=as_json)


def _answer(measured: "Measured", file: str, *, as_json: bool) -> None:
    from commonground.intake.logs.pace_told import as_mapping, print_pace

    if as_json:
        answer: dict[str, Any] = as_mapping(measured)
        typer.echo(json.dumps(answer, ensure_ascii=False, indent=2, allow_nan=False))
    else:
        print_pace(measured, file)
