"""The commands that measure a file and need no database: handoffs."""

import json
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from rich.table import Table

    from commonground.intake.logs.counting import Counted
    from commonground.intake.logs.kept_out import KeptOut

app = typer.Typer()

STANDARD = ":"  # headers of the XES standard have one: nobody need be told what else would have done
SHOWN_PROBLEMS = 8
ONE_OF = {
    "cases": "case", "events": "event", "activities": "activity", "people": "person", "units": "unit", "variants": "variant",
}  # fmt: skip


class MissingUnit(StrEnum):
    """What an event without a unit is."""

    SKIP = "skip"
    AS_UNIT = "as-unit"


def _header(ours: str) -> Any:
    return typer.Option(metavar="HEADER", help=f"The column of {ours}, if it is not to be found by its header.")


@app.command()
def handoffs(  # noqa: PLR0913 - one parameter an option of the command line
    log: Annotated[Path, typer.Argument(help="An event log: CSV, Parquet or XES, also gzipped.")],
    *,
    case: Annotated[str, _header("cases")] = "",
    activity: Annotated[str, _header("activities")] = "",
    person: Annotated[str, _header("persons")] = "",
    unit: Annotated[str, _header("units")] = "",
    time: Annotated[str, _header("times")] = "",
    product_line: Annotated[
        str, typer.Option(metavar="HEADER", help="The column of product lines; they are counted as units are.")
    ] = "",
    channel: Annotated[str, _header("channels")] = "",
    missing_values: Annotated[
        str, typer.Option(metavar="WORDS", help="What stands for a missing value, beside the empty text.")
    ] = "?,EMPTY",
    missing_unit: Annotated[
        MissingUnit,
        typer.Option(help="An event without a unit: left out before units are paired, or a unit of its own."),
    ] = MissingUnit.SKIP,
    day_first: Annotated[bool, typer.Option("--day-first", help="03/04/2025 is the third of April.")] = False,
    month_first: Annotated[bool, typer.Option("--month-first", help="03/04/2025 is the fourth of March.")] = False,
    zone: Annotated[str, typer.Option(help="The time zone of times that name none, such as Europe/Berlin.")] = "UTC",
    problems: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Leave out rows that cannot be read, and list them in this CSV file."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Answer as one JSON object.")] = False,
) -> None:
    """Counts how often work changes hands in an event log: between persons, between units, and back again.

    A hand-off is two events of a case, one right after the other, whose holders differ. An event without a person is left out before
    persons are paired. A ping-pong case goes back to the holder before last. Events of one time keep the file's order.

    Exit code: 0 done, 2 the log or the command need a correction.
    """
    from commonground.intake.logs.kept_out import BrokenRow, KeptOut
    from commonground.intake.logs.look import Options
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
        counted = _count(
            log, {ours: header for ours, header in named.items() if header}, options, kept_out, missing_unit
        )
        if problems is not None:
            kept_out.write(problems)
    except BrokenRow as error:
        _refuse(f"{error} Or leave such rows out with --problems FILE.", error)
    except BadInput as error:
        _refuse(str(error), error)
    except OSError as error:
        _refuse(f"{error.filename or log} cannot be written: {error.strerror}. Name another place.", error)
    _warn(counted, kept_out, problems)
    if as_json:
        typer.echo(json.dumps(_answer(counted, kept_out), ensure_ascii=False, indent=2))
    else:
        _print(counted, log.name)


def _refuse(sentence: str, error: Exception) -> None:
    typer.echo(sentence, err=True)
    raise typer.Exit(2) from error


def _count(
    log: Path, named: Mapping[str, str], options: Any, kept_out: "KeptOut", missing_unit: MissingUnit
) -> "Counted":
    from commonground.intake.logs.counting import count_file

    return count_file(log, named, options=options, kept_out=kept_out, missing_unit=missing_unit.value)


def _answer(counted: "Counted", kept_out: "KeptOut") -> dict[str, Any]:
    from commonground.intake.logs.zones import text_of

    return {
        **counted.counts,
        "first": text_of(counted.first),
        "last": text_of(counted.last),
        "columns": dict(counted.columns),
        "kept_out": kept_out.rows,
    }


def _warn(counted: "Counted", kept_out: "KeptOut", problems: Path | None) -> None:
    """What a reader should know of how the log was read, on standard error."""
    from commonground.intake.logs.kept_out import sentence

    for warning in kept_out.warnings[:SHOWN_PROBLEMS]:
        typer.echo(sentence(warning), err=True)
    for ours, others in counted.beside.items():
        if STANDARD not in counted.columns[ours]:
            option = f"--{ours.replace('_', '-')}"
            typer.echo(
                f"The column of {ours.replace('_', ' ')} is taken to be “{counted.columns[ours]}”; “{others[0]}” would do as well: "
                f"say so with {option} HEADER.",
                err=True,
            )
    if kept_out:
        rows = "1 row is" if kept_out.rows == 1 else f"{kept_out.rows:,} rows are"
        typer.echo(f"{rows} left out; {problems} lists them.", err=True)


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
