"""Who did what to which thing, when and why: append-only, hash-chained, with the erasable part beside the chain.

An entry holds ids and a salted digest of its values; the values stand in a row of their own. Erasing a person's values deletes
those rows and leaves the chain whole, since the chain is over the digest alone.
"""

from collections.abc import Iterable
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from commonground.access.actor import Actor
from commonground.access.visibility import Gated


class EntryQuerySet(Gated["Entry"]):
    def visible_to(self, actor: Actor) -> Self:
        """Change lead and auditor read the journal, others what they did themselves; sealed rows only their named readers."""
        if actor.user is None:
            return self.none()
        named = Exists(Reader.objects.filter(entry=OuterRef("pk"), user_id=actor.user))
        rows = self if actor.may("journal.view") else self.filter(actor_user=actor.user)
        return rows.filter(Q(sealed=False) | named)

    def about(self, thing: models.Model) -> Self:
        return self.filter(kind=thing._meta.label_lower, thing=thing.pk)

    def unseal(self, thing: models.Model) -> int:
        """Opens what was written about a thing to all readers of the journal, once its word has gone out."""
        return self.about(thing).update(sealed=False)


class Entry(models.Model):
    """One thing that was done. Never changed: `verify` finds a row that was changed, removed or put in."""

    at = models.DateTimeField(db_index=True)
    actor_user = models.BigIntegerField(null=True, db_index=True)
    verb = models.CharField(max_length=80)
    kind = models.CharField(max_length=60)
    thing = models.BigIntegerField(null=True)
    program = models.BigIntegerField(null=True, db_index=True)
    digest = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    sealed = models.BooleanField(default=False)

    objects = EntryQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["kind", "thing"])]


class Values(models.Model):
    """What stands beside an entry and may be erased: names, reasons, values before and after."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="values")
    salt = models.CharField(max_length=32)
    data = models.JSONField(null=True)
    erased = models.DateTimeField(null=True)

    objects = Gated["Values"].as_manager()


class Reader(models.Model):
    """Somebody named to read a sealed entry."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="readers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    objects = Gated["Reader"].as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "user"], name="reader_once")]


class Head(models.Model):
    """The end of the chain: how many entries and the last hash. One row; locked while an entry is added."""

    count = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="")

    objects = Gated["Head"].as_manager()


class VersionQuerySet(Gated["Version"]):
    def bump(self, tables: Iterable[str]) -> None:
        """Says that facts tables have changed; called inside the transaction of the change."""
        for table in sorted(set(tables)):
            if not self.filter(table=table).update(number=F("number") + 1):
                self.create(table=table, number=1)

    def now(self) -> dict[str, int]:
        """table → version, for whoever keeps a cursor of their own."""
        return dict(self.values_list("table", "number"))


class Version(models.Model):
    """How often a facts table has changed: those who derive results compare it with what they last saw."""

    table = models.CharField(max_length=40, unique=True)
    number = models.BigIntegerField(default=0)

    objects = VersionQuerySet.as_manager()
