"""What was asked at Northlight, how people answered, how much change was decided on, and how strong it is for whom."""

from typing import Any, NamedTuple

MAREN = "Maren Lindqvist"


class Asked(NamedTuple):
    """A round. opened, closed: days from today; closed None while it is open. share: of those invited who answered."""

    name: str
    instrument: str
    purpose: str
    opened: int
    closed: int | None
    last_day: int
    share: float
    population: dict[str, Any]


CULTURE = Asked("How things are done here, and how they should be", "culture", "culture", -495, -481, -481, 0.58, {})
READINESS = Asked("Ready for the next step?", "readiness", "readiness", -150, -136, -136, 0.52, {})
PULSE = Asked(
    "Pulse of the phone and billing teams",
    "pulse-later",
    "pulse",
    -5,
    None,
    9,
    0.4,
    {"units": ["cc", "bi"], "levels": []},
)
ROUNDS = (CULTURE, READINESS, PULSE)
# Points of 100 now and wanted, on the whole; business units lean a little their own way.
POINTS_NOW = {"together": 24, "new": 11, "results": 22, "order": 43}
POINTS_WANTED = {"together": 32, "new": 21, "results": 21, "order": 26}
LEANS = {
    "el": ("order", 9),
    "wa": ("order", 6),
    "me": ("together", 9),
    "cc": ("together", 6),
    "bi": ("order", 4),
    "ka": ("results", 9),
}
# Share of the highest two of five, by what a question asks; the rest lies below in the same proportion.
FOCUS = {"now": 2.3, "wanted": 3.9}  # from product (1) to customer (5), in the middle
SCALES = {"need": 3.9, "able": 3.2, "backed": 3.3, "gain": 2.9, "ordinary": 3.1}
BY_UNIT = {"cc": 0.4, "bi": 0.2, "el": -0.3, "wa": -0.2, "me": -0.1}
TURNED = ("need3",)  # high means the opposite

DIVERGENCE = (
    ("Prof. Ellen Vos", "works with utilities on service, outside", 4,
        "Units here are proud of what is theirs. One case for all cuts across that."),
    ("Bram Ouedraogo", "works council", 4, "Who decides moves in five places at once."),
    ("Kees Blom", "led the same at a water board", 3, "Further than what we did, and slower, which is good."),
)  # fmt: skip
# unit; hours a week free, and asked beside seats in searches
HOURS = (("el", 90, 80), ("wa", 70, 60), ("me", 60, 75), ("bi", 55, 50), ("cc", 80, 70), ("ka", 12, 6))
HOURS_FROM = "Heads of the units, from the rosters of two weeks"
CONCURRENT = (("New meter types by law", -600, 120, ("me", "bi")), ("Move of the control room", -520, -300, ("el",)))
DECIDED_ON = -476
DECISION = (
    "staged",
    "Two units at a time, and none while the year's bills are made. The meter crews come last but one.",
    "The meter crews are asked for more hours than they have. They get two people for the time of the change, and go after Billing. The "
    "board would rather take two years and a half than tire the crews out.",
    "Supervisory board",
)
# role; what changes; the program's rating and its words; the group's, its words, who speaks for it
IMPACTS = (
    (
        "dispatch-lead",
        "Four decisions move to booking rules",
        3,
        "Four of eleven decisions go; the hard ones stay.",
        5,
        "Those four are the craft. What is left is watching a screen.",
        "Tomasz Wieczorek, for the three leads",
    ),
    (
        "meter-reader",
        "The device instead of the sheet",
        3,
        "Another way to write down the same reading.",
        3,
        "It is in order once it lasts a shift in the cold.",
        "Luis Ferreira, for the crews of the South depot",
    ),
    (
        "records-specialist",
        "One record for power and water",
        4,
        "Two habits of keeping records become one.",
        3,
        "We looked into both already; now it is written down so.",
        "Amara Osei",
    ),
)
RATED_ON = -30
