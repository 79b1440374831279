"""Retention as it runs: the rules of every folder, the days in force, what each run removed, and when something will next be removed."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib import import_module
from typing import Self

from django.apps import apps
from django.db import models, transaction
from django.utils.module_loading import module_has_submodule

from commonground.access.actor import OPERATOR, Actor
from commonground.access.retention import Keeping, edge
from commonground.access.visibility import Gated
from commonground.journal.recording import record

OURS = "commonground."
log = logging.getLogger(__name__)


class RetentionError(ValueError):
    """Days that cannot be set so. The message says what was asked, within what, and what to do."""


class RetentionQuerySet(Gated["Retention"]):
    def visible_to(self, actor: Actor) -> Self:
        return self if actor.may("privacy.view") else self.none()

    def set_days(self, rule: Keeping, days: int | None, *, why: str, today: date, by: Actor, at: datetime) -> bool:
        """Says how many days something is kept from now on; the next run removes what is older. Returns whether anything differed.

        Setting the days back is the way back, as long as no run has removed anything. Raises RetentionError beyond the rule's bounds,
        for none where the rule has days of its own, and without a reason.
        """
        if days is None and rule.days_default is not None:
            raise RetentionError(
                f"“{rule.words}” cannot be kept for good. Give {rule.least} to {rule.most:,} days; {rule.days_default} is usual."
            )
        if days is not None and not rule.least <= days <= rule.most:
            raise RetentionError(
                f"{days:,} days is outside what “{rule.words}” can be kept. Give {rule.least} to {rule.most:,} days."
            )
        if not why.strip():
            raise RetentionError(
                "Say why it is kept so long, or no longer: the journal keeps it for the works council."
            )
        before = days_of(rule)
        if before == days:
            return False
        with transaction.atomic():
            row, _ = self.select_for_update().get_or_create(key=rule.key)
            row.days, row.changed, row.next_on = days, True, next_removal(rule, days, today)
            row.save()
            values = {"rule": rule.key, "before": before, "after": days}
            record("changed how long something is kept", row, by=by, at=at, why=why.strip(), values=values)
        return True


class Retention(models.Model):
    """How a rule of retention stands. days: as set here, where `changed`; None: not removed. removed: by the last run; in_all: by all.

    next_on: the day on which something will be old enough, as far as was known when it last ran; None: nothing is there.
    failed: the sentence of a run that could not end; empty otherwise.
    """

    key = models.CharField(max_length=80, unique=True)
    changed = models.BooleanField(default=False)
    days = models.PositiveIntegerField(null=True)
    ran_at = models.DateTimeField(null=True)
    removed = models.PositiveIntegerField(default=0)
    in_all = models.PositiveBigIntegerField(default=0)
    removed_on = models.DateField(null=True)
    next_on = models.DateField(null=True)
    failed = models.CharField(max_length=300, blank=True)

    objects = RetentionQuerySet.as_manager()

    class Meta:
        verbose_name = "retention"

    def __str__(self) -> str:
        return self.key or "retention"


@dataclass(frozen=True, slots=True)
class Cleared:
    """What one rule did in one run. failed: why it did nothing, empty otherwise."""

    rule: Keeping
    removed: int
    failed: str = ""


def rules() -> tuple[Keeping, ...]:
    """The rules of every folder that has a `keeping.py`, in the order of the folders. Raises ValueError for a key given twice."""
    found = tuple(_given())
    keys = [rule.key for rule in found]
    twice = {key for key in keys if keys.count(key) > 1}
    if twice:
        raise ValueError(f"Two rules of retention are called {', '.join(sorted(twice))}. Give each a key of its own.")
    return found


def _given() -> Iterator[Keeping]:
    for config in apps.get_app_configs():
        if config.name.startswith(OURS) and config.module and module_has_submodule(config.module, "keeping"):
            yield from import_module(f"{config.name}.keeping").RULES


def days_of(rule: Keeping) -> int | None:
    """How many days something is kept now: as set here, else as the rule says; None: it is not removed by itself."""
    row = Retention.objects.filter(key=rule.key, changed=True).values_list("days", flat=True)
    return next(iter(row), rule.days_default)


def in_force() -> dict[str, int | None]:
    """The days of every rule as they are now, by its key."""
    changed = dict(Retention.objects.filter(changed=True).values_list("key", "days"))
    return {rule.key: changed.get(rule.key, rule.days_default) for rule in rules()}


def days_under(key: str, default: int) -> int:
    """The days in force of a rule by its key, for a folder that clears at other times too. default: those of the rule itself."""
    row = Retention.objects.filter(key=key, changed=True, days__isnull=False).values_list("days", flat=True)
    return next((days for days in row if days is not None), default)


def due(rule: Keeping, days: int | None, today: date) -> int:
    """How many there are that a run today would remove with these days."""
    return 0 if days is None else rule.due(edge(today, days))


def next_removal(rule: Keeping, days: int | None, today: date) -> date | None:
    """The first day from today on which something that is there now will be older than its days; None: nothing is there, or no days."""
    if days is None:
        return None
    low, high = 0, days + 1
    if not rule.due(edge(today + timedelta(days=high), days)):
        return None
    while low < high:
        middle = (low + high) // 2
        if rule.due(edge(today + timedelta(days=middle), days)):
            high = middle
        else:
            low = middle + 1
    return today + timedelta(days=low)


def clear(*, today: date, at: datetime, by: Actor = OPERATOR) -> list[Cleared]:
    """Runs every rule that has days, and journals what each removed. A rule that fails stops no other, and is tried again the next time.

    Running it again on the same day removes nothing more; after days on which it did not run it removes all that has grown old meanwhile.
    """
    done = [_run(rule, days_of(rule), today, at) for rule in rules()]
    counts = {one.rule.key: one.removed for one in done if one.removed}
    failed = {one.rule.key: one.failed for one in done if one.failed}
    with transaction.atomic():
        values = {"removed": counts, "in_all": sum(counts.values()), "failed": failed, "rules": len(done)}
        record("removed what had grown old", Retention(), by=by, at=at, values=values)
    return done


def _run(rule: Keeping, days: int | None, today: date, at: datetime) -> Cleared:
    row, _ = Retention.objects.get_or_create(key=rule.key)
    row.ran_at, row.removed, row.failed = at, 0, ""
    try:
        if days is not None:
            row.removed = rule.run(edge(today, days), at)
        row.next_on = next_removal(rule, days, today)
    except Exception as error:  # one folder's fault must not keep the others' data
        log.exception("Retention: “%s” could not be run", rule.key)
        row.failed = f"{type(error).__name__}: {error}"[:300]
    if row.removed:
        row.in_all, row.removed_on = row.in_all + row.removed, today
    row.save(update_fields=["ran_at", "removed", "in_all", "removed_on", "next_on", "failed"])
    return Cleared(rule, row.removed, row.failed)
