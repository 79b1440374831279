"""What becomes of roles at Northlight: definitions before and after, what each gains and loses, and what is offered in return."""

from typing import NamedTuple

from commonground.demo.posts import FRONT, LEAD, MANAGER, SPECIALIST, Post

CUT_OVER, READINGS_END, TYPING_ENDS = 56, 21, 140


class Turn(NamedTuple):
    """What becomes of a role. `word`: how far the word has gone, a key of `WORDS_GONE`. `effective`: days from today."""

    post: Post
    fate: str
    after: str
    effective: int
    word: str


class Change(NamedTuple):
    """One thing a role gains or loses. `answer`: whether the holders accepted the offer; None while they think about it."""

    role: str
    kind: str
    size: int
    words: str = ""
    offered: str = ""
    answer: bool | None = None
    unit: str | None = None


# stage → days from today of: consulted, told, line spoke, shown, in force
WORDS_GONE: dict[str, tuple[int | None, ...]] = {
    "draft": (None, None, None, None, None),
    "consulted": (-12, None, None, None, None),
    "told": (-60, -20, -25, -20, None),
    "in force, phone": (-402, -371, -374, -371, -315),
    "in force, desks": (-180, -140, -143, -140, -98),
    "in force, letters": (-260, -205, -209, -205, -212),
    "in force, fleet": (-45, -24, -26, -24, -10),
}

TURNS = (
    Turn(
        Post("dispatch-lead", "Dispatch lead", LEAD, False,
             "Decides which crew goes where.\nDecides the order of visits.\nDecides overtime on the round.\n"
             "Decides who takes urgent calls.\nDecides crew safety stops.\nLeads eight people: six planners, two clerks.\n"
             "Knows first where there is free capacity."),
        "change",
        "Decides crew safety stops.\nWrites the rules by which visits are booked.\nLeads two clerks.\n"
        "Shares free capacity with the contact centre, day by day.\nMeets foremen and network control, as before.",
        CUT_OVER, "told"),
    Turn(
        Post("supply-lead", "Supply records lead", LEAD, False,
             "Decides what a supply point is called.\nDecides who may change a record.\n"
             "Knows each point of the city, and is asked about it.\n"
             "Leads the records desk."),
        "change",
        "Keeps one record for power and water together.\nDecides with Electricity who may change it.\nLeads the records desk.",
        CUT_OVER, "told"),
    Turn(
        Post("account-lead", "Head of account set-up", MANAGER, False,
             "Answers for every new account.\nDecides which papers are needed.\nLeads the account set-up."),
        "change",
        "Answers for the quality of the first bill, in all units.\nDecides with the contact centre which papers are needed.\n"
        "Leads those who teach the account set-up to others.",
        CUT_OVER, "told"),
    Turn(
        Post("account-specialist", "Account specialist", SPECIALIST, False,
             "Opens and closes accounts.\nChecks papers.\nCalls the customer back when something is missing."),
        "change",
        "Looks after accounts that are out of the ordinary.\nTeaches the account set-up to the phone teams.\n"
        "Answers for one kind of case across all units.",
        CUT_OVER, "told"),
    Turn(
        Post("reading-clerk", "Reading clerk", FRONT, False,
             "Checks readings that look odd.\nSends a crew again where needed.\nKeeps the list of missing readings."),
        "change",
        "Solves cases in which reading, account and bill do not fit.\nCalls the customer before a crew is sent again.\n"
        "Sees the whole case, from meter to bill.",
        READINGS_END, "told"),
    Turn(
        Post("reading-typist", "Reading sheet typist", FRONT, False,
             "Types in what the crews wrote on paper.\nRings the crew when a figure cannot be read."),
        "end", "", TYPING_ENDS, "told"),
    Turn(
        Post("cashier", "Cashier", FRONT, True, "Takes cash at the front desk.\nCounts the till each evening, with a second person."),
        "end", "", TYPING_ENDS, "told"),
    Turn(
        Post("dispatch-planner", "Dispatch planner", SPECIALIST, False,
             "Plans the visits of a district by phone and wall map.\nKnows every crew by name.\nSits beside the dispatch lead."),
        "change",
        "Plans visits while the customer is on the line.\nSits with the phone teams, and at the depot each Thursday.\n"
        "Teaches the booking rules to agents.",
        CUT_OVER, "told"),
    Turn(
        Post("meter-reader", "Meter reader", FRONT, True,
             "Plans the order of visits at the depot at 06:30.\nReads the meter and notes it.\nSays when a place is not safe."),
        "change",
        "Sees the round by 15:00 the day before, with name, phone and last three visits.\nMay swap visits within the round.\n"
        "Reads on the device.\nSays when a place is not safe.",
        CUT_OVER, "told"),
    Turn(
        Post("crew-foreman", "Crew foreman, meters", LEAD, True,
             "Leads a crew of meter readers.\nRides along one day a week.\nAsks the depot for tools.\nStops work when it is not safe."),
        "change",
        "Leads a crew of meter readers.\nRides along one day a week.\nHas a budget for the crew's tools.\nAgrees swaps within the round.\n"
        "Stops work when it is not safe.",
        CUT_OVER, "told"),
    Turn(
        Post("phone-lead", "Team lead, phone", LEAD, True,
             "Leads a phone team.\nCoaches, and takes over calls that turn difficult."),
        "change",
        "Leads a phone team, planners and account specialists included.\nCoaches, and takes over calls that turn difficult.\n"
        "Decides on goodwill up to 200 euro.",
        CUT_OVER, "told"),
    Turn(
        Post("account-clerk", "Account clerk", FRONT, False, "Keeps customer accounts right.\nAnswers the letters that belong to them."),
        "change",
        "Keeps customer accounts right.\nCalls the customer instead of writing, where that is quicker.",
        98, "consulted"),
    Turn(
        Post("records-specialist", "Supply records specialist", SPECIALIST, False,
             "Keeps the records of power or of water.\nChecks a supply point when a form comes round."),
        "merge",
        "Keeps one record of each address, power and water together.\nAnswers the phone teams at once, while the customer waits.",
        CUT_OVER, "told"),
    Turn(
        Post("connections-engineer", "Connections engineer", SPECIALIST, True,
             "Designs a new connection.\nSets its date with the builder.\nSigns it off on site."),
        "change", "", 84, "consulted"),
    Turn(
        Post("phone-agent", "Contact centre agent", FRONT, True,
             "Answers calls about power, or water, or bills.\nPasses on what belongs to another desk."),
        "change",
        "Answers the whole of a customer's question.\nDecides on goodwill up to 50 euro.\n"
        "Keeps the case until the customer says it is done.",
        -315, "in force, phone"),
    Turn(
        Post("letter-agent", "Letters and e-mail agent", SPECIALIST, True,
             "Answers letters and e-mails.\nPasses bill queries on to Billing."),
        "merge",
        "Answers letters and e-mails, bill queries included.\nCalls when a letter would take longer.",
        -212, "in force, letters"),
    Turn(
        Post("payment-specialist", "Payment specialist", SPECIALIST, False,
             "Sends reminders by the calendar.\nAgrees payment plans in writing."),
        "change",
        "Calls before a reminder goes out.\nAgrees payment plans on the phone, up to twelve months.",
        98, "consulted"),
    Turn(
        Post("key-adviser", "Key account adviser", SPECIALIST, True,
             "Advises a few large customers.\nKeeps their plan and is the one they call."),
        "change",
        "Leads the account team of all units for each customer.\nKeeps one plan that every unit can read.",
        182, "draft"),
    Turn(
        Post("move-owner", "Owner of the move-in", MANAGER, True, ""),
        "create",
        "Answers for a move-in from first call to first right bill.\nMay stop any step that keeps a customer waiting.",
        CUT_OVER, "consulted"),
)  # fmt: skip

FLEET_TURN = Turn(
    Post("vehicle-clerk", "Vehicle clerk", SPECIALIST, False,
         "Keeps the key board and the paper calendar of the vans.\nKnows which van may go where."),
    "change",
    "Keeps the booking rules of the vans.\nHelps crews whose van is not there.",
    -10, "in force, fleet")  # fmt: skip

CHANGES = (
    Change("dispatch-lead", "decisions", -3, "which crew goes where, the order of visits, overtime, urgent calls"),
    Change("dispatch-lead", "people", -2, "the lead of six planners"),
    Change("dispatch-lead", "information", -1, "being the only one to see free capacity"),
    Change("dispatch-lead", "asked", -2, "the crews' call when a day turns out otherwise"),
    Change("supply-lead", "decisions", -2, "who may change a record", "", None, "wa-records"),
    Change("supply-lead", "information", -2, "a record of water's own"),
    Change("supply-lead", "asked", -1, "the questions of the phone teams, who will look it up themselves"),
    Change("supply-lead", "customers", 1, "customers who hear the answer at once"),
    Change("account-lead", "decisions", -2, "which papers a new account needs", "ownership of the first bill's quality, in all units"),
    Change("account-lead", "people", -2, "the lead of eleven people", "the lead of the teaching team, grade assured", True),
    Change("account-lead", "title", -1, "the word Head in the title", "a seat in the customer board each quarter"),
    Change("account-lead", "customers", 1, "what customers say of their first bill, each month"),
    Change("account-specialist", "asked", -1, "the agents' questions on plain accounts", "their name as author on the teaching sheets",
        True),
    Change("account-specialist", "craft", 1, "unusual cases, and teaching"),
    Change("reading-clerk", "craft", -2, "part of the eye for an odd figure, which the device takes on",
        "case work, with ten days of training and the same pay", True),
    Change("reading-clerk", "decisions", 2, "sending a crew, or not, without asking"),
    Change("reading-clerk", "customers", 1, "calls with customers"),
    Change("reading-typist", "craft", -2, "the quick hand and the eye for crews' handwriting",
        "training for any clerk's role, with the same pay", True),
    Change("reading-typist", "belonging", -2, "the team of nine", "moving in pairs, as the team proposed", True),
    Change("cashier", "craft", -1, "the till, which a machine takes on", "desk work at the same desk, with the same hours", True),
    Change("dispatch-planner", "belonging", -2, "the days at the depot", "Thursdays at the depot", True, "me-dispatch"),
    Change("dispatch-planner", "customers", 2, "the talk with the customer"),
    Change("dispatch-planner", "decisions", 1, "the date of a visit, without asking back"),
    Change("meter-reader", "decisions", -1, "choosing the first visit of the day", "swapping visits within the round", True),
    Change("meter-reader", "information", 2, "name, phone and the last three visits"),
    Change("meter-reader", "other", 1, "two planned breaks"),
    Change("crew-foreman", "decisions", 1, "swaps within the round"),
    Change("crew-foreman", "budget", 1, "a budget for the crew's tools"),
    Change("phone-lead", "decisions", 2, "goodwill up to 200 euro"),
    Change("phone-lead", "people", 1, "planners and account specialists"),
    Change("account-clerk", "customers", 1, "calls with customers"),
    Change("records-specialist", "information", 1, "power and water in one record"),
    Change("records-specialist", "customers", 1, "answers given while the customer waits"),
    Change("connections-engineer", "decisions", -1, "setting the date alone", "the say in which dates are offered"),
    Change("phone-agent", "decisions", 3, "goodwill up to 50 euro, and the whole case"),
    Change("phone-agent", "customers", 2, "the same customer to the end"),
    Change("letter-agent", "information", 2, "a look at the bill"),
    Change("letter-agent", "decisions", 1, "correcting a bill up to 200 euro"),
    Change("payment-specialist", "decisions", 1, "payment plans on the phone"),
    Change("key-adviser", "decisions", 2, "the lead of the account team of all units"),
    Change("key-adviser", "customers", -1, "being the only one whom the customer calls", "reading every note before it goes out"),
)  # fmt: skip
FLEET_CHANGES = (
    Change("vehicle-clerk", "decisions", -2, "who gets which van"),
    Change("vehicle-clerk", "asked", -1, "the crews who come by for the keys"),
)
# role → days from today on which a conversation was offered, by whom
CONVERSATIONS = (
    ("account-lead", -23, "Helen Okafor"),
    ("dispatch-lead", -11, "Gerard Visser"),
    ("account-specialist", -8, "Helen Okafor"),
    ("key-adviser", -6, "Victor Adeyemi"),
    ("dispatch-lead", -4, "Gerard Visser"),
)
