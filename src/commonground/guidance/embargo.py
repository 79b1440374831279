"""Views of the facts: how much of what is planned is counted, and who may see what rests on it (docs/decisions/0002).

    told        what has been told or is in force
    consulted   that, and what is being consulted on
    draft       everything

A result of a view may be seen by those who may see every planned row that it can rest on, and by nobody else.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, Final

from django.db.models import Q

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
NARROW: Final = frozenset({"LOSS-01", "MNGR-01", "MNGR-04", "PROC-01", "PROC-02", "PROC-04", "ROLE-02", "TEAM-02"})
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


@dataclass(frozen=True)
class Hidden:
    """What is planned and hidden from somebody: (view, scope, id), the id of a program for the scope “all”."""

    rows: frozenset[tuple[str, str, int | None]]

    def lets(self, view: str, scope: str, program: int, thing: int | None) -> bool:
        """Whether something of a view that rests on this scope may be seen: none of what it can rest on is hidden."""
        return view == "told" or (view, scope, program if scope == WIDE else thing) not in self.rows

    def findings(self) -> Q:
        """The same as a condition on findings: those that may not be seen."""
        ids = defaultdict[tuple[str, str], list[int | None]](list)
        for view, scope, one in self.rows:
            ids[view, scope].append(one)
        each = (
            Q(("program__in" if scope == WIDE else "thing__in", found), view=view, scope=scope)
            for (view, scope), found in ids.items()
        )
        return reduce(or_, each, Q(pk__in=()))

    def deepest(self, program: int, views: Sequence[str] = VIEWS) -> str:
        """The deepest of these views whose every planned row in the program may be seen."""
        return next((view for view in reversed(views) if self.lets(view, WIDE, program, None)), "told")


def hidden_from(actor: Actor) -> Hidden:
    """The planned rows that are not the actor's to see: one query for each kind of them."""
    found = set[tuple[str, str, int | None]]()
    kinds: tuple[tuple[type[Any], str], ...] = ((ProcessFate, "process"), (RoleFate, "role"), (HolderPath, "role"))
    for model, kind in kinds:
        untold = model.objects.filter(stage__in=UNTOLD["draft"])
        seen = model.objects.visible_to(actor).filter(stage__in=UNTOLD["draft"])
        rows = untold.exclude(pk__in=seen.values("pk")).values_list("stage", "program_id", f"{kind}_id").distinct()
        for stage, program, thing in rows:
            for view in VIEWS[1:]:
                if stage in UNTOLD[view]:
                    found |= {(view, WIDE, program), (view, kind, thing)}
    return Hidden(frozenset(found))
