"""How long something about people is kept, as each folder tells it: one rule of what is removed when it has grown old."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta


@dataclass(frozen=True, slots=True)
class Keeping:
    """A rule of retention. Every folder gives its own as `RULES` in `<folder>/keeping.py`; they run once a day and at the start.

    key: such as “intake.uploads”, unique and never changed, since the days that an instance has set stand under it. words: what is removed
    and when its days begin, as in “Uploaded sheets, since they were uploaded”. days_default: how many days it is kept; None: it is not
    removed until somebody sets the days. why: why it is kept at all, and why no longer.

    due: given an edge, how many there are that are older than it: their day lies **before** the edge, never on it. run: given the same
    edge and the time at which it runs, removes exactly these in one transaction and says how many went; it leaves what an open import,
    round or unfinished work still needs, and so does `due`. The edge is `edge(today, days)`: what is removed has been there for more
    days than the rule gives it. run may be called again at once, and then removes nothing. least, most: within which the days can be set.
    """

    key: str
    words: str
    days_default: int | None
    due: Callable[[date], int]
    run: Callable[[date, datetime], int]
    why: str
    least: int = 1
    most: int = 3650


def edge(today: date, days: int) -> date:
    """The day before which everything is older than its days: the argument of `due` and `run`."""
    return today - timedelta(days=days)
