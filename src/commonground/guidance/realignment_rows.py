"""Reads what is planned for roles and people, and the searches for new ways, as rows of facts; plans only as the view counts them."""

from typing import Any

from commonground.analysis import facts
from commonground.guidance.reading import Reading
from commonground.realignment import models


def _of_role(reading: Reading) -> dict[str, Any]:
    return {"role_fate__program": reading.program, "role_fate__stage__in": reading.stages}


def role_changes(reading: Reading) -> list[facts.RoleChange]:
    rows = models.RoleChange.objects.filter(**_of_role(reading)).order_by("pk")
    return [
        facts.RoleChange(role, kind, size, words or None, offered or None, accepted, unit, effective)
        for role, kind, size, words, offered, accepted, unit, effective in rows.values_list(
            "role_fate__role__key", "kind", "size", "words", "offered", "accepted", "unit__key", "role_fate__effective"
        )
    ]


def paths(reading: Reading) -> list[facts.Path]:
    rows = models.HolderPath.objects.filter(program=reading.program, stage__in=reading.stages).order_by("pk")
    return [
        facts.Path._make(row)
        for row in rows.values_list(
            "person__key", "role__key", "fate", "to_role__key", "to_unit__key", "to_manager__key", "effective"
        )
    ]


def acknowledgements(reading: Reading) -> list[facts.Acknowledgement]:
    rows = models.Acknowledgement.objects.filter(**_of_role(reading)).order_by("pk")
    return [
        facts.Acknowledgement._make(row)
        for row in rows.values_list(
            "role_fate__role__key", "person__key", "read", "discussed_manager", "discussed_holder", "acknowledged"
        )
    ]


def stages(reading: Reading) -> list[facts.Stage]:
    """How far the word of each planned row has gone."""
    found = []
    kinds: tuple[tuple[str, Any, str], ...] = (
        ("process", models.ProcessFate, "process__key"),
        ("role", models.RoleFate, "role__key"),
        ("path", models.HolderPath, "person__key"),
    )
    for kind, model, key in kinds:
        rows = model.objects.filter(program=reading.program, stage__in=reading.stages).order_by("pk")
        days = ("consulted_on", "told_on", "line_spoke_on", "shown_on", "in_force_on")
        found += [facts.Stage(kind, *row) for row in rows.values_list(key, *days)]
    return found


def conversations(reading: Reading) -> list[facts.Conversation]:
    rows = models.Conversation.objects.filter(**_of_role(reading)).order_by("pk")
    return [
        facts.Conversation._make(row)
        for row in rows.values_list("role_fate__role__key", "offered_on", "offered_by__key")
    ]


def solutions(reading: Reading) -> list[facts.Solution]:
    rows = models.Solution.objects.filter(program=reading.program).order_by("pk")
    return [
        facts.Solution(key, workflow, question or None, opened, decided)
        for key, workflow, question, opened, decided in rows.values_list(
            "key", "workflow__key", "question", "opened", "decided"
        )
    ]


def seats(reading: Reading) -> list[facts.Seat]:
    rows = models.Seat.objects.filter(solution__program=reading.program).order_by("pk")
    return [
        facts.Seat._make(row)
        for row in rows.values_list(
            "solution__key", "person__key", "consent", "hours_per_week", "manager_agreed", "start", "end"
        )
    ]


def takes_part(reading: Reading) -> list[facts.TakesPart]:
    """Who was in which session and who contributed what day."""
    sessions = models.Session.objects.filter(solution__program=reading.program, people__isnull=False).order_by("pk")
    contributions = models.Contribution.objects.filter(solution__program=reading.program).order_by("pk")
    return [
        *(facts.TakesPart(*row, "session") for row in sessions.values_list("solution__key", "people__key", "on")),
        *(
            facts.TakesPart(*row, "contribution")
            for row in contributions.values_list("solution__key", "person__key", "on")
        ),
    ]
