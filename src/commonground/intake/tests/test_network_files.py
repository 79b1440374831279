"""Networks out of files: CSV of any kind, Excel, GraphML and GEXF as the tools write them, and what is said of a bad one."""

import io
from pathlib import Path

import networkx as nx
import pytest
import xlsxwriter

from commonground.intake.network_files import NetworkFile, read_network
from commonground.intake.network_ties import Named
from commonground.intake.problems import BadInput

PEOPLE = "id,unit,level\nk,Billing,1\nm,Billing,2\nc,Sales,1\n"
TIES = {("k", "m"), ("m", "c")}
# as igraph writes it: ids of its own, the names in an attribute
IGRAPH = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
  <key id="v_name" for="node" attr.name="name" attr.type="string"/>
  <key id="v_unit" for="node" attr.name="unit" attr.type="string"/>
  <key id="e_weight" for="edge" attr.name="weight" attr.type="double"/>
  <graph id="G" edgedefault="undirected">
    <node id="n0"><data key="v_name">k</data><data key="v_unit">Billing</data></node>
    <node id="n1"><data key="v_name">m</data><data key="v_unit">Billing</data></node>
    <node id="n2"><data key="v_name">c</data><data key="v_unit">Sales &amp; more</data></node>
    <edge source="n0" target="n1"><data key="e_weight">2</data></edge>
    <edge source="n1" target="n2"><data key="e_weight">1</data></edge>
  </graph>
</graphml>"""
# as Gephi 0.10 writes it: a newer version than others read, positions and colours among the nodes
GEPHI = """<?xml version='1.0' encoding='UTF-8'?>
<gexf xmlns="http://gexf.net/1.3" version="1.3" xmlns:viz="http://gexf.net/1.3/viz">
  <meta lastmodifieddate="2026-01-01"><creator>Gephi 0.10.1</creator></meta>
  <graph defaultedgetype="directed" mode="static">
    <attributes class="node" mode="static">
      <attribute id="unit" title="Unit" type="string"><default>Sales</default></attribute></attributes>
    <attributes class="edge" mode="static"><attribute id="kind" title="type" type="string"/></attributes>
    <nodes>
      <node id="0" label="k"><attvalues><attvalue for="unit" value="Billing"/></attvalues><viz:size value="10.0"/></node>
      <node id="1" label="m"><attvalues><attvalue for="unit" value="Billing"/></attvalues></node>
      <node id="2" label="c"/>
    </nodes>
    <edges>
      <edge id="0" source="0" target="1" weight="3.0"><attvalues><attvalue for="kind" value="asks"/></attvalues></edge>
      <edge id="1" source="1" target="2" type="undirected"/>
    </edges>
  </graph>
</gexf>"""


def read(ties: str | bytes, people: str | bytes | None = PEOPLE, name: str = "ties.csv", **how: object) -> NetworkFile:
    as_bytes = [text.encode() if isinstance(text, str) else text for text in (ties, people) if text is not None]
    return read_network(*as_bytes, names=(name, "people.csv"), **how)


def pairs(found: NetworkFile) -> set[tuple[str, str]]:
    ids, network = found.network.ids, found.network
    return {(ids[one], ids[int(two)]) for one in range(len(ids)) for two in network.rows[one]}


@pytest.mark.parametrize(
    "text",
    [
        "source,target\nk,m\nm,c\n",
        "from,to\nk,m\nm,c\n",
        "Ego;Alter\nk;m\nm;c\n",
        "\ufeffFrom;To;Weight\nk;m;1,5\nm;c;2\n",
        "sender\treceiver\nk\tm\nm\tc\n",
        "Source,Target,Type,Id,Label,Weight\nk,m,Directed,0,,1.0\nm,c,Directed,1,,1\n",
        "who,whom,when\nk,m,2025\nm,c,2026\n",
        "k,m\nm,c\n",
        "Whoever,Likes\nk,m\nm,c\n",
        "source,target\nk,m\nk,m\nm,m\nm,c\n",
        "source,target,weight\nk,m,1\nm,c,\nc,k,0\nc,m,-2\n",
    ],
)
def test_ties_are_found_however_they_are_called_and_written(text: str) -> None:
    assert pairs(read(text)) == TIES


def test_utf_16_and_an_email_as_id_are_read() -> None:
    people = "Name;E-Mail;Abteilung\nÄnne;k@x.example;Billing\nBo;m@x.example;Sales\n"
    found = read("from;to\nk@x.example;m@x.example\n".encode("utf-16"), people)
    assert pairs(found) == {("k@x.example", "m@x.example")}
    assert found.column("unit") == ("Billing", "Sales")


def test_numbers_that_became_decimals_on_their_way_are_the_same_people() -> None:
    assert pairs(read("source,target\n1.0,2.0\n", "id,unit\n1,x\n2,y\n")) == {("1", "2")}


@pytest.mark.parametrize(("text", "name"), [(IGRAPH, "net.graphml"), (GEPHI, "net.gexf")])
def test_graphml_of_igraph_and_gexf_of_gephi_are_matched_by_name(text: str, name: str) -> None:
    found = read(text, PEOPLE, name)
    wanted = TIES | ({("m", "k"), ("c", "m")} if name == "net.graphml" else {("c", "m")})
    assert pairs(found) == wanted
    alone = read(text, None, name)
    assert len(alone.network) == 3
    assert alone.column("unit")[:2] == ("Billing", "Billing")
    assert alone.column("unit")[2] in ("Sales & more", "Sales")


@pytest.mark.parametrize("write", [nx.write_graphml, nx.write_gexf])
@pytest.mark.parametrize("made", [nx.Graph, nx.DiGraph])
def test_what_networkx_writes_is_read(write: object, made: type) -> None:
    graph = made()
    graph.add_node("k", unit="Billing", level=3)
    graph.add_edge("k", "m & c", weight=2.5)
    to = io.BytesIO()
    write(graph, to)
    found = read(to.getvalue(), None, "net.xml")
    assert pairs(found) == {("k", "m & c")} | (set() if made is nx.DiGraph else {("m & c", "k")})
    assert found.column("level") == ("3", None)
    assert found.network.weights is not None
    assert set(found.network.weights) == {2.5}


def test_a_workbook_may_hold_ties_and_people(tmp_path: Path) -> None:
    path = tmp_path / "network.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        for name, rows in (("People", PEOPLE), ("Ties", "from,to\nk,m\nm,c\n")):
            sheet = book.add_worksheet(name)
            for at, line in enumerate(rows.split()):
                sheet.write_row(at, 0, line.split(","))
    found = read_network(path)
    assert pairs(found) == TIES
    assert found.column("level") == ("1", "2", "1")


def test_both_ways_where_asked_or_where_the_file_says_so() -> None:
    both = TIES | {("m", "k"), ("c", "m")}
    assert pairs(read("source,target\nk,m\nm,c\n", undirected=True)) == both
    assert pairs(read("Source,Target,Type\nk,m,Undirected\nm,c,Undirected\n")) == both


def test_columns_can_be_named() -> None:
    text = "first,x,second\nk,1,m\nm,2,c\n"
    assert pairs(read(text, named=Named("first", "second"))) == TIES
    people = "id,key\n7,k\n8,m\n9,c\n"
    assert pairs(read("source,target\nk,m\nm,c\n", people, named=Named(id="key"))) == TIES


def test_what_is_left_out_is_said() -> None:
    found = read("source,target,weight\nk,m,1\nk,x,1\ny,x,2\n,m,1\nm,c,0\n", PEOPLE + "d,Sales,2\nd,Sales,2\n")
    assert pairs(found) == {("k", "m")}
    said = [f"{one.row} {one.column} {one.value}: {one.why}" for one in found.warnings]
    assert said == [
        "5 source None: 1 row without a source hold no tie and are left out.",
        "6 weight 0: 1 tie of strength 0 or below reach nobody and are left out.",
        "6 id d: 1 rows stand there twice and count once.",
        "3 target x: “x” is nobody in people.csv: 2 ties of 2 such ids are left out.",
    ]
    assert len(found.network) == 4


def test_a_value_that_is_missing_is_none() -> None:
    assert read("source,target\nk,m\n", "id,unit\nk,\nm,n/a\nc,Sales\n").column("UNIT") == (None, None, "Sales")


@pytest.mark.parametrize(
    ("ties", "people", "parts"),
    [
        ("source,goal\nk,m\n", "id\nz\n", ("ties.csv, row 1", "“source”, “goal”", "--source and --target")),
        ("source,target\n", PEOPLE, ("ties.csv has headers and no rows",)),
        ("source,target\nk,m,c\n", PEOPLE, ("ties.csv, row 2", "3 cells")),
        ("source,target,weight\nk,m,strong\n", PEOPLE, ("row 2, column weight", "“strong”", "Write a number")),
        ("source,target,weight\nk,m,nan?\n", PEOPLE, ("row 2, column weight", "“nan?”")),
        ("source,target\nx,y\n", PEOPLE, ("row 2, column source", "“x” is nobody in people.csv", "--id")),
        ("source,target,weight\nk,m,0\n", PEOPLE, ("holds no tie",)),
        ("source,target\nk,m\n", "id,unit\n", ("people.csv has headers and no rows",)),
        ("source,target\nk,m\n", PEOPLE + "k,Sales,1\n", ("people.csv, row 5, column id", "“k”", "row 2", "unit")),
        ("<graphml><graph><node/></graph></graphml>", PEOPLE, ("line 1", "a node has no id")),
        ("<graphml><graph><node id='k'/></graph></graphml>", PEOPLE, ("no edges",)),
        ("<graphml><graph><edge source='k'/></graph></graphml>", PEOPLE, ("line 1", "no source or no target")),
        ("<graphml><graph>", PEOPLE, ("line 1", "not well-formed")),
        ('<!DOCTYPE g [<!ENTITY e "x">]><graphml><graph/></graphml>', PEOPLE, ("declares entities",)),
        ("", PEOPLE, ("ties.csv is empty",)),
        ("%PDF-1.4", PEOPLE, ("ties.csv is a PDF document",)),
    ],
)
def test_a_bad_file_gets_one_sentence(ties: str, people: str, parts: tuple[str, ...]) -> None:
    with pytest.raises(BadInput) as refused:
        read(ties, people)
    assert "\n" not in str(refused.value)
    for part in parts:
        assert part in str(refused.value)


def test_a_column_that_is_not_there_and_an_id_that_nobody_has() -> None:
    found = read("source,target\nk,m\n")
    with pytest.raises(BadInput, match=r"there is no column “site”.*--cover"):
        found.column("site")
    with pytest.raises(BadInput, match=r"--fixed x: nobody in people\.csv"):
        found.positions(["k", "x"], "fixed")
    assert found.positions(["C", "k"], "fixed") == (2, 0)
