"""What the figures of a behaviour depend on beside the events, as a digest: to tell whether it has changed since they were made."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date

from django.db.models import Count as CountOf
from django.db.models import Sum

from commonground.adoption.following import cut_over_days
from commonground.adoption.models import Behaviour, Count, LetGo
from commonground.adoption.priors import clock_of
from commonground.disclosure.thresholds import PACE, threshold_of


def inputs_of(behaviours: Iterable[Behaviour], day: date) -> Mapping[int, str]:
    """Behaviour → a digest of all that its figures depend on beside the events: rule, log, dates, milestones, counts, threshold, priors.

    Six queries, however many behaviours of one program there are.
    """
    rows = list(behaviours)
    threshold = threshold_of(PACE)
    expected = {program: asdict(clock_of(program)) for program in {row.program_id for row in rows}}
    milestones = {program: _milestones(row, day) for program, row in {row.program_id: row for row in rows}.items()}
    counted = {
        row["behaviour"]: [row[name] for name in ("n", "new", "old", "neither", "people", "weeks")]
        for row in Count.objects.filter(behaviour__in=rows)
        .order_by()
        .values("behaviour")
        .annotate(
            n=CountOf("pk"), new=Sum("new"), old=Sum("old"), neither=Sum("neither"), people=Sum("people"),
            weeks=CountOf("week", distinct=True),
        )
    }  # fmt: skip
    let_go = {log: before.isoformat() for log, before in LetGo.objects.values_list("log_id", "before")}
    return {
        row.pk: _digest(
            [
                row.source, row.log_id, row.rule_digest, row.target_share, str(row.starts_on), threshold,
                milestones[row.program_id], counted.get(row.pk), let_go.get(row.log_id or 0), expected[row.program_id],
            ]
        )
        for row in rows
    }  # fmt: skip


def _milestones(row: Behaviour, day: date) -> list[list[str]]:
    return sorted([str(unit), held.isoformat()] for unit, held in cut_over_days(row, day).items())


def _digest(value: object) -> str:
    return hashlib.blake2b(json.dumps(value).encode(), digest_size=8).hexdigest()
