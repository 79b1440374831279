"""The command that chooses champions out of a network and needs no database: champions."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from commonground.analysis.coalition.covering import Choice
    from commonground.intake.network_files import NetworkFile

app = typer.Typer()
Named = tuple[tuple[int, ...], tuple[int, ...]]  # fixed, forbidden
Answer = tuple["Choice", dict[str, Any]]  # the choice, and what is told of spread beside it
MEASURES = {
    "reach": ("Reached by a champion", "they reach"),
    "cascade": ("Where one is enough to win the next", "it spreads to"),
    "threshold": ("Where two are needed", "it spreads to"),
    "noisy": ("Where two are needed but by a tenth of the people", "it spreads to"),
}


class Spread(StrEnum):
    """How what champions do is taken over: one is enough, two are needed, or whatever it is."""

    CASCADE = "cascade"
    THRESHOLD = "threshold"
    ALL = "all"


@dataclass(frozen=True)
class Asked:
    """What the options say beside the files."""

    count: int
    cover: list[str]
    fixed: list[str]
    forbidden: list[str]
    steps: int
    seconds: float
    spread: Spread | None


@app.command()
def champions(  # noqa: PLR0913 - one parameter an option of the command line
    edges: Annotated[
        Path, typer.Argument(metavar="EDGES", help="Ties, one a row: source, target; CSV, Excel, GraphML or GEXF.")
    ],
    *,
    people: Annotated[
        Path | None,
        typer.Option(metavar="PEOPLE.csv", help="Who there is: id, and any columns. Else those whom the ties name."),
    ] = None,
    count: Annotated[int, typer.Option(metavar="K", help="How many champions, fixed ones among them.")],
    cover: Annotated[
        list[str] | None,
        typer.Option(metavar="COLUMNS", help="At least one champion for each value of each of these, as unit,level."),
    ] = None,
    steps: Annotated[
        int, typer.Option(metavar="1|2", help="1: whom a champion reaches; 2: also whom these reach.")
    ] = 1,
    undirected: Annotated[bool, typer.Option("--undirected", help="Every tie holds both ways.")] = False,
    fixed: Annotated[list[str] | None, typer.Option(metavar="IDS", help="Champions already, as 7,12.")] = None,
    forbidden: Annotated[list[str] | None, typer.Option(metavar="IDS", help="May not be chosen.")] = None,
    spread: Annotated[
        Spread | None,
        typer.Option(
            help="Choose for how far it spreads from one to the next, in place of reach; all: for reach and every model."
        ),
    ] = None,
    source: Annotated[str, typer.Option(metavar="HEADER", help="The column of who reaches.")] = "",
    target: Annotated[str, typer.Option(metavar="HEADER", help="The column of who is reached.")] = "",
    id_: Annotated[str, typer.Option("--id", metavar="HEADER", help="The column of ids in the people.")] = "",
    seconds: Annotated[float, typer.Option(metavar="S", help="About how long to look for a proof.")] = 14.0,
    as_json: Annotated[bool, typer.Option("--json", help="Answer as one JSON object.")] = False,
) -> None:
    """Chooses the champions who reach most people, and says how good the choice is.

    A champion reaches themselves and their targets. With --cover there is at least one for each value of each column; whoever has no value
    there asks for none. The answer holds a bound: no choice under the same demands reaches more. Where both are equal it is a proven
    optimum. With --spread all the choice falls short least under what suits it least, and its regret under each is told. Ties of
    strength 0 or below reach nobody; ties of people who are not in the sheet are left out and counted.

    Exit code: 0 done, 2 the files or the command need a correction, or the values cannot be covered by so many.
    """
    from commonground.intake.logs.kept_out import sentence
    from commonground.intake.network_files import read_network
    from commonground.intake.network_ties import Named
    from commonground.intake.problems import BadInput

    try:
        asked = Asked(count, _words(cover), _words(fixed), _words(forbidden), steps, seconds, spread)
        _refuse(asked)
        read = read_network(edges, people, named=Named(source, target, "", id_), undirected=undirected)
        for warning in read.warnings:
            typer.echo(sentence(warning), err=True)
        found = _choose(read, asked)
    except BadInput as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from error
    if as_json:
        typer.echo(json.dumps(_answer(read, *found), ensure_ascii=False, indent=2, allow_nan=False))
    else:
        _print(read, asked, *found)


def _words(options: Sequence[str] | None) -> list[str]:
    """What an option that may be repeated names, several of them separated by commas."""
    return list(dict.fromkeys(word.strip() for option in options or () for word in option.split(",") if word.strip()))


def _refuse(asked: Asked) -> None:
    from commonground.intake.problems import BadInput

    if asked.count < 1:
        raise BadInput(f"--count {asked.count} chooses nobody. Give 1 or more.")
    if asked.steps not in (1, 2):
        raise BadInput(f"--steps {asked.steps} is neither 1 nor 2. Give one of them.")
    both = set(asked.fixed) & set(asked.forbidden)
    if both:
        raise BadInput(f"{min(both)} is both --fixed and --forbidden. Take them out of one of both.")
    if not asked.seconds >= 0:
        raise BadInput(f"--seconds {asked.seconds:g} is no length of time. Give 0 or more.")


def _choose(read: "NetworkFile", asked: Asked) -> Answer:
    from commonground.analysis.coalition.covering import CannotCoverError, choose
    from commonground.analysis.coalition.network import TooLargeError
    from commonground.intake.problems import BadInput

    columns = [read.column(name) for name in asked.cover]
    fixed, forbidden = read.positions(asked.fixed, "fixed"), read.positions(asked.forbidden, "forbidden")
    people = len(read.network)
    if asked.count > people - len(forbidden):
        raise BadInput(
            f"--count {asked.count}: {read.people_file} has {people - len(forbidden):,} people who may be chosen: give no more."
        )
    try:
        if asked.spread in (Spread.CASCADE, Spread.THRESHOLD):
            return _furthest(read, asked, columns, (fixed, forbidden))
        most = choose(
            read.network, asked.count, cover=columns, fixed=fixed, forbidden=forbidden, steps=asked.steps,
            certify_seconds=asked.seconds * 3 / 7, exact_seconds=asked.seconds * 4 / 7,
        )  # fmt: skip
        return _under_all(read, asked, most, columns, (fixed, forbidden)) if asked.spread is Spread.ALL else (most, {})
    except TooLargeError as error:
        raise BadInput(f"{read.edges_file}: {error}") from error
    except CannotCoverError as error:
        raise BadInput(_cannot(read, asked, error)) from error


def _under_all(
    read: "NetworkFile", asked: Asked, most: "Choice", columns: Sequence[Sequence[str | None]], named: Named
) -> Answer:
    """The choice that falls short least under what suits it least, and its regrets. most: the choice that reaches most."""
    import numpy as np

    from commonground.analysis.coalition.covering import judged
    from commonground.analysis.coalition.robust import ByReach, robust

    by_reach = ByReach(most, read.network.reach(asked.steps), np.ones(len(read.network)))
    found = robust(
        read.network, asked.count, reach=by_reach, cover=columns, fixed=named[0], forbidden=named[1],
        seconds=asked.seconds,
    )  # fmt: skip
    taken = judged(read.network, found.champions, most, cover=columns, fixed=named[0], steps=asked.steps)
    under = {one.measure: {"reached": one.reached, "best": one.best, "regret": one.regret} for one in found.under}
    return replace(taken, seconds=taken.seconds + found.seconds), {"under": under, "worst_regret": found.worst}


def _furthest(read: "NetworkFile", asked: Asked, columns: Sequence[Sequence[str | None]], named: Named) -> Answer:
    """The choice from whom it spreads furthest, told as one that covers: `covered` is how many it spreads to, on the average."""
    from commonground.analysis.coalition.covering import Choice
    from commonground.analysis.coalition.spread import Model, choose_for_spread

    model: Model = "cascade" if asked.spread is Spread.CASCADE else "threshold"
    found = choose_for_spread(
        read.network, asked.count, model, certified=asked.spread is Spread.CASCADE, cover=columns, fixed=named[0],
        forbidden=named[1], seconds=asked.seconds,
    )  # fmt: skip
    bound = max(found.bound, found.spread)
    gap = (bound - found.spread) / bound if bound > 0 else 0.0
    why = tuple(
        "set beforehand" if one in named[0] else "among those from whom it spreads furthest" for one in found.champions
    )
    # an average out of draws proves no optimum, unless it reaches everybody there is
    proven = found.spread >= len(read.network)
    told = Choice(found.champions, why, found.spread, len(read.network), bound, gap, proven, found.seconds)
    return told, {"low": found.low, "ratio": found.ratio, "failure": found.failure}


def _cannot(read: "NetworkFile", asked: Asked, error: Any) -> str:
    """Why the values cannot be covered, and the least count that would do."""
    from commonground.intake.sheet import listed

    if error.least is None:
        gone = listed(f"{asked.cover[column]} “{value}”" for column, value in error.missing)
        return f"Every person of {gone} in {read.people_file} is forbidden: no count covers it. Take one of them out of --forbidden."
    if not asked.cover:
        return f"--count {asked.count}: {error.least} people are fixed. Ask for at least {error.least}."
    return (
        f"--count {asked.count}: so few cannot cover every value of {', '.join(asked.cover)} in {read.people_file}. "
        f"It takes at least {error.least}: give --count {error.least} or more, or cover fewer columns."
    )


def _whole(value: float) -> float | int:
    return int(value) if float(value).is_integer() else value


def _answer(read: "NetworkFile", found: "Choice", further: dict[str, Any]) -> dict[str, Any]:
    rows = zip(found.champions, found.why, strict=True)
    return {
        "champions": [{"id": read.network.ids[one], "why": why} for one, why in rows],
        "covered": _whole(found.covered),
        "people": found.people,
        "bound": _whole(found.bound),
        "gap": found.gap,
        "proven_optimal": found.proven_optimal,
        "seconds": round(found.seconds, 3),
        **further,
    }


def _print(read: "NetworkFile", asked: Asked, found: "Choice", further: dict[str, Any]) -> None:
    """The answer for people: what it comes to and how good it is in sentences, the champions, how it was read."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False)
    for line in _sentences(asked, found, further):
        console.print(Text(line, style="bold"))
    console.print()
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1, 0, 0))
    table.add_column("", justify="right")
    for header in ("champion", *asked.cover, "why"):
        table.add_column(header, overflow="fold", min_width=5)
    columns = [read.column(name) for name in asked.cover]
    for at, (one, why) in enumerate(zip(found.champions, found.why, strict=True), 1):
        cells = [read.network.ids[one], *(column[one] or "–" for column in columns), why]
        table.add_row(f"{at}", *(Text(cell) for cell in cells))
    console.print(table)
    console.print()
    console.print(
        Text(
            f"Source: {read.edges_file}, {read.ties:,} ties; {read.people_file}, {found.people:,} people.", style="dim"
        )
    )


def _sentences(asked: Asked, found: "Choice", further: dict[str, Any]) -> Iterator[str]:
    share = 100 * found.covered / found.people if found.people else 0.0
    if "ratio" in further:
        from_ = f"From {len(found.champions):,} champions it spreads to {found.covered:,.0f} of {found.people:,} people"
        yield f"{from_} ({share:.0f} %), on the average."
        sure = f", but for a chance of {100 * further['failure']:g} %" if further["failure"] else ""
        least = f"this one to at least {100 * further['ratio']:.0f} % of that{sure}"
        yield f"No choice under the same demands spreads to more than {found.bound:,.0f} on the average: {least}."
        return
    within = "in one step" if asked.steps == 1 else "within two steps"
    who = "1 champion reaches" if len(found.champions) == 1 else f"{len(found.champions):,} champions reach"
    yield f"{who} {found.covered:,.0f} of {found.people:,} people {within} ({share:.0f} %), themselves included."
    if found.proven_optimal:
        yield "No choice under the same demands reaches more: this is proven."
    else:
        least = f"at most {100 * found.gap:.1f} % below the best"
        yield f"No choice under the same demands reaches more than {found.bound:,.0f}: this one is {least}."
    for measure, under in further.get("under", {}).items():
        words, verb = MEASURES[measure]
        yield f"{words}: {verb} {under['reached']:,.0f}, {100 * under['regret']:.1f} % less than the best known, {under['best']:,.0f}."
