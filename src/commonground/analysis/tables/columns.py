"""What a sheet is described by: its columns, their kinds of value, and what refers to what."""

from dataclasses import dataclass
from typing import Literal

from commonground.analysis.facts import Row

Kind = Literal["id", "text", "day", "week", "number", "whole", "count", "share", "flag", "choice", "ref"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet. `refers` names the table that a reference points into; `many`: several values, separated by `;`."""

    header: str
    kind: Kind = "text"
    needed: bool = False
    refers: str = ""
    choices: tuple[str, ...] = ()
    many: bool = False
    field: str = ""

    @property
    def name(self) -> str:
        """The field of the row class that holds it."""
        return self.field or self.header


@dataclass(frozen=True, slots=True)
class Table:
    """A named table: its row class and its columns, in the order of the row's fields. `key`: the fields that tell rows apart."""

    name: str
    row: type[Row]
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    def column(self, header: str) -> Column:
        """The column with this header. Raises KeyError when there is none."""
        for column in self.columns:
            if column.header == header:
                return column
        raise KeyError(f"{self.name} has no column {header}")


def ref(header: str, refers: str, *, needed: bool = False, many: bool = False) -> Column:
    return Column(header, "ref", needed=needed, refers=refers, many=many)


ID, NAME = Column("id", "id", needed=True), Column("name", needed=True)
UNIT, OWNER = ref("unit", "units"), ref("answers_for", "people", many=True)
BEHAVIOUR = ref("behaviour", "behaviours", needed=True)
EFFECTIVE = Column("effective", "day")
FROM, TO = Column("from", "day", field="start"), Column("to", "day", field="end")
