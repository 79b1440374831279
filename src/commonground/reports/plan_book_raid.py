"""The RAID log of a program, out of what stands on its pages: public risks of friction, open findings, actions, decisions, and the rest."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Final

from commonground.access.actor import Actor
from commonground.analysis.facts import MILESTONES
from commonground.assessments.amount import AmountDecision
from commonground.guidance.models import Finding
from commonground.programs.models import MILESTONE_LABELS, Milestone, Program
from commonground.realignment.models import Solution
from commonground.voice.models import Voice
from commonground.voice.states import LABELS, PUBLIC, RISK, SETTLED

A: Final = ("actions", "assumptions")
D: Final = ("decisions", "dependencies")
Cell = Any


def raid(actor: Actor, program: Program, actions: list[list[Cell]] | None, d: str) -> list[list[Cell]]:
    """Rows as ID, type, statement, owner, response, due, status, escalation. actions: None where A stands for assumptions."""
    rows = [
        *_risks(actor, program),
        *(actions if actions is not None else _assumptions(actor, program)),
        *_issues(actor, program),
    ]
    return [*rows, *(_decisions(actor, program) if d == D[0] else _dependencies(actor, program))]


def _risks(actor: Actor, program: Program) -> Iterator[list[Cell]]:
    """Risks of friction in the words that all may read; never the author's own words, never who raised one."""
    if not actor.may("voices.view"):
        return
    rows = Voice.objects.visible_to(actor).filter(program=program, kind=RISK, published=True, state__in=PUBLIC)
    for row in rows.select_related("owner", "topic").order_by("raised_on", "pk"):
        status = "Closed" if row.state in SETTLED else "Open"
        owner = row.owner.name if row.owner else None
        yield [
            f"risk-{row.pk}",
            "Risk",
            row.public_words,
            owner,
            row.outcome or row.said,
            row.due,
            f"{status}: {LABELS[row.state]}",
            None,
        ]


def _issues(actor: Actor, program: Program) -> Iterator[list[Cell]]:
    """What the guidelines find missing, in the view that holds for everybody: a file travels."""
    if not actor.may("findings.view"):
        return
    seen = Finding.objects.of(program).live().visible_to(actor).values("key")
    rows = Finding.objects.of(program).live().filter(view="told", key__in=seen).ranked()
    for row in rows.select_related("user", "person"):
        statement = f"{row.code}: {row.what}" + (f" ({row.where})" if row.where else "")
        status = "In Progress" if row.owner_name else "Open"
        yield [f"issue-{row.pk}", "Issue", statement, row.owner_name or None, row.do, row.due, status, None]


def _decisions(actor: Actor, program: Program) -> Iterator[list[Cell]]:
    """Decisions of searches for a new way, and on the amount of change."""
    if actor.may("solutions.view"):
        solutions = Solution.objects.visible_to(actor).filter(program=program).select_related("workflow").order_by("pk")
        for row in solutions:
            said = f"{row.workflow}: {row.decision}" if row.decided and row.decision else str(row)
            yield [
                f"decision-{row.key}",
                "Decision",
                said,
                None,
                row.question or None,
                row.decided,
                "Decided" if row.decided else "Open",
                None,
            ]
    for amount in AmountDecision.objects.visible_to(actor).filter(program=program).order_by("decided_on", "pk"):
        status = "Decided" if amount.taken_back_on is None else "Taken back"
        said = f"Amount of change, {amount.get_decision_display()}: {amount.words}"
        yield [
            f"decision-amount-{amount.pk}",
            "Decision",
            said,
            amount.decided_by,
            amount.reasons,
            amount.decided_on,
            status,
            None,
        ]


def _assumptions(actor: Actor, program: Program) -> Iterator[list[Cell]]:
    """The reasons that were recorded with decisions on the amount of change."""
    rows = AmountDecision.objects.visible_to(actor).standing().filter(program=program).exclude(reasons="")
    for row in rows.order_by("decided_on", "pk"):
        yield [
            f"assumption-{row.pk}",
            "Assumption",
            row.reasons,
            row.decided_by,
            row.words,
            row.decided_on,
            "Open",
            None,
        ]


def _dependencies(actor: Actor, program: Program) -> Iterator[list[Cell]]:
    """Milestones of the whole that are not reached yet, each with the one that it waits for."""
    rows = {row.kind: row for row in Milestone.objects.visible_to(actor).filter(program=program, unit=None)}
    there = [rows[kind] for kind in MILESTONES if kind in rows]
    for before, row in pairwise(there):
        if row.actual is None:
            waits = MILESTONE_LABELS[before.kind]
            reached = f"reached on {before.actual.isoformat()}" if before.actual else "not reached yet"
            said = f"“{MILESTONE_LABELS[row.kind]}” waits for “{waits}”"
            status = "Resolved" if before.actual else "Open"
            yield [
                f"dependency-{row.kind}",
                "Dependency",
                said,
                None,
                f"“{waits}” is {reached}.",
                row.planned,
                status,
                None,
            ]
