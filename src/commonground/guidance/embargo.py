"""Views of the facts: how much of what is planned is counted, and who may see what rests on it (docs/decisions/0002).

    told        what has been told or is in force
    consulted   that, and what is being consulted on
    draft       everything

A result of a view may be seen by those who may see every planned row that it can rest on, and by nobody else.
"""

from typing import Any, Final

from django.db.models import Q, QuerySet

from commonground.access.actor import Actor
from commonground.guidance.merging import VIEWS
from commonground.programs.models import Program
from commonground.realignment.models import HolderPath, ProcessFate, RoleFate
from commonground.realignment.stages import CONSULTED, DRAFT, IN_FORCE, TOLD

COUNTED: Final = {
    "told": (TOLD, IN_FORCE),
    "consulted": (CONSULTED, TOLD, IN_FORCE),
    "draft": (DRAFT, CONSULTED, TOLD, IN_FORCE),
}
UNTOLD: Final = {"told": (), "consulted": (CONSULTED,), "draft": (DRAFT, CONSULTED)}
STAGED: Final = (ProcessFate, RoleFate, HolderPath)
Present = dict[type[Any], frozenset[str]]

# Guidelines of the catalogue whose finding about a process or a role rests on the planned rows of that process or role and on no
# other planned row. Whatever is not named here, guidelines of one's own included, is taken to rest on all of them.
NARROW: Final = frozenset({"LOSS-01", "MNGR-01", "MNGR-04", "PROC-01", "PROC-02", "PROC-04", "ROLE-02"})
WIDE: Final = "all"


def scope_of(code: str, kind: str) -> str:
    """On which planned rows a finding can rest: those of its own process or role, or all of the program."""
    return kind if code in NARROW and kind in {"process", "role"} else WIDE


def stages_present(program: Program) -> Present:
    """Which stages occur among the planned rows of a program, by kind of row."""
    return {
        model: frozenset(model.objects.filter(program=program).values_list("stage", flat=True).distinct())
        for model in STAGED
    }


def views_of(present: Present) -> tuple[str, ...]:
    """The views that differ: without a draft there is no view “draft”. “told” is always there."""
    stages = frozenset[str]().union(*present.values())
    return tuple(view for view in VIEWS if view == "told" or UNTOLD[view][0] in stages)


def shallowest(view: str, stages: frozenset[str]) -> str:
    """The shallowest view that counts the same rows as this one, when only these stages occur."""
    while view != "told" and UNTOLD[view][0] not in stages:
        view = VIEWS[VIEWS.index(view) - 1]
    return view


def hidden(model: Any, view: str, actor: Actor) -> "QuerySet[Any]":
    """Planned rows that a view counts and the actor may not see."""
    seen = model.objects.visible_to(actor).filter(stage__in=UNTOLD[view])
    return model.objects.filter(stage__in=UNTOLD[view]).exclude(pk__in=seen.values("pk"))  # type: ignore[no-any-return]


def entitled(view: str, actor: Actor) -> Q:
    """The condition on findings of a view: none of the planned rows that they can rest on is hidden from the actor."""
    mine = Q(view=view)
    if view == "told":
        return mine
    fates, roles, paths = (hidden(model, view, actor) for model in STAGED)
    everything = Q()
    for rows in (fates, roles, paths):
        everything &= ~Q(program__in=rows.values("program"))
    process = ~Q(thing__in=fates.values("process"))
    role = ~Q(thing__in=roles.values("role")) & ~Q(thing__in=paths.values("role"))
    return mine & (Q(scope=WIDE) & everything | Q(scope="process") & process | Q(scope="role") & role)


def deepest_for(actor: Actor, program: Program, present: Present | None = None) -> str:
    """The deepest view of a program whose every planned row the actor may see: results about the whole are shown in it."""
    views = views_of(stages_present(program) if present is None else present)
    for view in reversed(views):
        if view == "told" or not any(hidden(model, view, actor).filter(program=program).exists() for model in STAGED):
            return view
    return "told"
