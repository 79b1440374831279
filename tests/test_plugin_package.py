"""A third party's package with one guideline and one technique is really installed, and found through its entry points."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LIBRARY = """
import json
from commonground.guidance.techniques import CATALOGUE
from commonground.guidance.techniques.plugins import is_built_in, load_packages
load_packages()
print(json.dumps({key: [one.name, is_built_in(key)] for key, one in CATALOGUE.items()}))
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder into which pip has put the example, built from a copy of it and without an index."""
    source, target = tmp_path_factory.mktemp("source") / "plugin", tmp_path_factory.mktemp("site")
    shutil.copytree(ROOT / "examples" / "plugin", source, ignore=shutil.ignore_patterns("__pycache__"))
    words = [
        "--no-index",
        "--no-deps",
        "--no-build-isolation",
        "--no-compile",
        "--quiet",
        "--disable-pip-version-check",
    ]
    subprocess.run([sys.executable, "-m", "pip", "install", *words, "--target", str(target), str(source)], check=True)
    return target


def run(site: Path | None, *words: str) -> subprocess.CompletedProcess[str]:
    """A Python of its own, with the package beside the product, or without it."""
    path = os.pathsep.join([str(ROOT / "src"), *([str(site)] if site else [])])
    env = {**os.environ, "PYTHONPATH": path}
    return subprocess.run([sys.executable, *words], cwd=ROOT, capture_output=True, text=True, check=False, env=env)


def listed(site: Path | None) -> dict[str, str]:
    done = run(site, "-m", "commonground", "check", "--list", "--json")
    assert done.returncode == 0, done.stderr
    return {one["code"]: one["statement"] for one in json.loads(done.stdout)["guidelines"]}


def test_the_command_lists_the_guideline_of_the_package_beside_those_of_the_product(installed: Path) -> None:
    without, with_it = listed(None), listed(installed)
    assert set(with_it) - set(without) == {"NIGHT-01"}
    assert with_it["NIGHT-01"] == "At least one activity is planned for the night shift."


def test_the_guideline_finds_until_something_is_planned_for_the_night(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("id,name,unit,shift\n1,Ada Brook,Works,night\n")
    for audience, codes in (("level=staff", ["NIGHT-01"]), ("shift=night", [])):
        (tmp_path / "activities.csv").write_text(f"id,kind,unit,audience\nA,talk,Works,{audience}\n")
        done = run(installed, "-m", "commonground", "check", str(tmp_path), "--select", "NIGHT", "--json")
        assert [one["code"] for one in json.loads(done.stdout)["findings"]] == codes


def test_the_technique_of_the_package_stands_in_the_library(installed: Path) -> None:
    without, with_it = (json.loads(run(site, "-c", LIBRARY).stdout) for site in (None, installed))
    known = {**without, **with_it}
    assert with_it["round-at-night"] == ["A round at night", False]
    assert known["sunset"][1] is True


def test_a_package_that_cannot_be_used_is_named_with_its_reason(installed: Path, tmp_path: Path) -> None:
    broken = tmp_path / "site"
    shutil.copytree(installed, broken)
    file = broken / "night_shift" / "techniques" / "round-at-night.toml"
    file.write_text(file.read_text().replace('mark = "M"', 'mark = "sure"'))
    done = run(broken, "-c", LIBRARY)
    assert (
        "The techniques of night_shift.techniques could not be loaded: round-at-night.toml: “sure” is not a value of mark"
        in done.stderr
    )
