import sys

import pytest

from commonground.analysis.facts import Process
from commonground.guidance.guidelines import CATALOGUE, run
from commonground.guidance.guidelines.plugins import load_folder
from commonground.guidance.tests.made import facts

OWN_RULE = """
from commonground.guidance.guidelines import Found, Subject, guideline

@guideline("HERE-01", "Every process has a workflow.", severity="note", why="So it can be drawn.", source="ours",
           do="Name it.", needs=("processes",))
def no_workflow(register, parameters):
    for process in register.work.processes.values():
        if not process.workflow:
            yield Found(Subject("process", process.id), f"{process.name} has no workflow", "here", "processes")
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    before = dict(CATALOGUE)
    yield tmp_path
    CATALOGUE.clear()
    CATALOGUE.update(before)
    for name in [name for name in sys.modules if name.startswith("commonground_guidelines.")]:
        monkeypatch.delitem(sys.modules, name)


def test_a_file_in_a_folder_adds_a_guideline_once(folder):
    (folder / "ours.py").write_text(OWN_RULE)
    load_folder(folder)
    load_folder(folder)
    report = run(facts(processes=[Process("p", "P")]), select=["HERE"])
    assert [(str(f.subject), f.severity, f.do) for f in report.findings] == [("process:p", "note", "Name it.")]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (OWN_RULE.replace("HERE-01", "OWN-01"), "OWN-01 is in the catalogue already"),
        (OWN_RULE.replace('("processes",)', '("proceses",)'), "reads the table proceses, which does not exist"),
        ("not python", "could not be loaded"),
    ],
)
def test_a_file_that_cannot_be_used_is_named_with_its_reason(folder, text, reason):
    (folder / "ours.py").write_text(text)
    with pytest.raises(ValueError, match=rf"ours\.py could not be loaded.*{reason}|{reason}"):
        load_folder(folder)


def test_a_folder_that_is_not_there_is_said_so(tmp_path):
    with pytest.raises(ValueError, match="is not a folder"):
        load_folder(tmp_path / "none")
