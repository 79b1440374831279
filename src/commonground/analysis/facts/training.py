"""Who is to learn what, when it is taught, and who was there. Whether somebody was there is a register entry, never a mark."""

from datetime import date
from typing import NamedTuple

FORMATS = ("classroom", "workshop", "hands_on", "at_work", "e_learning", "self_study", "video", "meeting")
ATTENDANCE_STATES = ("booked", "attended", "missed")


class Training(NamedTuple):
    """A module of training and for whom it is meant: holders of any of the roles, people of any of the units and what lies below them,
    people at any of the levels, or everyone.

    hours: that it takes. touches_crm: it is for those who will work in the CRM itself. behaviour: the new way that it helps to take.
    """

    id: str
    name: str
    roles: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    everyone: bool | None = None
    hours: float | None = None
    touches_crm: bool | None = None
    behaviour: str | None = None
    format: str | None = None


class TrainingSession(NamedTuple):
    """A day on which a module is taught. seats: for how many; held: it took place as it was planned."""

    id: str
    training: str
    on: date | None = None
    place: str | None = None
    language: str | None = None
    shift: str | None = None
    seats: int | None = None
    trainer: str | None = None
    held: bool | None = None


class Attendance(NamedTuple):
    """Somebody's place in a module: booked, attended or missed, on a day. session: in which, where it was one of ours."""

    training: str
    person: str
    on: date | None = None
    state: str | None = None
    session: str | None = None
