"""The command that scores a sheet of answers and needs no database: assess."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from rich.table import Table

    from commonground.analysis.assessment.instrument import Instrument
    from commonground.analysis.assessment.scored import Assessed, GroupResult, ScaleResult
    from commonground.intake.answers import AnswerSheet

app = typer.Typer()

THRESHOLD = 5


@app.command()
def assess(
    answers: Annotated[Path, typer.Argument(help="A sheet with one row for each person who answered, CSV or XLSX.")],
    *,
    instrument: Annotated[
        Path, typer.Option(metavar="INSTRUMENT.toml", help="How many answers there are, and which items make a scale.")
    ],
    group: Annotated[str, typer.Option(metavar="HEADER", help="The column of groups to show by themselves.")] = "",
    threshold: Annotated[
        int, typer.Option(metavar="N", help="The fewest people that a group's figures may stand for: 5, or more.")
    ] = THRESHOLD,
    as_json: Annotated[bool, typer.Option("--json", help="Answer as one JSON object.")] = False,
) -> None:
    """Scores a sheet of answers: each scale with its mean, how far its items and its people agree, and the share in the top box.

    A score is a person's mean over the items of a scale, reversed ones turned, if at least half of them are answered (minimum = N in the
    scale says otherwise). The top box is the share of people whose score is at least the second highest answer, of fewer than five
    answers the highest (top = N in the instrument says otherwise), with Wilson's interval of 95 %.

    A group of fewer people than the threshold is suppressed, and so is one whose people all have one score, or one that would give another
    away; left_out counts them. ICC(1) and ICC(2) are of the groups that are shown. Whoever has no group counts in the whole alone.

    Exit code: 0 done, 2 the sheet, the instrument or the command need a correction.
    """
    from commonground.analysis.assessment.scored import assess as scored
    from commonground.intake.answers import read_answers, read_instrument
    from commonground.intake.logs.kept_out import sentence
    from commonground.intake.problems import BadInput

    try:
        if threshold < THRESHOLD:
            raise BadInput(
                f"--threshold {threshold} is too low: a group's figures stand for at least {THRESHOLD} people. Give {THRESHOLD} or more."
            )
        asked = read_instrument(instrument)
        read = read_answers(answers, asked, group)
    except BadInput as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from error
    for warning in read.warnings:
        typer.echo(sentence(warning), err=True)
    found = scored(asked, read.answers, read.group, read.groups, threshold=threshold)
    if as_json:
        typer.echo(json.dumps(_answer(asked, found, threshold), ensure_ascii=False, indent=2, allow_nan=False))
    else:
        _print(asked, read, found, threshold)


def _answer(asked: "Instrument", found: "Assessed", threshold: int) -> dict[str, Any]:
    return {
        "instrument": asked.name,
        "options": asked.options,
        "top_from": asked.top_from,
        "scales": {name: _scale(one) for name, one in found.scales.items()},
        "groups": {name: _group(of) for name, of in found.groups.items()},
        "left_out": found.left_out,
        "without_group": found.alone,
        "threshold": threshold,
    }


def _scale(one: "ScaleResult") -> dict[str, Any]:
    return {
        "items": one.items, "n": one.n, "mean": one.mean, "alpha": one.alpha, "icc1": one.icc1, "icc2": one.icc2,
        "rwg_j": one.rwg_j, "top_box": one.top_box.share, "top_box_low": one.top_box.low, "top_box_high": one.top_box.high,
    }  # fmt: skip


def _group(of: "Mapping[str, GroupResult | None]") -> dict[str, Any]:
    """A group that is withheld in every scale says nothing else; one withheld in some of them says so there."""
    if all(one is None for one in of.values()):
        return {"suppressed": True}
    return {
        scale: {"suppressed": True}
        if one is None
        else {"n": one.n, "mean": one.mean, "rwg_j": one.rwg_j, "may_average": one.may.may}
        for scale, one in of.items()
    }


def _print(asked: "Instrument", read: "AnswerSheet", found: "Assessed", threshold: int) -> None:
    """The answer for people: what it comes to in sentences, the scales, the groups, how it was read."""
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False)
    for line in _findings(asked, found):
        console.print(Text(line, style="bold"))
    console.print()
    console.print(_scales(found))
    if found.groups:
        console.print()
        console.print(_groups(found))
    console.print()
    for line in _notes(asked, read, found, threshold):
        console.print(Text(line))
    console.print(Text(f"Source: {read.file}, {read.rows:,} rows; {asked.name}.", style="dim"))


def _findings(asked: "Instrument", found: "Assessed") -> Iterator[str]:
    for name, one in found.scales.items():
        box = one.top_box
        if one.mean is None or box.share is None or box.low is None or box.high is None:
            yield f"{name}: not enough data yet, nobody answered enough of its items."
            continue
        yield (
            f"{name}: {box.counted:,} of {box.n:,} are at {asked.top_from:g} or higher on 1 to {asked.options} "
            f"({100 * box.share:.0f} %, between {100 * box.low:.0f} and {100 * box.high:.0f} %)."
        )


def _notes(asked: "Instrument", read: "AnswerSheet", found: "Assessed", threshold: int) -> Iterator[str]:
    if found.left_out:
        groups = "1 group is" if found.left_out == 1 else f"{found.left_out:,} groups are"
        yield (
            f"{groups} held back in some figure: fewer than {threshold} people, one score for all, or it would give another away."
        )
    if found.alone:
        yield f"{found.alone:,} of {read.rows:,} people have no {read.header}; they count in the whole alone."
    if any(one is not None and not one.may.may for of in found.groups.values() for one in of.values()):
        yield "A mean in brackets does not speak for its people: they agree too little, or groups differ no more than by chance."
    low = [name for name, one in found.scales.items() if one.alpha is not None and one.alpha < 0.7]
    if low:
        yield f"Alpha is below .7: the items of {', '.join(low)} may not ask for one thing."


def _scales(found: "Assessed") -> "Table":
    table = _table("scale", ("items", "people", "mean", "top box", "95 %", "alpha", "rWG(J)", "ICC(1)", "ICC(2)"))
    for name, one in found.scales.items():
        box = one.top_box
        told = box.share is not None and box.low is not None and box.high is not None
        table.add_row(
            name, f"{one.items}", f"{one.n:,}", _figure(one.mean),
            f"{100 * (box.share or 0):.1f} %" if told else "–",
            f"{100 * (box.low or 0):.1f}–{100 * (box.high or 0):.1f} %" if told else "–",
            *map(_figure, (one.alpha, one.rwg_j, one.icc1, one.icc2)),
        )  # fmt: skip
    return table


def _groups(found: "Assessed") -> "Table":
    table = _table("group", tuple(f"{name} {what}" for name in found.scales for what in ("people", "mean", "rWG(J)")))
    for name, of in found.groups.items():
        cells: list[str] = []
        for one in of.values():
            if one is None:
                cells += ["held back", "", ""]
            else:
                mean = _figure(one.mean)
                cells += [f"{one.n:,}", mean if one.may.may else f"({mean})", _figure(one.rwg_j)]
        table.add_row(name, *cells)
    return table


def _table(first: str, others: tuple[str, ...]) -> "Table":
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1, 0, 0))
    table.add_column(first, overflow="fold", min_width=5)
    for header in others:
        table.add_column(header, justify="right", overflow="fold")
    return table


def _figure(value: float | None) -> str:
    if value is None:
        return "–"
    return "below 0" if value < 0 else f"{value:.2f}"
