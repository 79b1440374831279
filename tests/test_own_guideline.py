"""The guideline of docs/how-to/write-a-guideline.md works as the page says."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PEOPLE = "id,name,unit,shift\n1,Ada Brook,Works,day\n2,Ben Stone,Works,night\n"


@pytest.mark.parametrize(("owner", "codes"), [("1", ["OURS-01"]), ("2", [])])
def test_the_night_shift_is_found_until_somebody_of_it_answers(tmp_path: Path, owner: str, codes: list[str]) -> None:
    (tmp_path / "people.csv").write_text(PEOPLE)
    (tmp_path / "processes.csv").write_text(f"id,name,unit,answers_for\nP1,Read the meter,Works,{owner}\n")
    words = ["check", str(tmp_path), "--guidelines", "examples/own_guideline", "--select", "OURS", "--json"]
    done = subprocess.run(
        [sys.executable, "-m", "commonground", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": "src"},
    )
    assert [finding["code"] for finding in json.loads(done.stdout)["findings"]] == codes
