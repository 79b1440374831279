"""Reads perceptions and talks of three as rows of facts: days alone, and of perceptions only what points at nobody."""

from collections import Counter
from datetime import date, timedelta

from commonground.analysis import facts
from commonground.disclosure.thresholds import COMMENTS, threshold_of
from commonground.guidance.reading import Reading
from commonground.organization.models import Assignment, Person
from commonground.realignment.models import Perception
from commonground.realignment.stages import SETTLED
from commonground.realignment.talks import managers_before, reassigning


def perceptions(reading: Reading) -> list[facts.Perception]:
    """What was said to be felt, by week; the role only where enough people hold it, and never a unit: these rows are exported."""
    rows = Perception.objects.filter(program=reading.program).said().order_by("raised_on", "role__key", "pk")
    told = list(rows.values_list("kind", "raised_on", "role_id", "role__key", "answered_on", "closed_on"))
    least = threshold_of(COMMENTS)
    held = Counter(
        Assignment.objects.on(reading.day)
        .filter(role__in={role for _, _, role, *_ in told})
        .values_list("role", flat=True)
    )
    return [
        facts.Perception(
            str(number), kind, monday(raised), key if held[role] >= least else None, None, answered or closed
        )
        for number, (kind, raised, role, key, answered, closed) in enumerate(told, start=1)
    ]


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def reassignments(reading: Reading) -> list[facts.Reassignment]:
    """Whoever gets another manager by a path that has been told, with the days that the three have noted."""
    if not set(reading.stages) & set(SETTLED):
        return []
    rows = reassigning().filter(program=reading.program, stage__in=reading.stages).order_by("pk")
    paths = list(rows.select_related("talk", "person", "to_manager"))
    before = managers_before([path for path in paths if not hasattr(path, "talk")], reading.day)
    before = {**before, **{path.pk: path.talk.from_manager_id for path in paths if hasattr(path, "talk")}}
    keys = dict(Person.objects.filter(pk__in={pk for pk in before.values() if pk}).values_list("pk", "key"))
    return [
        facts.Reassignment(
            path.person.key,
            keys.get(before.get(path.pk) or 0),
            path.to_manager.key if path.to_manager else None,
            path.effective,
            *((path.talk.talked_from, path.talk.talked_to, path.talk.talked_person) if hasattr(path, "talk") else ()),
        )
        for path in paths
        if before.get(path.pk) != path.to_manager_id
    ]
