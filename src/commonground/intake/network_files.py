"""A network of people out of files: ties as CSV, Excel, GraphML or GEXF, and a sheet of the people with what is known of them."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from commonground.analysis.coalition.network import Network
from commonground.intake.headers import plain, synonyms
from commonground.intake.named_columns import column, find
from commonground.intake.network_ties import Named, Ties, found_pair, of_graph, of_table
from commonground.intake.network_xml import is_network, read_graph
from commonground.intake.problems import BadInput, Problem
from commonground.intake.reading import RawTable, bytes_of, choose, read_tables
from commonground.intake.sheet import listed
from commonground.intake.values import MISSING

EDGES, PEOPLE = ("edges", "ties", "links", "edge list"), ("people", "nodes", "persons", "employees", "vertices")
MOSTLY = 0.5
IDS = ("id", "personid", "nodeid", "node", "vertex", "person", "employeeid", "name", "label", "email")


@dataclass(frozen=True)
class NetworkFile:
    """The network, its people in the order of their sheet. table: that sheet, a row for each person, in the same order.

    edges_file, people_file: what they are called in sentences. warnings: what was left out or read in a way to be looked at.
    """

    network: Network
    table: RawTable
    edges_file: str
    people_file: str
    ties: int
    warnings: tuple[Problem, ...]

    def column(self, name: str) -> tuple[str | None, ...]:
        """What a column says of each person, None where nothing. Raises BadInput for one that is not there."""
        at = self._at(name)
        return tuple(None if row[at].casefold() in MISSING else row[at] for row in self.table.rows)

    def _at(self, name: str) -> int:
        if find(self.table, name) is None:
            keys = [plain(header) for header in self.table.headers]
            for word in synonyms("people", plain(name)):
                if word in keys:
                    return keys.index(word)
        return column(self.table, "cover", name)

    def positions(self, ids: Sequence[str], option: str) -> tuple[int, ...]:
        """Where people with these ids stand. Raises BadInput for an id that nobody has. option: where they were named."""
        at = {id_: place for place, id_ in enumerate(self.network.ids)}
        same = _resembling(self.network.ids)
        found = []
        for id_ in ids:
            place = at.get(id_, same(id_))
            if place is None:
                raise BadInput(
                    f"--{option} {id_}: nobody in {self.people_file} has this id. Give ids as the sheet has them."
                )
            found.append(place)
        return tuple(found)


def read_network(
    edges: Path | bytes,
    people: Path | bytes | None = None,
    *,
    names: tuple[str, str] = ("", ""),
    named: Named | None = None,
    undirected: bool = False,
) -> NetworkFile:
    """The network of a file of ties and a sheet of people.

    names: what the files are called, where bytes are given. named: headers that somebody names. undirected: every tie holds both ways.
    Without a sheet of people they are those of the file of ties. Raises BadInput, a sentence with file, row, column, value and remedy.
    """
    named = named or Named()
    ties_source, inside = _opened(edges, names[0])
    sheet = None if people is None else _people_sheet(_opened(people, names[1]))
    if people is None:
        sheet = _beside(ties_source)
    known = frozenset() if sheet is None else frozenset(cell for row in sheet.rows for cell in row)
    if inside is not None:
        ties = inside
    else:
        ties = of_table(choose(ties_source, lambda one: (found_pair(one) is not None) * 2, EDGES), named, known)
    warnings = list(ties.warnings)
    sheet, ids = _people(sheet, ties, named, warnings)
    sources, targets = _matched(ties, ids, sheet.file, warnings)
    both = np.ones(len(sources), bool) if undirected else ~np.array(ties.one_way, bool)
    weights = None if ties.weights is None else np.concatenate([ties.weights, np.array(ties.weights)[both]])
    network = Network.from_edges(
        ids, np.concatenate([sources, targets[both]]), np.concatenate([targets, sources[both]]), weights
    )
    return NetworkFile(network, sheet, ties.file, sheet.file, len(sources), tuple(warnings))


def _opened(source: Path | bytes, name: str) -> tuple[list[RawTable], Ties | None]:
    """The tables of a file; or, of GraphML and GEXF, the sheet of their nodes, and their ties."""
    source, name = bytes_of(source, name)
    if is_network(source):
        ties = of_graph(read_graph(source, name), name)
        return [ties.nodes] if ties.nodes else [], ties
    return read_tables(source, name), None


def _people_sheet(opened: tuple[list[RawTable], Ties | None]) -> RawTable:
    return choose(opened[0], lambda one: any(plain(header) in IDS for header in one.headers), PEOPLE)


def _beside(tables: Sequence[RawTable]) -> RawTable | None:
    """The sheet of people in the file of ties itself."""
    if len(tables) == 1:
        return tables[0] if tables[0].name == "nodes" else None
    return next((one for one in tables if plain(one.name) in PEOPLE), None)


def _people(
    sheet: RawTable | None, ties: Ties, named: Named, warnings: list[Problem]
) -> tuple[RawTable, tuple[str, ...]]:
    """The sheet with one row for each person, and their ids."""
    if sheet is None:
        ends = dict.fromkeys(end for pair in zip(ties.sources, ties.targets, strict=True) for end in pair)
        return RawTable(ties.file, "people", ("id",), [[end] for end in ends], range(1, len(ends) + 1)), tuple(ends)
    if not sheet.rows:
        raise BadInput(f"{sheet.file} has headers and no rows below them. Give one row for each person.")
    _renamed(ties, sheet)
    ends = dict.fromkeys(end for pair in zip(ties.sources, ties.targets, strict=True) for end in pair)
    if sheet.file != ties.file:
        warnings += [problem for problem in sheet.problems if problem.severity == "warning"]
    at = column(sheet, "id", named.id) if named.id else _id_column(sheet, ends)
    kept: dict[str, int] = {}
    twice: list[int] = []
    for place, row in enumerate(sheet.rows):
        if not row[at]:
            why, remedy = "The row has no id and is left out.", "Give the person the id that the ties have."
            warnings.append(Problem(sheet.file, sheet.numbers[place], sheet.headers[at], None, why, remedy, "warning"))
        elif kept.setdefault(row[at], place) != place:
            twice.append(place)
    _refuse_contradictions(sheet, at, kept, twice, warnings)
    places = list(kept.values())
    rows, numbers = [sheet.rows[place] for place in places], [sheet.numbers[place] for place in places]
    return RawTable(sheet.file, sheet.name, sheet.headers, rows, numbers, sheet.header_row), tuple(kept)


def _id_column(sheet: RawTable, ends: Collection[str]) -> int:
    """The column that has what the ties name people by: the best word among those that fit, else the one that fits most."""
    keys = [plain(header) for header in sheet.headers]
    words = [word for word in _id_words() if word in keys]
    hits = _hits(sheet, ends)
    for word in words:
        if hits[keys.index(word)] > len(ends) * MOSTLY:
            return keys.index(word)
    if max(hits) > len(ends) * MOSTLY or not words:
        return hits.index(max(hits))
    return keys.index(words[0])


def _id_words() -> list[str]:
    return list(dict.fromkeys((*IDS, *synonyms("people", "id"), *synonyms("people", "name"))))


def _hits(sheet: RawTable, ends: Collection[str]) -> list[int]:
    """How many ends each column names; none of one in which most rows share their values."""
    found = []
    for at in range(len(sheet.headers)):
        cells = {row[at] for row in sheet.rows}
        found.append(sum(end in cells for end in ends) if len(cells) > len(sheet.rows) * MOSTLY else 0)
    return found


def _renamed(ties: Ties, sheet: RawTable) -> None:
    """Where the people's sheet knows the people of a graph by another of their attributes than its own ids, ties go by that."""
    if ties.nodes is None or ties.nodes is sheet:
        return
    ends = {*ties.sources, *ties.targets}
    best, most = 0, max(_hits(sheet, ends), default=0)
    for at in range(1, len(ties.nodes.headers)):
        names = {row[at] for row in ties.nodes.rows if row[at]}
        if len(names) == len(ties.nodes.rows) and (hits := max(_hits(sheet, names), default=0)) > most:
            best, most = at, hits
    if best:
        name = {row[0]: row[best] for row in ties.nodes.rows}
        ties.sources, ties.targets = [name[one] for one in ties.sources], [name[one] for one in ties.targets]
        ties.headers = (f"source ({ties.nodes.headers[best]})", f"target ({ties.nodes.headers[best]})")


def _refuse_contradictions(
    sheet: RawTable, at: int, kept: dict[str, int], twice: Sequence[int], warnings: list[Problem]
) -> None:
    for place in twice:
        row, first = sheet.rows[place], kept[sheet.rows[place][at]]
        differs = [header for header, one, two in zip(sheet.headers, row, sheet.rows[first], strict=True) if one != two]
        if differs:
            raise BadInput(
                f"{sheet.file}, row {sheet.numbers[place]:,}, column {sheet.headers[at]}: “{row[at]}” stands in row "
                f"{sheet.numbers[first]:,} already, with another {listed(differs)}. Keep one row for each person."
            )
    if twice:
        one = sheet.rows[twice[0]][at]
        why = f"{len(twice):,} rows stand there twice and count once."
        warnings.append(
            Problem(
                sheet.file, sheet.numbers[twice[0]], sheet.headers[at], one, why, "Take the doubles out.", "warning"
            )
        )


def _matched(
    ties: Ties, ids: Sequence[str], people: str, warnings: list[Problem]
) -> tuple[np.ndarray[tuple[int], np.dtype[np.int64]], np.ndarray[tuple[int], np.dtype[np.int64]]]:
    """Positions of both ends of each tie; ties of people who are in no sheet are left out."""
    at: dict[str, int | None] = {id_: place for place, id_ in enumerate(ids)}
    same = _resembling(ids)
    for end in {*ties.sources, *ties.targets} - at.keys():
        at[end] = same(end)
    sources, targets = [at[end] for end in ties.sources], [at[end] for end in ties.targets]
    outside = [
        place for place, (one, two) in enumerate(zip(sources, targets, strict=True)) if one is None or two is None
    ]
    if outside:
        place = outside[0]
        header, value = (
            (ties.headers[0], ties.sources[place]) if sources[place] is None else (ties.headers[1], ties.targets[place])
        )
        if len(outside) == len(sources):
            raise BadInput(
                f"{ties.file}, {ties.place} {ties.rows[place]:,}, column {header}: “{value}” is nobody in {people}, and no tie has both "
                f"its people there. Name people by the same ids in both, or name the column of ids with --id."
            )
        people_left = len({end for end, where in at.items() if where is None})
        why = f"“{value}” is nobody in {people}: {_count(len(outside), 'tie')} of {_count(people_left, 'such id')} are left out."
        warnings.append(Problem(ties.file, ties.rows[place], header, value, why, "Add them to the people.", "warning"))
        gone = set(outside)
        sources = [one for place, one in enumerate(sources) if place not in gone]
        targets = [one for place, one in enumerate(targets) if place not in gone]
        ties.keep([place for place in range(len(ties.sources)) if place not in gone])
    return np.array(sources, np.int64), np.array(targets, np.int64)


def _count(count: int, what: str) -> str:
    return f"1 {what}" if count == 1 else f"{count:,} {what}s"


def _resembling(ids: Sequence[str]) -> Callable[[str], int | None]:
    """Finds an id that is the same but for capitals, spaces, and the ".0" that a number gets on its way; None where two would do."""
    loose: dict[str, int | None] = {}
    for place, id_ in enumerate(ids):
        key = _loose(id_)
        loose[key] = None if key in loose else place
    return lambda id_: loose.get(_loose(id_))


def _loose(id_: str) -> str:
    plain_ = " ".join(id_.casefold().split())
    head, dot, tail = plain_.partition(".")
    return head if dot and head.isdigit() and not tail.strip("0") else plain_
