"""How often work changes hands in a log that lies in a file: read, coded and counted, whatever its size."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from commonground.analysis.flow.counts import counts
from commonground.intake.logs.holding import IN_MEMORY, held
from commonground.intake.logs.reading import KeptOut, Options


@dataclass(frozen=True, slots=True)
class Counted:
    """counts: the keys of FORMATS `handoffs`. columns: our column → the header it was read from. first, last: microseconds UTC.

    beside: our column → further headers that would have done.
    """

    counts: dict[str, Any]
    columns: Mapping[str, str]
    beside: Mapping[str, tuple[str, ...]]
    first: int
    last: int


def count_file(
    path: Path,
    named: Mapping[str, str],
    *,
    options: Options,
    kept_out: KeptOut,
    missing_unit: Literal["skip", "as-unit"] = "skip",
    in_memory: int = IN_MEMORY,
) -> Counted:
    """Counts the log at a path. Events of one source id are not merged: a file is counted as it stands.

    Arguments as `held`. Raises BadInput as `read_log`.
    """
    with held(path, named, options=options, kept_out=kept_out, in_memory=in_memory) as log:
        answer = counts(log.blocks, missing_unit=missing_unit, product_line="product_line" in named)
    return Counted(answer, log.columns, log.beside, log.span.first, log.span.last)
