"""The sheets in examples/northlight are the demo's own: `commonground check examples/northlight --as-of 2026-09-14`."""

from datetime import date
from pathlib import Path

from commonground.demo.sheets import sheet
from commonground.demo.world import build

EXAMPLES = Path(__file__).resolve().parents[4] / "examples" / "northlight"
DAY = date(2026, 9, 14)


def test_the_sheets_equal_the_generator() -> None:
    wanted = {f"{table}.csv": sheet(table, rows) for table, rows in build(today=DAY).sheets("one-northlight").items()}
    given = {path.name: path.read_text(encoding="utf-8") for path in EXAMPLES.glob("*.csv")}
    assert given == wanted, "run: python -m commonground.demo.examples"


def test_the_sheets_stay_small() -> None:
    assert sum(path.stat().st_size for path in EXAMPLES.glob("*.csv")) <= 600_000
