"""The commands about the journal: verify that it is as it was written, erase what it holds about a person."""

from typing import Annotated

import typer

from commonground.config.setup import with_django

app = typer.Typer(help="Check the journal, or erase what it holds about a person.", no_args_is_help=True)


@app.command()
def verify(
    head: Annotated[
        bool,
        typer.Option("--head", help="Print the end of the chain too, to be kept where this machine cannot change it."),
    ] = False,
    since: Annotated[
        str | None,
        typer.Option(metavar="HEAD", help="A head that was kept earlier: the chain must still run through it."),
    ] = None,
) -> None:
    """Walks the journal's chain and names the first entry that was changed, removed or put in.

    Exit code: 0 the chain is whole, 1 it is not, 2 the head given cannot be read.
    """
    with_django()
    from commonground.journal import recording

    try:
        noted = recording.HeadNote.read(since) if since else None
    except ValueError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from error
    verdict = recording.verify(noted)
    typer.echo(verdict.why)
    if not verdict.sound:
        raise typer.Exit(1)
    if head:
        typer.echo(str(recording.head()))


@app.command()
def erase(
    person: Annotated[str, typer.Option(metavar="KEY", help="The person's number, as in the sheets.")],
    why: Annotated[str, typer.Option(help="The reason, kept in the journal. Do not write the name into it.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Erases the words beside all entries about a person or in which they are named. The chain stays whole; there is no way back.

    Exit code: 0 erased, 1 not confirmed, 2 nobody has that number.
    """
    with_django()
    from django.utils import timezone

    from commonground.access.actor import OPERATOR
    from commonground.journal import erasing
    from commonground.organization.models import Person

    row = Person.objects.filter(key=person).first()
    if row is None:
        typer.echo(f"Nobody has the number “{person}”. Look it up on the page of the person.", err=True)
        raise typer.Exit(2)
    users = [row.user_id] if row.user_id else []
    things = [("organization.person", row.pk), *(("accounts.user", user) for user in users)]
    entries = erasing.entries_about(things, users, {row.name}, {row.key, row.email} - {""})
    if not yes:
        typer.confirm(f"Erase the words beside {len(entries)} entries? There is no way back.", abort=True)
    count = erasing.erase(entries, by=OPERATOR, at=timezone.now(), why=why)
    typer.echo(f"The words beside {count} entries are erased; the chain of the journal is whole.")
