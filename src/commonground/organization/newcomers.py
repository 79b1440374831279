"""Who of the roster gets access by signing in: those whom the organization's identity provider knows by the e-mail of the roster."""

import re
from datetime import datetime

from django.db import transaction

from commonground.access.actor import OPERATOR, Actor
from commonground.accounts.models import User
from commonground.organization.models import Assignment, Person

_NO_NAME = re.compile(r"[^\w.@+-]+")


def access_by_email(email: str, name: str, at: datetime) -> User | None:
    """Gives access to the one person who works here with this e-mail and has none; None for nobody, several, or an e-mail in use."""
    working = Assignment.objects.on(at.date()).values("person")
    people = Person.objects.filter(email__iexact=email, user=None, pk__in=working)[:2]
    if len(people) != 1 or User.objects.filter(email__iexact=email).exists():
        return None
    return give_access(people[0], email=email, by=OPERATOR, at=at)


def give_access(person: Person, *, email: str = "", by: Actor, at: datetime) -> User:
    """A user for somebody of the roster, without a password: an employee, nothing beyond."""
    with transaction.atomic():
        user = User.objects.invite(_free_name(person), name=person.name, email=email or person.email, by=by, at=at)
        person.belong_to(user.pk, by=by, at=at)
    return user


def _free_name(person: Person) -> str:
    """A sign-in name that nobody has: the beginning of the e-mail, else the name, with a number where it is taken."""
    words = person.email.partition("@")[0] or ".".join(person.name.lower().split())
    begin = _NO_NAME.sub("", words)[:140] or f"person-{person.pk}"
    name, number = begin, 2
    while User.objects.filter(username__iexact=name).exists():
        name, number = f"{begin}.{number}", number + 1
    return name
