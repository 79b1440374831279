"""Which header of somebody's sheet means which of our columns, which are left out, and which are refused."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from commonground.analysis.tables import Table
from commonground.analysis.tables.book import BOOK
from commonground.intake import words, words_of_book
from commonground.intake.attitudes import rates_attitude
from commonground.intake.problems import BadInput

_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]|\*")
_ORG_LEVEL = re.compile(r"(\d+)$")
UNIT_NAME, ROLE_NAME = "unit_name", "role_name"
_AN_ID = re.compile(r"(?i)(id|no|nr|code|number)\W*$")
SAMPLE = 2000
OF_PEOPLE = frozenset(
    {
        "people",
        "does",
        "paths",
        "acknowledgements",
        "seats",
        "attendance",
        "takes_part",
        "conversations",
        "team",
        "sponsors",
        "acts",
        "champions",
    }
)

OF_MONEY = frozenset({"budget"})  # whose rows are lines of money: what is committed there is an order, and no attitude


@dataclass(frozen=True, slots=True)
class Mapped:
    """How a sheet is read.

    columns: our header → positions in the sheet. Several positions: for `name` the parts of it in order (first, last name), for `unit` the
    path of units from the top. `unit_name` and `role_name` stand beside an id of the same. unmapped: headers that are left out, and
    never stored. refused: headers that rate an attitude.
    """

    columns: Mapping[str, tuple[int, ...]]
    unmapped: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()

    def saved(self, headers: Sequence[str]) -> dict[str, str]:
        """Header → our column, or "" for one that is left out: what a saved mapping holds."""
        by_position = {at: column for column, positions in self.columns.items() for at in positions}
        return {header: by_position.get(at, "") for at, header in enumerate(headers) if header}


@cache
def plain(header: str) -> str:
    """A header without case, spaces, punctuation and accents."""
    bare = unicodedata.normalize("NFKD", header.casefold())
    return "".join(letter for letter in bare if letter.isalnum())


@cache
def synonyms(table: str, column: str) -> tuple[str, ...]:
    """The plain words that mean a column of a table, the best first."""
    if table in BOOK:
        return tuple(dict.fromkeys(map(plain, (column, *words_of_book.WORDS[table].get(column, ())))))
    found = (column, *words.IN_TABLE.get(table, {}).get(column, ()), *words.EVERYWHERE.get(column, ()))
    return tuple(dict.fromkeys(map(plain, found)))


@cache
def _all_known() -> frozenset[str]:
    known = {
        word
        for table in words_of_book.READABLE.values()
        for column in table.columns
        for word in synonyms(table.name, column.header)
    }
    return frozenset(known | set(map(plain, (*words.FIRST_NAME, *words.LAST_NAME, *words.ORG_LEVEL))))


def known_headers(cells: Iterable[str]) -> int:
    """How many different cells of a row are headers known for any sheet: tells the row of headers from titles and data."""
    known = _all_known()
    keys = {_without_number(_key(cell)) for cell in cells if cell and len(cell) < 60}
    return len(keys & known)


def _without_number(key: str) -> str:
    """“level2” is “level”; “C-3” is somebody’s number and not the C of who is consulted."""
    stem = _ORG_LEVEL.sub("", key)
    return stem if len(stem) > 1 else key


def _key(header: str) -> str:
    return plain(_BRACKETS.sub("", header)) or plain(header)


def match(
    table: Table, headers: Sequence[str], rows: Sequence[Sequence[str]] = (), saved: Mapping[str, str] | None = None
) -> Mapped:
    """Matches the headers of a sheet with the columns of a table.

    rows: what stands below, looked at where headers leave a doubt. saved: header → our column, or "" to leave it out; it wins over what
    the words say, except that a column that rates an attitude stays refused. Raises BadInput for a saved column that is none of ours.
    """
    of_people = table.name in OF_PEOPLE or table.name in BOOK
    refused = {
        at
        for at, header in enumerate(headers)
        if header
        and not (table.name in OF_MONEY and plain(header) in synonyms(table.name, "committed"))
        and rates_attitude(header, _values(rows, at) if of_people else (), of_people=of_people)
    }
    taken: dict[str, tuple[int, ...]] = {}
    open_ = {at for at, header in enumerate(headers) if header} - refused
    left_out = _apply_saved(table, headers, saved or {}, open_, taken)
    if table.name == "people" and "unit" not in taken:
        _match_path(headers, open_, taken)
    _match_words(table, headers, open_, taken)
    if table.name == "people":
        _match_parts_of_names(headers, rows, open_, taken)
        _match_names_beside_ids(headers, open_, taken)
    unmapped = tuple(headers[at] for at in sorted(open_ | left_out))
    return Mapped(taken, unmapped, tuple(headers[at] for at in sorted(refused)))


def _values(rows: Sequence[Sequence[str]], at: int) -> set[str]:
    return {row[at] for row in rows[:SAMPLE]}


def _apply_saved(
    table: Table, headers: Sequence[str], saved: Mapping[str, str], left: set[int], taken: dict[str, tuple[int, ...]]
) -> set[int]:
    """Takes over a saved mapping; answers the positions that it leaves out."""
    wanted = {plain(header): column for header, column in saved.items()}
    ours = {column.header for column in table.columns} | {UNIT_NAME, ROLE_NAME}
    left_out: set[int] = set()
    for at in sorted(left):
        column = wanted.get(plain(headers[at]))
        if column and column not in ours:
            raise BadInput(f"The column {column} is none of {table.name}: choose among {', '.join(sorted(ours))}.")
        if column:
            taken[column] = (*taken.get(column, ()), at)
            left.discard(at)
        elif column is not None:
            left_out.add(at)
    left -= left_out
    return left_out


def _match_words(table: Table, headers: Sequence[str], left: set[int], taken: dict[str, tuple[int, ...]]) -> None:
    names = [column.header for column in table.columns if column.header not in taken]
    for exact in (True, False):
        for name in names:
            wanted = (plain(name),) if exact else synonyms(table.name, name)
            if name not in taken and (at := _first(headers, left, wanted)) is not None:
                taken[name] = (at,)
                left.discard(at)


def _first(headers: Sequence[str], left: set[int], wanted: Sequence[str]) -> int | None:
    """The position of the header that stands earliest among the wanted words."""
    keys = {at: {plain(headers[at]), _key(headers[at])} for at in sorted(left)}
    for word in wanted:
        for at, key in keys.items():
            if word in key:
                return at
    return None


def _match_parts_of_names(
    headers: Sequence[str], rows: Sequence[Sequence[str]], left: set[int], taken: dict[str, tuple[int, ...]]
) -> None:
    first = _first(headers, left, list(map(plain, words.FIRST_NAME)))
    last = _first(headers, left, list(map(plain, words.LAST_NAME)))
    whole = taken.get("name", ())
    if first is not None and last is None and len(whole) == 1 and not _holds(rows, whole[0], first):
        taken["name"] = (first, whole[0])  # "Vorname, Name" and "Prénom, Nom": the second is the family name
    elif not whole:
        taken["name"] = tuple(at for at in (first, last) if at is not None)
    left -= set(taken["name"])
    if not taken["name"]:
        del taken["name"]


def _holds(rows: Sequence[Sequence[str]], whole: int, part: int) -> bool:
    """Whether most cells of one column hold the cell of another beside them."""
    sample = rows[:SAMPLE]
    return sum(1 for row in sample if row[part] and row[part] in row[whole]) * 2 > len(sample)


def _match_path(headers: Sequence[str], left: set[int], taken: dict[str, tuple[int, ...]]) -> None:
    """ORG LEVEL 1, 2, …: the path of units from the top, which says more than one column of units does."""
    levels = {}
    for at in left:
        key = _key(headers[at])
        number = _ORG_LEVEL.search(key)
        if number and key[: number.start()] in map(plain, words.ORG_LEVEL):
            levels[int(number[1])] = at
    if levels:
        taken["unit"] = tuple(levels[number] for number in sorted(levels))
        left -= set(levels.values())


def _match_names_beside_ids(headers: Sequence[str], left: set[int], taken: dict[str, tuple[int, ...]]) -> None:
    for base, beside, names in (("unit", UNIT_NAME, words.UNIT_NAME), ("role", ROLE_NAME, words.ROLE_NAME)):
        if len(taken.get(base, ())) == 1 and beside not in taken and _AN_ID.search(headers[taken[base][0]]):
            at = _first(headers, left, list(map(plain, names)))
            if at is not None:
                taken[beside] = (at,)
                left.discard(at)
