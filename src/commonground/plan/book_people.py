"""Who answers for and does a process, as the RACI sheet shows it: few by name, many as a number."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count

from commonground.analysis.plan.book import SEVERAL
from commonground.ui.words import plural

NAMED = 8  # most people of one cell


def people_cells(model: Any, processes: Iterable[int], day: date) -> dict[int, str]:
    """Process → those who hold it on the day. model: AnswersFor or Does, or rows of them that somebody may see."""
    rows: Any = (model if hasattr(model, "on") else model.objects).on(day).filter(process__in=list(processes))
    count = dict(rows.order_by().values_list("process").annotate(n=Count("person", distinct=True)))
    few = [process for process, n in count.items() if n <= NAMED]
    found: dict[int, list[str]] = {}
    for process, name in (
        rows.filter(process__in=few).order_by("person__name", "pk").values_list("process", "person__name")
    ):
        found.setdefault(process, []).append(name)
    return {
        process: SEVERAL.join(dict.fromkeys(found[process])) if process in found else plural(n, "person,people")
        for process, n in count.items()
    }
