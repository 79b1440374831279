"""What can be wrong with a sheet: of one value, row or column (`Problem`), or of the file as a whole (`BadInput`)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


class BadInput(Exception):  # noqa: N818 - it is the reader's input that is bad, and the word is on the screen
    """The file cannot be read as the sheet it should be. Its text is one sentence: the file, its state, the remedy."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a sheet that needs a look.

    row: its number as a spreadsheet shows it, the first line being 1; None when the whole file is meant. column: the header as it
    stands in the file. An "error" keeps the row out, a "warning" does not.
    """

    file: str
    row: int | None
    column: str | None
    value: str | None
    why: str
    remedy: str
    severity: Severity = "error"

    def as_dict(self) -> dict[str, str | int | None]:
        """The six promised keys of one problem, for JSON and for files."""
        return {
            "row": self.row,
            "column": self.column,
            "value": self.value,
            "why": self.why,
            "remedy": self.remedy,
            "severity": self.severity,
        }


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """The problems that keep something out."""
    return [problem for problem in problems if problem.severity == "error"]
