"""The pages that read the organization: units, one unit, roles, one role."""

from collections import Counter
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commonground.access.actor import Actor
from commonground.access.gate import actor_of, gate
from commonground.journal.models import Entry
from commonground.organization import beside
from commonground.organization.chart import unit_history
from commonground.organization.listing import PEOPLE, names_on, people_on
from commonground.organization.models import Role, RolePeriod, Unit
from commonground.organization.people import SEE_EVERYBODY
from commonground.organization.tree import Branch, Tree, groups_on, levels_in, sees, tree_on
from commonground.ui.csv_response import csv_response
from commonground.ui.rail import url_of
from commonground.ui.words import plural

MOST_FOUND = 100
MOST_DRAWN = 150  # branches on one page; deeper ones are a click away on the page of their unit


def as_of(request: HttpRequest) -> date:
    """The day that the page is asked about: today unless `?as_of=` says another."""
    return getattr(request, "as_of", None) or request.today  # type: ignore[attr-defined,no-any-return]


def shown(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponseBase:
    """A page of the organization, with what its reader may do from here."""
    actor = actor_of(request)
    slug = request.program.slug  # type: ignore[attr-defined]
    rights = {
        "may_change": actor.may("organization.change"),
        "may_see_people": actor.may("people.view"),
        "roster": url_of("intake:list", slug) if actor.may("intake.view") else None,
    }
    return render(request, template, rights | context)


def drawn_to(branches: list[Branch]) -> int:
    """The depth down to which a tree is drawn, so that a page stays short."""
    depths = Counter(lower.depth for branch in branches for lower in branch.walk())
    drawn, depth = 0, min(depths, default=0)
    for depth in sorted(depths):
        drawn += depths[depth]
        if drawn > MOST_DRAWN:
            return max(depth - 1, min(depths))
    return depth


@gate("organization.view")
@require_safe
def units(request: HttpRequest) -> HttpResponseBase:
    """Who works where, and who leads?"""
    actor, day = actor_of(request), as_of(request)
    tree = tree_on(day, actor)
    wanted = request.GET.get("q", "").strip()
    ordered = [branch for root in tree.roots for branch in root.walk()]
    if wanted:
        ordered = [
            b for b in ordered if wanted.casefold() in b.name.casefold() or wanted.casefold() == b.key.casefold()
        ]
    if request.GET.get("format") == "csv":
        return _units_csv(tree.branches, ordered)
    levels = levels_in(tree.roots, day)
    total = sum(root.total or 0 for root in tree.roots) + (tree.unplaced or 0) if sees_any(ordered) else None
    return shown(
        request,
        "organization/units.html",
        {
            "tree": tree,
            "q": wanted,
            "count": len(ordered),
            "found": [(b, tree.trail(b.unit)[:-1]) for b in ordered[:MOST_FOUND]] if wanted else None,
            "drawn_to": drawn_to(list(tree.roots)),
            "total": total,
            "heading": heading(tree, total),
            "unplaced_words": f"{plural(tree.unplaced, 'person,people')} in no unit" if tree.unplaced else "",
            "levels": levels,
            "most": max((count for _, count in levels), default=0),
        },
    )


def heading(tree: Tree, total: int | None) -> str:
    """The organization in a sentence."""
    if not tree.branches:
        return "The organization"
    units = plural(len(tree), "unit")
    return f"{plural(total, 'person,people')} in {units}" if total is not None else units.capitalize()


def sees_any(branches: list[Branch]) -> bool:
    return any(branch.own is not None for branch in branches)


def _units_csv(branches: Any, ordered: list[Branch]) -> HttpResponseBase:
    header = ["id", "name", "parent", "business_unit", "product_line", "people", "people_with_below", "led_by"]
    rows = (
        (
            b.key,
            b.name,
            branches[b.parent].key if b.parent in branches else None,
            b.business_unit,
            b.product_line,
            b.own,
            b.total,
            b.lead[1] if b.lead else None,
        )
        for b in ordered
    )
    return csv_response("units", header, rows)


@gate("organization.view")
@require_safe
def unit(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What is this unit, who works in it, and what was it before?"""
    actor, day = actor_of(request), as_of(request)
    row = Unit.objects.get_for(actor, pk=pk)
    periods = list(row.periods.visible_to(actor).in_order())
    tree = tree_on(day, actor)
    branch = tree.branches.get(pk)
    known = branch.path if branch else (periods[-1].path if periods else "")
    people = people_on(day, actor, unit=pk, below=False) if sees(actor, known) else None
    page = PEOPLE.page(people, request.GET.get("after", "")) if people is not None else None
    names_on(day, list(page.rows) if page else [])
    return shown(
        request,
        "organization/unit.html",
        {
            "row": row,
            "branch": branch,
            "name": branch.name if branch else (periods[-1].name if periods else row.key),
            "trail": tree.trail(pk)[:-1],
            "business_unit": tree.business_unit(pk),
            "drawn_to": drawn_to([branch]) if branch else 0,
            "levels": levels_in([branch], day) if branch else [],
            "history": unit_history(periods, Entry.objects.visible_to(actor).about(row).select_related("values")),
            "page": page,
            "last": periods[-1] if periods else None,
        },
    )


@gate("organization.view")
@require_safe
def role_list(request: HttpRequest) -> HttpResponseBase:
    """Which roles are there, at which level, and how many hold each?"""
    actor, day = actor_of(request), as_of(request)
    held = holders(day, actor)
    rows = [
        (period, held.get(period.role_id, 0) if held is not None else None)
        for period in RolePeriod.objects.visible_to(actor).on(day).select_related("level", "role")
    ]
    wanted = request.GET.get("q", "").strip().casefold()
    rows = [row for row in rows if wanted in row[0].name.casefold()] if wanted else rows
    rows.sort(key=_order_of_roles(request.GET.get("sort", "name")))
    if request.GET.get("format") == "csv":
        header = ["id", "name", "level", "front_office", "definition_before", "holders"]
        return csv_response(
            "roles",
            header,
            ((p.role.key, p.name, p.level and p.level.name, p.front_office, p.definition, count) for p, count in rows),
        )
    return shown(
        request, "organization/roles.html", {"rows": rows, "q": request.GET.get("q", ""), "held": held is not None}
    )


def _order_of_roles(asked: str) -> Any:
    keys = {
        "level": lambda row: (row[0].level.rank if row[0].level else 99, row[0].name.casefold()),
        "holders": lambda row: (row[1] or 0, row[0].name.casefold()),
        "-holders": lambda row: (-(row[1] or 0), row[0].name.casefold()),
        "-level": lambda row: (-(row[0].level.rank if row[0].level else 99), row[0].name.casefold()),
    }
    return keys.get(asked, lambda row: row[0].name.casefold())


def holders(day: date, actor: Actor) -> Counter[int] | None:
    """Role → how many hold it, for those who see everybody; None for others."""
    if not actor.has(*SEE_EVERYBODY):
        return None
    held: Counter[int] = Counter()
    for group in groups_on(day):
        if group.role is not None:
            held[group.role] += group.people
    return held


@gate("organization.view")
@require_safe
def role(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What is this role, and what was it before?"""
    actor, day = actor_of(request), as_of(request)
    row = Role.objects.get_for(actor, pk=pk)
    periods = list(row.periods.visible_to(actor).select_related("level").in_order())
    now = next((period for period in periods if period.holds(day)), None)
    page = None
    if actor.may("people.view"):
        page = PEOPLE.page(people_on(day, actor).filter(role=row), request.GET.get("after", ""))
        names_on(day, list(page.rows))
    return shown(
        request,
        "organization/role.html",
        {
            "row": row,
            "now": now or (periods[-1] if periods else None),
            "stands": now is not None,
            "steps": list(zip([None, *periods], periods, strict=False))[::-1],
            "page": page,
            "sections": beside.sections(request, row),
        },
    )
