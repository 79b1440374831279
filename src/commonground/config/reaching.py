"""The command that counts whom channels reach and needs no database: reach."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from rich.table import Table

    from commonground.analysis.communication.reach import Cheapest, Counts
    from commonground.intake.contact_files import ContactTable

app = typer.Typer()
WITHOUT = "without a segment"


@dataclass(frozen=True)
class Found:
    """What the command answers with. why: why there is no cheapest set."""

    read: "ContactTable"
    segments: "Mapping[str, Counts]"
    whole: "Counts"
    costs: Mapping[str, Decimal]
    want: Decimal
    best: "Cheapest | None"
    why: str


@app.command()
def reach(
    contacts: Annotated[
        Path, typer.Argument(metavar="CONTACTS", help="An export of contacts, one customer a row; CSV or XLSX.")
    ],
    *,
    want: Annotated[str, typer.Option(metavar="SHARE", help="The share to be reached, as 0.95.")] = "0.95",
    costs: Annotated[
        Path | None,
        typer.Option(metavar="COSTS.toml", help="The price of one contact on each channel, as email = 0.01."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Answer as one JSON object.")] = False,
) -> None:
    """Counts whom channels reach, each contact once, and finds the cheapest channels that reach a wanted share.

    A channel reaches a contact who has an address there that can be one, and who has not refused it. Of every set of channels with a price
    each contact is paid for once, on the cheapest channel of the set that they have; all sets are tried, so the cheapest one is exact. Of
    two that cost the same, the one with fewer channels is taken.

    Exit code: 0 done, 2 the contacts, the prices or the command need a correction.
    """
    from commonground.intake.problems import BadInput

    try:
        found = _found(contacts, _share(want), costs)
    except BadInput as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from error
    for line in _warnings(found):
        typer.echo(line, err=True)
    if as_json:
        typer.echo(json.dumps(_answer(found), ensure_ascii=False, indent=2, allow_nan=False))
    else:
        _print(found)


def _found(contacts: Path, want: Decimal, costs: Path | None) -> Found:
    from commonground.analysis.communication.reach import cheapest, most, together
    from commonground.intake.contact_files import read_contacts
    from commonground.intake.problems import BadInput

    prices = _prices(costs)
    read = read_contacts(contacts, strict=True)
    if "id" not in read.columns:
        raise BadInput(
            f"{read.file} has no column of ids among {', '.join(read.headers) or 'its headers'}. "
            "Call the one with the contact’s number “id”."
        )
    counted = read.counts()
    whole = together(counted.values())
    segments: dict[str, Counts] = {}
    for name, counts in counted.items():
        segments[name or WITHOUT] = together([segments.get(name or WITHOUT, {}), counts])
    best = cheapest(whole, prices, want) if len(read) and prices else None
    why = ""
    if not len(read):
        why = f"{read.file} has no contacts."
    elif not prices:
        why = "No channel has a price: give --costs."
    elif best is None:
        top = most(whole, prices)
        why = f"All channels with a price together reach {top:,} of {len(read):,} contacts, which is less than the wanted {want:%}."
    return Found(read, segments, whole, prices, want, best, why)


def _share(text: str) -> Decimal:
    from commonground.intake.problems import BadInput

    try:
        value = Decimal(text.rstrip("% ")) / (100 if text.endswith("%") else 1)
    except InvalidOperation:
        value = Decimal(-1)
    if not value.is_finite() or not 0 <= value <= 1:
        raise BadInput(f"--want {text} is no share. Give one between 0 and 1, as 0.95.")
    return value


def _prices(path: Path | None) -> dict[str, Decimal]:
    """The prices of a file. Raises BadInput naming the channel, the value and the remedy."""
    from commonground.analysis.communication.reach import CHANNELS
    from commonground.intake.written import read_toml

    if path is None:
        return {}

    def made(said: Mapping[str, Any]) -> dict[str, Decimal]:
        for channel, value in said.items():
            if channel not in CHANNELS:
                raise PriceError(f"{channel}: this is no channel. Channels are {', '.join(CHANNELS)}.")
            number = isinstance(value, int | float) and not isinstance(value, bool)
            if not number or not 0 <= value < float("inf"):
                raise PriceError(
                    f"{channel} = {value}: this is no price of a contact. Write 0 or more, as {channel} = 0.01."
                )
        return {channel: Decimal(repr(said[channel])) for channel in CHANNELS if channel in said}

    return read_toml(path, made, PriceError)


class PriceError(Exception):
    """A price that cannot be one."""


def _warnings(found: Found) -> Iterator[str]:
    from commonground.analysis.communication.reach import CHANNELS, LABELS

    for channel, number in found.read.doubtful.items():
        header = found.read.columns[channel]
        yield f"{found.read.file}, column {header}: {number:,} cells are no address for {LABELS[channel]} and reach nobody. Look them over."
    lacking = [channel for channel in CHANNELS if channel not in found.costs and found.costs]
    if lacking:
        yield f"Without a price, and so in no set: {', '.join(lacking)}."


def _reached(counts: "Counts") -> dict[str, Any]:
    from commonground.analysis.communication.reach import CHANNELS, contacts, have, union

    all_, there = contacts(counts), union(counts, CHANNELS)
    return {
        "contacts": all_,
        "reach": {channel: _share_of(number, all_) for channel, number in have(counts).items()},
        "union": _share_of(there, all_),
        "unreached": all_ - there,
        "reached": there,
    }


def _share_of(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _answer(found: Found) -> dict[str, Any]:
    best, all_ = found.best, len(found.read)
    return {
        **_reached(found.whole),
        "segments": {name: _reached(counts) for name, counts in found.segments.items()},
        "want": float(found.want),
        "cheapest": None
        if best is None
        else {
            "channels": list(best.channels),
            "reach": _share_of(best.reached, all_),
            "cost": float(best.cost),
            "optimal": best.optimal,
            "reached": best.reached,
            "counted_on": dict(best.taken),
        },
        **({"why": found.why} if found.why else {}),
    }


def _print(found: Found) -> None:
    """The answer for people: what it comes to in sentences, the segments by channel, how it was read."""
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False)
    for line in _sentences(found):
        console.print(Text(line, style="bold"))
    console.print()
    console.print(_table(found))
    console.print()
    console.print(
        Text(
            f"Source: {found.read.file}, {len(found.read):,} contacts. Addresses that can be one and were not refused.",
            style="dim",
        )
    )


def _sentences(found: Found) -> Iterator[str]:
    from commonground.analysis.communication.reach import CHANNELS, LABELS, alone, union

    all_ = len(found.read)
    there = union(found.whole, CHANNELS)
    if all_:
        yield f"All channels together reach {there:,} of {all_:,} contacts ({there / all_:.1%}); {all_ - there:,} are reached by none."
    for channel in CHANNELS:
        if only := alone(found.whole, channel):
            yield f"{only:,} can be reached by {LABELS[channel]} alone."
    best = found.best
    if best is None:
        yield f"No cheapest set: {found.why}"
        return
    named = ", ".join(LABELS[channel] for channel in best.channels) or "no channel"
    yield f"The cheapest way to reach {found.want:.1%}: {named}."
    yield f"It reaches {best.reached:,} for {best.cost:,}; all {best.tried} sets were tried, so none is cheaper."


def _table(found: Found) -> "Table":
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from commonground.analysis.communication.reach import CHANNELS, LABELS

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1, 0, 0))
    table.add_column("segment, %", overflow="fold", min_width=8)
    for header in ("contacts", *(LABELS[channel] for channel in CHANNELS), "any", "none"):
        table.add_column(header, justify="right", no_wrap=header in ("contacts", "none"))
    rows = [*found.segments.items(), *([("all", found.whole)] if len(found.segments) != 1 else [])]
    for name, counts in rows:
        one = _reached(counts)
        shares = [*one["reach"].values(), one["union"]]
        cells = ["–" if not share else f"{100 * share:.0f}" for share in shares]
        table.add_row(Text(name), f"{one['contacts']:,}", *cells, f"{one['unreached']:,}")
    return table
