"""The commands that measure a file and need no database: handoffs."""

import json
from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commonground.config import reading_logs

if TYPE_CHECKING:
    from rich.table import Table

    from commonground.intake.logs.counting import Counted
    from commonground.intake.logs.kept_out import KeptOut

app = typer.Typer()

ONE_OF = {
    "cases": "case", "events": "event", "activities": "activity", "people": "person", "units": "unit", "variants": "variant",
}  # fmt: skip


class MissingUnit(StrEnum):
    """What an event without a unit is."""

    SKIP = "skip"
    AS_UNIT = "as-unit"


@app.command()
def handoffs(  # noqa: PLR0913 - one parameter an option of the command line
    log: reading_logs.Log,
    *,
    case: reading_logs.Case = "",
    activity: reading_logs.Activity = "",
    person: reading_logs.Person = "",
    unit: reading_logs.Unit = "",
    time: reading_logs.Time = "",
    product_line: Annotated[
        str, typer.Option(metavar="HEADER", help="The column of product lines; they are counted as units are.")
    ] = "",
    channel: reading_logs.Channel = "",
    missing_values: reading_logs.MissingValues = "?,EMPTY",
    missing_unit: Annotated[
        MissingUnit,
        typer.Option(help="An event without a unit: left out before units are paired, or a unit of its own."),
    ] = MissingUnit.SKIP,
    day_first: reading_logs.DayFirst = False,
    month_first: reading_logs.MonthFirst = False,
    zone: Annotated[str, typer.Option(help="The time zone of times that name none, such as Europe/Berlin.")] = "UTC",
    problems: reading_logs.Problems = None,
    as_json: reading_logs.AsJson = False,
) -> None:
    """Counts how often work changes hands in an event log: between persons, between units, and back again.

    A hand-off is two events of a case, one right after the other, whose holders differ. An event without a person is left out before
    persons are paired. A ping-pong case goes back to the holder before last. Events of one time keep the file's order.

    Exit code: 0 done, 2 the log or the command need a correction.
    """
    from commonground.intake.logs.counting import count_file

    named = {
        "case": case, "activity": activity, "person": person, "unit": unit, "time": time,
        "product_line": product_line, "channel": channel,
    }  # fmt: skip
    with reading_logs.reading(
        log, missing_values=missing_values, day_first=day_first, month_first=month_first, zone=zone, problems=problems
    ) as (options, kept_out):
        headers = {ours: header for ours, header in named.items() if header}
        counted = count_file(log, headers, options=options, kept_out=kept_out, missing_unit=missing_unit.value)
    reading_logs.warn(counted, kept_out, problems)
    if as_json:
        typer.echo(json.dumps(_answer(counted, kept_out), ensure_ascii=False, indent=2))
    else:
        _print(counted, log.name)


def _answer(counted: "Counted", kept_out: "KeptOut") -> dict[str, Any]:
    from commonground.intake.logs.zones import text_of

    return {
        **counted.counts,
        "first": text_of(counted.first),
        "last": text_of(counted.last),
        "columns": dict(counted.columns),
        "kept_out": kept_out.rows,
    }


def _print(counted: "Counted", file: str) -> None:
    """The answer for people: what it comes to in a sentence, the table, how the log was read."""
    from rich.console import Console
    from rich.text import Text

    from commonground.intake.logs.zones import text_of

    console = Console(highlight=False)
    console.print(Text(_finding(counted.counts), style="bold"))
    console.print()
    console.print(_table(counted.counts))
    console.print()
    console.print(", ".join(_number(counted.counts[word], word) for word in ONE_OF) + ".")
    console.print(f"From {text_of(counted.first)} to {text_of(counted.last)}.", markup=False)
    read = ", ".join(f"{ours.replace('_', ' ')} from {header}" for ours, header in counted.columns.items())
    console.print(f"Source: {file}; {read}.", markup=False, style="dim")


def _number(number: int, words: str) -> str:
    return f"{number:,} {ONE_OF[words] if number == 1 else words}"


def _finding(counts: Mapping[str, Any]) -> str:
    for holders, between in (("unit", "units"), ("person", "persons")):
        one = counts[holders]
        if one["pairs"]:
            share = f"{one['handoffs'] / one['pairs']:.0%}".replace("%", " %")
            return (
                f"Work changes hands between {between} in {one['handoffs']:,} of {one['pairs']:,} steps ({share}), "
                f"in {one['cases']:,} of {counts['cases']:,} cases, and to and fro in {one['ping_pong_cases']:,} of them."
            )
    return "The log tells no two steps of a case with a unit or a person each: there is nothing to hand off. Name --unit or --person."


def _table(counts: Mapping[str, Any]) -> "Table":
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("between")
    for header in ("pairs", "hand-offs", "share", "cases", "ping-pong cases"):
        table.add_column(header, justify="right", no_wrap=True)
    for holders, between in (("person", "persons"), ("unit", "units"), ("product_line", "product lines")):
        if holders in counts:
            one = counts[holders]
            share = f"{one['handoffs'] / one['pairs']:.1%}".replace("%", " %") if one["pairs"] else "–"
            numbers = [
                f"{one[key]:,}" if one["pairs"] else "–" for key in ("pairs", "handoffs", "cases", "ping_pong_cases")
            ]
            table.add_row(between, *numbers[:2], share, *numbers[2:])
    return table
