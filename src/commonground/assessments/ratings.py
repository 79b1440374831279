"""What a change means for a unit or a role, rated by the program and by the group itself; where the two differ is shown first."""

from datetime import datetime
from typing import Any, NamedTuple, Self

from django.db import models, transaction
from django.db.models import Q

from commonground.access import roles
from commonground.access.actor import Actor
from commonground.access.visibility import Gated
from commonground.disclosure.thresholds import SCORES, threshold_of
from commonground.organization.models import Assignment, Role, Unit, below
from commonground.programs.models import OfProgram, Program, key_for
from commonground.programs.register import CannotError

PROGRAM, GROUP = "program", "group"
SIDES = ((PROGRAM, "the program"), (GROUP, "the group itself"))
WORDS = (
    (1, "1: hardly noticed"),
    (2, "2: some habits change"),
    (3, "3: a good part of the week changes"),
    (4, "4: most of the work changes"),
    (5, "5: another job than today"),
)
APART = 2  # from so many steps on the two sides are said to differ (CULT-03)


class ImpactQuerySet(Gated["Impact"]):
    def visible_to(self, actor: Actor) -> Self:
        """The team all; a unit manager what concerns a unit of theirs, or a role somebody there has."""
        if not actor.may("impacts.rate"):
            return self.none()
        if actor.has(roles.LEAD, roles.MEMBER):
            return self
        if not actor.units:
            return self.none()
        mine = below(actor.units)
        held = Assignment.objects.filter(unit__in=mine, role__isnull=False).values("role")
        return self.filter(Q(unit__in=mine) | Q(unit=None, role__in=held))


class Impact(OfProgram):
    """What a change means for one unit, or for one role (in that unit, or everywhere)."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="impacts")
    key = models.CharField(max_length=120)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    role = models.ForeignKey(Role, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=200)

    objects = ImpactQuerySet.as_manager()
    word, facts = "an impact", ("impacts",)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["program", "key"], name="impact_key_once")]

    def __str__(self) -> str:
        return self.what

    @staticmethod
    def new_key() -> str:
        return key_for("I")

    @property
    def subject(self) -> str:
        """The key of the role, else of the unit."""
        return self.role.key if self.role is not None else self.unit.key if self.unit is not None else ""

    def remove(self, *, by: Actor, at: datetime) -> None:
        """Takes it away. Raises CannotError while ratings belong to it: they could not be put back with it."""
        if self.ratings.exists():
            raise CannotError(f"“{self}” was rated, so it stays. Remove its ratings first if it was a mistake.")
        super().remove(by=by, at=at)

    def rate(self, values: dict[str, Any], *, side: str, by: Actor, at: datetime) -> "ImpactRating":
        """Adds a rating of one side; those before stay. values: value, words, speaker, people, on.

        people: how many of the group were asked, where it is what several said; at least the threshold of scores, else CannotError.
        """
        people = values.get("people")
        least = threshold_of(SCORES)
        if people is not None and people < least:
            raise CannotError(
                f"What {people} said together could be told apart. Ask at least {least}, or name one person who speaks for the group."
            )
        with transaction.atomic():
            row = ImpactRating(impact=self, side=side, **values)
            self.program.add(row, by=by, at=at)
        return row


class RatingQuerySet(Gated["ImpactRating"]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(impact__in=Impact.objects.visible_to(actor))


class ImpactRating(OfProgram):
    """How large an impact is in the eyes of one side. speaker: who says it; people: of how many it is the middle, None for one voice."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+")
    impact = models.ForeignKey(Impact, on_delete=models.CASCADE, related_name="ratings")
    side = models.CharField(max_length=7, choices=SIDES)
    value = models.PositiveSmallIntegerField(choices=WORDS)
    words = models.CharField(max_length=300)
    speaker = models.CharField(max_length=200)
    people = models.PositiveIntegerField(null=True, blank=True)
    on = models.DateField()

    objects = RatingQuerySet.as_manager()
    word, facts = "a rating of an impact", ("impacts",)

    class Meta:
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.impact}: {self.value} by {self.get_side_display()}"


class TwoSided(NamedTuple):
    """An impact with the newest rating of each side."""

    impact: Impact
    program: ImpactRating | None
    group: ImpactRating | None
    earlier: tuple[ImpactRating, ...]

    @property
    def apart(self) -> int | None:
        """By how many steps the sides differ, the group's above the program's being positive; None while one is missing."""
        return self.group.value - self.program.value if self.program and self.group else None

    @property
    def differs(self) -> bool:
        return self.apart is not None and abs(self.apart) >= APART


def two_sided(actor: Actor, program: Program) -> list[TwoSided]:
    """The impacts that the actor may see: where the sides differ first, then those that one side has not rated, then the rest."""
    impacts = list(Impact.objects.visible_to(actor).filter(program=program).select_related("unit", "role"))
    held: dict[int, list[ImpactRating]] = {}
    for row in ImpactRating.objects.visible_to(actor).filter(program=program).order_by("on", "pk"):
        held.setdefault(row.impact_id, []).append(row)
    found = []
    for impact in impacts:
        rows = held.get(impact.pk, [])
        newest = {row.side: row for row in rows}
        earlier = tuple(row for row in rows if newest[row.side] is not row)
        found.append(TwoSided(impact, newest.get(PROGRAM), newest.get(GROUP), earlier))
    return sorted(
        found, key=lambda one: (-abs(one.apart or 0) if one.differs else 0, one.apart is not None, one.impact.pk)
    )
