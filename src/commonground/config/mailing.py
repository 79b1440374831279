"""The commands about mail: what waits, sending it now, a test mail."""

from typing import Annotated

import typer

from commonground.config.setup import with_django

app = typer.Typer(help="Mail that goes out: what waits, sending it now, a test mail.")


@app.command("list")
def show() -> None:
    """Says what waits, what went out and what needs somebody, without naming a recipient.

    Exit code: 0 nothing needs somebody, 1 something does.
    """
    with_django()
    from commonground.outbox import states
    from commonground.outbox.models import Message
    from commonground.outbox.overview import lines, overview

    seen = overview(Message.objects.all())
    for line in lines(seen):
        typer.echo(line)
    raise typer.Exit(1 if any(seen.counts[state] for state in states.NEEDS_SOMEBODY) else 0)


@app.command()
def send(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say how many would go out now.")] = False,
) -> None:
    """Sends what is due now, also beside a running instance: no message goes out twice.

    Exit code: 0 sent or nothing to send, 1 something was refused or is uncertain, 2 the mail server cannot be spoken to or none is set.
    """
    with_django()
    from django.utils import timezone

    from commonground.outbox import states
    from commonground.outbox.models import Message
    from commonground.outbox.sending import send_due
    from commonground.outbox.way import way

    due = Message.objects.filter(state=states.WAITING, next_try__lte=timezone.now()).count()
    if dry_run:
        typer.echo(f"{due} would go out now.")
        return
    if way() is None:
        typer.echo(f"{due} wait. No mail leaves, since COMMONGROUND_MAIL is not set.", err=True)
        raise typer.Exit(2)
    done = send_due(timezone.now, most=100_000)
    typer.echo(
        f"{done.sent} sent, {done.later} to be tried again, {done.refused} refused, {done.failed} given up, "
        f"{done.uncertain} uncertain."
    )
    if done.trouble:
        typer.echo(done.trouble, err=True)
        raise typer.Exit(2)
    raise typer.Exit(1 if done.refused or done.failed or done.uncertain else 0)


@app.command()
def test(to: Annotated[str, typer.Argument(help="The address that the test mail goes to.")]) -> None:
    """Sends one test mail at once, past the queue, and says what the mail server answers.

    Exit code: 0 the server took it, 2 not, with the reason in a sentence.
    """
    with_django()
    from django.utils import timezone

    from commonground.outbox.sending import send_test
    from commonground.outbox.way import way

    found = way()
    if found is None:
        typer.echo(
            "No mail leaves, since COMMONGROUND_MAIL is not set. Set it and COMMONGROUND_MAIL_FROM first.", err=True
        )
        raise typer.Exit(2)
    fault, words = send_test(to, found, timezone.now())
    typer.echo(f"{found.server}: {words}", err=fault)
    raise typer.Exit(2 if fault else 0)


@app.command("after-restore")
def after_restore() -> None:
    """Says of all mail that waits that nobody knows whether it went out; for after a database was put back with pg_restore.

    `commonground restore` does so by itself. Exit code: 0.
    """
    with_django()
    typer.echo(
        f"{mail_in_doubt()} messages are uncertain now. Say on the page “Mail” which arrived and which go out again."
    )


def mail_in_doubt() -> int:
    """Messages that waited in a database which was put back from a backup become uncertain; how many. None in an older backup."""
    from django.db import connection

    from commonground.outbox.models import Message

    if Message._meta.db_table not in connection.introspection.table_names():
        return 0
    return Message.objects.after_restore()
