"""What the coalition holds of a person: whom they named, that a network file holds them, and what the other files of this folder tell."""

from importlib import import_module
from importlib.util import find_spec

from commonground.access.holdings import Held
from commonground.accounts.models import User
from commonground.assessments.in_days import CLOSED, OPEN
from commonground.coalition.ballots import Box, NoKeyError
from commonground.coalition.keeping import NAMINGS, NETWORKS
from commonground.coalition.naming import OptOut
from commonground.coalition.networks import NetworkFile
from commonground.coalition.nominations import Nomination
from commonground.organization.models import Person
from commonground.programs.register import CannotError

OTHERS = ("held_team", "held_sponsors", "held_champions")


def held_on(person: Person | None, user: User) -> list[Held]:
    """Their own namings, whether they may be named, the network files that hold them; then team, sponsors and champions."""
    found = [_named(person), _opted_out(person), _networks(person)]
    for name in OTHERS:
        if find_spec(f"commonground.coalition.{name}") is not None:
            found += import_module(f"commonground.coalition.{name}").held_on(person=person, user=user)
    return found


def _named(person: Person | None) -> Held:
    """For themselves alone: nobody else can open this page for them."""
    rows = []
    for row in Nomination.objects.filter(state__in=(OPEN, CLOSED)).order_by("pk") if person is not None else ():
        try:
            named = Box(row).of(person.pk) if person is not None else frozenset()
        except NoKeyError:
            continue
        gone = OptOut.objects.values("person")
        people = Person.objects.filter(pk__in=named).exclude(pk__in=gone).order_by("name")
        rows += [{"round": str(row), "you named": one.name} for one in people]
    return Held(
        "namings",
        "Whom you named as somebody who explains new ways",
        rows,
        "Written by you. It is kept sealed, under a pseudonym, without a time; only you can read it.",
        hidden="Whether anybody has named you is not shown here: it would tell who did where few could have. If several did, a change lead "
        "may ask you to be a champion, and you hear of that before anybody else.",
        keeping=NAMINGS,
    )


def _opted_out(person: Person | None) -> Held:
    out = person is not None and OptOut.objects.filter(person=person).exists()
    rows = [{"what": "You do not wish to be named by colleagues."}] if out else []
    return Held("not-to-be-named", "Whether colleagues can name you", rows, "Said by you. Nobody else is shown it.")


def _networks(person: Person | None) -> Held:
    rows = []
    for row in NetworkFile.objects.lying().order_by("pk") if person is not None else ():
        try:
            ties = row.read()
        except CannotError:
            continue
        if person is not None and person.pk in ties.people:
            rows.append(
                {"file": row.name, "what for": row.what_for, "agreement": row.agreement, "until": row.expires_on}
            )
    return Held(
        "networks",
        "Network files that hold ties of yours",
        rows,
        "From a file that a change lead brought, on the agreement that stands beside it.",
        hidden="The ties themselves are not shown: each belongs to two people.",
        keeping=NETWORKS,
    )
