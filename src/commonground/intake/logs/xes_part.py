"""What readers of XES hand on: the texts of the wanted attributes of a run of traces and events, whichever reader found them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

MOST_TEXT = 1_000_000  # characters of one value; beyond it the file is refused


class Want(NamedTuple):
    """Keys of attributes to read: of events, of traces."""

    of_events: frozenset[str]
    of_traces: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A run of events in the order of the file.

    trace_of: for each event the place of its trace among those of the part. of_events, of_traces: key → texts (string; null where it is
    not told), one for each event or trace. first_event, first_trace: how many events and traces the file has before them;
    the first trace of a part may be the last of the part before.
    """

    trace_of: NDArray[np.int32]
    of_events: Mapping[str, pa.Array]
    of_traces: Mapping[str, pa.Array]
    traces: int
    first_event: int
    first_trace: int

    def __len__(self) -> int:
        return len(self.trace_of)
