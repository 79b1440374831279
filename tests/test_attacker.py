"""An attacker in four roles who asks a hundred thousand times, each time for what promises to tell more, and solves all that was found.

Against the product nobody's answer and no small group's follows. The same attacker, with the gate replaced by a rule that looks at two
groups at a time, learns how people answered. Reported: requests, bodies that differ, equations, seconds.
"""

import logging
from collections.abc import Iterator
from pathlib import Path
from time import process_time
from typing import Any

import pytest

from commonground.analysis.assessment.cells import Gated
from commonground.assessments import closing
from commonground.assessments.in_days import CLOSED
from commonground.assessments.models import Round
from tests import attacker_scene
from tests.attacker import Attacker
from tests.attacker_beside import from_ownership, from_pace, from_response
from tests.attacker_commands import beyond_the_pages
from tests.attacker_knowing import Known, Wave, by_counts, by_sums, few, if_nobody_changed
from tests.attacker_scene import PROUD, SURE, Scene
from tests.cast import Cast

ROLES = ("erin", "dan", "alice", "frank")  # employee, unit manager of several units, change lead, auditor
REQUESTS, FEWER = 100_000, 1_500
PAGES = (
    "", "assessments/", "assessments/culture/", "pace/", "ownership/", "voices/", "voices/figures/", "released/", "privacy/", "held/",
    "team-sheet/",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def attacked(scene: Scene, requests: int) -> Attacker:
    cast = scene.cast
    ids = (str(unit.pk) for unit in cast.units.values())
    words = {
        *cast.units,
        *ids,
        *(str(one.name) for one in cast.levels.values()),
        "unit",
        "level",
        "unit×level",
        "front_office",
    }
    attacker = Attacker({name: cast.played[name] for name in ROLES}, cast.program, tuple(sorted(words)))
    attacker.begin(f"/{cast.program.slug}/{page}" for page in PAGES)
    attacker.go(requests)
    return attacker


def lines_at(scene: Scene, attacker: Attacker, page: str) -> list[dict[str, str]]:
    """The lines of a file, of whatever role and query."""
    path = f"/{scene.cast.program.slug}/{page}"
    found = [
        dict(zip(head, one, strict=True)) for (at, head), rows in attacker.rows.items() if at == path for one in rows
    ]
    assert found, f"the attacker has not found {path}"
    return found


def waves(scene: Scene, attacker: Attacker) -> list[Wave]:
    return [Wave(scene, row, lines_at(scene, attacker, f"assessments/{row.pk}/results/")) for row in scene.rounds]


def beside(scene: Scene, attacker: Attacker) -> tuple[list[Known], int]:
    weeks = [line for line in lines_at(scene, attacker, f"pace/{scene.behaviour.pk}/") if "week" in line]
    parts = (
        from_pace(scene, weeks),
        from_ownership(scene, lines_at(scene, attacker, "ownership/")),
        from_response(scene),
    )
    assert all(many for _, many in parts), "pace, ownership and response tell something each"
    return [one for found, _ in parts for one in found], sum(many for _, many in parts)


def exports(scene: Scene, attacker: Attacker, folder: Path) -> tuple[list[str], int]:
    """What the command line writes for each role and no page tells."""
    answered = {}
    for row in Round.objects.filter(state=CLOSED):
        lines = lines_at(scene, attacker, f"assessments/{row.pk}/results/")
        answered |= {
            str(row.pk): line["answered"] for line in lines if line["table"] == "whole" and line["shown"] == "yes"
        }
    pace = [line for line in lines_at(scene, attacker, f"pace/{scene.behaviour.pk}/") if "week" in line]
    return beyond_the_pages(scene, ROLES, answered, pace, folder)


def learned(scene: Scene, known: list[Wave]) -> tuple[list[Known], int]:
    found: list[Known] = []
    equations = 0
    for wave in known:
        people = {kind: wave.answered([kind]) for kind in wave.invited}
        found += by_sums(wave.told(), few(people, list(wave.cells.values())))
        more, many, _ = by_counts(wave)
        found, equations = found + more, equations + many
    return found + if_nobody_changed(scene, known[2], known[3]), equations


@pytest.mark.slow
def test_a_hundred_thousand_requests_determine_nobodys_answer(
    cast: Cast, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    scene = attacker_scene.make(cast)
    begin = process_time()
    attacker = attacked(scene, REQUESTS)
    asked = process_time() - begin
    found, equations = learned(scene, waves(scene, attacker))
    more, others = beside(scene, attacker)
    found, equations = found + more, equations + others
    beyond, compared = exports(scene, attacker, tmp_path)
    with capsys.disabled():
        print(  # noqa: T201 - the figures that the docs tell
            f"\n{attacker.requests:,} requests in {asked:.0f} s of processor time, {attacker.whole:,} of them whole pages; "
            f"{len(attacker.bodies):,} bodies differ, the last new one at request {attacker.last_new:,}; {equations:,} equations, "
            f"{compared:,} rows of exports; solved in {process_time() - begin - asked:.0f} s"
        )
    assert found == []
    assert beyond == []
    assert compared > 100
    assert attacker.requests >= REQUESTS
    assert len(attacker.bodies) > 300
    assert equations > 2_000


def pairwise(cells: Any, invited: Any, answered: Any, questions: Any, *, threshold: int, **_: Any) -> Gated:
    """What a plain survey does: groups of enough people, no two of which differ by fewer."""
    people = {cell.name: sum(answered.get(atom, 0) for atom in cell.atoms) for cell in cells}
    shown: list[Any] = []
    for cell in sorted(cells, key=lambda cell: -people[cell.name]):
        apart = (
            sum(answered.get(atom, 0) for atom in other.atoms - cell.atoms)
            for other in shown
            if cell.atoms < other.atoms
        )
        if people[cell.name] >= threshold and all(one == 0 or one >= threshold for one in apart):
            shown.append(cell)
    names = tuple(cell.name for cell in shown)
    return Gated(names, dict.fromkeys(questions, frozenset(names)), {})


@pytest.mark.slow
def test_the_same_attacker_wins_against_a_rule_for_two_groups_at_a_time(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(closing, "gate", pairwise)
    scene = attacker_scene.make(cast)
    known = waves(scene, attacked(scene, FEWER))
    found, _ = learned(scene, known)
    assert any(one.what.startswith(f"{SURE}: all of") for one in found), f"{PROUD} has given itself away"
    assert any("the sum of so few follows" in one.what for one in if_nobody_changed(scene, known[2], known[3]))
