"""The command that forecasts one series and needs no database: forecast."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from rich.table import Table

    from commonground.analysis.forecast.outlook import History, Outlook, When
    from commonground.intake.series import Series

app = typer.Typer()

FURTHER = 24
SHOWN = 12
MOST = 1e10  # people: more than there are
COLUMNS = ("p025", "p10", "p25", "p50", "p75", "p90", "p975")


@app.command()
def forecast(
    series: Annotated[Path, typer.Argument(help="A sheet with the columns time and either adopters or share.")],
    *,
    population: Annotated[
        float | None, typer.Option(metavar="N", help="How many could take it up, for a sheet of adopters.")
    ] = None,
    until: Annotated[
        str | None,
        typer.Option(metavar="TIME", help="The last time that may be used; later rows are what is forecast."),
    ] = None,
    score: Annotated[bool, typer.Option("--score", help="Score the forecast on the rows after --until.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Answer as one JSON object.")] = False,
) -> None:
    """Forecasts a share: its course, and when 50, 80 and 90 % will be reached, each with an interval.

    Times are numbers or days, evenly spaced or not. A share may fall; adopters are the new ones of each period. Several models are
    combined by how well each forecast the later part of the series from its earlier part.

    Exit code: 0 done, also where there is not enough data yet; 2 the sheet or the command need a correction.
    """
    from commonground.intake.problems import BadInput
    from commonground.intake.series import read_series

    try:
        read = read_series(series)
        answer = _answer(read, population, until, score)
    except BadInput as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from error
    for warning in (*read.warnings, *answer.pop("warnings")):
        typer.echo(warning, err=True)
    if as_json:
        typer.echo(json.dumps(answer, ensure_ascii=False, indent=2))
    else:
        _print(answer, read, until)


def _answer(read: "Series", population: float | None, until: str | None, score: bool) -> dict[str, Any]:
    import numpy as np

    from commonground.analysis.forecast.outlook import outlook

    last = read.times[-1] if until is None else read.time(until)
    used = sum(time <= last for time in read.times)
    later = read.times[used:]
    _refuse_options(read, population, score=score, later=len(later))
    history = _history(read, used, population)
    ahead = later or read.further(read.times[used - 1] if used else last, FURTHER)
    told = outlook(history, np.array(ahead))
    answer: dict[str, Any] = {
        "enough_data": told.enough,
        "why": told.why,
        "path": [
            {"time": read.written(time), **{name: round(float(q), 6) for name, q in zip(COLUMNS, row, strict=True)}}
            for time, row in zip(told.times, told.quantiles, strict=True)
        ],
        "reaches": {str(target): _reached(read, when) for target, when in told.reaches.items()},
        "weights": {name: round(weight, 4) for name, weight in told.weights.items()},
        "population": population if population is not None else told.population,
        "used": used,
        "warnings": [],
    }
    if told.population is not None:
        answer["warnings"].append(
            f"How many could take it up is not told: shares are of {told.population:,.0f}, a guess. Say it with --population N."
        )
    if score:
        answer["score"] = _score(read, used, told, population) if told.enough else None
    return answer


def _refuse_options(read: "Series", population: float | None, *, score: bool, later: int) -> None:
    from commonground.intake.problems import BadInput

    if population is not None and read.adopters is None:
        raise BadInput(
            f"{read.file} holds shares, which need no --population. Leave it out, or give a column “adopters”."
        )
    if population is not None and not population > 0:
        raise BadInput(f"A population of {population:g} is none. Give the number of people who could take it up.")
    if read.adopters is not None and max(population or 0, sum(read.adopters)) > MOST:
        raise BadInput(
            f"{max(population or 0, sum(read.adopters)):,.10g} are more than there are people on earth. Correct "
            + ("--population." if (population or 0) > MOST else f"{read.file}, column adopters.")
        )
    if population is not None and read.adopters is not None and sum(read.adopters) > population * (1 + 1e-9):
        raise BadInput(
            f"{read.file}, column adopters: {sum(read.adopters):,.10g} adopters are more than the population of {population:,.10g}. "
            "Give the number of all who could take it up; adopters are the new ones of each period, not their sum."
        )
    if score and not later:
        raise BadInput(
            f"{read.file} has no rows after the last time used, so nothing can be scored. Give an earlier --until."
        )


def _history(read: "Series", used: int, population: float | None) -> "History":
    import numpy as np

    from commonground.analysis.forecast.outlook import History
    from commonground.analysis.months import DAYS_A_MONTH
    from commonground.intake.series import NUMBER

    share, adopters, n = (None if one is None else np.array(one[:used]) for one in (read.share, read.adopters, read.n))
    times = np.array(read.times[:used])
    organization = read.kind != NUMBER and used > 1 and float(np.median(np.diff(times))) <= 2 * DAYS_A_MONTH
    return History(times, share, adopters, n, population, per_month=DAYS_A_MONTH if organization else None)


def _reached(read: "Series", when: "When") -> dict[str, Any]:
    return {name: None if time is None else read.written(time) for name, time in when._asdict().items()}


def _score(read: "Series", used: int, told: "Outlook", population: float | None) -> dict[str, Any]:
    """The score on the later rows, CRPS by the paths themselves."""
    import numpy as np

    from commonground.analysis.forecast.outlook import score

    if read.adopters is not None:
        came = np.cumsum(read.adopters)[used:] / (population or told.population or 1.0)
    else:
        came = np.array((read.share or ())[used:])
    return {name: round(value, 6) for name, value in score(told, came)._asdict().items()}


def _print(answer: Mapping[str, Any], read: "Series", until: str | None) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False)
    console.print(Text(_finding(answer), style="bold"))
    if answer["enough_data"]:
        console.print()
        console.print(_reaches_table(answer))
        console.print(_path_table(answer))
        told = ", ".join(
            f"{name} {_percent(weight)}" for name, weight in sorted(answer["weights"].items(), key=lambda one: -one[1])
        )
        console.print(f"Models by weight: {told}.", markup=False)
    if answer.get("score"):
        score = answer["score"]
        console.print(
            f"Scored on {score['n']} later rows: CRPS {score['crps']:.4f}, pinball {score['pinball']:.4f}; inside the 50, 80 and 95 % "
            f"intervals {_percent(score['coverage50'])}, {_percent(score['coverage80'])} and {_percent(score['coverage95'])}.",
            markup=False,
        )
    rows = "1 row" if answer["used"] == 1 else f"{answer['used']} rows"
    console.print(f"Source: {read.file}, {rows}{f' until {until}' if until else ''}.", markup=False, style="dim")


def _finding(answer: Mapping[str, Any]) -> str:
    if not answer["enough_data"]:
        return str(answer["why"])
    told = {target: when["mid"] for target, when in answer["reaches"].items()}
    reached = [f"{_percent(float(target))} by {time}" for target, time in told.items() if time is not None]
    end, last = answer["path"][-1]["time"], answer["path"][-1]
    if reached:
        return f"Most likely course: {', '.join(reached)}."
    return (
        f"Half is not likely to be reached by {end}: the share is then most likely {_percent(last['p50'])} "
        f"(80 % interval {_percent(last['p10'])} to {_percent(last['p90'])})."
    )


def _percent(share: float) -> str:
    return f"{share:.0%}".replace("%", " %")


def _reaches_table(answer: Mapping[str, Any]) -> "Table":
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for header in ("share", "reached, earliest", "middle", "latest (80 % interval)"):
        table.add_column(header, justify="right", no_wrap=True)
    for target, when in answer["reaches"].items():
        table.add_row(
            _percent(float(target)), *("after the horizon" if one is None else str(one) for one in when.values())
        )
    return table


def _path_table(answer: Mapping[str, Any]) -> "Table":
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for header in ("time", "10 %", "25 %", "middle", "75 %", "90 %"):
        table.add_column(header, justify="right", no_wrap=True)
    path = answer["path"]
    every = max(1, -(-len(path) // SHOWN))
    for row in path[every - 1 :: every]:
        table.add_row(str(row["time"]), *(_percent(row[name]) for name in ("p10", "p25", "p50", "p75", "p90")))
    return table
