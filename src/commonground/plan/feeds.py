"""An address of one's own under which a calendar program reads one's activities. Who has the address reads them; it can be renewed."""

import hashlib
import secrets
from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models, transaction

from commonground.access.actor import Actor
from commonground.access.visibility import Gated
from commonground.journal.recording import record
from commonground.programs.models import Program

LONG = 24  # bytes of chance in an address


class FeedQuerySet(Gated["Feed"]):
    def visible_to(self, actor: Actor) -> Self:
        """Everybody their own, nobody another's."""
        return self.filter(user_id=actor.user) if actor.user is not None else self.none()

    def by_token(self, token: str) -> "Feed | None":
        return self.select_related("user", "program").filter(digest=digest_of(token), user__is_active=True).first()

    def renew(self, program: Program, *, by: Actor, at: datetime) -> str:
        """A new address; the one before answers no longer. Returns its token, which is kept nowhere."""
        token = secrets.token_urlsafe(LONG)
        assert by.user is not None  # noqa: S101 - the gate lets nobody else this far
        with transaction.atomic():
            row, _ = self.update_or_create(
                program=program, user_id=by.user, defaults={"digest": digest_of(token), "made_on": at.date()}
            )
            record("made an address for their calendar", row, by=by, at=at, facts=())
        return token

    def stop(self, program: Program, *, by: Actor, at: datetime) -> bool:
        """Takes the address away. Returns whether there was one."""
        row = self.filter(program=program, user_id=by.user or 0).first()
        if row is None:
            return False
        with transaction.atomic():
            record("took away the address for their calendar", row, by=by, at=at, facts=())
            row.delete()
        return True


class Feed(models.Model):
    """digest: of the token in the address, so that whoever reads the database cannot open it."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    made_on = models.DateField()

    objects = FeedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["program", "user"], name="plan_feed_once")]

    def __str__(self) -> str:
        return "an address for a calendar"


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
