"""Behaviours, and what was counted or asked of them week by week. What a log tells is measured from the log."""

from typing import Any

from django.db import models

from commonground.adoption.models import COUNTED, FROM_LOG, SOURCES, Behaviour, Count
from commonground.analysis.uptake import is_vanity
from commonground.intake.commit_work import upsert
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
    """Plans counts. The whole is counted from its units where these are given, so its own rows are then left out."""
    wanted = plan.rows("pace")
    by_unit = {row.behaviour for row in wanted if row.unit}
    known: dict[tuple[int, int | None, Any], models.Model] = {}
    for count in Count.objects.filter(program=plan.program):
        known[count.behaviour_id, count.unit_id, count.week] = count
    in_units = {behaviour for behaviour, unit, _ in known if unit is not None}
    by_unit |= {key for key, pk in plan.ids["behaviours"].items() if pk in in_units}
    read = plan.fields("pace", {name: (name, _number(name)) for name in ("new", "old", "neither")})
    read.read.extend(plan.fields("pace", {"people": ("people", just("people"))}).read)
    rows, left = [], dict[tuple[str, str], int]()
    for row in wanted:
        behaviour: Behaviour = plan.planned["behaviour"][row.behaviour][0]
        why = (
            "log" if behaviour.source == FROM_LOG else "whole" if row.unit is None and row.behaviour in by_unit else ""
        )
        if why:
            left[row.behaviour, why] = left.get((row.behaviour, why), 0) + 1
            plan.count("pace", KEPT_OUT)
        else:
            rows.append(((behaviour.pk, plan.id_of("units", row.unit), row.week), row))

    def make(row: Any) -> models.Model:
        ids = {"behaviour_id": plan.ids["behaviours"][row.behaviour], "unit_id": plan.id_of("units", row.unit)}
        return plan.batch.make(Count, program=plan.program, week=row.week, new=row.new, old=row.old, **ids)

    upsert(plan, "pace", known, rows, read, make)
    for (key, why), number in left.items():
        _say_left_out(plan, plan.planned["behaviour"][key][0], why, number)


def _number(name: str) -> Any:
    return lambda row: getattr(row, name) or 0


def _say_left_out(plan: Plan, behaviour: Behaviour, why: str, rows: int) -> None:
    many = f"{rows:,} {'row' if rows == 1 else 'rows'}"
    told = {
        "log": (
            f"“{behaviour}” is read from an event log, so {many} of counts were left out.",
            "Bring the log, or say on its page that it is counted by hand.",
        ),
        "whole": (
            f"“{behaviour}” is counted by unit, so {many} without a unit were left out: the whole is their sum.",
            "Nothing to do, unless the units are not all of it.",
        ),
    }[why]
    plan.problems.append(Problem(plan.sheets["pace"].raw.file, None, None, None, *told, "warning"))


def made_here(plan: Plan) -> None:
    """Sheets of what is worked out or noted here are left out, and that is said."""
    for table, told in MADE_HERE.items():
        if table in plan.sheets:
            plan.problems.append(Problem(plan.sheets[table].raw.file, None, None, None, *told, "warning"))
