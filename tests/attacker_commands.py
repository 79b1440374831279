"""What the command line tells an attacker: what `commonground export` writes for each role must stand on a page or in a file already."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from typer.testing import CliRunner

from commonground.assessments.models import ResponseDay
from commonground.cli import app
from tests.attacker_knowing import Line
from tests.attacker_scene import Scene

ABOUT_PEOPLE = ("pace", "response", "rounds")


def exported(scene: Scene, role: str, folder: Path) -> dict[str, list[Line]]:
    """The sheets about groups of people that the command writes for somebody."""
    words = ["export", str(folder), "--program", scene.cast.program.slug, "--as", scene.cast.played[role].user.username]
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 0, done.output
    found = {}
    for name in ABOUT_PEOPLE:
        with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as sheet:
            found[name] = list(csv.DictReader(sheet))
        assert found[name], f"{name}.csv has no row, so nothing is held against the pages"
    return found


def beyond_the_pages(
    scene: Scene, roles: Iterable[str], answered: Mapping[str, str], pace: Sequence[Line], folder: Path
) -> tuple[list[str], int]:
    """What an export tells that no page told, in words; and how many rows were compared.

    answered: round → how many answered, as its page tells. pace: lines of the page of the behaviour.
    """
    weeks = {_week(line["group"] if line["kind"] == "unit" else "", line) for line in pace if line["week"]}
    days = {(f"{one['share']:g}", one["key"]) for day in ResponseDay.objects.all() for one in day.data}
    found, compared = [], 0
    for role in roles:
        sheets = exported(scene, role, folder / role)
        compared += sum(map(len, sheets.values()))
        found += [f"{role}: {words}" for words in _new(sheets, weeks, days, answered)]
    return found, compared


def _week(unit: str, line: Line) -> tuple[str, ...]:
    return unit, *(line[name] for name in ("week", "new", "old", "neither", "people"))


def _new(
    sheets: Mapping[str, Sequence[Line]],
    weeks: set[tuple[str, ...]],
    days: set[tuple[str, str]],
    answered: Mapping[str, str],
) -> Iterator[str]:
    for line in sheets["pace"]:
        if _week(line["unit"], line) not in weeks:
            yield f"pace {line}"
    for line in sheets["response"]:
        if (f"{float(line['share']):g}", line["unit"]) not in days:
            yield f"response {line}"
    for line in sheets["rounds"]:
        if line["answered"] and answered.get(line["id"]) != line["answered"]:
            yield f"rounds {line}"
