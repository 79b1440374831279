import csv
import io
import json
import re

from rich.console import Console

from commonground.analysis.facts import Person, Process
from commonground.guidance.configuration import Answer
from commonground.guidance.guidelines import run
from commonground.guidance.printing import Printer, as_csv, as_json, summary
from commonground.guidance.tests.made import DAY, facts, move_in

SEVERITY_MARKS = "▲◆○"


def printed(given, **console):
    out = io.StringIO()
    Printer(Console(file=out, **console)).answer(Answer(run(given)), given)
    return out.getvalue()


def test_a_finding_is_a_line_with_where_evidence_and_what_to_do_beneath():
    lines = printed(move_in(), width=60).splitlines()
    place = next(i for i, line in enumerate(lines) if "MNGR-01" in line)
    assert lines[place].startswith(
        "▲ MNGR-01  Dieter Hahn answers for Open the account, which moves to Contact centre, and"
    )
    assert lines[place + 1].strip() == "Billing · workflow Move in"
    assert lines[place + 3].strip().startswith("→ Invite them into the search")


def test_it_is_plain_and_unwrapped_where_it_is_piped_and_coloured_and_wrapped_on_a_terminal(monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    assert "\x1b[" not in printed(move_in())
    coloured = printed(move_in(), force_terminal=True, width=60)
    assert "\x1b[" in coloured
    monkeypatch.setenv("NO_COLOR", "1")
    plain = printed(move_in(), force_terminal=True, width=60)
    assert "\x1b[3" not in plain
    assert "\x1b[1;3" not in plain


def test_an_output_that_knows_no_marks_gets_plain_ones():
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, encoding="ascii")
    given = move_in()
    Printer(Console(file=out)).answer(Answer(run(given)), given)
    out.flush()
    assert b"! MNGR-01" in raw.getvalue()


def test_the_summary_counts_and_says_what_to_add():
    given = facts(people=[Person("d", "D")], processes=[Process("p", "P", None, ("d",), "w", "move")])
    report = run(given)
    assert summary(report, given).startswith(
        "2 findings: 2 to act on; 7 guidelines checked over 1 person and 1 process; 74 not checked"
    )
    assert re.search(r"^  does +OWN-01, OWN-02, PROC-02$", printed(given), re.MULTILINE)


def test_nothing_found_is_said_in_words():
    assert "Nothing found; 7 guidelines checked" in printed(facts(people=[], processes=[]))


def test_json_and_csv_carry_the_promised_names():
    report = run(move_in())
    answer = json.loads(as_json(Answer(report), DAY))
    assert {"findings", "not_checked", "checked"} <= answer.keys()
    names = ["code", "severity", "subject", "what", "where", "why", "evidence", "do"]
    assert all(list(row) == names for row in answer["findings"])
    assert answer["findings"][0]["subject"] == "process:p1"
    assert answer["not_checked"][0] == {"code": "BUDG-01", "missing": ["activities", "budget"]}
    assert [row["code"] for row in csv.DictReader(io.StringIO(as_csv(report)))] == [f.code for f in report.findings]


def test_csv_runs_no_formula():
    given = facts(people=[Person("d", "=cmd()")], processes=[Process("p", "P", None, ("d",), "w", "move")])
    assert "'=cmd() answers for P" in as_csv(run(given))
