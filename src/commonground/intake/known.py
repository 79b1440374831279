"""What references in a sheet may mean, out of the database."""

from datetime import date

from commonground.adoption.models import Behaviour
from commonground.analysis.tables import TABLES
from commonground.communication.models import Message, Panel, Segment
from commonground.intake.columns import MADE_AS_NEEDED
from commonground.intake.references import Index
from commonground.organization.models import Person, Role, RolePeriod, Unit, UnitPeriod
from commonground.plan.models import Module, Session
from commonground.programs.models import Program
from commonground.realignment.models import Solution
from commonground.workflows.models import Process, Workflow


def known_to(program: Program, day: date) -> dict[str, Index]:
    """Table → what references into it may mean, by id and by the names of the day. Units, roles and workflows are made as needed."""
    found = {name: Index(open=name in MADE_AS_NEEDED) for name in TABLES}
    people = list(Person.objects.values_list("key", "name", "email"))
    if people:
        keys, names, emails = zip(*people, strict=True)
        found["people"].add(keys, names, emails)
    for table, things, periods, owner in (
        ("units", Unit, UnitPeriod, "unit__key"),
        ("roles", Role, RolePeriod, "role__key"),
    ):
        found[table].add(list(things.objects.values_list("key", flat=True)))
        named = list(periods.objects.on(day).values_list(owner, "name"))
        found[table].add([key for key, _ in named], [name for _, name in named])
    for table, model, label in (
        ("workflows", Workflow, "name"),
        ("processes", Process, "name"),
        ("solutions", Solution, "key"),
        ("behaviours", Behaviour, "name"),
        ("training", Module, "name"),
        ("sessions", Session, "key"),
        ("panels", Panel, "name"),
        ("messages", Message, "title"),
        ("segments", Segment, "name"),
    ):
        rows = list(model.objects.filter(program=program).values_list("key", label))
        found[table].add([key for key, _ in rows], [name for _, name in rows])
    return found
