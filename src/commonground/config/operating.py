"""The commands that keep an instance running: serve, backup, restore."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from commonground.config.setup import with_django

app = typer.Typer()
Port = Annotated[int, typer.Option(min=1, max=65535, help="The port to listen on.")]
Host = Annotated[
    str, typer.Option(help="The address to listen on; keep it local unless a proxy with TLS stands in front.")
]


@app.command()
def serve(
    port: Port = 8000,
    host: Host = "127.0.0.1",
    empty: Annotated[
        bool, typer.Option("--empty", help="Start without the demo; the first page makes the administrator.")
    ] = False,
) -> None:
    """Serves this instance in the browser; makes the database and the demo the first time.

    Exit code: 0 stopped with Ctrl-C, 2 it cannot start or a part of it ended, with the reason in a sentence.
    """
    with_django()
    from django.utils import timezone

    from commonground.accounts.models import User
    from commonground.assessments.tasks import begin_nights
    from commonground.coalition.silence_tasks import begin_mornings
    from commonground.config import serving
    from commonground.demo.signins import printed_signins
    from commonground.disclosure.tasks import keep_clearing
    from commonground.events.models import Log

    address = serving.Address(host, port)
    try:
        serving.refuse_taken_port(address)
        serving.prepare()
        keep_clearing(timezone.now())
        begin_nights()
        begin_mornings()
        Log.objects.put_right()
        if not empty and not User.objects.exists():
            from commonground.demo.events import EVENTS
            from commonground.demo.load import make_demo

            typer.echo("Making the demo: Northlight, a utility of 1,200 people …", err=True)
            make_demo(today=timezone.localdate(), at=timezone.now(), events=EVENTS)

        def ready() -> None:
            typer.echo(f"\n  Commonground is at {address}\n")
            for line in printed_signins():
                typer.echo(f"  {line}")
            typer.echo("\n  Ctrl-C stops it.")

        raise typer.Exit(serving.serve(address, ready=ready))
    except serving.CannotServeError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from error


@app.command()
def backup(
    target: Annotated[Path, typer.Argument(help="The file to write, for example commonground-2026-11-21.tar.gz.")],
) -> None:
    """Backs the instance up while it runs, and proves the backup by restoring it elsewhere.

    Exit code: 0 backed up and read back, 2 not, with the reason in a sentence.
    """
    with_django()
    from django.utils import timezone

    from commonground.config import backup as backups

    try:
        made = backups.backup(target, at=timezone.now())
    except backups.BackupError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from error
    typer.echo(
        f"{made.path}: {made.size / 1e6:.1f} MB, {sum(made.rows.values()):,} rows in {len(made.rows)} tables"
        f"{_events(made.events)}, read back whole."
    )


@app.command()
def restore(
    archive: Annotated[
        Path, typer.Argument(help="A file that `commonground backup` made.", exists=True, dir_okay=False)
    ],
    replace: Annotated[bool, typer.Option("--replace", help="Move the data that is there aside.")] = False,
) -> None:
    """Puts a backup in place of the instance's data; what was there is moved aside.

    Exit code: 0 restored, 2 not, with the reason in a sentence; then everything is as it was.
    """
    with_django()
    from django.utils import timezone

    from commonground.assessments.sealing import without_key
    from commonground.config import backup as backups
    from commonground.config.mailing import mail_in_doubt

    try:
        put = backups.restore(archive, replace=replace, at=timezone.now())
    except backups.BackupError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from error
    doubtful = mail_in_doubt()
    typer.echo(
        f"Restored {sum(put.rows.values()):,} rows in {len(put.rows)} tables{_events(put.events)}. "
        "Start the instance with `commonground serve`."
    )
    for round in without_key():
        typer.echo(
            f"“{round}” is open and its key is in no backup: links that people have work, reminders and new codes cannot be made."
        )
    if doubtful:
        typer.echo(
            f"{doubtful} messages waited when the backup was made. Nobody knows whether they went out since: see “Mail”."
        )


def _events(logs: Mapping[str, int]) -> str:
    return f", {sum(logs.values()):,} events in {len(logs)} {'log' if len(logs) == 1 else 'logs'}" if logs else ""
