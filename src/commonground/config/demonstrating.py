"""The command that makes the demo: `commonground demo`."""

from pathlib import Path
from typing import Annotated

import typer

from commonground.config.setup import with_django

app = typer.Typer()


@app.command()
def demo(
    people: Annotated[int, typer.Option(help="How many people work there; the rest grows along.")] = 1200,
    seed: Annotated[int, typer.Option(help="Another number gives other names and places, and the same story.")] = 1,
    events: Annotated[int, typer.Option(min=0, help="About how many events its log has; 0 for none.")] = 300_000,
    as_sheets: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Write plain sheets for `commonground check` instead; no database."),
    ] = None,
    events_file: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write the event log into a .csv or .parquet file instead; no database."),
    ] = None,
) -> None:
    """Makes the demo: Northlight, a utility in the eighteenth month of its customer program, as it stands today.

    Exit code: 0 done, 2 refused, with the reason in a sentence.
    """
    if as_sheets is not None:
        _sheets(as_sheets, people, seed)
    if events_file is not None:
        _events(events_file, events, people, seed)
    if as_sheets is not None or events_file is not None:
        return
    with_django()
    from django.utils import timezone

    from commonground.config import serving
    from commonground.demo.load import NotEmptyError, make_demo
    from commonground.demo.signins import printed_signins
    from commonground.demo.world import TooSmallError

    serving.prepare()
    try:
        world = make_demo(today=timezone.localdate(), at=timezone.now(), seed=seed, people=people, events=events)
    except (NotEmptyError, TooSmallError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from error
    names = " and ".join(plot.name for plot, _ in world.programs)
    log = f", a log of some {events:,} events" if events else ""
    typer.echo(f"Northlight stands: {people:,} people, two programs, {names}{log}. `commonground serve` opens it.\n")
    for line in printed_signins():
        typer.echo(line)


def _sheets(folder: Path, people: int, seed: int) -> None:
    from datetime import datetime

    from commonground.demo.pace_sheets import measured
    from commonground.demo.sheets import write_sheets
    from commonground.demo.story import SLUG
    from commonground.demo.world import TooSmallError, build

    today = datetime.now().astimezone().date()
    try:
        world = build(today=today, seed=seed, people=people)
        number = write_sheets(folder, measured(world, SLUG, seed=seed))
    except (TooSmallError, OSError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from error
    typer.echo(f"{number} sheets in {folder}. Try: commonground check {folder}")


def _events(file: Path, events: int, people: int, seed: int) -> None:
    from datetime import datetime

    from commonground.demo.events_file import FileKindError, write_events
    from commonground.demo.world import TooSmallError, build

    today = datetime.now().astimezone().date()
    try:
        number = write_events(file, build(today=today, seed=seed, people=people), events=events, seed=seed)
    except (TooSmallError, FileKindError, OSError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from error
    typer.echo(f"{number:,} events in {file}. Try: commonground handoffs {file}")
