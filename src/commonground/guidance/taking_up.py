"""Taking a finding up: one click makes it an activity that uses a technique, and one takes that back."""

from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction

from commonground.access.actor import Actor
from commonground.guidance.models import Finding, Planned
from commonground.guidance.states import NotNowError
from commonground.guidance.techniques import Technique, proposed_for
from commonground.guidance.week import SELF, Step
from commonground.journal.recording import record
from commonground.programs.models import Activity

ANSWER: Final = "answer to a finding"
WORDS: Final = 300  # as many as an activity has room for
DAY: Final = timedelta(days=1)


def chosen_technique(code: str, key: str) -> Technique | None:
    """The technique of this key, if it is proposed for findings of this guideline."""
    return next((one for one in proposed_for(code) if one.key == key), None)


def take_up(step: Step, technique: Technique | None, *, start: date, by: Actor, at: datetime) -> Planned:
    """Makes an activity of a finding as it was proposed: what, for which unit, in whose hands, from `start` until the proposed day.

    Raises NotNowError while the finding rests on what is not told yet, and where somebody is at it already.
    """
    finding = step.finding
    finding.refuse_to_plan()
    if not finding.is_live:
        raise NotNowError("This finding is not open, so there is nothing to do about it now.")
    if finding.planned.filter(activity__state__in=("planned", "running"), activity__delivered_on=None).exists():
        raise NotNowError("An activity for this finding is planned already. Change that one, or take it back first.")
    last = step.by or finding.due or start
    activity = Activity(
        key=Activity.new_key(),
        kind=technique.activity_kind if technique else ANSWER,
        technique=technique.key if technique else "",
        words=_words(finding, technique)[:WORDS],
        unit=finding.unit,
        practice=finding.practice,
        owner_id=finding.person_id or step.person,
        start=start,
        end=max(last, start) + DAY,
        hours=technique.effort if technique else None,
        note=_note(step),
    )
    with transaction.atomic():
        finding.program.add(activity, by=by, at=at)
        return finding.plan(activity=activity, by=by, at=at)


def _words(finding: Finding, technique: Technique | None) -> str:
    """What is to be done. Everybody who works on the program reads it, so it names nobody whom the finding is about."""
    if technique is None or finding.kind in SELF:
        return finding.do or finding.what
    return f"{technique.name}: {finding.what}"


def _note(step: Step) -> str:
    return "Its owner was proposed, not asked: talk to them before it begins." if step.ask.startswith("ask ") else ""


def take_back(planned: Planned, *, by: Actor, at: datetime) -> None:
    """Takes the activity away again, while nothing was done yet. The activity can be put back at the foot of the plan.

    Raises NotNowError once it has begun.
    """
    activity, finding = planned.activity, planned.finding
    if activity.state != "planned" or activity.delivered_on is not None:
        raise NotNowError(
            f"“{activity}” has begun, so it stays. Set it to dropped on its own page if it is not wanted."
        )
    with transaction.atomic():
        record(
            "took an activity back",
            finding,
            by=by,
            at=at,
            values={"activity": str(activity)},
            readers=finding.sealed_readers(),
        )
        activity.remove(by=by, at=at)
