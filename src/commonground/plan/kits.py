"""Own templates: a set of activities, each so many days from a day such as the cut-over. And copies, which one step undoes."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, Self

from django.db import models, transaction

from commonground.access.actor import Actor
from commonground.access.visibility import Gated
from commonground.journal.recording import record
from commonground.organization.models import Unit
from commonground.programs import register
from commonground.programs.models import Activity, OfProgram, Program
from commonground.programs.register import CannotError, written

WEEKEND = 5
KEPT = ("kind", "words", "practice", "hours", "hours_per_person", "note", "technique")
STAYS = ("location",)  # of an audience: where people sit is seldom the same in another unit


class ForPlanners(Gated[Any]):
    def visible_to(self, actor: Actor) -> Self:
        return self if actor.may("plan.view") else self.none()


@dataclass(frozen=True)
class Row:
    """An activity of a template. days: from the day it is counted from; long: how many days it takes, 0 where nobody said."""

    kind: str
    words: str = ""
    practice: str = ""
    hours: float | None = None
    hours_per_person: float | None = None
    note: str = ""
    technique: str = ""
    audience: dict[str, str] = field(default_factory=dict)
    days: int | None = None
    long: int = 0

    @property
    def name(self) -> str:
        return self.words or self.kind

    @property
    def weeks(self) -> str:
        """When it begins, in words."""
        if self.days is None:
            return "no day yet"
        weeks = round(abs(self.days) / 7)
        if not weeks:
            return "in the week itself" if abs(self.days) < 7 else ""
        return f"{weeks} {'week' if weeks == 1 else 'weeks'} {'before' if self.days < 0 else 'after'}"


def row_of(activity: Activity, anchor: date) -> Row:
    """What of an activity is copied: not its hands, not its state. anchor: the day that its own is counted from."""
    audience = {name: value for name, value in (activity.audience or {}).items() if name not in (*STAYS, "unit")}
    days = (activity.start - anchor).days if activity.start else None
    long = (activity.end - activity.start).days if activity.start and activity.end else 0
    return Row(**{name: getattr(activity, name) for name in KEPT}, audience=audience, days=days, long=long)


def day_for(row: Row, anchor: date) -> date | None:
    """When it would begin; on a weekend the Monday after."""
    if row.days is None:
        return None
    day = anchor + timedelta(days=row.days)
    return day + timedelta(days=7 - day.weekday()) if day.weekday() >= WEEKEND else day


class PlanTemplate(OfProgram):
    """A set of activities under a name. rows: of `Row`, as plain values."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="plan_templates")
    name = models.CharField(max_length=120)
    rows = models.JSONField(default=list)

    objects = ForPlanners.as_manager()
    word, facts = "a template of the plan", ()

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def activities(self) -> list[Row]:
        return [Row(**values) for values in self.rows]


def keep(program: Program, name: str, rows: Iterable[Row], *, by: Actor, at: datetime) -> PlanTemplate:
    """Keeps activities as a template. Raises CannotError when there are none."""
    values = [asdict(row) for row in rows]
    if not values:
        raise CannotError("There is no activity to keep. Tick at least one.")
    return program.add(PlanTemplate(name=name.strip(), rows=values), by=by, at=at)


class PlanCopy(models.Model):
    """A set of activities that was made in one step. made: id → the values with which it was made."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="plan_copies")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=200)
    on = models.DateField()
    made = models.JSONField(default=dict)
    undone_on = models.DateField(null=True, blank=True)

    objects = ForPlanners.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"copy of {self.source}"

    def undo(self, *, by: Actor, at: datetime) -> int:
        """Takes away what it made. Raises CannotError when something of it was changed or delivered since, or it is undone already."""
        if self.undone_on is not None:
            raise CannotError(f"The {self} was undone already.")
        rows = {str(row.pk): row for row in Activity.objects.filter(pk__in=[int(pk) for pk in self.made])}
        changed = [row for pk, row in rows.items() if _plain(row) != self.made[pk]]
        if changed:
            raise CannotError(
                f"“{changed[0]}” was changed since, so the copy stays. Remove what is not needed on its own page."
            )
        with transaction.atomic():
            self.undone_on = at.date()
            self.save(update_fields=["undone_on"])
            removed = {pk: written(row) for pk, row in rows.items()}
            Activity.objects.filter(pk__in=[row.pk for row in rows.values()]).delete()
            record("undid a copy of the plan", self, by=by, at=at, values={"taken away": removed}, facts=Activity.facts)
        return len(rows)


def copy(
    program: Program,
    rows: Sequence[tuple[Row, date | None]],
    *,
    unit: Unit | None,
    source: str,
    by: Actor,
    at: datetime,
) -> PlanCopy:
    """Makes activities of rows with the day on which each begins, for a unit, in one step. Raises CannotError when there are none.

    Owner and deliverer are empty: whose hands it is in is said anew in each unit.
    """
    if not rows:
        raise CannotError("Nothing is ticked, so nothing was copied. Tick at least one activity.")
    with transaction.atomic():
        made = [_made(program, unit, row, start) for row, start in rows]
        for one in made:
            one.save(force_insert=True)
        row = PlanCopy(program=program, unit=unit, source=source[:200], on=at.date())
        row.made = {str(one.pk): _plain(one) for one in made}
        row.save()
        said = {"activities": [str(one) for one in made], "for": str(unit or "the whole program")}
        record("copied the plan", row, by=by, at=at, values=said, facts=Activity.facts)
    return row


def _made(program: Program, unit: Unit | None, row: Row, start: date | None) -> Activity:
    kept = {name: getattr(row, name) for name in KEPT}
    end = start + timedelta(days=row.long) if start and row.long else None
    return Activity(
        program=program, key=Activity.new_key(), unit=unit, start=start, end=end, audience=dict(row.audience), **kept
    )


def _plain(row: Activity) -> dict[str, Any]:
    """Its values as JSON keeps them."""
    return {
        name: value.isoformat() if isinstance(value, date) else value for name, value in register.written(row).items()
    }


def nudged(row: Row, **values: Any) -> Row:
    return replace(row, **values)
