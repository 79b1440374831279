"""Valid time: a period [start, end) on which a row holds. Nothing about the organization is overwritten."""

from datetime import date
from typing import Self, TypeVar

from django.db import models
from django.db.models import Q

from commonground.access.visibility import Content

M = TypeVar("M", bound=models.Model)


class PeriodQuerySet(Content[M]):
    def on(self, day: date) -> Self:
        """The rows in force on a day."""
        return self.filter(in_force_on(day))


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
