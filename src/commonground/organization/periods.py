"""Valid time: a period [start, end) on which a row holds. Nothing about the organization is overwritten."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, NamedTuple, Self, TypeVar

from django.db import models
from django.db.models import F, Q

from commonground.access.visibility import Content
from commonground.organization.timeline import EVER, FOREVER, Line, Span

M = TypeVar("M", bound=models.Model)
V = TypeVar("V", bound=NamedTuple)


class LedgerError(ValueError):
    """A change of the organization that cannot be. The message names the thing, its state and the remedy."""


class PeriodQuerySet(Content[M]):
    def on(self, day: date) -> Self:
        """The rows in force on a day."""
        return self.filter(in_force_on(day))

    def in_order(self) -> Self:
        """Oldest first; an open beginning stands first, which databases by themselves see differently."""
        return self.order_by(F("start").asc(nulls_first=True), "pk")


def in_force_on(day: date, prefix: str = "") -> Q:
    """The condition “in force on this day” for rows behind a relation; prefix as in `assignments__`."""
    began = Q(**{f"{prefix}start__isnull": True}) | Q(**{f"{prefix}start__lte": day})
    lasts = Q(**{f"{prefix}end__isnull": True}) | Q(**{f"{prefix}end__gt": day})
    return began & lasts


class Period(models.Model):
    """A row that holds from `start` until before `end`; an empty side is open."""

    start = models.DateField(null=True, blank=True)
    end = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(start__isnull=True) | Q(end__isnull=True) | Q(end__gt=models.F("start")),
                name="%(app_label)s_%(class)s_ends_after_start",
            )
        ]

    def holds(self, day: date) -> bool:
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)


def line_of(rows: Iterable[Any], kind: type[V]) -> Line[V]:
    """The periods of one thing as a line of plain values. kind: a NamedTuple whose fields are attributes of the rows."""
    return tuple(
        Span(row.start or EVER, row.end or FOREVER, kind(*(getattr(row, name) for name in kind._fields)))
        for row in sorted(rows, key=lambda row: row.start or EVER)
    )


def write(rows: Iterable[Any], line: Line[V], new: Callable[[], Any]) -> list[int]:
    """Makes the periods of one thing equal to a line, touching only those that differ. Returns the ids of the periods it took away.

    rows: all its periods as stored. new: makes an empty period of the same thing.
    """
    known = {row.start or EVER: row for row in rows}
    wanted = {span.start: span for span in line}
    gone = [row.pk for start, row in known.items() if start not in wanted]
    if gone:
        next(iter(known.values()))._meta.default_manager.filter(pk__in=gone).delete()
    for span in sorted(line, key=lambda span: span.start in known, reverse=True):  # shorten before anything is added
        row = known.get(span.start) or new()
        values = {
            "start": None if span.start == EVER else span.start,
            "end": None if span.end == FOREVER else span.end,
            **span.value._asdict(),
        }
        if row.pk is None or any(getattr(row, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(row, name, value)
            row.save()
    return gone


def until(span: Span[Any] | None) -> str:
    """“until 3 Mar 2026” or “with no end” of a span, for sentences."""
    if span is None or span.end == FOREVER:
        return "with no end"
    return f"until {span.end:%-d %b %Y}"
