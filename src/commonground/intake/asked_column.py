"""A column as the pages ask about it: of a sheet, or of an event log."""

from dataclasses import dataclass, replace

PERSON, ATTITUDE = "person", "attitude"


@dataclass(frozen=True)
class AskedColumn:
    """One column of a file: its header, what it is read as, and a few values. withheld: why none is shown: PERSON or ATTITUDE."""

    name: str
    header: str
    read_as: str
    samples: tuple[str, ...]
    withheld: str = ""

    @property
    def refused(self) -> bool:
        """Whether it rates somebody's attitude, and is never read."""
        return self.withheld == ATTITUDE

    def chosen(self, ours: str) -> "AskedColumn":
        """The same, read as the page has just said, for a page that is shown again."""
        return replace(self, read_as=ours)
