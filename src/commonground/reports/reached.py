"""What the page of champions says of who is reached: its title, the grid or list of groups, the gaps, how many are needed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from commonground.analysis.coalition.peers import Share, carried_by_few
from commonground.analysis.coalition.reach import CellReach, Reach
from commonground.analysis.coalition.shown import shown
from commonground.coalition.weeks import Used
from commonground.ui.words import number, percent, plural, spelled

PIPS: Final = 7  # carriers that are drawn one by one
LONG: Final = 60  # groups that a page lists; the file has them all
FEW_CARRIERS: Final = 5  # of fewer, a share would point at one
GRID: Final = 2  # attributes that a grid has room for


@dataclass(frozen=True)
class Group:
    """A group as the page shows it. told: whether its numbers may stand; ask: what the form for asking somebody is opened with."""

    reach: CellReach
    told: bool
    ask: str

    @property
    def nobody(self) -> bool:
        return not self.reach.reached

    @property
    def pips(self) -> range:
        return range(min(self.reach.carriers, PIPS))

    @property
    def more(self) -> int:
        return max(self.reach.carriers - PIPS, 0)


@dataclass(frozen=True)
class Row:
    """A line of the grid: None where nobody of the two is touched. touched, reached: None where they may not stand."""

    name: str
    groups: Sequence[Group | None]
    touched: int | None
    reached: int | None

    @property
    def share(self) -> float | None:
        return self.reached / self.touched if self.touched and self.reached is not None else None

    @property
    def is_gap(self) -> bool:
        return any(one is not None and one.reach.is_gap for one in self.groups)


@dataclass(frozen=True)
class Board:
    """The whole, as the page shows it. rows, columns: of the grid, where groups differ by two attributes; else empty."""

    reach: Reach
    groups: Sequence[Group]
    rows: Sequence[Row]
    columns: Sequence[str]
    total: bool
    threshold: int

    @property
    def gaps(self) -> list[Group]:
        return [one for one in self.groups if one.reach.is_gap]

    @property
    def untold(self) -> int:
        return sum(1 for one in self.groups if not one.told)

    @property
    def needed_more(self) -> int:
        """Champions of the usual hours who would close the gaps, each counted by itself."""
        return sum(one.reach.needed for one in self.gaps)


def board_of(data: Mapping[str, Any], reach: Reach, threshold: int, units: Mapping[str, str]) -> Board:
    """data: the stored result; reach: the same, read. units: key → name."""
    by_row = [(one.cell[0], one.touched) for one in reach.cells]
    told = shown(by_row, threshold)
    groups = [
        Group(one, place in told.groups, _ask(reach.attributes, one.cell)) for place, one in enumerate(reach.cells)
    ]
    # gaps first; those without numbers behind the others, since an order by number would tell them
    groups.sort(
        key=lambda one: (not one.reach.is_gap, not one.told, -one.reach.unreached if one.told else 0, one.reach.words)
    )
    columns: list[str | None] = []
    rows: list[Row] = []
    if len(reach.attributes) == GRID:
        columns = _columns(reach, data.get("levels", ()))
        names = {one.cell[0]: _name(reach.attributes[0], one.cell[0], units) for one in reach.cells}
        rows = [
            _row(row, name, groups, columns, row in told.rows)
            for row, name in sorted(names.items(), key=lambda n: n[1])
        ]
    said = [_name(reach.attributes[-1], column, units) for column in columns]
    return Board(reach, groups, rows, said, told.total, threshold)


def _columns(reach: Reach, levels: Sequence[str]) -> list[str | None]:
    found = {one.cell[1] for one in reach.cells}
    order = {level: place for place, level in enumerate(levels)} if reach.attributes[1] == "level" else {}
    return sorted(found, key=lambda value: (value is None, order.get(value or "", len(order)), value or ""))


def _name(attribute: str, value: str | None, units: Mapping[str, str]) -> str:
    if value is None:
        return f"no {attribute} recorded"
    return units.get(value, value) if attribute == "unit" else value


def _row(key: str | None, name: str, groups: Sequence[Group], columns: Sequence[str | None], told: bool) -> Row:
    inside = {one.reach.cell[1]: one for one in groups if one.reach.cell[0] == key}
    touched = sum(one.reach.touched for one in inside.values())
    reached = sum(one.reach.reached for one in inside.values())
    return Row(name, [inside.get(column) for column in columns], touched if told else None, reached if told else None)


def _ask(attributes: Sequence[str], cell: Sequence[str | None]) -> str:
    return urlencode({name: value for name, value in zip(attributes, cell, strict=True) if value})


def title(board: Board) -> str:
    """The state in a sentence."""
    reach = board.reach
    if not reach.touched:
        return "Nobody is touched by what is told so far"
    if not board.total:
        return "Too few people are touched to show who reaches them"
    if not any(one.room for one in reach.loads):
        return f"Nobody carries the cause yet to {plural(reach.touched, 'touched person,touched people')}"
    who, verb = _who(reach)
    if reach.reached == reach.touched:
        return f"{who} {verb} all {plural(reach.touched, 'touched person,touched people')}"
    nobody = sum(1 for one in board.gaps if one.nobody)
    rest = (
        f"{spelled(nobody)} {'group has' if nobody == 1 else 'groups have'} nobody"
        if nobody
        else f"in {plural_spelled(len(board.gaps), 'group')} some wait"
    )
    return f"{who} {verb} {number(reach.reached)} of {number(reach.touched)} touched people; {rest}"


def plural_spelled(count: int, word: str) -> str:
    """“one group”, “six groups”."""
    return f"{spelled(count)} {word}{'' if count == 1 else 's'}"


def _who(reach: Reach) -> tuple[str, str]:
    """Who carries with hours, and the verb that goes with them."""
    with_hours = [one for one in reach.loads if one.room]
    champions = sum(1 for one in with_hours if not one.team)
    if not champions:
        return "The team", "reaches"
    said = plural(champions, "champion")
    if champions < len(with_hours):
        return f"The team and {said}", "reach"
    return said[0].upper() + said[1:], "reaches" if champions == 1 else "reach"


def gaps_title(board: Board) -> str:
    """What the list of gaps says."""
    gaps, more = len(board.gaps), board.needed_more
    if not gaps:
        return "No gap: every group is reached"
    said = f"{plural_spelled(gaps, 'gap')}".capitalize()
    return (
        f"{said}; {spelled(more)} more champion{'' if more == 1 else 's'} would close {'it' if gaps == 1 else 'them'}"
    )


def needed_words(reach: Reach) -> str:
    """How many are needed by hours."""
    return (
        f"{plural(reach.needed.champions, 'champion')}: {plural(reach.touched, 'person,people')}, {_plain(reach.minutes)} minutes "
        f"each a week, {_plain(reach.hours)} hours a champion"
    )


def convention_words(reach: Reach) -> str:
    """What practitioners commonly say."""
    band = f"{number(reach.needed.fewest)} to {number(reach.needed.most)}" if reach.needed.most > 1 else "one"
    return f"{band}, one for 50 to 10 people; a convention, not a finding"


def _plain(value: float) -> str:
    return f"{value:g}"


def share_of_few(used: Mapping[int, Used], serving: int) -> Share | None:
    """What the busiest fifth of those who serve carries of all talks of the last weeks; None where too few serve to say it."""
    if serving < FEW_CARRIERS:
        return None
    return carried_by_few([*(one.contacts for one in used.values()), *([0.0] * max(serving - len(used), 0))])


def share_words(share: Share, serving: int) -> str:
    """“2 of 12 champions have 64 % of the talks”."""
    has = "has" if share.carriers == 1 else "have"
    return f"{share.carriers} of {plural(serving, 'champion')} {has} {percent(share.share)} of the talks"


HEADER = ("group", "touched", "reached", "from_another_group", "not_reached", "carriers", "champions_needed", "note")


def lines(board: Board) -> Iterator[tuple[Any, ...]]:
    """The groups as lines of a file, with the same numbers left out as on the page."""
    for one in board.groups:
        row, note = one.reach, "" if one.told else "not shown: few people, or it would give such a group away"
        numbers = (row.touched, row.reached, row.from_beyond, row.unreached) if one.told else ("", "", "", "")
        yield (row.words, *numbers, row.carriers, row.needed if one.told else "", note)
