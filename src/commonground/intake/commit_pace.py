"""Behaviours, and what was counted or asked of them week by week. What a log tells is measured from the log."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import models

from commonground.adoption.models import COUNTED, FROM_LOG, SOURCES, Behaviour, Count
from commonground.adoption.paced import ForecastMade, Observing, Paced
from commonground.adoption.tasks import ask_observing
from commonground.analysis.uptake import is_vanity
from commonground.intake.batch import CHUNK
from commonground.intake.commit_work import upsert
from commonground.intake.models import Change
from commonground.intake.plan import CHANGED, KEPT_OUT, NEW, Plan, just, text
from commonground.intake.problems import Problem

MADE_HERE = {
    "forecasts": (
        "Forecasts are worked out here from what is observed.",
        "It was left out. `commonground check` reads this sheet.",
    ),
    "sources": (
        "How long a system keeps its events is noted beside its log.",
        "It was left out. Say it on the page of sources; `commonground check` reads this sheet.",
    ),
    "voices": (
        "Voices are raised here by those whose they are, so that an author can follow the answer.",
        "It was left out. Raise them on the page of voices, in others’ name if they wish; `commonground check` reads this sheet.",
    ),
    "rounds": (
        "Rounds are opened and closed here, so that nobody can be found in their answers.",
        "It was left out. Open one under Assessments; `commonground check` reads this sheet.",
    ),
    "response": (
        "How many answered is counted here.",
        "It was left out. `commonground check` reads this sheet.",
    ),
    "amount_of_change": (
        "How much change is asked for is decided here, with reasons and who decided.",
        "It was left out. Say it under Assessments; `commonground check` reads this sheet.",
    ),
    "impacts": (
        "Impacts are rated here by both sides, neither seeing the other’s first.",
        "It was left out. Rate them under Assessments; `commonground check` reads this sheet.",
    ),
    "perceptions": (
        "How a change is felt is said by the person, to whom they choose.",
        "It was left out. `commonground check` reads this sheet.",
    ),
    "reassignments": (
        "Each of the three notes on their own page that they talked.",
        "It was left out. Bring the sheet of paths; `commonground check` reads this one.",
    ),
    "reachable": (
        "How many customers can be reached by what is counted here from their contacts.",
        "It was left out. Bring the export of contacts under Customers; `commonground check` reads this sheet.",
    ),
    "sendings": (
        "What went out to customers is counted here, list by list.",
        "It was left out. Bring what came back on the page of a list; `commonground check` reads this sheet.",
    ),
    "steps": (
        "Talks are proposed here from the reporting line, and confirmed by those who hold them.",
        "It was left out. Begin a cascade under Messages; `commonground check` reads this sheet.",
    ),
    "champion_meetings": (
        "Meetings of champions are noted here with who was there.",
        "It was left out. Note them under Champions; `commonground check` reads this sheet.",
    ),
}


def behaviours(plan: Plan) -> None:
    """Plans behaviours. The rule by which a log tells them is written on their page; a sheet does not change where they are read."""
    known = {row.key: row for row in Behaviour.objects.filter(program=plan.program)}
    read = plan.fields(
        "behaviours",
        {
            "name": ("name", just("name")),
            "new_way": ("new_words", lambda row: row.new_way or row.name[:120]),
            "old_way": ("old_words", text("old_way")),
            "source": ("source", lambda row: _source(row, known.get(row.id))),
            "vanity": ("vanity", is_vanity),
            "starts": ("starts_on", just("starts")),
            "target_share": ("target_share", just("target_share")),
            "target_on": ("target_on", just("target_on")),
            "old_sunset": ("old_sunset_on", just("old_sunset")),
            "old_possible": ("old_possible", just("old_possible")),
            "old_rewarded": ("old_rewarded", just("old_rewarded")),
        },
    )
    order = max((row.order for row in known.values()), default=0)

    def make(row: Any) -> models.Model:
        nonlocal order
        order += 1
        values = {"name": row.name, "new_words": row.name[:120], "source": _source(row, None), "vanity": is_vanity(row)}
        return plan.batch.make(Behaviour, program=plan.program, key=row.id, order=order, **values)

    found = upsert(plan, "behaviours", known, [(row.id, row) for row in plan.rows("behaviours")], read, make)
    plan.ids["behaviours"] = {key: row.pk for key, row in found.items()}
    plan.planned["behaviour"] = {key: [row] for key, row in found.items()}
    if plan.counts.get("behaviours", {}).keys() & {NEW, CHANGED}:
        plan.facts.update(Behaviour.facts)


def _source(row: Any, known: Behaviour | None) -> str:
    """Where its occasions are seen: counted where the sheet does not say; as it is where a log tells it."""
    if known is not None and (known.log_id or row.source is None):
        return known.source
    return row.source if row.source in SOURCES else COUNTED


def pace(plan: Plan) -> None:
    """Plans counts. In a week in which units are counted the whole is their sum, so its own row is then left out."""
    wanted = plan.rows("pace")
    ids, kept = plan.ids["behaviours"], {pk: row for [row] in plan.planned["behaviour"].values() for pk in [row.pk]}
    known: dict[tuple[int, int | None, Any], models.Model] = {}
    for count in Count.objects.filter(program=plan.program):
        known[count.behaviour_id, count.unit_id, count.week] = count
    in_units = {(behaviour, week) for behaviour, unit, week in known if unit is not None}
    in_units |= {(ids[row.behaviour], row.week) for row in wanted if row.unit}
    read = plan.fields("pace", {name: (name, _number(name)) for name in ("new", "old", "neither")})
    read.read.extend(plan.fields("pace", {"people": ("people", just("people"))}).read)
    rows, left = [], Counter[tuple[int, str]]()
    for row in wanted:
        behaviour = ids[row.behaviour]
        whole = row.unit is None and (behaviour, row.week) in in_units
        why = "log" if kept[behaviour].source == FROM_LOG else "whole" if whole else ""
        if why:
            left[behaviour, why] += 1
            plan.count("pace", KEPT_OUT)
        else:
            rows.append(((behaviour, plan.id_of("units", row.unit), row.week), row))

    def make(row: Any) -> models.Model:
        ids = {"behaviour_id": plan.ids["behaviours"][row.behaviour], "unit_id": plan.id_of("units", row.unit)}
        return plan.batch.make(Count, program=plan.program, week=row.week, new=row.new, old=row.old, **ids)

    upsert(plan, "pace", known, rows, read, make)
    for (behaviour, why), number in left.items():
        _say_left_out(plan, kept[behaviour], why, number)


def _number(name: str) -> Any:
    return lambda row: getattr(row, name) or 0


def _say_left_out(plan: Plan, behaviour: Behaviour, why: str, rows: int) -> None:
    many = f"{rows:,} {'row' if rows == 1 else 'rows'}"
    was = "was" if rows == 1 else "were"
    told = {
        "log": (
            f"“{behaviour}” is read from an event log, so {many} of counts {was} left out.",
            "Bring the log, or say on its page that it is counted by hand.",
        ),
        "whole": (
            f"“{behaviour}” is counted by unit, so {many} without a unit {was} left out: in a week with units the whole is their sum.",
            "Nothing to do, unless a unit is missing.",
        ),
    }[why]
    plan.problems.append(Problem(plan.sheets["pace"].raw.file, None, None, None, *told, "warning"))


def concerned(changes: Iterable[Change]) -> set[int]:
    """The behaviours that an import made, changed or counted."""
    found = set[int]()
    for one in changes:
        ids = [row[0] for row in one.rows]
        if one.kind == Behaviour._meta.label_lower:
            found.update(ids)
        elif one.kind == Count._meta.label_lower:
            for start in range(0, len(ids), CHUNK):
                counts = Count.objects.filter(pk__in=ids[start : start + CHUNK])
                found.update(counts.order_by().values_list("behaviour", flat=True).distinct())
    return found


def let_go_of_figures(changes: Iterable[Change]) -> None:
    """Figures are worked out anew, so that a behaviour has some does not mean that something was built upon it."""
    for one in changes:
        if one.kind == Behaviour._meta.label_lower:
            made = [pk for pk, before, _ in one.rows if before is None]
            for model in (Observing, Paced, ForecastMade):
                model.objects.filter(behaviour__in=made).delete()


def measure(behaviours: Iterable[int], *, at: datetime) -> None:
    """Asks for behaviours to be measured anew, those that are still there."""
    for row in Behaviour.objects.filter(pk__in=list(behaviours)):
        ask_observing(row, at=at)


def made_here(plan: Plan) -> None:
    """Sheets of what is worked out or noted here are left out, and that is said."""
    for table, told in MADE_HERE.items():
        if table in plan.sheets:
            plan.problems.append(Problem(plan.sheets[table].raw.file, None, None, None, *told, "warning"))
