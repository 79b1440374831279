"""What is held on a person, as each folder tells it: the shape of one kind of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Held:
    """One kind of what is held on a person, for that person alone to read and take away.

    kind: one word of a file's name, such as “assignments”; words: what it is, as a heading. rows: one mapping an item, with the same
    names in the same order in each, of plain values (text, number, yes/no, day, time, None); empty where nothing is held. source: where
    it comes from, in words. hidden: why something of this kind exists or may exist and cannot be shown here; empty where all is shown.
    keeping: the key of the rule of retention that ends it, empty where none does.

    Rows never hold another person's words or work, nor anything of a stage that the person is not to see yet.
    """

    kind: str
    words: str
    rows: Sequence[Mapping[str, Any]]
    source: str
    hidden: str = ""
    keeping: str = ""
