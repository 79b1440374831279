"""What a table is read for."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Reading:
    """program: its id. stages: those that count in the view. day: for what is dated."""

    program: int
    stages: tuple[str, ...]
    day: date
