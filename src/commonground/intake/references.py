"""What one sheet says about rows of another: an id, an e-mail or a name that stands for exactly one of them."""

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

FEW = 25
MANY = 20_000
_POINT_ZERO = re.compile(r"(-?\d+)\.0+$")
_COMMA = re.compile(r"^([^,]+),\s*([^,]+)$")


def fold(text: str) -> str:
    """A text as references are compared: without case and surplus spaces."""
    return " ".join(text.casefold().split())


@dataclass(frozen=True, slots=True)
class Found:
    """What a reference stands for: `id`, or None with the ids that it might have meant."""

    id: str | None
    several: tuple[str, ...] = ()


@dataclass
class Index:
    """The things that references into one table may mean.

    open: no sheet says which there are, so that any value stands for a thing of that id (in the spelling seen first); they are kept in
    `implied`, id → name.
    """

    ids: set[str] = field(default_factory=set)
    labels: list[tuple[str, str]] = field(default_factory=list)
    open: bool = False
    implied: dict[str, str] = field(default_factory=dict)
    _folded: dict[str, str] | None = None
    _names: dict[str, set[str]] | None = None

    def add(self, ids: Sequence[str], *labels: Sequence[str]) -> None:
        """Adds things by id, each with any number of other names (name, e-mail), of the same length as ids."""
        self.ids.update(id_ for id_ in ids if id_)
        for names in labels:
            self.labels.extend((name, id_) for name, id_ in zip(names, ids, strict=True) if name and id_)
        self._folded = self._names = None

    def resolve(self, value: str) -> Found:
        """The id of the thing that a value stands for: an id as written, then in another case, then an e-mail or name."""
        if value in self.ids:
            return Found(value)
        folded, names = self._lookups()
        key = fold(value)
        tries = [key, *_POINT_ZERO.findall(key)]
        if turned := _COMMA.match(key):
            tries.append(f"{turned[2]} {turned[1]}")
        for attempt in tries:
            if attempt in folded:
                return Found(folded[attempt])
            if found := names.get(attempt):
                return Found(next(iter(found))) if len(found) == 1 else Found(None, tuple(sorted(found)))
        if not self.open:
            return Found(None)
        self.imply(value)
        return Found(value)

    def imply(self, id_: str, name: str = "") -> None:
        """Takes a thing to be there that only references name."""
        self.ids.add(id_)
        self.implied.setdefault(id_, name or id_)
        if self._folded is not None:
            self._folded.setdefault(fold(id_), id_)

    def near(self, value: str) -> str | None:
        """The id or name that looks most like a value that matches nothing."""
        folded, names = self._lookups()
        if len(folded) + len(names) > MANY:
            return None
        close = difflib.get_close_matches(fold(value), [*folded, *names], n=1, cutoff=0.8)
        if not close:
            return None
        return folded.get(close[0]) or next(label for label, _ in self.labels if fold(label) == close[0])

    def _lookups(self) -> tuple[dict[str, str], dict[str, set[str]]]:
        if self._folded is None or self._names is None:
            self._folded = {fold(id_): id_ for id_ in self.ids}
            self._names = {}
            for name, id_ in self.labels:
                self._names.setdefault(fold(name), set()).add(id_)
        return self._folded, self._names


References = Mapping[str, Index]


def seems_to_be(value: str, columns: Mapping[str, Iterable[str]]) -> str | None:
    """The header of another column of the same sheet in which a value stands, when it does."""
    for header, cells in columns.items():
        if value in cells:
            return header
    return None
