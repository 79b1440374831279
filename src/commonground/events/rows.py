"""Rows of a log on their way in: columns as a file gives them, cleaned, before they are coded and persons get pseudonyms."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

OPTIONAL = ("person", "unit", "product_line", "channel")


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """A piece of n rows in the order of the file. Every row has a case, an activity and a time; what else is missing is null.

    Texts are Arrow arrays, `string` or `dictionary<int32, string>`; an optional column that the file has not is None.
    time: int64, microseconds since 1970-01-01 UTC. id: the source's own id of the event. row: int64, its place in the file,
    counted as people count there (the first row under the header of a CSV is 2).
    """

    case: pa.Array
    activity: pa.Array
    time: NDArray[np.int64]
    row: NDArray[np.int64]
    person: pa.Array | None = None
    unit: pa.Array | None = None
    product_line: pa.Array | None = None
    channel: pa.Array | None = None
    id: pa.Array | None = None

    def __len__(self) -> int:
        return len(self.time)
