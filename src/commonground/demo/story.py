"""Northlight's customer program: what it is for, its dates, whom it spoke with and what it does. Told in docs/explanation/the-demo.md."""

from typing import NamedTuple


class Part(NamedTuple):
    """A part of the strategy."""

    statement: str
    need: str
    agreed: int


class Point(NamedTuple):
    """A milestone, in days from today."""

    kind: str
    planned: int | None
    actual: int | None = None
    unit: str | None = None
    note: str = ""


class Talk(NamedTuple):
    day: int
    who: str
    kind: str
    outside_it: bool
    what: str


class Deed(NamedTuple):
    """An activity. Days from today."""

    kind: str
    unit: str | None
    practice: str
    owner: str
    start: int
    end: int
    hours: float
    state: str
    words: str


class Account(NamedTuple):
    """Somebody who can sign in. `person`: whom of the organization they are; empty for those who stand outside it."""

    role: str
    label: str
    name: str
    username: str
    person: str
    unit: str | None = None


SLUG, NAME = "one-northlight", "One Northlight"
GOAL = (
    "Northlight works around its customers, not around power, water and bills: one call, one case, one answer. "
    "No post is cut for it. Some roles end, and each person of them is offered another with training and the same pay."
)
STRATEGY = (
    Part("One call is enough", "Say it once, to whoever answers, and have it done", -497),
    Part("We come when we said", "Know the day and the hour, and hear it first when that changes", -497),
    Part("We ask before we warn", "Be treated as somebody who has a reason", -469),
)
POINTS = (
    Point("first_raised", -530, -530, note="The board hears of forty calls that nobody could answer whole"),
    Point("strategy_agreed", -500, -497),
    Point("amount_of_change_decided", -480, -476, note="Two units at a time, and none while the year's bills are made"),
    Point("team_seated", -455, -448),
    Point("workflows_agreed", -430, -423),
    Point("technology_chosen", -400, -392),
    Point("cut_over", -315, -315, "cc"),
    Point("cut_over", -231, -224, "bi", "A week late, by agreement: the year's bills went first"),
    Point("cut_over", -98, -98, "me", "Devices for the crews"),
    Point("cut_over", -9, -9, "cc-desks", "The desks take payments in the shared record"),
    Point("cut_over", 56, None, "el"),
    Point("cut_over", 56, None, "wa"),
)
TALKS = (
    Talk(-530, "Supervisory board", "board", True, "Forty calls, played aloud"),
    Talk(-523, "Joanna Achterberg, managing director", "board", True, "Whether this may take two years"),
    Talk(-516, "Works council", "influencer", True, "What will not happen, in writing"),
    Talk(-509, "Foremen of the meter crews", "influencer", True, "What a good day looks like"),
    Talk(-488, "Directors of the units", "board", True, "Which units go first"),
    Talk(-470, "Tenants' association", "influencer", True, "How a move feels from outside"),
    Talk(-441, "Heads of Billing", "influencer", True, "What must never go wrong in a bill"),
    Talk(-410, "Supervisory board", "board", True, "Strategy, and what it asks of them"),
    Talk(-396, "Information technology", "other", False, "What the choice must allow"),
    Talk(-300, "Supervisory board", "board", True, "First weeks of the contact centre"),
    Talk(-199, "Works council", "influencer", True, "The week in which letters changed before they were told"),
    Talk(-90, "Supervisory board", "board", True, "Devices in the crews"),
    Talk(-34, "Works council", "influencer", True, "The typists: nine people, nine places"),
    Talk(-20, "Builders' guild", "influencer", True, "One date for power and water"),
)
DEEDS = (
    Deed("Morning round", "me-south", "LEAD", "Gerard Visser", -200, 120, 40, "running", "The director rides with a crew, once a month"),
    Deed("Teaching pairs", "cc-phone", "TRAIN", "Rosa Quintero", -120, 70, 160, "running",
        "Account specialists and agents learn from each other"),
    Deed("Trial in district North", "el-north", "PACE", "Amara Osei", -75, 28, 90, "running", "One check of the supply point, on screen"),
    Deed("Open desk", "wa-supply", "PEER", "Kenji Mori", -33, 56, 24, "running", "Each Tuesday at ten, for any question on the records"),
    Deed("Devices' clinic", "me-devices", "REIN", "Ahmed Mansour", -40, 60, 48, "running", "Bring it in flat, take it out charged"),
    Deed("Letters to the crews", "me", "CHAN", "Farah Haddad", -90, 140, 30, "running", "Printed, in four languages, in each van"),
    Deed("Case work course", "bi-readings", "TRAIN", "Daniel Österberg", -28, 14, 140, "running", "Ten days for fourteen reading clerks"),
    Deed("Places for the typists", "bi-readings", "ROLE", "Helen Okafor", -34, 120, 36, "running", "A place for each, chosen with them"),
    Deed("Wednesday table", "bi-run", "PEER", "Wanda Zielińska", -240, -30, 60, "done", "Bill specialists beside agents"),
    Deed("First bill review", "bi-run", "CUST", "Priya Nair", -60, 90, 30, "running", "What customers say of their first bill"),
    Deed("Goodwill at the desk", "cc-desks", "OWN", "Emeka Obi", -112, -20, 24, "done", "The desks decide, up to 100 euro"),
    Deed("Talks about the dispatch role", "me-dispatch", "MNGR", "Gerard Visser", -11, 40, 12, "running", "With each of the three leads"),
    Deed("Apology and talk", "cc-write", "ROLE", "Marcus Lindgren", -205, -190, 16, "done",
        "The letters team heard it a week late; we said so"),
    Deed("Records of both houses", "el-records", "FLOW", "Sanjay Bhat", -39, 30, 80, "running", "214 addresses with two numbers"),
    Deed("Street calendar", "wa-net", "FLOW", "Lena Hartmann", -14, 84, 40, "running", "Who opens which street, and when"),
    Deed("Notice of the cut-over", "el", "CUST", "Farah Haddad", 14, 56, 60, "planned", "Two letters and a card"),
    Deed("Notice of the cut-over", "wa", "CUST", "Farah Haddad", 14, 56, 60, "planned", "Two letters and a card"),
    Deed("Two hours at the depot", "me-south-a", "TRAIN", "Ilse Brandt", 21, 45, 20, "planned",
        "The booked round, tried before it counts"),
    Deed("Board evening", None, "LEAD", "Ruth Nakamura", 35, 35, 6, "planned", "Calls of this year, played aloud again"),
    Deed("Program letter", None, "EARLY", "Maren Lindqvist", -500, 300, 100, "running",
        "One page a month: what we heard, what came of it"),
    Deed("Two days with the device", "me", "TRAIN", "Ahmed Mansour", -112, -98, 380, "done", "Every crew, before the devices came"),
    Deed("Thanks to team Lark", "cc-phone-1", "REIN", "Grace Mbeki", -168, -168, 2, "done",
        "Cake, and their own words on how they keep the record"),
    Deed("Champion of the night crews", "me-south-night", "PEER", "Ilse Brandt", -28, 140, 40, "running",
        "Somebody who rides along, and brings a charger"),
    Deed("Last paper reading sheet", "me-dispatch", "SOFT", "Gerard Visser", -14, -14, 4, "running",
        "Announced in good time; the sheets still lie in the vans"),
    Deed("Champions of the mains crews", "wa-net", "PEER", "Kenji Mori", 21, 200, 120, "planned", "Two of each crew, named by their peers"),
    Deed("Shared spreadsheet becomes read-only", "cc", "SOFT", "Hannah Brandt", 110, 110, 6, "planned",
        "What is in it stays; new notes go into the shared record"),
    Deed("Listening rounds", None, "CULT", "Beatriz Amaral", 60, 120, 80, "planned", "What should stay as it is"),
)  # fmt: skip
ACCOUNTS = (
    Account("lead", "Change lead", "Maren Lindqvist", "maren", "Maren Lindqvist"),
    Account("sponsor", "Sponsor", "Ruth Nakamura", "ruth", "Ruth Nakamura"),
    Account("member", "Team member", "Rosa Quintero", "rosa", "Rosa Quintero"),
    Account("champion", "Champion", "Ilse Brandt", "ilse", "Ilse Brandt"),
    Account("manager", "Unit manager, Billing", "Helen Okafor", "helen", "Helen Okafor", "bi"),
    Account("customer", "Customer lead", "Farah Haddad", "farah", "Farah Haddad"),
    Account("employee", "Employee, meter reader", "Samuel Adjei", "samuel", "Samuel Adjei"),
    Account("auditor", "Auditor, works council", "Bram Ouedraogo", "bram", ""),
    Account("admin", "Technical administrator", "Keiko Tanaka", "keiko", ""),
)
DRAFT_READERS = ("maren", "ruth")
# Nine of the fourteen reading clerks have acknowledged their role; three typists have no place yet.
CLERKS_WHO_ACKNOWLEDGED, TYPISTS_WITH_A_PLACE = 9, 6
