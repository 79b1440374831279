"""Reckons choices of champions behind the pages, and says how far that is."""

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from commonground.coalition.choosing import flows, reckon
from commonground.coalition.selections import DONE, FAILED, UNDER_WAY, WORKING, Selection
from commonground.programs.register import CannotError


class StoppedError(Exception):
    """Somebody has stopped what was under way."""


def ask_choosing(row: Selection) -> None:
    """Asks for a choice to be reckoned. To be called inside the transaction of asking or after it."""
    transaction.on_commit(lambda: choose_task.enqueue(row.pk))


@task()
def choose_task(pk: int) -> None:
    """Reckons one choice, unless it was stopped meanwhile."""
    if not Selection.objects.filter(pk=pk, state__in=UNDER_WAY).update(state=WORKING, progress="Beginning"):
        return
    row = Selection.objects.select_related("nomination", "network").get(pk=pk)
    day = timezone.localdate()
    mine = Selection.objects.filter(pk=pk, state=WORKING)

    def say(words: str) -> None:
        if not mine.update(progress=words[:120]):
            raise StoppedError

    try:
        chosen, result = reckon(row, day, say)
        result["flows"] = flows(row, day)
    except StoppedError:
        return
    except CannotError as refused:
        mine.update(state=FAILED, progress="", result={"refused": str(refused)})
    except Exception:
        mine.update(
            state=FAILED, progress="", result={"refused": "It broke off by a fault of the program. Ask for it again."}
        )
        raise
    else:
        mine.update(state=DONE, progress="", chosen=chosen, result=result)
