"""Northlight's ten workflows and their processes: who answers, who does it, and what is to become of it."""

from typing import NamedTuple


class Flow(NamedTuple):
    """A workflow. `serves`: the number of the strategy's part. `hours`: median lead time in working hours, as is."""

    id: str
    name: str
    need: str
    serves: int
    hours: float


class Step(NamedTuple):
    """A process of a workflow. `does`: role, beginning of the unit, how many; `days`: when it takes effect, counted from today."""

    id: str
    name: str
    unit: str
    owner: str = ""
    fate: str = ""
    to_unit: str = ""
    to_owner: str = ""
    does: tuple[tuple[str, str, int], ...] = ()
    words: str = ""
    days: int | None = None
    word: str = "told"
    open_work: str = ""
    data: str = ""
    heir: str = ""


FLOWS = (
    Flow("move-in", "Move-in, from first call to first right bill", "Tell you once that I move in, and get a first bill that is right",
        0, 138.4),
    Flow("move-out", "Move-out, from last call to final bill", "Leave with one call, and get my deposit back soon", 0, 96.0),
    Flow("connection", "New connection, from wish to light", "Know the day on which my house has power and water", 1, 412.0),
    Flow("outage", "Outage, from dark to told", "Hear what happened and when it ends, before I have to call", 1, 6.5),
    Flow("bill-query", "Bill query, from question to answer", "Have my bill explained by whoever answers", 0, 44.0),
    Flow("meter-round", "Meter round, from plan to reading", "Know when you come, and never be billed by guess", 1, 52.0),
    Flow("payment", "Payment trouble, from reminder to plan", "Be asked what happened before I am warned", 2, 220.0),
    Flow("complaint", "Complaint, from word to remedy", "Say it once, and hear what came of it", 2, 80.0),
    Flow("leak", "Leak, from call to repair", "Have it stopped quickly and the street put right", 1, 9.0),
    Flow("key-year", "Key account year, from plan to review", "Have one plan with all of Northlight, not five", 2, 640.0),
)  # fmt: skip

STEPS: dict[str, tuple[Step, ...]] = {
    "move-in": (
        Step("take-move-in-call", "Take the move-in call", "cc-phone", "Rosa Quintero", "reshape",
            does=(("phone-agent", "cc-phone", 118),), words="One call for the whole move-in", days=56),
        Step("open-account", "Open the account", "bi-accounts", "Dieter Hahn", "move", "cc-phone", "Rosa Quintero",
            (("account-specialist", "bi-accounts", 22),), "Opened in the same call, by whoever answers", 56),
        Step("check-power-point", "Check the power supply point", "el-records", "Amara Osei", "merge", to_owner="Amara Osei",
            does=(("records-specialist", "el-records", 14),), words="One check for power and water", days=56),
        Step("check-water-point", "Check the water supply point", "wa-records", "Ingrid Solberg", "merge", "el-records", "Amara Osei",
            (("records-specialist", "wa-records", 9),), "One check for power and water", 56),
        Step("plan-meter-visit", "Plan the meter visit", "me-dispatch", "Tomasz Wieczorek", "move", "cc-phone",
            "Rosa Quintero;Tomasz Wieczorek", (("dispatch-planner", "me-dispatch", 16),), "Booked while the customer is on the line",
            56),
        Step("read-meter-on-site", "Read the meter on site", "me-south", "Luis Ferreira", "keep",
            does=(("meter-reader", "me-south-a", 12),), words="The sheet becomes a device"),
        Step("chase-readings", "Chase missing readings", "bi-readings", "Piet de Vries", "eliminate",
            does=(("reading-clerk", "bi-readings", 8),), words="Nothing goes missing once the device sends it", days=140,
            open_work="1,140 readings still missing", data="list of addresses without access"),
        Step("type-in-sheet", "Type in the reading sheet", "bi-readings", "Mei-Ling Chua", "automate",
            does=(("reading-typist", "bi-readings", 9),), words="The device sends the reading", days=140),
        Step("make-first-bill", "Make the first bill", "bi-run", "Priya Nair", "keep", does=(("bill-specialist", "bi-run", 12),)),
        Step("explain-first-bill", "Explain the first bill", "cc-phone", "Hannah Brandt", "keep",
            does=(("phone-agent", "cc-phone-2", 24),)),
        Step("own-move-in", "Own the move-in end to end", "cc", "", "create", words="One person who may stop any step", days=56,
            word="consulted"),
    ),
    "move-out": (
        Step("take-move-out-call", "Take the move-out call", "cc-phone", "Babak Karimi", "reshape",
            does=(("phone-agent", "cc-phone", 60),), words="The last reading is booked in the call", days=98),
        Step("read-last-meter", "Read the last meter", "me-south", "Luis Ferreira", "keep"),
        Step("close-account", "Close the account", "bi-accounts", "Helen Okafor", "move", "cc-phone", "Grace Mbeki",
            (("account-specialist", "bi-accounts", 14),), "Closed by whoever takes the call", 98),
        Step("make-final-bill", "Make the final bill", "bi-run", "Helen Okafor", "automate", does=(("bill-specialist", "bi-run", 8),),
            words="Made the night after the last reading", days=98),
        Step("return-deposit", "Return the deposit", "bi-payments", "Frieda Wolff", "keep", does=(("account-clerk", "bi-payments", 11),)),
        Step("tell-next-tenant", "Tell the next tenant what is there", "bi-accounts", "Matteo Ricci", "eliminate",
            words="Part of the move-in from now on", days=98, open_work="36 letters waiting", heir="Matteo Ricci"),
    ),
    "connection": (
        Step("hear-the-wish", "Hear what the builder needs", "el-conn-new", "Clara Nyström", "reshape",
            does=(("connections-engineer", "el-conn-new", 18),), words="Power and water heard together", days=84, word="consulted"),
        Step("design-connection", "Design the connection", "el-conn-new", "Owen Griffiths", "keep",
            does=(("connections-engineer", "el-conn-new", 24),)),
        Step("set-connection-date", "Set the date of the works", "el-conn-new", "Pedro Salgado", "move", "cc-phone", "Grace Mbeki",
            (("connections-engineer", "el-conn-new", 10),), "Set with the builder on the line", 84, "consulted"),
        Step("lay-power", "Lay the power line", "el-grid", "Kofi Boateng", "keep",
            does=(("line-worker", "el-north", 56), ("line-worker", "el-south", 40))),
        Step("lay-water", "Lay the water main", "wa-net", "Aroha Tamati", "keep", does=(("mains-worker", "wa-north", 30),)),
        Step("open-the-road-twice", "Apply for the road, power and water apart", "wa-net", "Kenji Mori", "merge", "el-plan",
            "Lena Hartmann", (("network-planner", "el-plan", 6),), "One application for both", 84, "consulted"),
        Step("sign-off-connection", "Sign off on site", "el-conn-new", "Owen Griffiths"),
    ),
    "outage": (
        Step("see-the-dark", "See what is dark", "el-control", "Fatima Idrissi", "keep", does=(("control-operator", "el-control", 20),)),
        Step("call-the-crew", "Call the crew out", "el-control", "Ursula Weiss", "reshape",
            does=(("control-operator", "el-control", 16),), words="The crew sees the fault on its own map", days=126, word="consulted"),
        Step("repair-the-line", "Repair the line", "el-north-line", "Jorge Medina", "keep",
            does=(("line-worker", "el-north-line", 20), ("line-foreman", "el-", 14))),
        Step("answer-dark-calls", "Answer the calls from the dark", "cc-phone", "Grace Mbeki", "automate",
            does=(("phone-agent", "cc-phone", 40),), words="A message goes out before they call", days=126, word="consulted"),
        Step("write-outage-note", "Write the note for the press", "cs-words", "Farah Haddad", "keep", does=(("writer", "cs-words", 4),)),
        Step("tell-the-street", "Tell the street what happened", "cs-words", "Farah Haddad", "create",
            words="A card in each door, the day after", days=126, word="consulted"),
    ),
    "bill-query": (
        Step("take-bill-query", "Take the bill query", "cc-phone", "Hannah Brandt", "reshape",
            does=(("phone-agent", "cc-phone", 80), ("desk-agent", "cc-desk", 22)),
            words="Explained at once, with the bill on the screen", days=-315, word="in force, phone"),
        Step("pass-query-on", "Pass the query to Billing", "cc-write", "Isabel Fonseca", "eliminate", words="No longer needed",
            days=-212, word="in force, letters", open_work="", data=""),
        Step("look-into-bill", "Look into the bill", "bi-run", "Helen Okafor", "move", "cc-write", "Isabel Fonseca",
            (("bill-specialist", "bi-run", 9), ("letter-agent", "cc-write", 12)), "Where the letter is read", 70),
        Step("correct-bill", "Correct the bill", "bi-run", "Helen Okafor", "reshape", does=(("bill-specialist", "bi-run", 10),),
            words="Up to 200 euro without a second signature", days=70),
        Step("answer-in-writing", "Answer in writing", "cc-write", "Noor van Dijk", "keep", does=(("letter-agent", "cc-write", 16),)),
        Step("learn-from-queries", "Learn from the month's queries", "cc-quality", "Wanda Zielińska", "create",
            words="Three causes a month, taken to those who can end them", days=70),
    ),
    "meter-round": (
        Step("plan-the-round", "Plan the order of visits", "me-south", "Luis Ferreira", "reshape",
            does=(("meter-reader", "me-south-a", 12),), words="The round comes booked the day before; visits may be swapped", days=56),
        Step("send-the-crews", "Send the crews out", "me-dispatch", "Yusuf Aslan", "reshape",
            does=(("dispatch-planner", "me-dispatch", 10),), words="Crews see their day without coming by", days=56),
        Step("keep-devices", "Keep the devices charged and right", "me-devices", "Ahmed Mansour", "create", to_owner="Ahmed Mansour",
            words="Chargers in each van", days=28),
        Step("change-the-meter", "Change the meter", "me-north", "Birgit Sommer"),
        Step("check-odd-readings", "Check readings that look odd", "bi-readings", "Agnes Dupont", "automate",
            does=(("reading-clerk", "bi-readings", 12),), words="The device asks on the spot; clerks solve the rest", days=21),
        Step("guess-readings", "Estimate where nobody was home", "bi-readings", "Daniel Österberg", "eliminate",
            does=(("reading-clerk", "bi-readings", 5),), words="A second date is offered instead", days=140,
            data="three years of estimates", heir="Agnes Dupont"),
    ),
    "payment": (
        Step("send-reminder", "Send the reminder", "bi-payments", "Julia Kamińska", "reshape",
            does=(("payment-specialist", "bi-payments", 12),), words="A call comes first", days=98, word="consulted"),
        Step("agree-plan", "Agree a payment plan", "bi-payments", "Rajesh Pillai", "reshape",
            does=(("payment-specialist", "bi-payments", 9),), words="On the phone, up to twelve months", days=98, word="consulted"),
        Step("order-stop", "Order the supply stopped", "bi-payments", "Helen Okafor", "reshape", words="Only after a visit", days=98,
            word="consulted"),
        Step("go-and-stop", "Go and stop the supply", "me-north", "Birgit Sommer", "reshape",
            words="A visit that first looks for a way out", days=98, word="consulted"),
        Step("write-off", "Write off what cannot be paid", "bi-payments", "Helen Okafor", "reshape",
            words="Decided each month, with the reasons kept", days=98, word="consulted"),
        Step("talk-to-adviser", "Bring in the debt adviser", "bi-payments", "Rajesh Pillai"),
    ),
    "complaint": (
        Step("hear-complaint", "Hear the complaint", "cc-desks", "Emeka Obi", "keep",
            does=(("desk-agent", "cc-desk", 24), ("desk-lead", "cc-desk", 5))),
        Step("find-who-knows", "Find who knows", "cc-write", "Noor van Dijk", "eliminate", does=(("letter-agent", "cc-write", 6),),
            words="The case stays with whoever heard it", days=-98, word="in force, desks", open_work="12 complaints on the old list",
            heir="Noor van Dijk"),
        Step("put-it-right", "Put it right", "cc-desks", "Sofia Lindholm", "reshape", does=(("desk-agent", "cc-desk", 23),),
            words="Goodwill at the desk, up to 100 euro", days=-98, word="in force, desks"),
        Step("answer-complaint", "Answer, and say what came of it", "cc-write", "Noor van Dijk", "keep",
            does=(("letter-agent", "cc-write", 14),)),
        Step("review-complaints", "Review complaints with the board", "cs-program", "Maren Lindqvist", "keep",
            does=(("program-specialist", "cs-program", 4),)),
    ),
    "leak": (
        Step("take-leak-call", "Take the leak call", "cc-phone", "Grace Mbeki", "keep", does=(("phone-agent", "cc-phone", 30),)),
        Step("find-the-leak", "Find the leak", "wa-north", "Aroha Tamati", "keep",
            does=(("mains-foreman", "wa-", 10), ("mains-worker", "wa-south", 22))),
        Step("close-the-valve", "Close the valve and tell the doors", "wa-north", "Paulo Teixeira", "reshape",
            does=(("mains-worker", "wa-north", 24),), words="The phone teams see which doors, and call them", days=112,
            word="consulted"),
        Step("mend-the-main", "Mend the main", "wa-north-mains", "Paulo Teixeira", "keep",
            does=(("mains-worker", "wa-north-mains", 30),)),
        Step("test-the-water", "Test the water and say it is good", "wa-lab", "Stefan Ionescu", "keep",
            does=(("lab-analyst", "wa-lab", 14),)),
    ),
    "key-year": (
        Step("agree-year-plan", "Agree the plan of the year", "ka-industry", "Hugo Marchetti", "reshape",
            words="One plan that every unit can read", days=182, word="draft"),
        Step("report-use", "Report each unit's use apart", "ka-public", "Thandi Nkosi", "merge", words="One report, all products",
            days=182, word="draft"),
        Step("plan-works-with", "Plan works with the customer", "ka-industry", "Hugo Marchetti", "reshape",
            words="Those who dig are in the room", days=182, word="consulted"),
        Step("settle-big-bill", "Settle the large bills", "bi-run", "Priya Nair", "keep", does=(("bill-specialist", "bi-run", 6),)),
        Step("review-year", "Review the year together", "ka", "Victor Adeyemi"),
    ),
}  # fmt: skip

# workflow: from, to, what it carries, median wait in working hours, cases, cases that came back
AS_IS: dict[str, tuple[tuple[str, str, str, float, int, int], ...]] = {
    "move-in": (
        ("take-move-in-call", "open-account", "call note, by e-mail", 9.6, 2316, 394),
        ("open-account", "check-power-point", "new account, by e-mail list", 16.8, 2290, 321),
        ("check-power-point", "check-water-point", "supply point form, on paper", 38.4, 2244, 202),
        ("check-water-point", "plan-meter-visit", "order, by phone", 15.2, 2201, 132),
        ("plan-meter-visit", "read-meter-on-site", "round sheet, on paper", 1.6, 2198, 88),
        ("read-meter-on-site", "type-in-sheet", "reading sheet, on paper", 20.8, 2180, 480),
        ("type-in-sheet", "chase-readings", "list of gaps", 0.8, 484, 61),
        ("type-in-sheet", "make-first-bill", "reading, in the system", 0.8, 1696, 34),
        ("make-first-bill", "explain-first-bill", "bill query, in the case", 8.8, 610, 189),
    ),
    "move-out": (
        ("take-move-out-call", "read-last-meter", "order, by phone", 14.4, 2010, 161),
        ("read-last-meter", "close-account", "reading sheet, on paper", 22.4, 1990, 338),
        ("close-account", "make-final-bill", "closing list", 8.0, 1985, 40),
        ("make-final-bill", "return-deposit", "note of the deposit", 16.0, 1420, 99),
        ("close-account", "tell-next-tenant", "letter", 24.0, 1102, 0),
    ),
    "connection": (
        ("hear-the-wish", "design-connection", "notes of the visit", 24.0, 418, 66),
        ("design-connection", "open-the-road-twice", "two applications", 40.0, 402, 88),
        ("open-the-road-twice", "set-connection-date", "permit", 60.0, 391, 31),
        ("set-connection-date", "lay-power", "order", 56.0, 391, 70),
        ("lay-power", "lay-water", "phone call between foremen", 44.0, 240, 52),
        ("lay-water", "sign-off-connection", "report", 12.0, 238, 12),
    ),
    "outage": (
        ("see-the-dark", "call-the-crew", "phone call", 0.2, 312, 9),
        ("call-the-crew", "repair-the-line", "order, by radio", 0.9, 312, 21),
        ("see-the-dark", "answer-dark-calls", "note on the wall screen", 0.6, 312, 0),
        ("repair-the-line", "write-outage-note", "what happened, by phone", 2.5, 48, 6),
    ),
    "bill-query": (
        ("take-bill-query", "look-into-bill", "query, in the case", 14.0, 5210, 990),
        ("look-into-bill", "correct-bill", "finding", 6.0, 1870, 140),
        ("correct-bill", "answer-in-writing", "corrected bill", 7.0, 1790, 72),
    ),
    "meter-round": (
        ("plan-the-round", "send-the-crews", "wall map", 3.0, 11800, 240),
        ("send-the-crews", "change-the-meter", "order, on paper", 9.0, 3100, 280),
        ("check-odd-readings", "guess-readings", "list", 12.0, 2640, 110),
    ),
    "payment": (
        ("send-reminder", "agree-plan", "reply of the customer", 30.0, 3400, 210),
        ("send-reminder", "order-stop", "list", 40.0, 610, 88),
        ("order-stop", "go-and-stop", "order, on paper", 16.0, 590, 130),
        ("agree-plan", "write-off", "plan that did not hold", 80.0, 140, 4),
    ),
    "complaint": (
        ("hear-complaint", "put-it-right", "the case", 6.0, 1480, 59),
        ("put-it-right", "answer-complaint", "what was done", 5.0, 1480, 41),
        ("answer-complaint", "review-complaints", "month's list", 40.0, 1480, 0),
    ),
    "leak": (
        ("take-leak-call", "find-the-leak", "order, by phone", 0.7, 720, 50),
        ("find-the-leak", "close-the-valve", "place of the leak", 0.4, 720, 12),
        ("close-the-valve", "mend-the-main", "radio", 1.1, 690, 18),
        ("mend-the-main", "test-the-water", "sample", 2.2, 650, 9),
    ),
    "key-year": (
        ("agree-year-plan", "plan-works-with", "plan, by e-mail", 80.0, 36, 11),
        ("plan-works-with", "report-use", "five reports", 120.0, 36, 14),
        ("settle-big-bill", "review-year", "year's bills", 24.0, 36, 3),
    ),
}  # fmt: skip
TO_BE: dict[str, tuple[tuple[str, str, str, float, int, int], ...]] = {
    "move-in": (
        ("take-move-in-call", "read-meter-on-site", "booked visit, in the case", 22.4, 118, 4),
        ("read-meter-on-site", "make-first-bill", "reading, from the device", 6.4, 118, 2),
        ("make-first-bill", "explain-first-bill", "bill query, in the case", 7.2, 31, 6),
    ),
    "bill-query": (
        ("take-bill-query", "look-into-bill", "the case, same hands", 2.0, 260, 8),
        ("look-into-bill", "answer-in-writing", "corrected bill", 3.0, 240, 5),
    ),
    "meter-round": (
        ("plan-the-round", "change-the-meter", "booked round, on the device", 2.0, 640, 12),
    ),
}  # fmt: skip
