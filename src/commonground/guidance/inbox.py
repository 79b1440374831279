"""The inbox: which findings it shows, in which groups, and what the last run says of itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Case, Count, IntegerField, Min, Q, Value, When
from django.http import QueryDict

from commonground.access.actor import Actor
from commonground.guidance import states
from commonground.guidance.models import Cursor, Finding, FindingQuerySet
from commonground.guidance.parts import PRACTICES
from commonground.organization.models import UnitPeriod
from commonground.programs.models import Program
from commonground.ui.paging import Keyset, Page

ORDER: Final = Keyset(("-is_new", "rank", "-reach", "pk"), size=40)
MOST_UNITS: Final = 30
LABELS: Final = {"error": "Act now", "warn": "Watch", "note": "Note"}
SHOWN: Final = {"act": "error", "watch": "warn", "note": "note"}


def last_monday(day: date) -> date:
    """The Monday before a day; of a Monday, the one a week earlier."""
    return day - timedelta(days=day.weekday() or 7)


@dataclass(frozen=True)
class Filters:
    """What the address asks for: show (act, watch, note, mine, nobody, dismissed, ended or all open), unit, practice."""

    show: str = ""
    unit: int | None = None
    practice: str = ""

    @classmethod
    def of(cls, query: QueryDict) -> "Filters":
        unit = query.get("unit", "")
        practice = query.get("practice", "")
        return cls(query.get("show", ""), int(unit) if unit.isdecimal() else None, practice)

    @property
    def any(self) -> bool:
        return bool(self.show or self.unit or self.practice)

    def narrowed(self, rows: FindingQuerySet) -> FindingQuerySet:
        """By unit and practice, whatever is shown of them."""
        if self.unit is not None:
            rows = rows.filter(unit=self.unit)
        return rows.filter(code__startswith=f"{self.practice}-") if self.practice else rows

    def shown(self, rows: FindingQuerySet, actor: Actor) -> FindingQuerySet:
        return rows.filter(conditions(actor).get(self.show, _LIVE))


_LIVE: Final = Q(state__in=states.LIVE)


def conditions(actor: Actor) -> Mapping[str, Q]:
    """What each filter of the inbox means."""
    return {
        "": _LIVE,
        **{show: _LIVE & Q(severity=severity) for show, severity in SHOWN.items()},
        "mine": _LIVE & Q(user=actor.user),
        "nobody": _LIVE & Q(user=None, person=None),
        "dismissed": Q(state=states.DISMISSED),
        "ended": Q(state=states.ENDED),
    }


@dataclass(frozen=True)
class Group:
    """A part of the list under its own small title."""

    title: str
    rows: Sequence[Finding]


@dataclass(frozen=True)
class Inbox:
    """One page of the inbox. counts: filter → how many; new: open ones since the last Monday."""

    page: Page[Finding]
    groups: Sequence[Group]
    counts: Mapping[str, int]
    new: int
    since: date
    ended: int


def inbox(seen: FindingQuerySet, actor: Actor, filters: Filters, day: date, after: str = "") -> Inbox:
    """One page of a program's findings. seen: those that the actor may see; day: today."""
    since = last_monday(day)
    mine = filters.narrowed(seen)
    counts = {show or "all": Count("pk", filter=condition) for show, condition in conditions(actor).items()}
    found = mine.order_by().aggregate(
        **counts,
        first=Min("first_seen"),
        new=Count("pk", filter=_LIVE & Q(first_seen__gte=since)),
        lately=Count("pk", filter=Q(state=states.ENDED, ended_on__gte=since)),
    )
    first = found.pop("first")
    # in the first week everything is new: then nothing is
    fresh = first is not None and first < since
    is_new = Case(When(first_seen__gte=since, then=1), default=0, output_field=IntegerField()) if fresh else Value(0)
    rows = filters.shown(mine, actor).select_related("user", "person").annotate(is_new=is_new)
    page = ORDER.page(rows, after)
    new, lately = found.pop("new"), found.pop("lately")
    return Inbox(page, _groups(page.rows, since), found, new if fresh else 0, since, lately)


def _groups(rows: Sequence[Any], since: date) -> list[Group]:
    found: dict[str, list[Finding]] = {}
    for row in rows:
        title = f"New since {since.day} {since:%B}" if row.is_new else LABELS[row.severity]
        found.setdefault(title, []).append(row)
    return [Group(title, inside) for title, inside in found.items()]


def units_of(seen: FindingQuerySet, day: date) -> list[tuple[int, str, int]]:
    """Units that have open findings: id, name, how many; those with most first."""
    rows = seen.filter(_LIVE).exclude(unit=None).order_by()
    found = list(rows.values_list("unit").annotate(n=Count("pk")).order_by("-n", "unit")[:MOST_UNITS])
    names = dict(UnitPeriod.objects.on(day).filter(unit__in=[pk for pk, _ in found]).values_list("unit", "name"))
    return [(pk, names.get(pk, "a unit of the past"), count) for pk, count in found]


def practices_of(seen: FindingQuerySet) -> list[tuple[str, str, int]]:
    """Practices that have open findings: code, name, how many."""
    found: dict[str, int] = {}
    for code, count in seen.filter(_LIVE).order_by().values_list("code").annotate(n=Count("pk")):
        practice = code.partition("-")[0]
        found[practice] = found.get(practice, 0) + count
    return [(practice, PRACTICES.get(practice, practice), count) for practice, count in sorted(found.items())]


@dataclass(frozen=True)
class Coverage:
    """What the last run looked at: how many guidelines, how many found nothing, which could not be checked and for want of what."""

    checked: int
    found_nothing: int
    not_checked: Sequence[tuple[str, Sequence[str]]]


def coverage(program: Program) -> Coverage:
    """Of the facts that are told: what is planned beyond them is nobody's to read off here."""
    rows = Cursor.objects.filter(program=program, view="told").order_by("code").values_list("code", "found", "missing")
    cursors = list(rows)
    missing = [(code, tables) for code, _, tables in cursors if tables]
    checked = len(cursors) - len(missing)
    return Coverage(checked, sum(1 for _, found, tables in cursors if not found and not tables), missing)
