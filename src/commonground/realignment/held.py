"""What is held on a person of what changes for them: only what has been told to them or is in force."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from commonground.access.actor import Actor
from commonground.access.holdings import Held
from commonground.accounts.models import User, actor_for
from commonground.organization.models import Assignment, Person, UnitPeriod
from commonground.realignment.models import (
    KIND_LABELS,
    Acknowledgement,
    Contribution,
    HolderPath,
    Perception,
    RoleChange,
    RoleFate,
    Seat,
    Session,
    Talk,
)
from commonground.realignment.names import role_name

LEAD = "The change lead."
NOT_TOLD = "What is only being talked over is shown to nobody whom it concerns, here neither; whether there is any is not said."
Rows = list[dict[str, Any]]


def held_on(person: Person | None, user: User) -> list[Held]:
    """Their path, what their role gains and gives up, what they noted on its words, their seats and what they brought in."""
    if person is None:
        return []
    actor = actor_for(user, person=person.pk)
    told = HolderPath.objects.visible_to(actor).told().filter(person=person).select_related("to_manager").order_by("pk")
    return [
        Held("paths", "What becomes of your place", _paths(told), LEAD, hidden=NOT_TOLD),
        Held(
            "gains-and-losses",
            "What your roles gain and give up",
            _changes(actor, person),
            "The change lead; it is of the role and of nobody’s doing.",
        ),
        Held(
            "acknowledgements", "What you noted on a role’s new words", _noted(actor, person), "You and your manager."
        ),
        Held(
            "seats", "Your seats in searches for a new way", _seats(person), "The project team, your manager and you."
        ),
        Held("sessions", "Sessions at which you were", _sessions(person), "The project team."),
        Held("contributions", "What you brought in", _brought(person), "The project team, under your name."),
        Held(
            "felt",
            "How a change felt to you",
            _felt(person),
            "You; or whoever offered you a talk.",
            keeping="realignment.perceptions",
        ),
        Held("talks-of-three", "Talks of three about your manager", _talks(actor, person), "Each of the three."),
    ]


def _paths(rows: Iterable[HolderPath]) -> Rows:
    return [
        {
            "role": role_name(row.role_id),
            "becomes": row.get_fate_display(),
            "to role": role_name(row.to_role_id) if row.to_role_id else "",
            "to unit": str(row.to_unit or ""),
            "to manager": str(row.to_manager or ""),
            "from": row.effective,
            "told on": row.told_on,
        }
        for row in rows
    ]


def _changes(actor: Actor, person: Person) -> Rows:
    roles = Assignment.objects.filter(person=person, role__isnull=False).values("role")
    fates = RoleFate.objects.visible_to(actor).told().filter(role__in=roles)
    places = Assignment.objects.filter(person=person, unit__isnull=False).values("unit")
    paths = UnitPeriod.objects.filter(unit__in=places).values_list("path", flat=True)
    around = {int(step) for path in paths for step in path.split("/") if step}
    rows = RoleChange.objects.visible_to(actor).filter(role_fate__in=fates).order_by("pk")
    rows = rows.filter(Q(unit=None) | Q(unit__in=around))  # what a role changes in another unit is not theirs
    return [
        {
            "what": row.words or KIND_LABELS[row.kind],
            "gains or gives up": "gives up" if row.loses else "gains",
            "offered in return": row.offered,
            "accepted": row.accepted,
        }
        for row in rows
    ]


def _noted(actor: Actor, person: Person) -> Rows:
    rows = Acknowledgement.objects.visible_to(actor).filter(
        person=person, role_fate__in=RoleFate.objects.visible_to(actor).told()
    )
    return [
        {
            "role": role_name(row.role_fate.role_id),
            "read": row.read,
            "talked over, you": row.discussed_holder,
            "talked over, manager": row.discussed_manager,
            "seen": row.acknowledged,
        }
        for row in rows.select_related("role_fate").order_by("pk")
    ]


def _seats(person: Person) -> Rows:
    return [
        {
            "search": str(row.solution),
            "from": row.start,
            "until": row.end,
            "you agreed": row.consent,
            "hours a week": row.hours_per_week,
            "manager agreed": row.manager_agreed,
        }
        for row in Seat.objects.filter(person=person).select_related("solution__workflow").order_by("pk")
    ]


def _sessions(person: Person) -> Rows:
    rows = Session.objects.filter(people=person).select_related("solution__workflow").order_by("on", "pk")
    return [{"on": row.on, "search": str(row.solution)} for row in rows]


def _brought(person: Person) -> Rows:
    rows = Contribution.objects.filter(person=person).select_related("solution__workflow").order_by("on", "pk")
    return [
        {"on": row.on, "search": str(row.solution), "words": row.words, "came of it": row.came_of_it} for row in rows
    ]


def _felt(person: Person) -> Rows:
    rows = Perception.objects.filter(person=person).select_related("to").order_by("raised_on", "pk")
    return [
        {
            "about": row.get_kind_display(),
            "since": row.raised_on,
            "offered or said": row.get_way_display(),
            "read by": str(row.to),
            "your words": row.words,
            "talked on": row.answered_on,
            "rests since": row.closed_on,
        }
        for row in rows
    ]


def _talks(actor: Actor, person: Person) -> Rows:
    """Only of what has been told to the person."""
    told = HolderPath.objects.visible_to(actor).told().filter(person=person)
    rows = Talk.objects.filter(path__in=told.values("pk")).select_related("from_manager", "path__to_manager")
    return [
        {
            "manager until then": str(row.from_manager or ""),
            "they talked on": row.talked_from,
            "new manager": str(row.path.to_manager or ""),
            "the new one talked on": row.talked_to,
            "you talked on": row.talked_person,
        }
        for row in rows.order_by("pk")
    ]
