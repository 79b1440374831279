"""`commonground assess ANSWERS.csv`: FORMATS' keys, METHODS.md 1.1 and 7, what is held back, and what it says to bad files."""

import json
import re
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

from commonground.cli import app

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples" / "assessment"
run = CliRunner()

READINESS = (
    'name = "readiness"\noptions = 5\n[[scale]]\nname = "commitment"\nitems = ["c1", "c2", "c3"]\nreversed = ["c3"]\n'
)


def written(folder: Path, text: str, name: str = "answers.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_text(text, encoding=encoding)
    return path


def asked(path: Path, instrument: str, *words: str) -> dict[str, Any]:
    result = call(path, instrument, *words)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def call(path: Path, instrument: str, *words: str) -> Any:
    toml = written(path.parent, instrument, "instrument.toml")
    return run.invoke(app, ["assess", str(path), "--instrument", str(toml), *words, "--json"])


def refused(path: Path, instrument: str, *words: str) -> str:
    result = call(path, instrument, *words)
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    return result.stderr.strip()


def scales(**items: int) -> str:
    """An instrument of so many items a scale, called by its letter and a number."""
    parts = [f'[[scale]]\nname = "{name}"\nitems = {[f"{name}{at}" for at in range(n)]}' for name, n in items.items()]
    return "options = 5\n" + "\n".join(parts)


def sheet(rows: np.ndarray, headers: list[str], groups: list[str] | None = None) -> str:
    """Answers as CSV, with a first column `unit` where groups are given."""
    lines = [",".join(["unit", *headers] if groups else headers)]
    for at, row in enumerate(rows):
        lines.append(
            ",".join(([groups[at]] if groups else []) + [f"{one:g}" if np.isfinite(one) else "" for one in row])
        )
    return "\n".join(lines) + "\n"


def answers(sizes: dict[str, int], seed: int = 1, items: int = 3) -> tuple[np.ndarray, list[str]]:
    drawn = np.random.default_rng(seed)
    middle = np.concatenate([drawn.normal(3 + at / 4, 0.9, n) for at, n in enumerate(sizes.values())])
    rows = np.clip(np.round(middle[:, None] + drawn.normal(0, 0.6, (len(middle), items))), 1, 5)
    return rows, [name for name, n in sizes.items() for _ in range(n)]


def test_two_facets_of_methods_1_1(tmp_path: Path) -> None:
    """ORIC: efficacy 4,4,3,4,3,4,2 → 3.4286; commitment 4,5,4,4,4 → 4.2."""
    row = np.array([[4, 4, 3, 4, 3, 4, 2, 4, 5, 4, 4, 4]])
    instrument = scales(e=7, c=5)
    found = asked(
        written(tmp_path, sheet(row, [f"e{at}" for at in range(7)] + [f"c{at}" for at in range(5)])), instrument
    )
    assert found["scales"]["e"]["mean"] == pytest.approx(3.4286, abs=5e-5)
    assert found["scales"]["c"]["mean"] == pytest.approx(4.2)
    assert (found["scales"]["e"]["items"], found["scales"]["e"]["n"], found["groups"], found["left_out"]) == (
        7,
        1,
        {},
        0,
    )


def test_shrout_and_fleiss_of_methods_7_3(tmp_path: Path) -> None:
    """Six people, four items on 1 to 10: alpha .9093. As six groups of four answers to one item: ICC(1) .166, ICC(2) .443."""
    table = np.array([(9, 2, 5, 8), (6, 1, 3, 2), (8, 4, 6, 8), (7, 1, 2, 6), (10, 5, 6, 9), (6, 2, 4, 7)])
    ten = scales(x=4).replace("options = 5", "options = 10")
    found = asked(written(tmp_path, sheet(table, ["x0", "x1", "x2", "x3"])), ten)
    assert found["scales"]["x"]["alpha"] == pytest.approx(0.9093, abs=5e-5)
    one = scales(x=1).replace("options = 5", "options = 10")
    twice = np.repeat(table, 2, axis=1).reshape(-1, 1)  # eight in each group, so that they may be shown
    found = asked(written(tmp_path, sheet(twice, ["x0"], [f"g{at // 8}" for at in range(48)])), one, "--group", "unit")
    between, within = 2 * 11.2417, 2 * 6.2639 * 18 / 42
    assert found["left_out"] == 0
    assert found["scales"]["x"]["icc1"] == pytest.approx((between - within) / (between + 7 * within), abs=1e-4)
    assert found["scales"]["x"]["icc2"] == pytest.approx(1 - within / between, abs=1e-4)
    assert found["scales"]["x"]["alpha"] is None


def test_agreement_and_top_box_of_methods_7_3(tmp_path: Path) -> None:
    """[4,4,5,5,4] → rWG .85; 7 of 10 at the top: .3968 to .8922."""
    group = np.array([[4], [4], [5], [5], [4]])
    other = np.array([[1], [5], [3], [2], [4]])
    text = sheet(np.vstack([group, other]), ["x0"], ["a"] * 5 + ["b"] * 5)
    found = asked(written(tmp_path, text), scales(x=1), "--group", "unit")
    assert found["groups"]["a"]["x"] == {"n": 5, "mean": 4.4, "rwg_j": pytest.approx(0.85), "may_average": True}
    ten = np.array([[5]] * 4 + [[4]] * 3 + [[3]] * 2 + [[1]])
    found = asked(written(tmp_path, sheet(ten, ["x0"])), scales(x=1))["scales"]["x"]
    assert (found["top_box"], found["n"]) == (0.7, 10)
    assert (found["top_box_low"], found["top_box_high"]) == pytest.approx((0.3968, 0.8922), abs=5e-5)


def test_reversed_items_missing_answers_and_any_writing(tmp_path: Path) -> None:
    """By hand: 4, 5 and a turned 1 → 14/3; two of three are enough; one of three is not."""
    text = "C1;c2;c3;note\n4;5;1;x\n4.0;n/a;2;x\n3;;;x\n"
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        found = asked(written(tmp_path, text, encoding=encoding), READINESS)["scales"]["commitment"]
        assert (found["n"], found["items"]) == (2, 3)
        assert found["mean"] == pytest.approx((14 / 3 + 4) / 2)
    all_of_them = asked(written(tmp_path, text), READINESS + "minimum = 3\n")["scales"]["commitment"]
    assert (all_of_them["n"], all_of_them["mean"]) == (1, pytest.approx(14 / 3))


@pytest.mark.parametrize(
    ("sizes", "threshold", "shown"),
    [
        ({"A": 8, "B": 7, "C": 2, "D": 5, "E": 1}, 5, {"A", "B"}),
        ({"A": 12, "B": 9, "C": 4}, 5, {"A"}),
        ({"A": 12, "B": 9, "C": 4, "D": 3}, 5, {"A", "B"}),
        ({"all but one": 8, "the ninth": 1}, 5, set()),
        ({"A": 12, "B": 9, "C": 7}, 8, {"A"}),
    ],
)
def test_small_groups_and_what_gives_them_away(
    tmp_path: Path, sizes: dict[str, int], threshold: int, shown: set[str]
) -> None:
    """METHODS 7.1, the remainder rule and the ninth of nine."""
    rows, groups = answers(sizes)
    path = written(tmp_path, sheet(rows, ["x0", "x1", "x2"], groups))
    found = asked(path, scales(x=3), "--group", "unit", "--threshold", str(threshold))
    assert {name for name, of in found["groups"].items() if "suppressed" not in of} == shown
    assert all(of == {"suppressed": True} for name, of in found["groups"].items() if name not in shown)
    assert found["left_out"] == len(sizes) - len(shown)
    assert found["scales"]["x"]["mean"] == pytest.approx(rows.mean())


def test_no_difference_of_what_is_told_is_about_fewer_than_five(tmp_path: Path) -> None:
    """Over made sheets with groups of all sizes: the whole less any shown groups leaves nobody, or at least five."""
    drawn = np.random.default_rng(9)
    for seed in range(12):
        sizes = {f"g{at}": int(n) for at, n in enumerate(drawn.integers(1, 14, 6))}
        rows, groups = answers(sizes, seed)
        groups = ["" if drawn.random() < 0.03 else one for one in groups]
        found = asked(written(tmp_path, sheet(rows, ["x0", "x1", "x2"], groups)), scales(x=3), "--group", "unit")
        told = [of["x"]["n"] for of in found["groups"].values() if "suppressed" not in of]
        assert min(told, default=5) >= 5
        for count in range(len(told) + 1):
            for some in combinations(told, count):
                assert (found["scales"]["x"]["n"] - sum(some)) == 0 or found["scales"]["x"]["n"] - sum(some) >= 5
        assert found["without_group"] == groups.count("")


def test_a_group_of_one_mind_is_held_back_and_cannot_be_had_from_the_whole(tmp_path: Path) -> None:
    rows, groups = answers({"a": 9, "b": 8, "c": 10})
    rows[9:17] = 5
    found = asked(written(tmp_path, sheet(rows, ["x0", "x1", "x2"], groups)), scales(x=3), "--group", "unit")
    assert found["groups"]["b"] == {"suppressed": True}
    assert found["left_out"] >= 2


def test_a_group_may_be_held_back_in_one_scale_alone(tmp_path: Path) -> None:
    rows, groups = answers({"a": 9, "b": 8, "c": 10}, items=2)
    rows[9:13, 1] = np.nan
    text = sheet(rows, ["x0", "y0"], groups)
    found = asked(written(tmp_path, text), scales(x=1, y=1), "--group", "unit")
    assert found["groups"]["b"]["x"]["n"] == 8
    assert found["groups"]["b"]["y"] == {"suppressed": True}
    assert sum(of["y"] == {"suppressed": True} for of in found["groups"].values()) == found["left_out"] == 2


def test_how_far_groups_are_apart_is_told_of_shown_groups_alone(tmp_path: Path) -> None:
    """Else two hidden groups, whose sizes and common mean are known, would be had from ICC(1)."""
    rows, groups = answers({"a": 20, "b": 2})
    found = asked(written(tmp_path, sheet(rows, ["x0", "x1", "x2"], groups)), scales(x=3), "--group", "unit")
    assert (found["scales"]["x"]["icc1"], found["scales"]["x"]["icc2"], found["left_out"]) == (None, None, 2)


def test_nobody_answered_enough(tmp_path: Path) -> None:
    path = written(tmp_path, "c1,c2,c3\n4,,\n,,2\n")
    found = asked(path, READINESS)["scales"]["commitment"]
    assert found == {"items": 3, "n": 0} | dict.fromkeys(
        ("mean", "alpha", "icc1", "icc2", "rwg_j", "top_box", "top_box_low", "top_box_high")
    )
    text = run.invoke(app, ["assess", str(path), "--instrument", str(path.parent / "instrument.toml")])
    assert "commitment: not enough data yet" in text.stdout


def test_instruments_of_the_library_are_read_as_they_are(tmp_path: Path) -> None:
    ladder = (ROOT / "src/commonground/assessments/ready/ladder.toml").read_text()
    items = re.findall(r'"(\w+\d)"', ladder)
    items = list(dict.fromkeys(items))
    rows, _ = answers({"all": 12}, items=len(items))
    found = asked(written(tmp_path, sheet(rows, items)), ladder)
    assert list(found["scales"]) == ["know", "want", "know_how", "can", "keep"]


@pytest.mark.parametrize(
    ("text", "instrument", "words", "parts"),
    [
        ("c1,c2,c3\n4,5,6\n", READINESS, (), ("answers.csv, row 2, column c3", "“6”", "1 to 5")),
        ("c1,c2,c3\n4,5,2\n4,2.5,1\n", READINESS, (), ("row 3, column c2", "“2.5”", "leave it empty")),
        ("c1,c2,c3\n4,agree,2\n", READINESS, (), ("row 2, column c2", "“agree” is no answer")),
        ("c1,c2\n4,5\n", READINESS, (), ("answers.csv, row 1", "no column “c3”", "“c1”, “c2”")),
        ("c1,c2,c3\n", READINESS, (), ("answers.csv", "no rows", "one row for each person")),
        ("", READINESS, (), ("answers.csv is empty",)),
        ("c1,c2,c3\n4,5,2,7\n4,5,2\n", READINESS, (), ("row 2", "4 cells")),
        ("c1,c2,c3\n4,5,2\n", READINESS, ("--group", "unit"), ("no column “unit”", "--group")),
        ("c1,c2,c3\n4,5,2\n", READINESS, ("--threshold", "4"), ("--threshold 4", "5 or more")),
        (
            "c1,c2,c3\n4,5,2\n",
            READINESS.replace("reversed", "reverse"),
            (),
            ("instrument.toml", "Did you mean reversed"),
        ),
        ("c1,c2,c3\n4,5,2\n", "options = ", (), ("instrument.toml is not TOML",)),
        ("c1,c2,c3\n4,5,2\n", "options = 5\n", (), ("instrument.toml", "no scale", "[[scale]]")),
    ],
)
def test_a_bad_file_gets_one_sentence(
    tmp_path: Path, text: str, instrument: str, words: tuple[str, ...], parts: tuple[str, ...]
) -> None:
    said = refused(written(tmp_path, text), instrument, *words)
    assert "\n" not in said
    for part in parts:
        assert part in said


def test_files_that_are_not_there(tmp_path: Path) -> None:
    assert "cannot be opened" in refused(tmp_path / "nothing.csv", READINESS)
    there = written(tmp_path, "c1,c2,c3\n4,5,2\n")
    result = run.invoke(app, ["assess", str(there), "--instrument", str(tmp_path / "nothing.toml")])
    assert (result.exit_code, "nothing.toml cannot be opened" in result.stderr) == (2, True)


def test_the_page_shows_what_the_command_prints() -> None:
    words = ["assess", str(EXAMPLE / "answers.csv"), "--instrument", str(EXAMPLE / "readiness.toml"), "--group", "unit"]
    printed = run.invoke(app, words, env={"COLUMNS": "200"}).stdout
    page = (ROOT / "docs" / "how-to" / "score-an-assessment.md").read_text()
    shown = re.findall(r"^    ((?:commitment|efficacy): .+)$", page, re.MULTILINE)
    assert len(shown) == 2
    assert [line for line in shown if line not in printed] == []
    for line in (EXAMPLE / "readiness.toml").read_text().splitlines():
        assert line in page
    assert re.search(r"Billing +11 +3\.06 +0\.89 +11 +\(2\.96\)", printed)
    assert re.search(r"Board office +held back +held back", printed)
    assert re.search(r"Field service +held back +held back", printed)
    assert "2 groups are held back" in printed
