"""Pieces of a log as a file gives them: what every reader of tables answers, before anything is cleaned."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from commonground.intake.logs.kept_out import KeptOut
from commonground.intake.logs.look import Kind

AT_ONCE = 250_000
SAMPLE = 1000


@dataclass(frozen=True, slots=True)
class Raw:
    """n rows. columns: our column → an Arrow array: dictionaries of text, but text alone for `id`, and text or typed times for `time`.

    row: where each stands in the file, as `Rows.row`.
    """

    columns: Mapping[str, Any]
    row: NDArray[np.int64]


class Table(Protocol):
    """A log that is a table. samples: header → values below it, repeats included, "" where missing."""

    @property
    def kind(self) -> Kind: ...
    @property
    def file(self) -> str: ...
    @property
    def headers(self) -> tuple[str, ...]: ...
    @property
    def samples(self) -> Mapping[str, tuple[str, ...]]: ...

    def read(self, found: Mapping[str, str], kept_out: KeptOut) -> Iterator[Raw]:
        """The columns of our names that the headers of these names hold, from the first row on each time it is called."""
        ...
