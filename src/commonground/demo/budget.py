"""The budgets of the demo's programs, and the ledger that tells what is ordered and spent."""

from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import Final, NamedTuple

from commonground.analysis.facts import BudgetLine, Row
from commonground.analysis.plan.ledger import COMMITTED, SPENT, Booking
from commonground.demo.days import Days

CURRENCY: Final = "EUR"


class Line(NamedTuple):
    """A line in whole euro and hours. account: of the ledger, whose bookings a rule gives to it; without one they name the line."""

    key: str
    name: str
    phase: int | None
    unit: str | None
    practice: str
    purpose: str
    owner: str
    planned: int
    committed: int = 0
    spent: int = 0
    hours: int = 0
    used: int = 0
    done: int | None = None
    account: str = ""


PEOPLE, TECHNOLOGY, OTHER = "people", "technology", "other"
LINES: Final = (
    Line("P-PART", "Time to take part in the team and the searches", 1, None, "TEAM",
         PEOPLE, "Maren Lindqvist", 96_000, 0, 71_400, 2400, 1790, 70),
    Line("P-PAIRS", "Teaching pairs and the case work course", 1, "cc", "TRAIN",
         PEOPLE, "Rosa Quintero", 84_000, 9_600, 58_250, 3800, 2640, 75),
    Line("P-DEVICE", "Two days with the device, every crew", 1, "me", "TRAIN",
         PEOPLE, "Ahmed Mansour", 58_000, 0, 57_310, 3040, 2990, 100),
    Line("P-TALKS", "Morning rounds and board evenings", 1, None, "LEAD", PEOPLE, "Maren Lindqvist", 31_000, 0, 22_940, 620, 455),
    Line("P-EARLY", "Program letter", 1, None, "EARLY", PEOPLE, "Maren Lindqvist", 6_000, 0, 3_920, 100, 70),
    Line("P-ROUNDS", "Rounds of questions and their evenings", 1, None, "CULT",
         PEOPLE, "Maren Lindqvist", 14_000, 0, 9_300, 320, 210, None, "6830"),
    Line("P-OWN", "Goodwill at the desks", 1, "cc", "OWN", PEOPLE, "Emeka Obi", 15_000, 0, 12_480, 24, 24, 90),
    Line("P-OWNERS", "Talks with those who answer for work that moves", 1, "me", "MNGR", PEOPLE, "Gerard Visser", 0, 0, 0, 180, 66),
    Line("P-PEERS", "Hours of champions, and their meetings", 2, None, "PEER",
         PEOPLE, "Wanda Zielińska", 42_000, 0, 17_850, 1100, 470),
    Line("P-CREWS", "Letters to the crews, in four languages", 2, "me", "CHAN",
         PEOPLE, "Farah Haddad", 12_500, 900, 8_015, 90, 62, None, "6815"),
    Line("P-THANKS", "Thanks, and the devices’ clinic", 2, "me", "REIN", PEOPLE, "Ahmed Mansour", 9_000, 0, 3_480, 160, 70),
    Line("P-PLACES", "Places for those whose role changes", 2, "bi", "ROLE",
         PEOPLE, "Helen Okafor", 68_000, 24_000, 11_200, 300, 48),
    Line("P-NOTICE", "Notices of the cut-over, by letter and card", 2, None, "CUST",
         PEOPLE, "Farah Haddad", 54_000, 38_500, 6_200, 120, 18),
    Line("P-TRIAL", "Trial in district North, and counting the pace", 2, "el", "PACE",
         PEOPLE, "Amara Osei", 22_000, 0, 9_950, 140, 88, 40),
    Line("P-PAPER", "Taking the old sheets away", 2, None, "SOFT", PEOPLE, "Gerard Visser", 0, 0, 0, 40, 6),
    Line("T-RECORD", "Licences of the customer record", 1, None, "",
         TECHNOLOGY, "Maren Lindqvist", 640_000, 205_000, 410_000, account="6520"),
    Line("T-DEVICES", "Devices for the crews", 1, "me", "",
         TECHNOLOGY, "Ahmed Mansour", 310_000, 0, 318_450, done=100, account="6525"),
    Line("T-JOIN", "Joining it with billing and metering", 2, None, "",
         TECHNOLOGY, "Maren Lindqvist", 520_000, 96_400, 301_600, done=50, account="6530"),
    Line("O-OFFICE", "Program office and rooms", None, None, "", OTHER, "Maren Lindqvist", 180_000, 0, 97_300, 3000, 1640),
)  # fmt: skip
FLEET: Final = (
    Line("F-DESK", "The booking desk", 1, None, "", TECHNOLOGY, "Oscar Mbele", 46_000, 0, 44_200, done=100),
    Line(
        "F-HOUR", "One hour each on the screen", 1, "cs-finance", "TRAIN", PEOPLE, "Eva Lindner", 3_000, 0, 640, 40, 11
    ),
)
NAMES: Final = {
    "6520": "Licences",
    "6525": "Small equipment",
    "6530": "IT services",
    "6815": "Print and post",
    "6830": "Surveys",
    "6640": "Catering",
}
STRAY: Final = (
    (-96, "Coffee and rolls, depot South", 48_260),
    (-61, "Evening with families", 61_940),
    (-24, "Coffee and rolls, depot North", 18_260),
)
STRAY_ACCOUNT: Final = "6640"
FIRST, LAST = -470, -12  # days of the ledger


def rows(lines: Sequence[Line], days: Days, named: Callable[[str], str]) -> list[Row]:
    """The lines as rows of facts. named: a name of the story → the id of that person."""
    return [
        BudgetLine(
            one.key,
            one.name,
            one.phase,
            one.unit,
            one.practice or None,
            one.purpose,
            named(one.owner),
            float(one.planned),
            float(one.committed),
            float(one.spent),
            float(one.hours),
            float(one.used),
            None if one.done is None else one.done / 100,
        )
        for one in lines
    ]


def bookings(lines: Sequence[Line], days: Days, random: Random) -> Iterator[Booking]:
    """The ledger: each line's money in some bookings that add up to it, and a few that no line was planned for."""
    row = 1
    for one in lines:
        for kind, whole, most in ((SPENT, one.spent, 7), (COMMITTED, one.committed, 2)):
            for place, cents in enumerate(_parts(whole * 100, most, random)):
                row += 1
                day = days.on(random.randint(FIRST if one.phase == 1 else -150, LAST))
                words = f"{one.name}, part {place + 1}" if kind == SPENT else f"{one.name}, order {place + 1}"
                yield Booking(
                    row, day, cents, one.account, f"D-{row + 4000}", words, "", "" if one.account else one.key, kind,
                    account_name=NAMES.get(one.account, ""),
                )  # fmt: skip
    for offset, words, cents in STRAY:
        row += 1
        yield Booking(
            row, days.on(offset), cents, STRAY_ACCOUNT, f"D-{row + 4000}", words, account_name=NAMES[STRAY_ACCOUNT]
        )


def _parts(whole: int, most: int, random: Random) -> list[int]:
    """An amount in up to so many parts of about the same size, which add up to it."""
    if not whole:
        return []
    many = random.randint(1, most)
    parts = [round(whole / many * random.uniform(0.7, 1.3)) for _ in range(many - 1)]
    return [*parts, whole - sum(parts)]
