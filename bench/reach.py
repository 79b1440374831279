"""Reach at size: `commonground reach` on a million contacts, beside DuckDB on the same file, and beside HiGHS on the same choice.

    python bench/reach.py [--contacts 1000000]

Limits: the command, start of the process and all, 5 s of the clock; the same counts by mask as DuckDB; the cheapest set costs what the
mixed-integer program (which channels, and each kind of contact on one of them) of scipy's HiGHS says, on 200 made tables.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from time import perf_counter
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

LIMIT, TABLES = 5.0, 200
CHANNELS = ("email", "sms", "phone", "letter", "fax", "portal", "visit")
COSTS = {
    "email": "0.01",
    "sms": "0.08",
    "phone": "4.20",
    "letter": "0.95",
    "fax": "0.15",
    "portal": "0.001",
    "visit": "38",
}
SQL = r"""
create table c as select * from read_csv('{file}', all_varchar = true, header = true);
with t as (
  select segment,
    (regexp_full_match(coalesce(trim(email), ''), '[^@\s,;<>()"]+@[^@\s,;<>()".]+(\.[^@\s,;<>()".]+)*\.[^@\s,;<>()".0-9]{{2,}}')
      and coalesce(email_ok, '') <> 'no')::int
    + 2 * (length(regexp_replace(coalesce(sms, ''), '[^0-9]', '', 'g')) >= 5 and coalesce(sms_ok, '') <> 'no')::int
    + 4 * (length(regexp_replace(coalesce(phone, ''), '[^0-9]', '', 'g')) >= 5 and coalesce(phone_ok, '') <> 'no')::int
    + 8 * (coalesce(trim(letter), '') <> '' and coalesce(letter_ok, '') <> 'no')::int
    + 16 * (length(regexp_replace(coalesce(fax, ''), '[^0-9]', '', 'g')) >= 5 and coalesce(fax_ok, '') <> 'no')::int
    + 32 * (portal = 'yes')::int + 64 * (visit = 'yes')::int as mask
  from c)
select segment, mask, count(*) from t group by all
"""


def made(path: Path, contacts: int) -> None:
    """An export of made contacts, the same each time."""
    draw = random.Random(1)
    segments = ("Households", "Small firms", "Farms", "Key accounts")
    with path.open("w", encoding="utf-8") as file:
        file.write("id,segment,email,email_ok,sms,sms_ok,phone,phone_ok,letter,letter_ok,fax,fax_ok,portal,visit\n")
        for at in range(contacts):
            d = [draw.random() for _ in range(8)]
            cells = (
                f"C{at}", segments[at % 4],
                f"user{at}@example{at % 97}.org" if d[0] < 0.7 else "", ("", "", "yes", "no")[at % 4],
                f"+49 170 {at:07d}" if d[1] < 0.5 else "", "no" if d[7] < 0.1 else "",
                f"030/{at:07d}" if d[2] < 0.8 else "", "",
                f"Main Street {at}" if d[3] < 0.9 else "", "no" if d[6] < 0.05 else "",
                f"+49 30 {at:07d}" if d[4] < 0.1 else "", "", "yes" if d[5] < 0.4 else "no", "no",
            )  # fmt: skip
            file.write(",".join(cells) + "\n")


def command(contacts: int) -> bool:
    """Three fresh processes of the command, and DuckDB in a fresh process on the same file."""
    import duckdb

    from commonground.intake.contact_files import read_contacts

    with tempfile.TemporaryDirectory() as folder:
        file, costs = Path(folder) / "contacts.csv", Path(folder) / "costs.toml"
        made(file, contacts)
        costs.write_text("".join(f"{channel} = {price}\n" for channel, price in COSTS.items()))
        words = [
            sys.executable,
            "-m",
            "commonground",
            "reach",
            str(file),
            "--want",
            "0.95",
            "--costs",
            str(costs),
            "--json",
        ]
        took, answer = _asked(words)
        counts = read_contacts(file).counts()
        script = Path(folder) / "peer.py"
        script.write_text(f"import duckdb\nduckdb.execute({SQL.format(file=file)!r}).fetchall()\n")
        begin = perf_counter()
        subprocess.run([sys.executable, str(script)], check=True)
        peer = perf_counter() - begin
        theirs = duckdb.execute(SQL.format(file=file)).fetchall()
    same = {(segment, mask): number for segment, mask, number in theirs} == {
        (segment, mask): number for segment, one in counts.items() for mask, number in one.items()
    }
    print(
        f"{contacts:,} contacts, {answer['cheapest']['channels']} for {answer['cheapest']['cost']:,.2f}: "
        f"{', '.join(f'{one:.2f}' for one in took)} s, limit {LIMIT:g}; DuckDB {duckdb.__version__}, counts alone: {peer:.2f} s; "
        f"the same counts: {same}"
    )
    return sorted(took)[1] <= LIMIT and same


def _asked(words: list[str]) -> tuple[list[float], dict[str, Any]]:
    """How long each of three fresh processes took, and what the last answered."""
    took = []
    for _ in range(3):
        begin = perf_counter()
        done = subprocess.run(
            words, check=True, capture_output=True, env={**os.environ, "PYTHONPATH": str(ROOT / "src")}
        )
        took.append(perf_counter() - begin)
    return took, json.loads(done.stdout)


def choice() -> bool:
    """Every set tried, beside a facility location of the same kind of contacts and channels."""
    import numpy as np
    from scipy.optimize import LinearConstraint, milp

    from commonground.analysis.communication.reach import MASKS, channels_of, cheapest, contacts, needed

    drawn = np.random.default_rng(1)
    ours = theirs = 0.0
    for _ in range(TABLES):
        masks = drawn.choice(np.arange(MASKS), 40, replace=False)
        counts = {int(mask): int(number) for mask, number in zip(masks, drawn.integers(1, 500, 40), strict=True)}
        costs = {
            channel: Decimal(int(cents)) / 100
            for channel, cents in zip(CHANNELS, drawn.integers(1, 400, 7), strict=True)
        }
        want = Fraction(int(drawn.integers(50, 96)), 100)
        begin = perf_counter()
        found = cheapest(counts, costs, want)
        ours += perf_counter() - begin
        begin = perf_counter()
        best = _milp(counts, costs, needed(want, contacts(counts)), np, milp, LinearConstraint, channels_of)
        theirs += perf_counter() - begin
        if (found is None) != (best is None) or (
            found and best and abs(float(found.cost) - best) > 1e-6 * max(best, 1)
        ):
            print(f"not the same: {found} and {best}")
            return False
    print(
        f"{TABLES} choices: every set tried {1000 * ours / TABLES:.1f} ms each, HiGHS {1000 * theirs / TABLES:.1f} ms; the same costs"
    )
    return True


def _milp(counts, costs, least, np, milp, constraint, channels_of):  # type: ignore[no-untyped-def]  # a peer in a bench
    """y: whether a channel is in the set; x: what share of a kind of contact is on it. Whoever the set reaches is paid for."""
    pairs = [(mask, channel) for mask in counts for channel in channels_of(mask)]
    n, m = len(CHANNELS), len(pairs)
    price = np.concatenate([np.zeros(n), [float(costs[channel]) * counts[mask] for mask, channel in pairs]])
    rows, low, high = [], [], []
    for at, (_, channel) in enumerate(pairs):  # on a channel only if it is in the set
        row = np.zeros(n + m)
        row[n + at], row[CHANNELS.index(channel)] = 1, -1
        rows.append(row)
        low.append(-np.inf)
        high.append(0)
    for mask in counts:  # on one at most, and on one as soon as any of theirs is in the set
        on = np.zeros(n + m)
        for at, (one, _) in enumerate(pairs):
            on[n + at] = one == mask
        if on.any():
            rows.append(on)
            low.append(0)
            high.append(1)
        for channel in channels_of(mask):
            row = on.copy()
            row[CHANNELS.index(channel)] = -1
            rows.append(row)
            low.append(0)
            high.append(np.inf)
    reached = np.concatenate([np.zeros(n), [counts[mask] for mask, _ in pairs]])
    rows.append(reached)
    low.append(least)
    high.append(np.inf)
    answer = milp(price, constraints=constraint(np.array(rows), low, high), integrality=np.ones(n + m), bounds=(0, 1))
    return float(answer.fun) if answer.success else None


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--contacts", type=int, default=1_000_000)
    contacts = asked.parse_args().contacts
    return 0 if all([choice(), command(contacts)]) else 1


if __name__ == "__main__":
    sys.exit(main())
