"""Files of event logs that nobody took over, or whose delivery has ended: they hold names, and go when they are kept no longer."""

import shutil
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path

from django.conf import settings

from commonground.access.actor import OPERATOR
from commonground.access.retention import edge
from commonground.disclosure.clearing import days_under
from commonground.events.models import READ, WORKING, Delivery, LogError
from commonground.intake.log_uploads import folder_at, let_go, place_of_file
from commonground.intake.uploads import KEPT
from commonground.realignment.stages import day_of


def forget_old(at: datetime) -> int:
    """Sets deliveries aside that nobody took over while they are kept, and removes files whose delivery ended or never began.

    These hold names: they stay where whoever was to remove them was cut off, or an upload broke off. Returns how many went.
    """
    return forget_before(edge(day_of(at), days_under("intake.logs", KEPT.days)), at)


def forget_before(before: date, at: datetime) -> int:
    """As `forget_old`, for what was brought before a day."""
    gone = 0
    for row in old_deliveries(before):
        with suppress(LogError):  # another file of its log is under way: the next time
            let_go(row, by=OPERATOR, at=at)
            gone += 1
    places, parts = left_over(before)
    for place in places:
        shutil.rmtree(place_of_file(place), ignore_errors=True)
    for path in parts:
        path.unlink(missing_ok=True)
    return gone + len(places) + len(parts)


def old_deliveries(before: date) -> list[Delivery]:
    """Those brought before a day and not taken over. One that is under way is left twice as long, in case it has stopped."""
    rows = Delivery.objects.filter(at__date__lt=before, state__in=(READ, WORKING))
    return list(rows.exclude(state=WORKING, at__date__gte=before - KEPT))


def left_over(before: date) -> tuple[list[str], list[Path]]:
    """Places whose file lies there although its delivery has ended, or broke off before a day; and parts of uploads from before it."""
    lying = {path.parent.name for path in (Path(settings.DATA) / "imports").glob("*/file")}
    known = dict(Delivery.objects.filter(place__in=lying).values_list("place", "state"))
    places = [
        place
        for place in sorted(lying)
        if (place not in known and changed_on(folder_at(place)) < before)
        or known.get(place, READ) not in (READ, WORKING)
    ]
    parts = [path for path in Path(settings.FILE_UPLOAD_TEMP_DIR).glob("*.upload*") if changed_on(path) < before]
    return places, parts


def changed_on(path: Path) -> date:
    """The day on which something on the disk was last changed."""
    return day_of(datetime.fromtimestamp(path.stat().st_mtime, UTC))
