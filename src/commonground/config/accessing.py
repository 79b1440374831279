"""The commands that help somebody in who is locked out, an administrator above all."""

from typing import TYPE_CHECKING, Annotated

import typer

from commonground.config.setup import with_django

if TYPE_CHECKING:
    from commonground.accounts.models import User

app = typer.Typer(help="Helps somebody in who is locked out: a one-time code, the second step taken off.")
Name = Annotated[str, typer.Argument(help="The sign-in name.")]
MINUTES = 15


@app.command()
def code(name: Name) -> None:
    """Prints a code that signs somebody in once within 15 minutes, also where only the organization's sign-in is open.

    Exit code: 0 printed, 2 there is no such sign-in name or its access is closed.
    """
    with_django()
    from datetime import timedelta

    from django.conf import settings
    from django.urls import reverse
    from django.utils import timezone

    from commonground.access.actor import OPERATOR
    from commonground.accounts.models import SignInCode

    user = _user(name)
    printed = SignInCode.objects.print_for(user, lasts=timedelta(minutes=MINUTES), by=OPERATOR, at=timezone.now())
    typer.echo(
        f"{printed.code} signs {user} in once within {MINUTES} minutes, at {settings.ADDRESS}{reverse('accounts:code')}"
    )


@app.command("second-step-off")
def second_step_off(name: Name) -> None:
    """Takes the second step off for somebody who has lost the app and the recovery codes.

    Exit code: 0 it is off, 2 there is no such sign-in name or its access is closed.
    """
    with_django()
    from django.utils import timezone

    from commonground.access.actor import OPERATOR
    from commonground.accounts.models import SecondFactor

    user = _user(name)
    row = SecondFactor.objects.filter(user=user).first()
    if row is not None:
        row.take_off(by=OPERATOR, at=timezone.now())
    typer.echo(f"{user} signs in without a second step now.")


def _user(name: str) -> "User":
    from commonground.accounts.models import User

    user: User | None = User.objects.filter(username=name, is_active=True).first()
    if user is None:
        typer.echo(f"Nobody may sign in as “{name}”. Look at the sign-in name, or open the access first.", err=True)
        raise typer.Exit(2)
    return user
