"""Units and roles of sheets as dated rows of the organization."""

from collections import defaultdict
from typing import Any

from commonground.intake.lines import Given, laid_over
from commonground.intake.plan import CHANGED, NEW, SAME, Plan, just, text
from commonground.intake.syncing import sync
from commonground.organization import timeline
from commonground.organization.models import Level, Role, RolePeriod, Unit, UnitPeriod
from commonground.organization.periods import line_of
from commonground.organization.roles import Described
from commonground.organization.units import Stand, lines_of_all, write_tree

# The usual order of levels from the top, told by words in their names; others come after, as they are met.
RANKS = (
    ("board", "executive", "director", "ceo", "chief", "president", "vorstand"),
    ("senior", "head of", "vice"),
    ("manager", "leiter", "responsable"),
    ("leader", "lead", "supervisor", "foreman", "foreperson"),
)


def units(plan: Plan) -> None:
    """Plans units: rows of the sheet, and those that other sheets only name."""
    known = plan.ids["units"] = dict(Unit.objects.values_list("key", "pk"))
    before = lines_of_all()
    rows = plan.rows("units")
    named = [row for row in plan.named_only("units") if row.id not in known and row.id not in {r.id for r in rows}]
    for row in [*rows, *named]:
        if row.id not in known:
            known[row.id] = plan.batch.make(Unit, key=row.id).pk
    read = plan.fields(
        "units",
        {
            "parent": ("parent_id", lambda row: plan.id_of("units", row.parent)),
            "business_unit": ("business_unit", lambda row: bool(row.business_unit)),
            "product_line": ("product_line", text("product_line")),
        },
    )
    given: dict[str, list[Given]] = defaultdict(list)
    for row in rows:
        given[row.id].append(Given(row.start, row.end, {"name": row.name, **read.of(row)}))
    for row in named:
        given[row.id].append(Given(None, None, {"name": row.name, "parent_id": plan.id_of("units", row.parent)}))
    lines = dict(before)
    for key, periods in given.items():
        pk = known[key]
        lines[pk] = laid_over(before.get(pk, ()), periods, Stand(key), plan.options.day)
        plan.count("units", NEW if pk not in before else CHANGED if lines[pk] != before[pk] else SAME)
    if lines != before:
        plan.batch.watch(UnitPeriod, lambda: write_tree(lines))
    plan.stands = lines


def roles(plan: Plan) -> None:
    """Plans roles with their levels: rows of the sheet, and those that other sheets only name. Their fates come with the plans."""
    known = plan.ids["roles"] = dict(Role.objects.values_list("key", "pk"))
    levels(plan)
    periods = defaultdict(list)
    for period in RolePeriod.objects.all():
        periods[period.role_id].append(period)
    read = plan.fields(
        "roles",
        {
            "level": ("level_id", lambda row: plan.id_of("levels", row.level)),
            "front_office": ("front_office", just("front_office")),
            "definition_before": ("definition", text("definition_before")),
        },
    )
    rows = plan.rows("roles")
    named = [row for row in plan.named_only("roles") if row.id not in known and row.id not in {r.id for r in rows}]
    for row in [*rows, *named]:
        # a role that is only to be made begins on its day, so that no page of the organization gives it away before
        start = row.effective if row.fate == "create" and row.id not in known else None
        if row.id not in known:
            known[row.id] = plan.batch.make(Role, key=row.id).pk
        own = periods[known[row.id]]
        old = line_of(own, Described)
        if (
            old and timeline.at(old, plan.options.day) is None
        ):  # only planned, or gone: a sheet of today does not speak of it
            plan.count("roles", SAME)
            continue
        values: dict[str, Any] = {"name": row.name, **(read.of(row) if row in rows else {})}
        line = laid_over(old, [Given(start, None, values)], Described(row.name), plan.options.day)
        sync(plan.batch, RolePeriod, own, line, role_id=known[row.id])
        plan.count("roles", NEW if not old else CHANGED if line != old else SAME)


def levels(plan: Plan) -> None:
    """Plans the levels that sheets name and nobody has yet, in the usual order."""
    known = list(Level.objects.order_by("rank"))
    ids = plan.ids["levels"] = {level.name: level.pk for level in known}
    folded = {level.name.casefold(): level.pk for level in known}
    sheets: list[Any] = [plan.sheets[table] for table in ("roles", "people") if table in plan.sheets]
    named = dict.fromkeys(row.level for checked in sheets for row in checked.rows if row.level)
    rank = max((level.rank for level in known), default=0)
    for name in sorted(named, key=_usual_rank):
        if name.casefold() not in folded:
            rank += 1
            folded[name.casefold()] = plan.batch.make(Level, name=name, rank=rank).pk
            plan.facts.add("people")
        ids[name] = folded[name.casefold()]


def _usual_rank(name: str) -> int:
    said = name.casefold()
    return next((rank for rank, words in enumerate(RANKS) if any(word in said for word in words)), len(RANKS))
