"""Writes the demo's sheets of one fixed day into examples/northlight: `python -m commonground.demo.examples`."""

from datetime import date
from pathlib import Path

from commonground.demo.pace_sheets import measured
from commonground.demo.sheets import write_sheets
from commonground.demo.story import SLUG
from commonground.demo.world import build

DAY = date(2026, 9, 14)
FOLDER = Path(__file__).resolve().parents[3] / "examples" / "northlight"


def main() -> None:
    write_sheets(FOLDER, measured(build(today=DAY), SLUG))


if __name__ == "__main__":
    main()
