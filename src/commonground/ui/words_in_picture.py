"""Words in a picture that stand over nothing else: a place beside their line, free of lines and of other words. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from commonground.ui.axes import Spot, wide

UP, DOWN = 11.0, 4.0  # px that letters of 13 px reach above and below their line


class Words(NamedTuple):
    """Text at a place. anchor: empty for the start, “end” or “mid”. css: classes."""

    text: str
    x: float
    y: float
    anchor: str = ""
    css: str = ""

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom."""
        width = wide(self.text)
        left = self.x - (width if self.anchor == "end" else width / 2 if self.anchor == "mid" else 0)
        return left, self.y - UP, left + width, self.y + DOWN

    def meets(self, other: "Words", gap: float = 3) -> bool:
        mine, its = self.box, other.box
        return not (
            mine[2] + gap <= its[0] or its[2] + gap <= mine[0] or mine[3] + gap <= its[1] or its[3] + gap <= mine[1]
        )

    def inside(self, left: float, right: float) -> bool:
        return self.box[0] >= left and self.box[2] <= right

    def over(self, run: Sequence[Spot | None]) -> bool:
        """Whether a line runs through the words."""
        left, top, right, bottom = self.box
        return any(
            spot is not None and left - 3 <= spot[0] <= right + 3 and top - 1 <= spot[1] <= bottom for spot in run
        )


@dataclass(slots=True)
class Sheet:
    """What stands in a picture already, and where words may stand. lines: all that must not run through words."""

    left: float
    right: float
    top: float
    bottom: float
    lines: list[Sequence[Spot | None]] = field(default_factory=list)
    taken: list[Words] = field(default_factory=list)

    def free(self, words: Words) -> bool:
        if not words.inside(self.left, self.right) or not self.top <= words.y <= self.bottom:
            return False
        return not any(words.meets(one) for one in self.taken) and not any(words.over(line) for line in self.lines)

    def beside(self, text: str, starts: Sequence[float], line: Sequence[Spot], css: str) -> Words | None:
        """A place for the name of a line: above it, else below, as far to the left as is free. None where nothing is free.

        What is placed is taken from then on.
        """
        width = wide(text)
        for below in (False, True):
            for start in starts:
                under = [y for x, y in line if start - 2 <= x <= start + width + 2]
                if not under:
                    continue
                words = Words(text, start + 6, round(max(under) + 17 if below else min(under) - 9, 1), "", css)
                if self.free(words):
                    self.taken.append(words)
                    return words
        return None
