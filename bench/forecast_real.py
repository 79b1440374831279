"""The real series at hand, and what is reported of them: no limit, for they are few; they are not tuned to."""

import csv
import os
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from bench.forecast_made import Made

FOLDER = Path(os.environ.get("COMMONGROUND_REAL_DATA", Path(__file__).parent.parent.parent / "shared" / "data"))
FIRST, LAST = 3, 3  # origins from a third of the series to all but three times


def real_series() -> Iterable[tuple[str, list[tuple[str, Made]]]]:
    """Name of the series, and one job for each origin."""
    for name, made in (*_physicians(), *_sales()):
        length = len(made.times)
        cuts = range(max(6, length // FIRST), length - LAST + 1)
        yield name, [(name, made._replace(cut=cut)) for cut in cuts]


def _rows(*path: str) -> list[dict[str, str]]:
    file = FOLDER.joinpath(*path)
    if not file.exists():
        print(f"{file.name} is not there: left out")
        return []
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _physicians() -> Iterable[tuple[str, Made]]:
    """First prescription of a new drug by month, whole and by city (Coleman, Katz & Menzel, 1966); month 18 is never."""
    rows = _rows("adoption_medinnovations", "nodes.csv")
    for city in ("", "1.0", "2.0", "3.0", "4.0"):
        some = [row for row in rows if city in ("", row["city"])]
        if some:
            counted = Counter(int(float(row["toa"])) for row in some)
            new = np.array([counted[month] for month in range(1, 18)], float)
            name = f"physicians{', city ' + city[0] if city else ''}"
            yield name, Made(np.arange(1.0, 18.0), new.cumsum() / len(some), None, new, float(len(some)), 0)


def _sales() -> Iterable[tuple[str, Made]]:
    """Share won of opportunities closed in a week, and share of those engaged in a week that are of the newest series."""
    rows = _rows("crm_sales_opportunities", "sales_pipeline.csv")
    offices = {
        row["sales_agent"]: row["regional_office"] for row in _rows("crm_sales_opportunities", "sales_teams.csv")
    }
    for office in ("", *sorted(set(offices.values()))):
        some = [row for row in rows if office in ("", offices.get(row["sales_agent"]))]
        where = f", {office}" if office else ""
        closed = [(row["close_date"], row["deal_stage"] == "Won") for row in some if row["close_date"]]
        engaged = [(row["engage_date"], row["product"].startswith("GTX")) for row in some if row["engage_date"]]
        for name, pairs in (("won by week of closing", closed), ("GTX by week of engaging", engaged)):
            if pairs:
                yield name + where, _weekly(pairs)


def _weekly(pairs: Sequence[tuple[str, bool]]) -> Made:
    days = np.array([day for day, _ in pairs], "datetime64[D]").astype(int)
    weeks, hits = (days - 4) // 7, np.array([hit for _, hit in pairs], float)
    weeks -= weeks.min()
    n = np.bincount(weeks).astype(float)
    held = n > 4
    share = np.bincount(weeks, hits)[held] / n[held]
    return Made(np.arange(len(n), dtype=float)[held], share, n[held], None, None, 0)


def report(told: Sequence[tuple[str, Sequence[Any]]], names: Sequence[str]) -> None:
    """Mean CRPS of each series over its origins, and by how much less ours is than each peer's: paired bootstrap over series."""
    if not told:
        return
    print(
        f"\nreal series, mean CRPS × 100 over origins\n{'series':36}{'origins':>8}"
        + "".join(f"{one[:14]:>16}" for one in names)
    )
    means = np.array([[np.mean([one.crps[name] for one in some]) for name in names] for _, some in told])
    for (name, some), row in zip(told, means, strict=True):
        inside = np.mean([one.inside for one in some], axis=0)
        shares = ", ".join(f"{100 * one:.0f}" for one in inside)
        print(
            f"{name:36}{len(some):>8}"
            + "".join(f"{100 * one:16.3f}" for one in row)
            + f"   inside 50, 80, 95 %: {shares}"
        )
    rng = np.random.default_rng(1)
    chosen = rng.integers(len(means), size=(10_000, len(means)))
    for at, name in enumerate(names[1:], 1):
        ratio = np.exp(np.log(means[:, 0] / means[:, at])[chosen].mean(axis=1))
        low, high = np.quantile(ratio, (0.025, 0.975))
        middle = float(np.exp(np.log(means[:, 0] / means[:, at]).mean()))
        print(f"  CRPS ÷ {name}: {middle:.3f} (95 % {low:.3f} to {high:.3f}, {len(means)} series)")
