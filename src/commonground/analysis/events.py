"""Events as columns of whole numbers: what every question about a log reads, whether it comes from a file or from the event store.

A log may be larger than memory, so functions take *blocks*: pieces that each hold whole cases and share one set of names.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

MISSING = -1  # the code of a person, unit, product line or channel that a row does not tell
Codes = NDArray[np.int32]
Mask = NDArray[np.bool_]


class Names(NamedTuple):
    """What the codes mean: the name at place 3 is that of code 3. Persons are pseudonyms wherever they come from the store."""

    activity: tuple[str, ...] = ()
    person: tuple[str, ...] = ()
    unit: tuple[str, ...] = ()
    product_line: tuple[str, ...] = ()
    channel: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Events:
    """A block of n events, sorted by case, then by time, then in the order they came in. A case lies in one block, in one piece.

    case: uint64, the same for events of one case. time: microseconds since 1970-01-01 UTC. The others are codes into `names`;
    only an activity is never MISSING.
    """

    case: NDArray[np.uint64]
    time: NDArray[np.int64]
    activity: Codes
    person: Codes
    unit: Codes
    product_line: Codes
    channel: Codes
    names: Names

    def __len__(self) -> int:
        return len(self.case)

    def only(self, mask: Mask) -> Self:
        """The events where the mask holds; those of one case stay together and in order."""
        return replace(self, **{name: getattr(self, name)[mask] for name in COLUMNS})

    def first_of_case(self) -> Mask:
        """Shape (n,): where a case begins."""
        begins = np.ones(len(self.case), dtype=np.bool_)
        np.not_equal(self.case[1:], self.case[:-1], out=begins[1:])
        return begins


COLUMNS = tuple(field.name for field in fields(Events) if field.name != "names")
Blocks = Iterable[Events]
