"""`commonground survival DATA.csv`: against METHODS.md 4.2, lifelines and pandas, on real data, and what it says to bad sheets."""

import json
import os
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from commonground.cli import app

REAL = Path(os.environ.get("COMMONGROUND_REAL_DATA", "../shared/data"))
run = CliRunner()

TREATED = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+"
PLACEBO = "1 1 2 2 3 4 4 5 5 8 8 8 8 11 11 12 12 15 17 22 23"
TAKES = ("--duration", "weeks", "--event", "relapse")


def written(folder: Path, text: str, name: str = "data.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_text(text, encoding=encoding)
    return path


def asked(path: Path, *words: str) -> dict[str, Any]:
    result = run.invoke(app, ["survival", str(path), *words, "--json"])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def refused(path: Path, *words: str) -> str:
    result = run.invoke(app, ["survival", str(path), *words, "--json"])
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    return result.stderr.strip()


def freireich(folder: Path, separator: str = ",", yes: str = "1", no: str = "0", **how: str) -> Path:
    lines = [separator.join(("arm", "weeks", "relapse"))]
    for arm, text in (("6-MP", TREATED), ("placebo", PLACEBO)):
        lines += [separator.join((arm, word.rstrip("+"), no if "+" in word else yes)) for word in text.split()]
    return written(folder, "\n".join(lines) + "\n", **how)


def test_the_table_of_methods_4_2(tmp_path: Path) -> None:
    answer = asked(freireich(tmp_path), *TAKES, "--group", "arm")
    treated = answer["groups"]["6-MP"]
    assert (treated["n"], treated["events"], treated["median"]) == (21, 9, 23)
    assert [row["time"] for row in treated["curve"]] == [6, 7, 10, 13, 16, 22, 23]
    survival = [0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448]
    assert [row["survival"] for row in treated["curve"]] == pytest.approx(survival, abs=5e-4)
    first, last = treated["curve"][0], treated["curve"][-1]
    assert (first["low"], first["high"]) == (pytest.approx(0.720, abs=5e-4), 1)
    assert (last["low"], last["high"]) == (pytest.approx(0.249, abs=5e-4), pytest.approx(0.807, abs=5e-4))
    assert (first["at_risk"], last["at_risk"], treated["followed_until"]) == (21, 6, 35)
    assert answer["groups"]["placebo"]["median"] == 8
    assert answer["logrank"]["statistic"] == pytest.approx(16.793, abs=5e-4)
    assert answer["logrank"]["df"] == 1
    assert answer["logrank"]["p"] == pytest.approx(4.17e-5, rel=5e-3)


@pytest.mark.parametrize(
    ("yes", "no", "how"),
    [
        ("true", "false", {}),
        ("Yes", "No", {"separator": ";"}),
        ("1.0", "0.0", {"separator": "\t", "encoding": "utf-16"}),
        ("TRUE", "FALSE", {"encoding": "utf-8-sig"}),
    ],
)
def test_any_writing_gives_the_same(tmp_path: Path, yes: str, no: str, how: dict[str, str]) -> None:
    plain = asked(freireich(tmp_path), *TAKES, "--group", "arm")
    assert asked(freireich(tmp_path, yes=yes, no=no, **how), *TAKES, "--group", "ARM") == plain


def test_without_groups_there_is_one_and_no_comparison(tmp_path: Path) -> None:
    answer = asked(freireich(tmp_path), *TAKES)
    assert list(answer["groups"]) == ["all"]
    assert answer["groups"]["all"]["n"] == 42
    assert answer["logrank"] is None


def test_three_groups_as_lifelines_has_them(tmp_path: Path) -> None:
    lifelines, statistics = import_module("lifelines"), import_module("lifelines.statistics")
    frame = import_module("lifelines.datasets").load_lung()[["time", "status", "ph.ecog"]].dropna()
    frame.to_csv(tmp_path / "lung.csv", index=False)
    answer = asked(tmp_path / "lung.csv", "--duration", "time", "--event", "status", "--group", "ph.ecog")
    test = statistics.multivariate_logrank_test(frame["time"], frame["ph.ecog"], frame["status"])
    assert answer["logrank"]["statistic"] == pytest.approx(test.test_statistic, rel=1e-9)
    assert answer["logrank"]["p"] == pytest.approx(test.p_value, rel=1e-9)
    for name, rows in frame.groupby("ph.ecog"):
        fitted = lifelines.KaplanMeierFitter().fit(rows["time"], rows["status"])
        curve = answer["groups"][str(name)]["curve"]
        told = fitted.survival_function_.loc[[row["time"] for row in curve]].to_numpy()[:, 0]
        assert [row["survival"] for row in curve] == pytest.approx(told, rel=1e-9)


def test_leaving_keeps_the_event_away_for_good(tmp_path: Path) -> None:
    """By hand: of five, one adopts at 1, one leaves at 2, one adopts at 3, two are still followed at 4."""
    sheet = written(tmp_path, "weeks,adopted,left\n1,1,0\n2,0,1\n3,1,0\n4,0,0\n4,0,0\n")
    answer = asked(sheet, "--duration", "weeks", "--event", "adopted", "--competing", "left")["groups"]["all"]
    assert (answer["n"], answer["events"], answer["competing"], answer["median"]) == (5, 2, 1, None)
    assert [row["time"] for row in answer["curve"]] == [1, 2, 3]
    assert [row["incidence"] for row in answer["curve"]] == pytest.approx([0.2, 0.2, 0.4])
    assert [row["competing_incidence"] for row in answer["curve"]] == pytest.approx([0, 0.2, 0.2])
    assert [row["survival"] for row in answer["curve"]] == pytest.approx([0.8, 0.8, 0.6])


def test_nobody_leaving_is_the_plain_curve(tmp_path: Path) -> None:
    path = freireich(tmp_path)
    path.write_text(
        "\n".join(f"{line},{'left' if not at else '0'}" for at, line in enumerate(path.read_text().split()))
    )
    plain, with_none = (
        asked(path, *TAKES, "--group", "arm"),
        asked(path, *TAKES, "--group", "arm", "--competing", "left"),
    )
    assert with_none["logrank"] == plain["logrank"]
    for name, group in plain["groups"].items():
        for one, other in zip(group["curve"], with_none["groups"][name]["curve"], strict=True):
            for key, value in one.items():
                assert other[key] == pytest.approx(value, rel=1e-9), key


def test_for_people_the_finding_stands_first(tmp_path: Path) -> None:
    result = run.invoke(app, ["survival", str(freireich(tmp_path)), *TAKES, "--group", "arm"])
    assert result.exit_code == 0
    assert result.stdout.startswith("Half of 6-MP have come to it after 23.")
    for part in ("30 of 42", "p = 4.2e-05", "44.8 %", "data.csv, 42 rows"):
        assert part in result.stdout


@pytest.mark.parametrize(
    ("text", "words", "parts"),
    [
        ("weeks,relapse\n3,1\n-2,0\n", (), ("data.csv, row 3, column weeks", "“-2” is negative", "0 or more")),
        ("weeks,relapse\n3,1\n\nsoon,0\n", (), ("row 4, column weeks", "“soon” is not a number", "such as 12")),
        ("weeks,relapse\n3,1\nnan,0\n", (), ("row 3, column weeks", "“nan” is not a number")),
        ("weeks,relapse\n3,1\ninf,0\n", (), ("row 3, column weeks", "“inf” is not a number")),
        ("weeks,relapse\n3,1\n,0\n", (), ("row 3, column weeks", "no duration", "take the row out")),
        ("weeks,relapse\n3,1\n4,2\n", (), ("row 3, column relapse", "“2” is neither yes nor no", "Write 1")),
        ("weeks,relapse\n3,1\n4,\n", (), ("row 3, column relapse", "neither yes nor no")),
        ("weeks,relapse\n3,1,9\n4,0\n", (), ("row 2", "3 cells", "quotation marks")),
        ("weeks,relapse\n", (), ("data.csv", "no rows", "one row for each")),
        ("", (), ("data.csv is empty", "Give a sheet")),
        ("weeks,happened\n3,1\n", (), ("no column “relapse”", "“weeks”, “happened”", "--event")),
        ("weeks,relapse\n3,1\n", ("--group", "arm"), ("no column “arm”", "--group")),
        ("weeks,relapse,arm\n3,1,a\n4,0,\n", ("--group", "arm"), ("row 3, column arm", "no group", "take the row out")),
        ("weeks,relapse,left\n3,1,1\n", ("--competing", "left"), ("row 2, column relapse", "“left”", "came first")),
    ],
)
def test_a_bad_sheet_gets_one_sentence(
    tmp_path: Path, text: str, words: tuple[str, ...], parts: tuple[str, ...]
) -> None:
    said = refused(written(tmp_path, text), *TAKES, *words)
    assert "\n" not in said
    for part in parts:
        assert part in said


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert "cannot be opened" in refused(tmp_path / "nothing.csv", *TAKES)


def real(path: str) -> Path:
    file = REAL / path
    if not file.exists():
        pytest.skip(f"{file} is not there: name the folder of real data in COMMONGROUND_REAL_DATA")
    return file


@pytest.mark.real_data
def test_109_of_125_physicians_took_up_the_drug_and_16_had_not_yet(tmp_path: Path) -> None:
    """Non-adopters are coded one period after the last month, 17: reading that as adoption is the trap."""
    frame = import_module("pandas").read_csv(real("adoption_medinnovations/nodes.csv"))
    frame["adopted"] = frame["toa"] <= 17
    frame["months"] = frame["toa"].clip(upper=17)
    frame[["city", "months", "adopted"]].to_csv(tmp_path / "drug.csv", index=False)
    whole = asked(tmp_path / "drug.csv", "--duration", "months", "--event", "adopted")["groups"]["all"]
    assert (whole["n"], whole["events"], whole["median"]) == (125, 109, 7)
    assert whole["curve"][-1]["survival"] == pytest.approx(16 / 125)
    cities = asked(tmp_path / "drug.csv", "--duration", "months", "--event", "adopted", "--group", "city")
    test = import_module("lifelines.statistics").multivariate_logrank_test(
        frame["months"], frame["city"], frame["adopted"]
    )
    assert cities["logrank"]["statistic"] == pytest.approx(test.test_statistic, rel=1e-9)


@pytest.mark.real_data
def test_won_share_and_median_days_by_regional_office_equal_pandas(tmp_path: Path) -> None:
    """Of closed opportunities, lost is what keeps won away: the share won at the end is won ÷ (won + lost)."""
    pandas = import_module("pandas")
    sold = pandas.read_csv(
        real("crm_sales_opportunities/sales_pipeline.csv"), parse_dates=["engage_date", "close_date"]
    )
    sold = sold.merge(pandas.read_csv(real("crm_sales_opportunities/sales_teams.csv")), on="sales_agent")
    closed = sold[sold["deal_stage"].isin(["Won", "Lost"])].copy()
    assert (closed["deal_stage"] == "Won").sum() == 4238
    closed["days"] = (closed["close_date"] - closed["engage_date"]).dt.days
    closed["won"], closed["lost"] = closed["deal_stage"] == "Won", closed["deal_stage"] == "Lost"
    closed["closed"] = True
    closed.to_csv(tmp_path / "closed.csv", index=False)
    office = ("--duration", "days", "--group", "regional_office")
    days = asked(tmp_path / "closed.csv", *office, "--event", "closed")["groups"]
    ends = asked(tmp_path / "closed.csv", *office, "--event", "won", "--competing", "lost")["groups"]
    for name, rows in closed.groupby("regional_office"):
        assert days[name]["n"] == len(rows)
        assert days[name]["median"] == rows["days"].median()
        assert ends[name]["curve"][-1]["incidence"] == pytest.approx(rows["won"].mean(), abs=1e-9)
        assert ends[name]["events"] == rows["won"].sum()
