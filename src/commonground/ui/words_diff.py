"""A readable difference of two texts, word by word: what goes, what comes, what stays."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Kind = Literal["same", "gone", "new"]
_WORD = re.compile(r"\s+|\w+(?:[’'\-]\w+)*|[^\w\s]")
_MOST_WORDS = 4000


@dataclass(frozen=True)
class Run:
    """A stretch of text that stays, goes or comes."""

    kind: Kind
    text: str


def words_diff(before: str, after: str) -> list[Run]:
    """The runs that turn `before` into `after`; what goes stands ahead of what comes in its place.

    Joining the runs that are not new gives `before`, joining those not gone gives `after`. Texts of more than 4,000 words
    together are compared line by line, so that a page never waits. Empty texts give no runs.
    """
    old, new = _pieces(before, after)
    runs: list[Run] = []
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            _add(runs, "same", old[i:j])
        else:
            _add(runs, "gone", old[i:j])
            _add(runs, "new", new[k:m])
    return _joined(runs)


def _pieces(before: str, after: str) -> tuple[list[str], list[str]]:
    old, new = _WORD.findall(before), _WORD.findall(after)
    if len(old) + len(new) > _MOST_WORDS:
        return before.splitlines(keepends=True), after.splitlines(keepends=True)
    return old, new


def _add(runs: list[Run], kind: Kind, pieces: Sequence[str]) -> None:
    text = "".join(pieces)
    if text:
        runs.append(Run(kind, text))


def _joined(runs: list[Run]) -> list[Run]:
    """A lone space between two changes belongs to them: “old words” reads better than “old” “words”."""
    bridged: list[tuple[str, str]] = []
    for place, run in enumerate(runs):
        between = run.kind == "same" and not run.text.strip(" ") and 0 < place < len(runs) - 1
        if between:
            bridged += [("gone", run.text), ("new", run.text)]
        else:
            bridged.append((run.kind, run.text))
    out: list[Run] = []
    gone = new = ""
    for kind, text in [*bridged, ("same", "")]:
        if kind == "gone":
            gone += text
        elif kind == "new":
            new += text
        else:
            out += [Run("gone", gone)] if gone else []
            out += [Run("new", new)] if new else []
            out += [Run("same", text)] if text else []
            gone = new = ""
    return out
