"""Levels and roles: the ordered levels of the organization, and what each role is called and answers for in a time."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple, TypedDict, Unpack

from django.db import models, transaction

from commonground.access.actor import Actor
from commonground.access.visibility import Content
from commonground.journal.recording import record
from commonground.organization import timeline
from commonground.organization.periods import LedgerError, Period, PeriodQuerySet, line_of, write
from commonground.organization.timeline import EVER, FOREVER, Span

OUT_OF_THE_WAY = 10_000  # ranks are unique at every moment, so that two cannot change places directly


class LevelQuerySet(Content["Level"]):
    def order(self, names: Sequence[str], *, by: Actor, at: datetime) -> None:
        """Makes these the levels, from the top down. New names are added; raises LedgerError for a level left out that is in use."""
        names = [name.strip() for name in names if name.strip()]
        if len(set(names)) != len(names):
            raise LedgerError("A level is named twice. Name each level once, from the top down.")
        with transaction.atomic():
            before = list(self.order_by("rank").values_list("name", flat=True))
            for level in self.exclude(name__in=names):
                level.drop()
            self.update(rank=models.F("rank") + OUT_OF_THE_WAY)
            for rank, name in enumerate(names, 1):
                self.update_or_create(name=name, defaults={"rank": rank})
            last = self.order_by("rank").last()
            if last is not None:
                facts = ("people", "roles")
                record("ordered the levels", last, by=by, at=at, values={"before": before, "after": names}, facts=facts)


class Level(models.Model):
    """One of the organization's ordered levels; the lowest rank is the top."""

    name = models.CharField(max_length=80, unique=True)
    rank = models.PositiveSmallIntegerField(unique=True)

    objects = LevelQuerySet.as_manager()

    class Meta:
        ordering = ["rank"]

    def __str__(self) -> str:
        return self.name

    def drop(self) -> None:
        """Takes a level away that nobody has. Raises LedgerError while people or roles are at it."""
        try:
            self.delete()
        except models.ProtectedError as error:
            raise LedgerError(
                f"The level “{self}” is in use by {len(error.protected_objects)} periods of people or roles. Keep it in the list, "
                "or move them to another level first."
            ) from error


class Described(NamedTuple):
    """What a role was in a time."""

    name: str
    level_id: int | None = None
    front_office: bool | None = None
    definition: str = ""


class Description(TypedDict, total=False):
    """What of a role is to be different."""

    name: str
    level: Level | None
    front_office: bool | None
    definition: str


class RoleQuerySet(Content["Role"]):
    def define(self, key: str, *, on: date | None, by: Actor, at: datetime, **words: Unpack[Description]) -> "Role":
        """Makes a role that holds from a day (None: since ever). Raises LedgerError when there is one of this id."""
        if self.filter(key=key).exists():
            raise LedgerError(f"There is a role “{key}” already. Redefine it, or choose another id.")
        with transaction.atomic():
            role = self.create(key=key)
            span = Span(on or EVER, FOREVER, _described(Described(words.get("name", key)), words))
            write((), (span,), lambda: RolePeriod(role=role))
            record("defined a role", role, by=by, at=at, values={"on": on, **span.value._asdict()}, facts=("roles",))
        return role


class Role(models.Model):
    """A role that people hold."""

    key = models.CharField(max_length=120, unique=True)

    objects = RoleQuerySet.as_manager()

    def __str__(self) -> str:
        return self.key

    def redefine(self, *, on: date, by: Actor, at: datetime, **words: Unpack[Description]) -> None:
        """Gives a role another name, level, front office or definition from a day on, until the next change that is known."""
        with transaction.atomic():
            rows = list(self.periods.all())
            line = line_of(rows, Described)
            held = timeline.at(line, on)
            if held is None:
                raise LedgerError(f"The role “{self}” does not exist on {on:%-d %b %Y}. Choose a day on which it does.")
            after = _described(held.value, words)
            if after == held.value:
                return
            write(rows, timeline.changed(line, on, lambda _: after), lambda: RolePeriod(role=self))
            values = {"on": on, "before": held.value._asdict(), "after": after._asdict()}
            record("redefined a role", self, by=by, at=at, values=values, facts=("roles",))


def _described(before: Described, words: Description) -> Described:
    level = {"level_id": words["level"].pk if words["level"] else None} if "level" in words else {}
    rest = {name: value for name, value in words.items() if name != "level"}
    return before._replace(**level, **rest)  # type: ignore[arg-type]  # the keys are those of Description


class RolePeriod(Period):
    """What a role was called, at which level and with what definition in a time."""

    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="periods")
    name = models.CharField(max_length=200)
    level = models.ForeignKey(Level, null=True, blank=True, on_delete=models.PROTECT)
    front_office = models.BooleanField(null=True)
    definition = models.TextField(blank=True)

    objects = PeriodQuerySet["RolePeriod"].as_manager()

    class Meta(Period.Meta):
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
