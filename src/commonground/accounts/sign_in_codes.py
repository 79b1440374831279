"""Printed one-time codes: a way in for people without e-mail, and for an administrator in need."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models, transaction

from commonground.access.actor import Actor
from commonground.access.visibility import Gated
from commonground.accounts import short_codes
from commonground.journal.recording import record

if TYPE_CHECKING:
    from commonground.accounts.models import User

SIGNS = 12  # 60 random bits; five wrong tries close the door for a quarter of an hour
DAYS, MOST_DAYS = 14, 60
_PURPOSE = "sign-in"


@dataclass(frozen=True, slots=True)
class Printed:
    """A code as it is printed, once: for whom, the code, until when."""

    user: "User"
    code: str
    until: datetime


class SignInCodeQuerySet(Gated["SignInCode"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those who manage access see that there is one; what it is, nobody."""
        return self if actor.may("accounts.manage") else self.filter(user_id=actor.user)

    def print_for(self, user: "User", *, lasts: timedelta, by: Actor, at: datetime) -> Printed:
        """A new code for a user; earlier ones of theirs work no longer. The code is returned only now."""
        code = short_codes.made(SIGNS)
        with transaction.atomic():
            self.filter(user=user, used_at=None).delete()
            row = self.create(user=user, digest=short_codes.digest(code, _PURPOSE), made_at=at, until=at + lasts)
            record("printed a sign-in code", user, by=by, at=at, values={"until": row.until})
        return Printed(user, code, row.until)

    def void(self, user: "User", *, by: Actor, at: datetime) -> int:
        """Ends the unused codes of a user; how many."""
        with transaction.atomic():
            count: int = self.filter(user=user, used_at=None).delete()[0]
            if count:
                record("ended a sign-in code", user, by=by, at=at)
        return count

    def use(self, code: str, *, at: datetime) -> "User | None":
        """The user whose code it is, used up by that; None when it is unknown, used or over."""
        found = self.filter(digest=short_codes.digest(code, _PURPOSE), used_at=None, until__gt=at, user__is_active=True)
        with transaction.atomic():
            row = found.select_related("user").first()
            if row is None or not self.filter(pk=row.pk, used_at=None).update(used_at=at):
                return None
            user = row.user
            record("signed in with a printed code", user, by=Actor(name=str(user), user=user.pk), at=at)
        return user


class SignInCode(models.Model):
    """A code that lets a user in once. Only its digest is kept."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="sign_in_codes")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    until = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    objects = SignInCodeQuerySet.as_manager()
