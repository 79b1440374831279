"""Network files in XML: GraphML and GEXF as the tools write them (Gephi, igraph, yEd, Cytoscape, networkx …), read by expat.

Both hold nodes and edges, with attributes whose names stand in keys. What belongs to drawing, to time or to nested graphs is passed by.
"""

from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from commonground.intake.problems import BadInput

REMEDY: Final = "Export it anew, or save the ties as CSV with the columns source and target."


@dataclass
class Graph:
    """nodes: id → attribute → text, in the order of the file. edges: source, target, weight as text or "", whether one way, line."""

    nodes: dict[str, dict[str, str]] = field(default_factory=dict)
    edges: list[tuple[str, str, str, bool, int]] = field(default_factory=list)


def is_network(data: bytes) -> bool:
    """Whether the first bytes are those of GraphML or GEXF."""
    head = data[:4000].replace(b"\x00", b"").lower()
    return b"<graphml" in head or b"<gexf" in head


def read_graph(data: bytes, file: str) -> Graph:
    """Nodes and edges. Raises BadInput, a sentence, for XML that cannot be read, or that declares entities."""
    reader = _Reader(file)
    try:
        reader.parser.Parse(data, True)
    except expat.ExpatError as error:
        raise BadInput(
            f"{file}, line {error.lineno:,}: it is not well-formed XML ({expat.errors.messages[error.code]}). {REMEDY}"
        ) from None
    if not reader.graph.edges:
        raise BadInput(f"{file} holds no edges. {REMEDY}")
    return reader.graph


class _Reader:
    def __init__(self, file: str) -> None:
        self.file = file
        self.graph = Graph()
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.EntityDeclHandler = self._refuse_entity
        self._keys: dict[tuple[str, str], str] = {}  # ("node" or "edge", id) → name
        self._defaults: dict[tuple[str, str], str] = {}
        self._class = "node"
        self._one_way = True
        self._open: list[
            tuple[str, dict[str, str], dict[str, str]]
        ] = []  # nodes and edges that are open: kind, own words, attributes
        self._key: tuple[str, str] = ("", "")
        self._text: list[str] = []

    def _refuse_entity(self, *_: object) -> None:
        raise BadInput(f"{self.file} declares entities, which are never read. {REMEDY}")

    def _start(self, tag: str, has: dict[str, str]) -> None:
        name = tag.rpartition(":")[2].lower()
        if name == "graph":
            self._one_way = (has.get("edgedefault") or has.get("defaultedgetype") or "directed") != "undirected"
        elif name == "attributes":
            self._class = has.get("class", "node")
        elif name in ("key", "attribute"):
            self._declare(name, has)
        elif name in ("node", "edge"):
            self._open.append((name, dict(has), {}))
        elif name == "attvalue" and self._open:
            kind, _, found = self._open[-1]
            key = has.get("for", has.get("id", has.get("attribute", "")))
            found[self._keys.get((kind, key), key)] = has.get("value", "")
        elif name == "data" and self._open:
            self._key = (self._open[-1][0], has.get("key", ""))
            self._listen()
        elif name == "default":
            self._listen()

    def _declare(self, name: str, has: dict[str, str]) -> None:
        id_ = has.get("id", "")
        of = has.get("for", "all") if name == "key" else self._class
        for kind in ("node", "edge") if of == "all" else (of,):
            self._keys[kind, id_] = has.get("attr.name") or has.get("title") or id_
            self._key = (kind, id_)

    def _listen(self) -> None:
        self._text = []
        self.parser.CharacterDataHandler = self._text.append

    def _end(self, tag: str) -> None:
        name = tag.rpartition(":")[2].lower()
        if name == "default":
            self._defaults[self._key] = "".join(self._text).strip()
        elif name == "data" and self._open:
            self._open[-1][2].setdefault(self._keys.get(self._key, self._key[1]), "".join(self._text).strip())
        elif name in ("node", "edge") and self._open:
            self._close(*self._open.pop())
        if name in ("default", "data"):
            self.parser.CharacterDataHandler = None

    def _close(self, kind: str, own: dict[str, str], found: dict[str, str]) -> None:
        for (of, key), value in self._defaults.items():
            if of == kind:
                found.setdefault(self._keys[of, key], value)
        if kind == "node":
            self._node(own, found)
            return
        source, target = own.get("source", "").strip(), own.get("target", "").strip()
        line = self.parser.CurrentLineNumber
        if not source or not target:
            raise BadInput(f"{self.file}, line {line:,}: an edge has no source or no target. {REMEDY}")
        weight = own.get("weight") or next((value for key, value in found.items() if key.lower() == "weight"), "")
        way = own.get("directed", own.get("type", "true" if self._one_way else "undirected")).lower()
        self.graph.edges.append((source, target, weight, way not in ("undirected", "mutual", "false"), line))

    def _node(self, own: dict[str, str], found: dict[str, str]) -> None:
        id_ = own.get("id", "").strip()
        if not id_:
            line = self.parser.CurrentLineNumber
            raise BadInput(f"{self.file}, line {line:,}: a node has no id. {REMEDY}")
        named = {"label": own["label"].strip()} if own.get("label") else {}
        self.graph.nodes.setdefault(id_, {}).update(named | found)
