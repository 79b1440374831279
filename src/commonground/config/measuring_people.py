"""The command that measures how soon something happens to people and needs no database: survival."""

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from rich.table import Table

    from commonground.analysis.survival.curves import Curves
    from commonground.analysis.survival.log_rank import LogRank
    from commonground.intake.followed import FollowedSheet

app = typer.Typer()

FEWEST = 0.05  # chance below which groups are said to differ
SHOWN_GROUPS = 12


@app.command()
def survival(
    data: Annotated[Path, typer.Argument(help="A sheet with one row for each person followed, CSV or XLSX.")],
    *,
    duration: Annotated[
        str, typer.Option(metavar="HEADER", help="The column of times until the event, or until the following ended.")
    ],
    event: Annotated[
        str,
        typer.Option(
            metavar="HEADER", help="The column that says whether it happened: 1 or 0, true or false, yes or no."
        ),
    ],
    group: Annotated[str, typer.Option(metavar="HEADER", help="The column of groups to compare.")] = "",
    competing: Annotated[
        str,
        typer.Option(
            metavar="HEADER", help="The column that is yes where the row ended by what keeps the event away for good."
        ),
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Answer as one JSON object.")] = False,
) -> None:
    """Tells how soon something happens to people, though some have not come to it yet: curves with intervals, medians, a comparison.

    survival is the share to whom the event has not happened (Kaplan-Meier) at each time when it happened to somebody. With --competing
    it is 1 less the share who came to the event (Aalen-Johansen): those who left stay in the share who did not, and the columns incidence
    and competing_incidence tell both ends. The comparison is the log-rank test; with --competing it is of the pace among those still there.

    The sheet is your own: groups of every size are shown. The threshold for small groups holds in the product and in pace.

    Exit code: 0 done, 2 the sheet or the command need a correction.
    """
    from commonground.intake.followed import read_followed
    from commonground.intake.logs.kept_out import sentence
    from commonground.intake.problems import BadInput

    try:
        read = read_followed(data, duration, event, group, competing)
    except BadInput as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from error
    for warning in read.warnings:
        typer.echo(sentence(warning), err=True)
    measured = _measure(read)
    if as_json:
        typer.echo(json.dumps(_answer(measured), ensure_ascii=False, indent=2))
    else:
        _print(measured)


@dataclass(frozen=True, slots=True)
class Measured:
    """share: not yet come to the event; met, left: come to it, and to the competing one, where one is named."""

    read: "FollowedSheet"
    share: "Curves"
    met: "Curves | None"
    left: "Curves | None"
    test: "LogRank | None"


def _measure(read: "FollowedSheet") -> Measured:
    from commonground.analysis.survival.curves import cumulative_incidence, kaplan_meier
    from commonground.analysis.survival.log_rank import log_rank

    rows = (read.group, len(read.groups))
    met = left = None
    if "competing" in read.columns:
        met, left = (cumulative_incidence(read.duration, read.cause, *rows, of=which) for which in (1, 2))
    share = kaplan_meier(read.duration, read.cause == 1, *rows)
    test = log_rank(read.duration, read.cause == 1, *rows) if len(read.groups) > 1 else None
    return Measured(read, share, met, left, test if test is not None and test.df else None)


def _answer(measured: Measured) -> dict[str, Any]:
    test = measured.test
    return {
        "groups": {name: _group(measured, at) for at, name in enumerate(measured.read.groups)},
        "logrank": None if test is None else {"statistic": test.statistic, "df": test.df, "p": test.p},
        "columns": dict(measured.read.columns),
    }


def _group(measured: Measured, at: int) -> dict[str, Any]:
    main = measured.met or measured.share
    one = main.of(at)
    left = None if measured.left is None else measured.left.of(at)
    answer: dict[str, Any] = {"n": one.n, "events": int(one.events.sum())}
    if left is not None:
        answer["competing"] = int(left.events.sum())
    answer["median"] = one.median
    answer["followed_until"] = float(one.time[-1])
    answer["curve"] = list(_rows(measured, at))
    return answer


def _rows(measured: Measured, at: int) -> Iterator[dict[str, Any]]:
    """A row for each time at which something happened to somebody of the group."""
    if measured.met is None or measured.left is None:
        one = measured.share.of(at)
        for row in one.events.nonzero()[0]:
            yield {
                "time": float(one.time[row]), "survival": float(one.share[row]), "low": float(one.low[row]),
                "high": float(one.high[row]), "at_risk": int(one.at_risk[row]),
            }  # fmt: skip
        return
    met, left = measured.met.of(at), measured.left.of(at)
    for row in (met.events + left.events).nonzero()[0]:
        yield {
            "time": float(met.time[row]), "survival": float(1 - met.share[row]), "low": float(1 - met.high[row]),
            "high": float(1 - met.low[row]), "at_risk": int(met.at_risk[row]), "incidence": float(met.share[row]),
            "competing_incidence": float(left.share[row]),
        }  # fmt: skip


def _print(measured: Measured) -> None:
    """The answer for people: what it comes to in sentences, the table, how the sheet was read."""
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False)
    for line in _findings(measured):
        console.print(Text(line, style="bold"))
    console.print()
    console.print(_table(measured))
    console.print()
    read = measured.read
    columns = ", ".join(f"{ours} from {header}" for ours, header in read.columns.items())
    console.print(
        f"Times in the unit of {read.columns['duration']}. Not yet: the share to whom it had not happened at the end of following.",
        markup=False,
    )
    console.print(f"Source: {read.file}, {len(read.duration):,} rows; {columns}.", markup=False, style="dim")


def _findings(measured: Measured) -> Iterator[str]:
    main = measured.met or measured.share
    events = int(main.events.sum())
    n = len(measured.read.duration)
    for at, name in enumerate(measured.read.groups[:SHOWN_GROUPS]):
        median, of = main.of(at).median, "" if len(measured.read.groups) == 1 else f" of {name}"
        yield (
            f"Half{of} have come to it after {median:,.6g}."
            if median is not None
            else f"Fewer than half{of} have come to it yet."
        )
    yield f"It happened to {events:,} of {n:,}."
    if measured.test is not None:
        p = measured.test.p
        differ = (
            "differ more than chance alone explains" if p < FEWEST else "do not differ more than chance alone explains"
        )
        yield f"The groups {differ} ({_chance(p)}; log-rank {measured.test.statistic:.2f} on {measured.test.df})."


def _chance(p: float) -> str:
    return f"p = {p:.3f}" if p >= 0.001 else f"p = {p:.1e}"


def _table(measured: Measured) -> "Table":
    from rich import box
    from rich.table import Table

    main = measured.met or measured.share
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1, 0, 0))
    table.add_column("group", overflow="fold", min_width=5)
    other = ("other end",) if measured.left is not None else ()
    for header in ("rows", "came to it", *other, "half after", "until", "not yet", "95 %"):
        table.add_column(header, justify="right", no_wrap=True)
    for at, name in enumerate(measured.read.groups):
        one = main.of(at)
        share, low, high = one.share[-1], one.low[-1], one.high[-1]
        if measured.met is not None:
            share, low, high = 1 - share, 1 - high, 1 - low
        left = () if measured.left is None else (f"{int(measured.left.of(at).events.sum()):,}",)
        half = "–" if one.median is None or math.isnan(one.median) else f"{one.median:,.6g}"
        table.add_row(
            name, f"{one.n:,}", f"{int(one.events.sum()):,}", *left, half, f"{one.time[-1]:,.6g}",
            f"{100 * share:.1f} %", f"{100 * low:.1f}–{100 * high:.1f} %",
        )  # fmt: skip
    return table
