"""What is held of somebody's part in assessments: that they were asked, never what they answered; and ratings that stand in their name."""

from typing import Any

from django.db.models import Q

from commonground.access.holdings import Held
from commonground.accounts.models import User
from commonground.assessments.amount import DivergenceRating
from commonground.assessments.ratings import ImpactRating
from commonground.assessments.rounds import Invited
from commonground.organization.models import Person

WAYS = {"mail": "by e-mail", "sign-in": "on their page after signing in", "slip": "by a printed code"}


def held_on(person: Person | None, user: User) -> list[Held]:
    """Their invitations, and the ratings given under their name."""
    return [_invitations(person), _ratings(person, user)]


def _invitations(person: Person | None) -> Held:
    rows: list[dict[str, Any]] = []
    if person is not None:
        invited = Invited.objects.filter(person=person).select_related("round", "combination").order_by("round")
        rows = [
            {
                "round": one.round.name,
                "opens": one.round.opens_on,
                "closes": one.round.closes_on,
                "asked": WAYS.get(one.by, one.by),
                "counted with": one.combination.label,
                "people in that group": one.combination.invited,
            }
            for one in invited
        ]
    return Held(
        "invitations",
        "Rounds of questions you were asked in",
        rows,
        "Written when a round opened.",
        hidden="Whether you answered, and what, is not held under your name: nobody can find your answers among the others, so they "
        "cannot be shown, changed or removed for you. All answers of a round are deleted in time.",
    )


def _ratings(person: Person | None, user: User) -> Held:
    names = {one for one in (user.name, person.name if person is not None else "") if one}
    rows: list[dict[str, Any]] = [
        {"day": one.on, "of": "how far the change departs", "rated": one.value, "words": one.reason}
        for one in DivergenceRating.objects.filter(_named("rater", names)).order_by("on", "pk")
    ]
    rows += [
        {"day": one.on, "of": str(one.impact), "rated": one.value, "words": one.words}
        for one in ImpactRating.objects.filter(_named("speaker", names)).select_related("impact").order_by("on", "pk")
    ]
    return Held("ratings", "Ratings in your name", rows, "Given by you, or written down by whoever asked you.")


def _named(field: str, names: set[str]) -> Q:
    found = Q(pk__in=())
    for name in names:
        found |= Q(**{f"{field}__iexact": name})
    return found
