"""`commonground forecast SERIES`: answers and refusals of FORMATS, from every kind of sheet, and the physicians end to end."""

import csv
import json
import os
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

from commonground.cli import app

REAL = Path(os.environ.get("COMMONGROUND_REAL_DATA", "../shared/data"))
run = CliRunner()
NAMES = ("p10", "p25", "p50", "p75", "p90")


def sheet(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    file = folder / "series.csv"
    file.write_bytes(text.encode(encoding))
    return file


def course(count: int = 30) -> list[float]:
    return [round(0.9 / (1 + np.exp(-0.2 * (at - 20))), 4) for at in range(count)]


def asked(file: Path, *words: str) -> dict[str, Any]:
    done = run.invoke(app, ["forecast", str(file), "--json", *words])
    assert done.exit_code == 0, done.output
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def refused(file: Path, *words: str) -> str:
    done = run.invoke(app, ["forecast", str(file), "--json", *words])
    assert done.exit_code == 2, done.output
    assert not done.stdout
    return done.stderr.strip()


def test_a_share_has_all_promised_keys_and_24_further_times(tmp_path: Path) -> None:
    rows = "".join(f"{at},{share}\n" for at, share in enumerate(course()))
    answer = asked(sheet(tmp_path, "time,share\n" + rows))
    assert answer["enough_data"] is True
    assert answer["why"] == ""
    assert [row["time"] for row in answer["path"]] == list(range(30, 54))
    for row in answer["path"]:
        values = [row[name] for name in NAMES]
        assert values == sorted(values)
    assert set(answer["reaches"]) == {"0.5", "0.8", "0.9"}
    assert all(set(when) == {"low", "mid", "high"} for when in answer["reaches"].values())
    assert sum(answer["weights"].values()) == pytest.approx(1, abs=0.001)
    assert "score" not in answer


def test_later_rows_are_forecast_and_scored(tmp_path: Path) -> None:
    rows = "".join(f"{at},{share}\n" for at, share in enumerate(course()))
    answer = asked(sheet(tmp_path, "time,share\n" + rows), "--until", "19", "--score")
    assert [row["time"] for row in answer["path"]] == list(range(20, 30))
    assert set(answer["score"]) == {"crps", "pinball", "coverage50", "coverage80", "coverage95", "n"}
    assert answer["score"]["n"] == 10
    assert answer["score"]["crps"] < 0.1


def test_later_rows_are_not_used(tmp_path: Path) -> None:
    """What comes after --until may be anything: the path stays."""
    shares = course()
    text = "time,share\n" + "".join(f"{at},{share}\n" for at, share in enumerate(shares[:20]))
    one = asked(sheet(tmp_path, text + "20,0.9\n21,0.95\n"), "--until", "19")
    two = asked(sheet(tmp_path, text + "20,0.0\n21,0.1\n"), "--until", "19")
    assert one == two


@pytest.mark.parametrize(
    ("times", "further"),
    [
        ([f"{2023 + at // 12}-{at % 12 + 1:02}" for at in range(14)], ["2024-03", "2024-04"]),
        ([f"{2023 + at // 12}-{at % 12 + 1:02}-01" for at in range(14)], ["2024-03-01", "2024-04-01"]),
        ([f"2025-W{at:02}" for at in range(40, 53)], ["2026-W01", "2026-W02"]),
        ([f"{at:02}.03.2025" for at in range(10, 24)], ["2025-03-24", "2025-03-25"]),
        ([str(1990 + at) for at in range(14)], [2004, 2005]),
        (["0.5", "1", "2.5", "3", "4", "5", "6.5", "8"], [9, 10]),
    ],
)
def test_times_may_be_numbers_days_weeks_or_months_evenly_spaced_or_not(
    tmp_path: Path, times: list[str], further: list[Any]
) -> None:
    rows = "".join(f"{time};{share}\n" for time, share in zip(times, course(), strict=False))
    answer = asked(sheet(tmp_path, "Date;Share\n" + rows, "utf-16"))
    assert [row["time"] for row in answer["path"][:2]] == further


def test_percent_with_their_sign_and_decimal_commas_are_read(tmp_path: Path) -> None:
    plain = asked(sheet(tmp_path, "time,share\n" + "".join(f"{at},{share}\n" for at, share in enumerate(course(12)))))
    percent = "".join(f"{at};{100 * share:.2f} %\n".replace(".", ",") for at, share in enumerate(course(12)))
    done = run.invoke(app, ["forecast", str(sheet(tmp_path, "time;share\n" + percent)), "--json"])
    assert json.loads(done.stdout)["path"] == plain["path"]
    assert "read as percent" in done.stderr


def test_too_little_is_not_enough_data_yet(tmp_path: Path) -> None:
    answer = asked(sheet(tmp_path, "time,share\n1,.1\n2,.2\n3,.3\n"))
    assert answer["enough_data"] is False
    assert answer["path"] == []
    assert answer["why"] == "Not enough data yet: 3 times of at least 6 that a forecast needs."
    assert answer["reaches"]["0.5"] == {"low": None, "mid": None, "high": None}
    words = run.invoke(app, ["forecast", str(tmp_path / "series.csv")])
    assert words.exit_code == 0
    assert "Not enough data yet" in words.stdout


def test_without_json_the_finding_stands_first(tmp_path: Path) -> None:
    rows = "".join(f"{at},{share}\n" for at, share in enumerate(course()))
    done = run.invoke(app, ["forecast", str(sheet(tmp_path, "time,share\n" + rows)), "--until", "18", "--score"])
    assert done.exit_code == 0
    assert done.stdout.startswith("Most likely course: 50 % by ")
    assert "Scored on 11 later rows" in done.stdout


def test_a_population_that_is_not_told_is_guessed_and_said(tmp_path: Path) -> None:
    file = sheet(
        tmp_path, "time,adopters\n" + "".join(f"{at},{new}\n" for at, new in enumerate((3, 5, 9, 12, 20, 24, 22, 15)))
    )
    done = run.invoke(app, ["forecast", str(file), "--json"])
    assert "--population N" in done.stderr
    assert json.loads(done.stdout)["population"] >= 110
    assert asked(file, "--population", "400")["population"] == 400


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("time,share\n1,.2\n2,1.4\n", "series.csv, row 3, column share: 1.4 is above 1."),
        ("time,share\n1,.2\n3,.4\n2,.5\n", "series.csv, row 4, column time: 2 is earlier than the row before."),
        ("time,share\n1,.2\n1,.4\n", "series.csv, row 3, column time: 1 is there already."),
        (
            "time,share\n1,.2\nsoon,.4\n",
            "series.csv, row 3, column time: “soon” is not a number as the other rows have.",
        ),
        ("time,share\n1,.2\n,.4\n", "series.csv, row 3, column time: it has no time."),
        ("time,share\n1,.2\n2,half\n", "series.csv, row 3, column share: “half” is not a number."),
        ("time,adopters\n1,4\n2,-3\n", "series.csv, row 3, column adopters: -3 is below 0."),
        ("time,share,adopters\n1,.2,3\n", "series.csv has a column of adopters and one of shares."),
        ("time,value\n1,.2\n", "series.csv has neither a column “share”"),
        ("share\n.2\n", "series.csv has no column “time”."),
        ("time,share\n", "series.csv has headers and no rows."),
        ("time,share\n1,\n2,\n", "series.csv, column share: it holds no numbers."),
        ("", "series.csv is empty."),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place_and_a_remedy(tmp_path: Path, text: str, told: str) -> None:
    sentence = refused(sheet(tmp_path, text))
    assert sentence.startswith(told)
    assert len(sentence.splitlines()) == 1
    assert len(sentence) > len(told) + 10  # a remedy follows


def test_options_that_do_not_fit_are_refused(tmp_path: Path) -> None:
    adopters = sheet(tmp_path, "time,adopters\n" + "".join(f"{at},10\n" for at in range(8)))
    assert "80 adopters are more than the population of 60" in refused(adopters, "--population", "60")
    assert "cannot be" in refused(adopters, "--population", "-1") or "is none" in refused(
        adopters, "--population", "-1"
    )
    assert "nothing can be scored" in refused(adopters, "--population", "90", "--score")
    assert "“march” is not a time" in refused(adopters, "--population", "90", "--until", "march")
    share = sheet(tmp_path, "time,share\n1,.2\n2,.3\n")
    assert "need no --population" in refused(share, "--population", "90")
    assert "cannot be opened" in refused(tmp_path / "nothing.csv")


def test_numbers_beyond_what_can_be_are_refused(tmp_path: Path) -> None:
    adopters = sheet(tmp_path, "time,adopters\n" + "".join(f"{at},3\n" for at in range(12)))
    for population in ("inf", "1e30"):
        assert "than there are people on earth. Correct --population." in refused(adopters, "--population", population)
    crowds = sheet(tmp_path, "time,adopters\n" + "".join(f"{at},1e300\n" for at in range(12)))
    assert "column adopters" in refused(crowds)
    late = sheet(tmp_path, "time,share\n" + "".join(f"{9990 + at}-01-01,{at / 20}\n" for at in range(10)))
    assert "go beyond the year 9999" in refused(late)


@pytest.mark.real_data
def test_the_physicians_are_forecast_from_the_ninth_month(tmp_path: Path) -> None:
    """Coleman, Katz & Menzel, 1966: 109 of 125 adopted within 17 months, the median in the seventh among them; 18 is never."""
    with (REAL / "adoption_medinnovations" / "nodes.csv").open(encoding="utf-8", newline="") as lines:
        months = Counter(int(float(row["toa"])) for row in csv.DictReader(lines))
    assert sum(months.values()) - months[18] == 109
    rows = "".join(f"{month},{months[month]}\n" for month in range(1, 18))
    answer = asked(sheet(tmp_path, "time,adopters\n" + rows), "--population", "125", "--until", "9", "--score")
    assert [row["time"] for row in answer["path"]] == list(range(10, 18))
    last = answer["path"][-1]
    assert last["p025"] <= 109 / 125 <= last["p975"]
    assert answer["score"]["crps"] < 0.05
    assert answer["reaches"]["0.5"]["mid"] == 7
