"""What workflows may show of plans and searches: their `outlook.Source`, named at start by `apps.py`."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Q

from commonground.access.actor import Actor
from commonground.analysis.facts import IN_QUESTION
from commonground.realignment.fates import ProcessFate
from commonground.realignment.solutions import Solution, standings
from commonground.realignment.stages import LABELS, NOT_YET
from commonground.workflows.models import AnswersFor
from commonground.workflows.outlook import Plan, Search


class Realignment:
    """Reads fates and searches through their gates, and nothing beside them."""

    def plans(self, actor: Actor, processes: Iterable[int], day: date) -> Mapping[int, Plan]:
        rows = list(
            ProcessFate.objects.visible_to(actor).filter(process__in=list(processes)).prefetch_related("to_owners")
        )
        owners: dict[int, set[int]] = defaultdict(set)
        for process, person in (
            AnswersFor.objects.on(day)
            .filter(process__in=[row.process_id for row in rows])
            .values_list("process_id", "person_id")
        ):
            owners[process].add(person)
        return {row.process_id: _plan(row, owners[row.process_id]) for row in rows}

    def searches(self, actor: Actor, workflows: Iterable[int], day: date) -> list[Search]:
        rows = list(Solution.objects.visible_to(actor).filter(workflow__in=list(workflows)).select_related("workflow"))
        found = standings(rows, day) if rows else {}
        return [
            Search(row.pk, row.workflow_id, str(row), row.decided, found[row.pk].seated, found[row.pk].takes_part)
            for row in rows
        ]

    def told_about(self, actor: Actor) -> Q:
        return Q(pk__in=ProcessFate.objects.visible_to(actor).values("process"))

    def whole_plan(self, actor: Actor) -> Q:
        """A plan that was withdrawn still hides what was drawn for it, until another takes its place."""
        seen = ProcessFate.everything.visible_to(actor).values("pk")
        instead = ProcessFate.objects.values("process")
        last = Q(withdrawn_on=None) | ~Q(process__in=instead)
        hidden = ProcessFate.everything.exclude(pk__in=seen).filter(last, process__workflow__isnull=False)
        return ~Q(workflow__in=hidden.values("process__workflow"))

    def readers(self, *, process: int | None = None, workflow: int | None = None) -> list[int] | None:
        """Those who are named in every plan that is not told yet. A process that exists only in a plan is nobody's without one."""
        if process is not None:
            plan = ProcessFate.objects.filter(process=process).first()
            return plan.sealed_readers() if plan is not None else []
        untold = ProcessFate.objects.filter(process__workflow=workflow, stage__in=NOT_YET)
        named = [set(plan.sealed_readers() or ()) for plan in untold]
        return sorted(set.intersection(*named)) if named else None


def _plan(row: ProcessFate, owners: set[int]) -> Plan:
    """In question by its fate, or because somebody else is to answer for it (GLOSSARY)."""
    to_owners = {person.pk: person.name for person in row.to_owners.all()}
    changes = row.fate != "create" and bool(owners and to_owners) and owners != set(to_owners)
    return Plan(
        fate=row.fate,
        stage=LABELS.get(row.stage, row.stage),
        words=row.words,
        to_unit=row.to_unit_id,
        to_owners=tuple(sorted(to_owners.values())),
        effective=row.effective,
        in_question=row.fate in IN_QUESTION or changes,
    )
