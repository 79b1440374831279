"""The coalition of the demo: who sits on the team, who leads which unit and is seen doing it, who carries it to colleagues.

Days are counted from today. Somebody whom the story knows stands by name; others as `role@unit#number`, the so-manieth who holds that
role in the units whose ids begin so.
"""

from typing import NamedTuple


class Seated(NamedTuple):
    """A place on the team. hours None: no answer yet. agreed: the manager's word. stands_for: why they were asked."""

    who: str
    since: int
    hours: float | None
    agreed: bool | None
    stands_for: str
    until: int | None = None


class Stands(NamedTuple):
    """A sponsor, of a unit or (None) of the whole. told: the day on which they alone were told of their silence."""

    who: str
    unit: str | None
    since: int
    words: str
    told: int | None = None


class Done(NamedTuple):
    """A visible act; one ahead is planned."""

    who: str
    day: int
    kind: str
    unit: str | None
    words: str


class Slot(NamedTuple):
    """So many champions among the holders of a role in some units, in an organization of the whole size."""

    role: str
    units: str
    many: int


class Known(NamedTuple):
    """A champion whom the story knows. cell: the group they carry, where it is not their own."""

    who: str
    since: int
    hours: float
    source: str
    why: str
    cell: tuple[tuple[str, str], ...] = ()
    too_much: int | None = None


class Met(NamedTuple):
    day: int
    words: str


SEATED_ON = -448  # as the program's line says
SEATED = (
    Seated("Rosa Quintero", SEATED_ON, 4.0, True, "Team leads of the Contact centre; answers for Take the move-in call"),
    Seated("Hannah Brandt", SEATED_ON, 3.0, True, "front office of the Contact centre; answers for Take the bill query"),
    Seated("Sofia Lindholm", SEATED_ON, 2.0, True, "front office of the Contact centre; answers for Put it right"),
    Seated("Noor van Dijk", -290, 3.0, True, "Specialists of the Contact centre; answers for Find who knows"),
    Seated("Grace Mbeki", SEATED_ON, 2.0, True, "Managers of the Contact centre", until=-62),
    Seated("Isabel Fonseca", -62, 2.0, True, "Managers of the Contact centre, after Grace Mbeki; answers for Pass the query to Billing"),
    Seated("Helen Okafor", SEATED_ON, 1.5, True, "Executives of Billing; answers for Look into the bill"),
    Seated("Julia Kamińska", -31, 2.0, None, "Managers of Billing; answers for Send the reminder"),
    Seated("Piet de Vries", -20, None, None, "Team leads of Billing; answers for Chase missing readings"),
    Seated("Rajesh Pillai", SEATED_ON, 3.0, True, "Specialists of Billing; answers for Agree a payment plan"),
    Seated("Matteo Ricci", -380, 3.0, True, "Specialists of Billing; does Open the account"),
    Seated("Agnes Dupont", SEATED_ON, 2.0, True, "front office of Billing; answers for Check readings that look odd"),
    Seated("Birgit Sommer", SEATED_ON, 2.0, True, "Managers of the Metering crews; answers for Go and stop the supply"),
    Seated("Luis Ferreira", SEATED_ON, 2.0, True, "Team leads of the Metering crews; answers for Plan the order of visits"),
    Seated("Bogdan Petrescu", SEATED_ON, 2.5, True, "Specialists of the Metering crews; does Plan the meter visit"),
    Seated("meter-reader@me-south-a#4", -320, 1.5, True, "Front line of the Metering crews; does Plan the order of visits"),
    Seated("Pedro Salgado", SEATED_ON, 2.0, True, "Managers of Electricity; answers for Set the date of the works"),
    Seated("Clara Nyström", SEATED_ON, 2.0, True, "Team leads of Electricity; answers for Hear what the builder needs"),
    Seated("Amara Osei", SEATED_ON, 3.0, True, "Specialists of Electricity; answers for Check the power supply point"),
    Seated("Fatima Idrissi", -96, 2.0, None, "Specialists of Electricity; does Call the crew out"),
    Seated("Kenji Mori", SEATED_ON, 2.0, True, "Managers of Water; answers for Apply for the road, power and water apart"),
    Seated("Paulo Teixeira", SEATED_ON, 2.0, True, "Team leads of Water; answers for Close the valve and tell the doors"),
    Seated("Sanjay Bhat", SEATED_ON, 3.0, True, "Specialists of Water; does Check the water supply point"),
    Seated("Hugo Marchetti", -41, 1.0, False, "Managers of Key accounts; answers for Agree the plan of the year"),
    Seated("Thandi Nkosi", -6, None, None, "Team leads of Key accounts; answers for Report each unit's use apart"),
)  # fmt: skip
DIVERGENCE_SAID, DIVERGENCE = -452, 4
KEPT_OFF = ("Ursula Weiss", "leave", -455)
FIXED = ("Rosa Quintero", -455)

STANDS = (
    Stands("Ruth Nakamura", None, -500, "Executive sponsor, for the board"),
    Stands("Marcus Lindgren", "cc", -480, "Stands for it in his own house"),
    Stands("Beatriz Amaral", "cc", -440, "For those whose work moves into the contact centre"),
    Stands("Henrik Solano", "bi", -440, "For the bill that is right at once"),
    Stands("Anton Kovacs", "el", -430, "For power and water in one record"),
    Stands("Joanna Achterberg", "me", -430, "For the crews, by her own wish"),
    Stands("Nadia Rahmani", "wa", -430, "For one date and one street", told=-12),
    Stands("Cornelis Haas", "ka", -420, "For the largest customers"),
)
DONE = (
    Done("Ruth Nakamura", -96, "decided", None, "No cut-over while the year's bills are made, whatever the plan says"),
    Done("Ruth Nakamura", -34, "answered_doubts", "bi-readings", "With the typists: nine people, nine places"),
    Done("Ruth Nakamura", -9, "visited", "cc-phone", "Sat beside team Swift for a morning and took two calls"),
    Done("Marcus Lindgren", -66, "removed_obstacle", "cc-phone", "Second screens for all four teams"),
    Done("Marcus Lindgren", -5, "spoke", "cc", "What the first open cases have shown, at each team's board"),
    Done("Beatriz Amaral", -15, "took_part", "cc-write", "In the pairs of planners and agents"),
    Done("Henrik Solano", -57, "decided", "bi", "Ten days of training for fourteen clerks, paid in full"),
    Done("Henrik Solano", -12, "visited", "bi-run", "First bills read with those who make them"),
    Done("Helen Okafor", -43, "answered_doubts", "bi-accounts", "What becomes of the account set-up"),
    Done("Helen Okafor", -6, "thanked", "bi-readings", "The clerks, for the first cases solved on the phone"),
    Done("Joanna Achterberg", -14, "visited", "me-south", "Rode with a crew, from 06:30"),
    Done("Gerard Visser", -60, "visited", "me-north", "A morning round in the north"),
    Done("Gerard Visser", -4, "visited", "me-south", "A morning round; the chargers were there"),
    Done("Anton Kovacs", -20, "spoke", "el-conn", "Both records desks, in one room"),
    Done("Sigrid Halvorsen", -41, "decided", "el", "The cut-over of Electricity has its date"),
    Done("Nadia Rahmani", -120, "spoke", "wa", "Why water and power will share a record"),
    Done("Nadia Rahmani", -52, "visited", "wa-supply", "Followed one move-in across both desks"),
    Done("Leopold Marsh", -22, "took_part", "wa-net", "With those who share the streets"),
    Done("Victor Adeyemi", -36, "spoke", "ka", "That Key accounts is part of it too"),
    Done("Cornelis Haas", -110, "visited", "ka-industry", "Two customers, heard together"),
    Done("Ruth Nakamura", 35, "answered_doubts", None, "Board evening: calls of this year, played aloud again"),
    Done("Helen Okafor", 5, "visited", "bi-payments", "Reminders, before they go out"),
    Done("Joanna Achterberg", 8, "visited", "me-north", "A night with crew North"),
    Done("Sigrid Halvorsen", 12, "visited", "el-north", "The trial in district North"),
    Done("Leopold Marsh", 16, "spoke", "wa-net", "Mains crews, before their cut-over"),
    Done("Victor Adeyemi", 19, "answered_doubts", "ka", "One plan for each customer: what stays an adviser's own"),
)  # fmt: skip

CHAMPIONS_SINCE = -206
KNOWN = (
    Known("Ilse Brandt", -28, 1.5, "asked", "The night crews ask her first.",
        (("unit", "me"), ("level", "Front line"), ("shift", "night"))),
    Known("Wanda Zielińska", CHAMPIONS_SINCE, 2.0, "nominated", "Several colleagues named them.",
        (("unit", "cc-phone-3"), ("level", "Front line")), -4),
    Known("Babak Karimi", CHAMPIONS_SINCE, 2.0, "nominated", "Several colleagues named them."),
    Known("Owen Griffiths", -60, 2.0, "volunteer", "Asked whether he may."),
)  # fmt: skip
SLOTS = (  # where members of the team, who carry their own groups first, leave most to carry
    Slot("phone-agent", "cc-phone", 13),
    Slot("desk-agent", "cc-desk", 3),
    Slot("account-clerk", "bi", 7),
    Slot("reading-clerk", "bi", 2),
    Slot("reading-typist", "bi", 1),
    Slot("meter-reader", "me", 11),
    Slot("crew-foreman", "me", 1),
    Slot("connections-engineer", "el", 2),
    Slot("records-specialist", "el", 1),
)
HOURS = (2.0, 1.0, 1.5, 1.0, 0.5, 1.0)  # a week, one champion after another
BUSY, BUSY_HOURS = 0.2, 2.0  # the part of all who carry most, and what they gave for it
BEYOND = frozenset({"Ilse Brandt", "Wanda Zielińska"})  # whose weeks take more than that
# who is asked and has not said yes: how they stand, and what led to it
ASKED = (
    ("Farah Haddad", -3, "open", "asked", "People bring her what they do not understand in our letters."),
    ("mains-worker@wa-south-mains#1", -8, "talk", "network", "They reach many people."),
    ("key-adviser@ka-industry#2", -25, "no", "asked", "Knows every large customer."),
)
# Mondays ago, words for herself
NOTES_OF_ILSE = ((1, "Two nights with crew North. Chargers again."), (2, "Where the paper sheets went, and why."))
MEETINGS = (
    Met(-198, "Who carries whom, and what we say when we do not know"),
    Met(-170, "Whether posts go: one answer for all"),
    Met(-142, "What the phone teams learned, told by them"),
    Met(-112, "Devices: the ten questions of the first days"),
    Met(-80, "Two records until the cut-over"),
    Met(-49, "What to say where nobody has decided yet"),
    Met(9, "What came of the doubts of this autumn"),
)
MOST_AT_A_MEETING = 40

# days on which the round was opened, ended and used; units asked; share who named somebody
FIRST_ROUND: tuple[int, int, int, tuple[str, ...], float] = (-236, -215, CHAMPIONS_SINCE, (), 0.46)
OPEN_ROUND: tuple[int, int, tuple[str, ...], float] = (-6, 12, ("wa", "me"), 0.34)
NAMED_BY_SAMUEL = "Ahmed Mansour"
NETWORK_FILE = {
    "name": "Who asks whom about supply records",
    "what_for": "Champions for the records desks and connections, before the cut-over",
    "agreement": "Works agreement on the survey of knowledge: one question, answered freely, used for this choice alone, then deleted",
    "agreed_with": "Works council of Northlight",
    "file": "supply-records-survey.csv",
}
NETWORK_AGREED, NETWORK_BROUGHT, NETWORK_UNTIL = -104, -90, 21
NETWORK_UNITS, NETWORK_PEOPLE, NETWORK_EACH, NOT_OF_THE_REGISTER = (
    ("el-conn", "el-records", "wa-records"),
    90,
    4,
    (3, 9),
)

# The fleet desk: one sponsor of its own unit, none of the whole; two colleagues who meet.
FLEET_STANDS = (Stands("Henrik Solano", "cs-finance", -150, "Because the vans are his"),)
FLEET_DONE = (Done("Henrik Solano", -8, "took_part", "cs-finance", "A morning at the key board"),)
FLEET_CHAMPIONS = (
    Known("vehicle-clerk@cs-finance#1", -60, 1.0, "volunteer", "Offered it."),
    Known("vehicle-clerk@cs-finance#2", -60, 0.5, "volunteer", "Offered it."),
)
FLEET_MEETINGS = (Met(-52, "What crews ask on the first day"), Met(-10, "The first week with the screen"))
