"""Moments of the demo's days, in the time zone of the instance."""

from datetime import date, datetime, time

from django.utils import timezone


def moment(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """A moment of a day."""
    return datetime.combine(day, time(hour, minute), tzinfo=timezone.get_current_timezone())
