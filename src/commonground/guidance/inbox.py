"""The inbox: which findings it shows, in which groups and lines, and what the last run says of itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from django.db.models import Case, Count, IntegerField, Min, Q, Value, When
from django.http import QueryDict

from commonground.access.actor import Actor
from commonground.guidance import states
from commonground.guidance.folding import Fold, folded
from commonground.guidance.models import Cursor, Finding, FindingQuerySet
from commonground.guidance.parts import FAILED, PRACTICES
from commonground.organization.models import UnitPeriod
from commonground.programs.models import Program
from commonground.ui.asked import id_asked
from commonground.ui.paging import Keyset, Page

ORDER: Final = Keyset(("-is_new", "rank", "-reach", "pk"), size=60)
MOST_UNITS: Final = 30
LABELS: Final = {"error": "Act now", "warn": "Watch", "note": "Note"}
SHOWN: Final = {"act": "error", "watch": "warn", "note": "note"}


def last_monday(day: date) -> date:
    """The Monday before a day; of a Monday, the one a week earlier."""
    return day - timedelta(days=day.weekday() or 7)


@dataclass(frozen=True)
class Filters:
    """What the address asks for: show (act, watch, note, mine, nobody, dismissed, ended or all open), unit, practice, code, and a day.

    unit: with all that stands below it; 0 for what belongs to no unit. A code narrows further than its practice. as_of: a day of the
    past, of which everything is shown that was open then, whatever became of it.
    """

    show: str = ""
    unit: int | None = None
    practice: str = ""
    code: str = ""
    as_of: date | None = None

    @classmethod
    def of(cls, query: QueryDict) -> "Filters":
        unit = query.get("unit", "")
        practice = query.get("practice", "")
        return cls(
            query.get("show", ""), id_asked(unit), practice, query.get("code", ""), day_asked(query.get("as_of", ""))
        )

    @property
    def any(self) -> bool:
        return bool(self.show or self.unit is not None or self.practice or self.code or self.as_of)

    def narrowed(self, rows: FindingQuerySet, day: date) -> FindingQuerySet:
        """By unit, practice and code, whatever is shown of them. day: for the tree of units."""
        if self.as_of is not None:
            rows = rows.open_on(self.as_of)
        if self.unit == 0:
            rows = rows.filter(unit=None)
        elif self.unit is not None:
            inside = UnitPeriod.objects.on(day).filter(path__contains=f"/{self.unit}/")
            rows = rows.filter(Q(unit=self.unit) | Q(unit__in=inside.values("unit")))
        if self.code:
            rows = rows.filter(code=self.code)
        return rows.filter(code__startswith=f"{self.practice}-") if self.practice else rows

    def shown(self, rows: FindingQuerySet, actor: Actor) -> FindingQuerySet:
        found = conditions(actor, self.as_of)
        return rows.filter(found.get(self.show, found[""]))


_LIVE: Final = Q(state__in=states.LIVE)


def day_asked(text: str) -> date | None:
    """A day of an address, None for what is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def conditions(actor: Actor, as_of: date | None = None) -> Mapping[str, Q]:
    """What each filter of the inbox means. as_of: of a day of the past what is live is every row, as it has been narrowed to those."""
    live = _LIVE if as_of is None else Q()
    return {
        "": live,
        **{show: live & Q(severity=severity) for show, severity in SHOWN.items()},
        "mine": live & Q(user=actor.user),
        "nobody": live & Q(user=None, person=None),
        "dismissed": Q(state=states.DISMISSED),
        "ended": Q(state=states.ENDED),
    }


@dataclass(frozen=True)
class Group:
    """A part of the list under its own small title. count: how many findings it has on all pages; lines: what this page shows."""

    title: str
    rows: Sequence[Finding]
    count: int
    lines: Sequence[Finding | Fold]

    @property
    def is_cut(self) -> bool:
        return self.count > len(self.rows)


@dataclass(frozen=True)
class Inbox:
    """One page of the inbox. counts: filter → how many; asked: how many the address asks for; new: open ones since last Monday."""

    page: Page[Finding]
    groups: Sequence[Group]
    counts: Mapping[str, int]
    asked: int
    new: int
    since: date
    ended: int


class Counts(NamedTuple):
    """by: filter → how many findings; new: open ones since last Monday; ended: those that did since; fresh: whether some are older."""

    by: Mapping[str, int]
    new: int
    ended: int
    fresh: bool


def counts_of(mine: FindingQuerySet, actor: Actor, day: date, as_of: date | None = None) -> Counts:
    """How many findings each filter of the inbox holds, in one query. In the first week everything is new: then nothing is."""
    since = last_monday(day)
    by = {show or "all": Count("pk", filter=condition) for show, condition in conditions(actor, as_of).items()}
    found = mine.order_by().aggregate(
        **by,
        first=Min("first_seen"),
        new=Count("pk", filter=_LIVE & Q(first_seen__gte=since)),
        lately=Count("pk", filter=Q(state=states.ENDED, ended_on__gte=since)),
    )
    first, new, lately = found.pop("first"), found.pop("new"), found.pop("lately")
    fresh = as_of is None and first is not None and first < since
    return Counts(found, new if fresh else 0, 0 if as_of else lately, fresh)


def inbox(seen: FindingQuerySet, actor: Actor, filters: Filters, day: date, after: str = "") -> Inbox:
    """One page of a program's findings. seen: those that the actor may see; day: today."""
    since, mine = last_monday(day), filters.narrowed(seen, day)
    counts = counts_of(mine, actor, day, filters.as_of)
    new = (
        Case(When(first_seen__gte=since, then=1), default=0, output_field=IntegerField()) if counts.fresh else Value(0)
    )
    shown = filters.shown(mine, actor).annotate(is_new=new)
    page = ORDER.page(shown.select_related("user", "person"), after)
    groups = _groups(page.rows, since, _counted(shown, since))
    asked = counts.by.get(filters.show or "all", counts.by["all"])
    return Inbox(page, groups, counts.by, asked, counts.new, since, counts.ended)


def _counted(shown: Any, since: date) -> dict[str, dict[str, int]]:
    """Title of a group → code → how many findings, on all pages."""
    found: dict[str, dict[str, int]] = {}
    for is_new, severity, code, count in (
        shown.order_by().values_list("is_new", "severity", "code").annotate(n=Count("pk"))
    ):
        inside = found.setdefault(_title(is_new, severity, since), {})
        inside[code] = inside.get(code, 0) + count
    return found


def _title(is_new: int, severity: str, since: date) -> str:
    return f"New since {since.day} {since:%B}" if is_new else LABELS[severity]


def _groups(rows: Sequence[Any], since: date, counted: Mapping[str, Mapping[str, int]]) -> list[Group]:
    found: dict[str, list[Finding]] = {}
    for row in rows:
        found.setdefault(_title(row.is_new, row.severity, since), []).append(row)
    return [
        Group(title, inside, sum(counted[title].values()), folded(inside, counted[title]))
        for title, inside in found.items()
    ]


def units_of(seen: FindingQuerySet, day: date) -> list[tuple[int, str, int]]:
    """Units that have open findings, with all that stands below them: id, name, how many; those with most first.

    The root is not among them while nothing is its own, since it would be everything once more.
    """
    own = dict(seen.filter(_LIVE).exclude(unit=None).order_by().values_list("unit").annotate(n=Count("pk")))
    paths = dict(UnitPeriod.objects.on(day).filter(unit__in=own).values_list("unit", "path"))
    found: dict[int, int] = {}
    for pk, count in own.items():
        trail = [int(step) for step in paths.get(pk, f"/{pk}/").strip("/").split("/")]
        for unit in trail if len(trail) == 1 else trail[1:]:
            found[unit] = found.get(unit, 0) + count
    most = sorted(found.items(), key=lambda item: (-item[1], item[0]))[:MOST_UNITS]
    names = dict(UnitPeriod.objects.on(day).filter(unit__in=[pk for pk, _ in most]).values_list("unit", "name"))
    return [(pk, names.get(pk, "a unit of the past"), count) for pk, count in most]


def name_of(unit: int | None, day: date) -> str:
    """What the unit of a filter is called; empty without a filter."""
    if unit is None:
        return ""
    if unit == 0:
        return "No unit recorded"
    return UnitPeriod.objects.on(day).filter(unit=unit).values_list("name", flat=True).first() or "One unit"


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
    missing = [(code, [table.removeprefix(FAILED) for table in tables]) for code, _, tables in cursors if tables]
    checked = len(cursors) - len(missing)
    return Coverage(checked, sum(1 for _, found, tables in cursors if not found and not tables), missing)
