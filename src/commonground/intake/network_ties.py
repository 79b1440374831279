"""The ties of a network file, whatever it is written in: who stands at either end, how strong, one way or both."""

# ruff: noqa: SIM905 - words are easier to read and add to as text

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Final

from commonground.intake.headers import plain
from commonground.intake.named_columns import bad, column
from commonground.intake.network_xml import Graph
from commonground.intake.problems import BadInput, Problem
from commonground.intake.reading import RawTable
from commonground.intake.sheet import listed
from commonground.intake.values import MISSING, TwoReadings, decimal_comma, number

PAIRS: Final = tuple(
    tuple(pair.split("/"))
    for pair in (
        "source/target from/to ego/alter src/dst sender/receiver sender/recipient sourceid/targetid fromid/toid fromnode/tonode "
        "sourcenode/targetnode source/destination src/dest who/whom nominator/nominee rater/ratee node1/node2 nodea/nodeb "
        "person1/person2 persona/personb personid1/personid2 id1/id2 a/b i/j u/v x/y v1/v2 var1/var2 giver/taker caller/callee "
        "employee/contact person/contact egoid/alterid egoid/alteri start/end startnode/endnode fromperson/toperson "
        "fromemployee/toemployee von/an von/nach quelle/ziel de/a origen/destino van/naar bron/doel"
    ).split()
)
WEIGHTS: Final = (
    "weight",
    "tieweight",
    "strength",
    "tiestrength",
    "value",
    "w",
    "frequency",
    "gewicht",
    "poids",
    "peso",
)
MOSTLY = 0.5


@dataclass(frozen=True)
class Named:
    """Headers that somebody names, empty where the file may tell: source, target and weight of ties, id of people."""

    source: str = ""
    target: str = ""
    weight: str = ""
    id: str = ""


@dataclass
class Ties:
    """One entry a tie, in the order of the file. one_way: whether it holds from source to target alone. rows: its row or line.

    weights: None where the file has none. nodes: what the file tells of people besides, where it does.
    """

    file: str
    sources: list[str]
    targets: list[str]
    weights: list[float] | None
    one_way: list[bool]
    rows: Sequence[int]
    headers: tuple[str, str] = ("source", "target")
    nodes: RawTable | None = None
    place: str = "row"
    warnings: list[Problem] = field(default_factory=list)

    def keep(self, wanted: Sequence[int]) -> None:
        """Leaves out all but these."""
        self.sources = [self.sources[at] for at in wanted]
        self.targets = [self.targets[at] for at in wanted]
        self.weights = None if self.weights is None else [self.weights[at] for at in wanted]
        self.one_way = [self.one_way[at] for at in wanted]
        self.rows = [self.rows[at] for at in wanted]


def found_pair(table: RawTable) -> tuple[int, int] | None:
    """Where the two ends of ties stand, by the words known for them."""
    keys = [plain(header) for header in table.headers]
    for one, two in PAIRS:
        if one in keys and two in keys:
            return keys.index(one), keys.index(two)
    return None


def of_table(table: RawTable, named: Named, known: Collection[str]) -> Ties:
    """The ties of a sheet. known: ids of people, by which columns are found where no header tells. Raises BadInput, a sentence."""
    for problem in table.problems:
        if problem.severity == "error":
            raise bad(table, problem.row or 0, problem.column, problem.value, problem.why, problem.remedy)
    rows, numbers = table.rows, list(table.numbers)
    warnings = [problem for problem in table.problems if problem.severity == "warning"]
    source, target = _ends(table, named, known, warnings)
    weight = column(table, "weight", named.weight) if named.weight else _weight(table, (source, target))
    if not named.source and _is_tie(table, (source, target), known):
        rows, numbers, weight = [list(table.headers), *rows], [table.header_row, *numbers], _third(table, weight)
    if not rows:
        raise BadInput(f"{table.file} has headers and no rows below them. Give one row for each tie.")
    both = _both_ways(table, rows)
    ties = Ties(
        table.file, [row[source] for row in rows], [row[target] for row in rows],
        None if weight is None else _strengths(table, rows, numbers, weight),
        [not one for one in both], numbers, (table.headers[source], table.headers[target]), warnings=warnings,
    )  # fmt: skip
    _leave_out(ties)
    return ties


def of_graph(graph: Graph, file: str) -> Ties:
    """The ties of GraphML or GEXF; its nodes become a sheet with a row for each. Raises BadInput, a sentence."""
    ends = [end for edge in graph.edges for end in edge[:2]]
    for end in ends:
        graph.nodes.setdefault(end, {})
    headers = tuple(dict.fromkeys(key for has in graph.nodes.values() for key in has if key != "id"))
    rows = [[id_, *(has.get(key, "") for key in headers)] for id_, has in graph.nodes.items()]
    nodes = RawTable(file, "nodes", ("id", *headers), rows, range(1, len(rows) + 1))
    lines = [edge[4] for edge in graph.edges]
    weighted = any(edge[2] for edge in graph.edges)
    table = RawTable(file, "edges", ("weight",), [[edge[2]] for edge in graph.edges], lines)
    weights = _strengths(table, table.rows, lines, 0) if weighted else None
    ties = Ties(
        file, [edge[0] for edge in graph.edges], [edge[1] for edge in graph.edges], weights, [edge[3] for edge in graph.edges],
        lines, nodes=nodes, place="line",
    )  # fmt: skip
    _leave_out(ties)
    return ties


def _ends(table: RawTable, named: Named, known: Collection[str], warnings: list[Problem]) -> tuple[int, int]:
    found = found_pair(table) or (-1, -1)
    source = column(table, "source", named.source) if named.source else found[0]
    target = column(table, "target", named.target) if named.target else found[1]
    if source >= 0 and target >= 0:
        if source == target:
            raise BadInput(f"{table.file}: “{table.headers[source]}” cannot be both ends of a tie. Name two columns.")
        return source, target
    there = listed(f"“{one}”" for one in table.headers if one)
    fits = _by_people(table, known)
    if len(fits) != 2:
        raise BadInput(
            f"{table.file}, row {table.header_row}: no two columns say who reaches whom. Its columns are {there}: "
            "call them source and target, or name them with --source and --target."
        )
    pair = f"“{table.headers[fits[0]]}” and “{table.headers[fits[1]]}”"
    why = f"No header says who reaches whom: {pair} are read as source and target, since they name people."
    warnings.append(Problem(table.file, None, None, None, why, "Call them source and target to be sure.", "warning"))
    return fits[0], fits[1]


def _by_people(table: RawTable, known: Collection[str]) -> list[int]:
    """The columns whose cells mostly name people; of a sheet of two columns, both."""
    if not known:
        return [0, 1] if len(table.headers) == 2 and all(cell[:1].isdigit() for cell in table.headers) else []
    share = [sum(row[at] in known for row in table.rows) for at in range(len(table.headers))]
    return [at for at, count in enumerate(share) if count > MOSTLY * max(len(table.rows), 1)]


def _is_tie(table: RawTable, ends: tuple[int, int], known: Collection[str]) -> bool:
    """Whether the row taken for headers is a tie: a list of ties without headers."""
    if found_pair(table):
        return False
    cells = [table.headers[at] for at in ends]
    if known:
        return all(cell in known for cell in cells)
    return all(cell.isdigit() for cell in cells)


def _third(table: RawTable, weight: int | None) -> int | None:
    """The strength in a list without headers: a third column, if it is the last and a number."""
    if weight is not None or len(table.headers) != 3:
        return weight
    return 2 if table.headers[2].replace(".", "", 1).isdigit() else None


def _weight(table: RawTable, ends: tuple[int, int]) -> int | None:
    keys = [plain(header) for header in table.headers]
    found = next((keys.index(name) for name in WEIGHTS if name in keys), None)
    return None if found in ends else found


def _both_ways(table: RawTable, rows: Sequence[Sequence[str]]) -> list[bool]:
    """Whether each tie holds both ways, as the column Type of Gephi tells."""
    keys = [plain(header) for header in table.headers]
    at = keys.index("type") if "type" in keys else None
    return [at is not None and row[at].casefold() in ("undirected", "mutual") for row in rows]


def _strengths(table: RawTable, rows: Sequence[Sequence[str]], numbers: Sequence[int], at: int) -> list[float]:
    """How strong each tie is, 1 where nothing stands there."""
    texts = [row[at] for row in rows]
    comma = decimal_comma(texts)
    known: dict[str, float] = {}
    for place, text in enumerate(texts):
        if text not in known:
            known[text] = _strength(table, numbers[place], table.headers[at], text, comma)
    return [known[text] for text in texts]


def _strength(table: RawTable, row: int, header: str, text: str, comma: bool | None) -> float:
    if text.casefold() in MISSING:
        return 1.0
    try:
        return number(text, comma)
    except TwoReadings:
        return number(text, False)
    except ValueError:
        try:
            value = float(text)
        except ValueError:
            value = float("nan")
        if value != value or value in (float("inf"), float("-inf")):  # noqa: PLR0124 - that is how NaN is told
            remedy = "Write a number, or leave it empty for a tie of strength 1."
            raise bad(table, row, header, text, f"“{text}” is no strength of a tie.", remedy) from None
        return value


def _leave_out(ties: Ties) -> None:
    """Leaves out rows without one of both ends, and ties of no strength; says so."""
    empty = [at for at in range(len(ties.sources)) if not ties.sources[at] or not ties.targets[at]]
    if empty:
        at, rows = empty[0], "1 row" if len(empty) == 1 else f"{len(empty):,} rows"
        header = ties.headers[0] if not ties.sources[at] else ties.headers[1]
        why = f"{rows} without a {header} hold no tie and are left out."
        ties.warnings.append(
            Problem(ties.file, ties.rows[at], header, None, why, "Fill it in, or take the row out.", "warning")
        )
    weak = [] if ties.weights is None else [at for at, value in enumerate(ties.weights) if value <= 0]
    if weak and ties.weights is not None:
        one = "1 tie" if len(weak) == 1 else f"{len(weak):,} ties"
        why = f"{one} of strength 0 or below reach nobody and are left out."
        value = f"{ties.weights[weak[0]]:g}"
        remedy = "Give it a strength above 0 if it is one."
        ties.warnings.append(Problem(ties.file, ties.rows[weak[0]], "weight", value, why, remedy, "warning"))
    gone = {*empty, *weak}
    if gone:
        ties.keep([at for at in range(len(ties.sources)) if at not in gone])
    if not ties.sources:
        raise BadInput(f"{ties.file} holds no tie that can be counted. Give each row a source and a target.")
