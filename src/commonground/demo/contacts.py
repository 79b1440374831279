"""Northlight's customers: segments, and on which channels each contact can be reached. Small firms mostly have fax alone."""

from collections import Counter
from collections.abc import Iterator
from random import Random
from typing import Final, NamedTuple

from commonground.analysis import facts
from commonground.analysis.communication.reach import BITS, CHANNELS, channels_of
from commonground.analysis.facts import Row
from commonground.demo.names import ORIGINS

SEED: Final = 808  # of its own, so that other parts of the demo stay as they are whatever is drawn here
STREETS: Final = (
    "Harbour Road",
    "Mill Lane",
    "North Quay",
    "Station Street",
    "Linden Walk",
    "Weir Street",
    "Gasworks Road",
)
PLACES: Final = ("20457 Harbourside", "21129 Weirfield", "21217 Northbank", "22113 Millford")
FIRMS: Final = ("Bakery", "Joinery", "Garage", "Dental Practice", "Laundry", "Tailor", "Print Shop", "Butcher", "Kiosk")


class Kind(NamedTuple):
    """A segment. shares: how many of a hundred have e-mail, SMS, phone, letter, fax, portal, visit. fax_alone: have nothing but fax."""

    key: str
    name: str
    contacts: int
    shares: tuple[int, int, int, int, int, int, int]
    fax_alone: int = 0
    words: str = ""


KINDS: Final = (
    Kind("homes-mail", "Households with e-mail", 3400, (96, 68, 84, 97, 0, 56, 0)),
    Kind(
        "homes", "Households without e-mail", 940, (0, 38, 77, 97, 0, 2, 0), words="print run closes two weeks before"
    ),
    Kind("firms", "Small firms", 410, (52, 46, 78, 82, 40, 30, 0), 54, "two nights of the fax line"),
    Kind("farms", "Farms and irrigation", 130, (48, 44, 90, 96, 9, 12, 0), words="harvest until 10 October"),
    Kind("landlords", "Landlords and co-operatives", 40, (91, 62, 98, 98, 18, 64, 0)),
    Kind("life", "Homes on life support", 64, (41, 55, 100, 100, 0, 9, 100), words="promised two ways"),
    Kind("key", "Key accounts", 18, (100, 88, 100, 100, 41, 97, 100)),
)
PRICES: Final = {
    "email": "0.01",
    "sms": "0.08",
    "phone": "4.20",
    "letter": "0.95",
    "fax": "0.15",
    "portal": "0",
    "visit": "38",
}
REFUSES: Final = {"email": 0.04, "sms": 0.09, "phone": 0.12, "letter": 0.01, "fax": 0.01}
BOUNCES: Final = 0.02  # of e-mail, twice
NOBODY: Final = 0.003


class Made(NamedTuple):
    """One contact of the demo."""

    ref: str
    kind: Kind
    name: str
    cells: dict[str, str]
    language: str
    refused: int
    bounced: int

    @property
    def mask(self) -> int:
        there = sum(BITS[channel] for channel in CHANNELS if self.cells.get(channel))
        return there & ~self.refused & ~self.bounced


def contacts() -> Iterator[Made]:
    """Every contact, the same ones each time."""
    draw, number = Random(SEED), 10_000
    for kind in KINDS:
        for place in range(kind.contacts):
            number += 7
            yield _one(draw, kind, place, number)


def _one(draw: Random, kind: Kind, place: int, number: int) -> Made:
    given, family = (draw.choice(words.split()) for words in draw.choice(ORIGINS))
    name = f"{family} {draw.choice(FIRMS)}" if kind.key == "firms" else f"{given} {family}"
    alone = draw.random() * 100 < kind.fax_alone
    have = {channel for channel, share in zip(CHANNELS, kind.shares, strict=True) if draw.random() * 100 < share}
    if alone:
        have = {"fax"}
    elif kind.key == "homes-mail":
        have.add("email")
    elif draw.random() < NOBODY:
        have = set()
    street = f"{draw.choice(STREETS)} {draw.randrange(1, 180)}"
    home = f"{street}\n{draw.choice(PLACES)}"
    cells: dict[str, str] = {
        "email": f"customer{number}@mail.example",
        "sms": f"+49 170 555{number}",
        "phone": f"+49 40 555{number}",
        "letter": f"{name}\n{home}",
        "fax": f"+49 40 556{number}",
        "portal": f"nl{number}",
        "visit": home,
    }
    refused = sum(BITS[channel] for channel, share in REFUSES.items() if not alone and draw.random() < share)
    bounced = BITS["email"] if "email" in have and draw.random() < BOUNCES else 0
    language = "de" if draw.random() < 0.82 else "en"
    mine: dict[str, str] = {channel: cells[channel] for channel in CHANNELS if channel in have}
    return Made(f"C{number}", kind, name, mine, language, refused, bounced)


def rows() -> dict[str, list[Row]]:
    """The sheets: segments, and how many of each can be reached by what."""
    counted = Counter((one.kind.key, one.mask) for one in contacts())
    return {
        "segments": [facts.Segment(one.key, one.name, one.words or None) for one in KINDS],
        "reachable": [
            facts.Reachable(segment, channels_of(mask), number) for (segment, mask), number in sorted(counted.items())
        ],
    }
