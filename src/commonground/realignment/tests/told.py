"""The people of the embargo tests, and one plan of each kind about the billing clerks."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from tests.cast import FIRST_DAY, Cast

from commonground.access.actor import Actor
from commonground.accounts.models import Grant, User, actor_for
from commonground.organization.models import Assignment, Person
from commonground.realignment.fates import HolderPath, ProcessFate, RoleFate, Way
from commonground.realignment.models import RoleChange
from commonground.realignment.stages import ORDER
from commonground.workflows.models import Does

AT = datetime(2026, 9, 14, 9, 0, tzinfo=UTC)
TODAY = date(2026, 9, 14)


@dataclass
class Told:
    """Plans, and who looks at them by the name that the tables use."""

    cast: Cast
    process: ProcessFate
    role: RoleFate
    path: HolderPath
    leads_path: HolderPath
    lars: Person
    viewers: dict[str, Actor] = field(default_factory=dict)

    @property
    def plans(self) -> list[Any]:
        return [self.process, self.role, self.path, self.leads_path]


def another(name: str, role: str, *, unit: int | None = None) -> User:
    user = User.objects.create(username=name, name=name.title(), password="!")
    Grant.objects.create(user=user, role=role, unit=unit)
    return user


def actor_of_user(user: User) -> Actor:
    person = Person.objects.filter(user=user).first()
    return actor_for(user, person=person.pk if person else None)


def make_told(cast: Cast) -> Told:
    """Alice drafts, Heidi is named. Lars is a change lead who holds the role himself; Lena one who has nothing to do with it."""
    by, clerk = cast.alice.actor, cast.roles["billing_clerk"]
    lena, lars = another("lena", "lead"), another("lars", "lead")
    wim = another("wim", "manager", unit=cast.units["water"].pk)
    person = Person.objects.create(key="P90", name="Lars Lund", user=lars)
    Assignment.objects.create(person=person, unit=cast.units["billing"], role=clerk, start=FIRST_DAY)
    billing: Any = cast.things["billing_process"]
    Does.objects.create(process=billing, person=person, start=FIRST_DAY)
    role = RoleFate.objects.draft(clerk, program=cast.program, fate="change", definition_after="New", by=by, at=AT)
    RoleChange.objects.add(role, kind="decisions", size=-2, words="which bill waits", by=by, at=AT)
    process = ProcessFate.objects.draft(billing, fate="move", to_unit=cast.units["contact"], by=by, at=AT)
    way = Way("open")
    told = Told(
        cast,
        process,
        role,
        HolderPath.objects.draft(cast.erin.person, role=clerk, program=cast.program, way=way, by=by, at=AT),
        HolderPath.objects.draft(person, role=clerk, program=cast.program, way=way, by=by, at=AT),
        person,
    )
    for plan in told.plans:
        plan.name_readers([cast.heidi.user.pk], by=by, at=AT)
    told.viewers = {
        "drafter": by,
        "named": cast.heidi.actor,
        "lead": actor_of_user(lena),
        "concerned lead": actor_of_user(lars),
        "sponsor": cast.bob.actor,
        "member": cast.carol.actor,
        "customer lead": cast.ivan.actor,
        "manager": cast.dan.actor,
        "other manager": actor_of_user(wim),
        "holder": cast.erin.actor,
        "colleague": cast.charlie.actor,
        "auditor": cast.frank.actor,
        "admin": cast.grace.actor,
    }
    return told


def bring(plan: Any, stage: str, by: Actor) -> None:
    """Takes a plan from draft to a stage, as its verbs demand."""
    for to in ORDER[1 : ORDER.index(stage) + 1]:
        if to == "told":
            plan.line_spoke(on=TODAY, by=by, at=AT)
        plan.advance(to, on=TODAY, by=by, at=AT)
