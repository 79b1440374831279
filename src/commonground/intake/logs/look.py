"""What is asked of a log and what a first look at it tells: shared by the readers of every kind of file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, Literal

Kind = Literal["csv", "parquet", "xes"]

COLUMNS: Final = ("case", "activity", "time", "person", "unit", "product_line", "channel", "id")
NEEDED: Final = ("case", "activity", "time")
MISSING_WORDS: Final = ("", "?", "EMPTY")
DAY_ORDER: Final = "day_order"  # an open question beside those of NEEDED: whether the day or the month comes first


@dataclass(frozen=True, slots=True)
class Options:
    """How a log is read.

    missing: what stands for a missing value, once the blanks around it are gone. day_first: for a column of times that does not tell by
    itself whether its day or its month comes first; None leaves it to the column. zone: the IANA name of the zone in which times without
    one are.
    """

    missing: tuple[str, ...] = MISSING_WORDS
    day_first: bool | None = None
    zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Look:
    """What a first look at a log tells.

    headers: as they stand in the file. found: our column → the header that means it. beside: our column → further headers that would do,
    the best first. samples: header → some of its values, none of them missing. open_questions: those of `NEEDED` that no header
    means, and `DAY_ORDER`.
    """

    kind: Kind
    headers: tuple[str, ...]
    found: Mapping[str, str]
    samples: Mapping[str, tuple[str, ...]]
    open_questions: tuple[str, ...] = ()
    beside: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
