"""An event log of any kind as pieces of clean rows: what pages, commands and the event store read."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from commonground.events.rows import Rows
from commonground.intake.logs.kept_out import KeptOut
from commonground.intake.logs.look import Look, Options

__all__ = ["KeptOut", "Look", "Options", "look", "read_log"]


def look(path: Path, name: str = "") -> Look:
    """What a log holds: its headers and what they mean. Quick, but for a column of times that may be read in two ways.

    name: what the file is called in sentences, if not as its path. Raises BadInput when it cannot be read as a log.
    """
    raise NotImplementedError


def read_log(
    path: Path,
    *,
    mapping: Mapping[str, str] | None = None,
    options: Options = Options(),  # noqa: B008 - frozen
    name: str = "",
    kept_out: KeptOut | None = None,
) -> Iterator[Rows]:
    """The rows of a log in the order of the file, in pieces of at most 250,000.

    mapping: our column → header, as `Look.found`; exactly these columns are read, and an empty header leaves one out. None takes what
    the headers tell. kept_out takes the rows that cannot be read; without one the first of them raises BadInput, as does a
    file that cannot be read, or in which case, activity or time are not found.
    """
    raise NotImplementedError
