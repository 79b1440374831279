"""How many have answered while a round is open: of groups of at least ten, rounded to 5 %, once a day, never live.

That somebody answered at all is told of groups alone; what was answered is told only when the round is closed.
"""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.db.models import Count

from commonground.analysis.assessment.cells import Cell, above, cells_of, people_of
from commonground.analysis.disclosure import Atom, protect
from commonground.assessments.closing import in_order, label_of, parents_of
from commonground.assessments.in_days import OPEN
from commonground.assessments.published import ResponseDay
from commonground.assessments.rounds import Combination, Round
from commonground.assessments.tokens import Token
from commonground.journal.models import Version

LEAST: Final = 10  # the fewest invited people of a group whose response is told
STEP: Final = 20  # parts of a whole: 5 %
ENDS: Final = (
    0.1,
    0.9,
)  # told for fewer and for more: 0 or 100 % would tell of each of a group whether they have answered


def rounded(answered: int, invited: int) -> float:
    """The share of those invited, rounded to 5 %; 10 % stands for 10 % or less, 90 % for 90 % or more."""
    least, most = ENDS
    return min(max(round(answered / invited * STEP) / STEP, least), most)


def response_on(row: Round, day: date) -> ResponseDay | None:
    """The response as it stood when somebody first looked on that day; of an open round and today, it is computed then, once.

    None before the first day of the window, and for a day on which nobody looked.
    """
    found = ResponseDay.objects.filter(round=row, day=day).first()
    if found is not None or row.state != OPEN or day < row.opens_on:
        return found
    data = counted(row)
    try:
        with transaction.atomic():
            made = ResponseDay.objects.create(round=row, day=day, data=data)
            Version.objects.bump(("rounds", "response"))
    except IntegrityError:  # somebody looked in the same moment
        return ResponseDay.objects.get(round=row, day=day)
    return made


def counted(row: Round) -> list[dict[str, Any]]:
    """Groups with at least ten invited: the whole and units, each as one rounded share.

    A group is left out where the shares together would tell of fewer than ten: the same gate as for answers, over those invited.
    """
    combinations = {str(one.pk): one for one in Combination.objects.filter(round=row)}
    spent = Token.objects.filter(round=row, spent=True).order_by().values_list("combination").annotate(n=Count("pk"))
    answered = {str(combination): count for combination, count in spent}
    invited = {key: one.invited for key, one in combinations.items()}
    cuts = [[], ["unit"]] if "unit" in row.attributes else [[]]
    parents = parents_of(row)
    cells = cells_of(cuts, {key: one.values for key, one in combinations.items()}, parents)
    atoms = {key: Atom(people, people) for key, people in invited.items()}
    groups = {cell.name: cell.atoms for cell in cells}
    told = set(protect(groups, atoms, threshold=LEAST, must=[cell.name for cell in cells if not cell.cut]).shown)
    units = {cell.values[0] for cell in cells if cell.cut and cell.name in told and parents.get(cell.values[0])}
    return [
        {
            "kind": "×".join(cell.cut) or "whole",
            "key": "|".join(cell.values),
            "label": label_of(row, cell),
            "depth": _depth(cell, parents, units),
            "invited": people_of(cell.atoms, invited),
            "share": rounded(
                min(people_of(cell.atoms, answered), people_of(cell.atoms, invited)), people_of(cell.atoms, invited)
            ),
        }
        for cell in in_order(row, cells)
        if cell.name in told
    ]


def _depth(cell: Cell, parents: Mapping[str, str | None], told: Collection[str]) -> int:
    """How many groups that are told hold this one: below a unit that is left out nothing may look like part of the one before it."""
    return sum(unit in told for unit in above(cell.values[0], parents)) if cell.cut else 0
