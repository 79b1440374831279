"""The fleet desk: a small program beside the large one. It began with the screen, and can still catch up with the people."""

from commonground.demo.searches import Brought, Meeting, Place, Search
from commonground.demo.story import Deed, Part, Point, Talk
from commonground.demo.work import Flow, Step

SLUG, NAME = "fleet-desk", "Fleet desk"
GOAL = "A crew finds its van, fuelled and free, without asking three people. Nobody's post is in question."
STARTED, PLANNED_END = -180, 90
STRATEGY = (Part("A van is there when the work is", "Wait for no repair because of a missing van", -58),)
POINTS = (
    Point("first_raised", -180, -180, note="Vans were short"),
    Point("technology_chosen", -150, -146, note="A booking screen that was at hand"),
    Point("team_seated", -140, -138),
    Point("amount_of_change_decided", -120, -58, note="One desk, said afterwards"),
    Point("strategy_agreed", -120, -58),
    Point("workflows_agreed", 30),
    Point("cut_over", -10, -10, note="The screen went live"),
)
TALKS = (
    Talk(-176, "Information technology", "other", False, "Which screen could be had quickly"),
    Talk(-100, "Information technology", "other", False, "Test of the screen"),
)
FLOWS = (Flow("van-day", "A van for the day, from need to key", "Have the van there in the morning", 0, 5.0),)
STEPS = {
    "van-day": (
        Step("ask-for-van", "Ask for a van", "cs-finance", "Eva Lindner", "reshape", does=(("vehicle-clerk", "cs-finance", 6),),
            words="Booked on the screen, by the crew", days=-10, word="in force, fleet"),
        Step("hand-out-key", "Hand out the key", "cs-finance", "Eva Lindner", "automate", does=(("vehicle-clerk", "cs-finance", 6),),
            words="A key box at each depot", days=-10, word="in force, fleet"),
        Step("fuel-and-wash", "Fuel and wash", "cs-finance", "Oscar Mbele"),
        Step("fetch-stranded", "Fetch a stranded crew", "cs-finance", "Oscar Mbele", "keep", word="in force, fleet", days=-10),
    ),
}  # fmt: skip
AS_IS = {
    "van-day": (
        ("ask-for-van", "hand-out-key", "a call, then a note on the board", 2.5, 940, 120),
        ("hand-out-key", "fuel-and-wash", "key and log book", 1.0, 900, 8),
    )
}
SEARCHES = (
    Search(
        "find-van", "van-day", "How does a crew find its van?", "A. A screen.\nB. A standing van for each crew.", -140
    ),
)
PLACES = (
    Place("find-van", "Anna Kowalczyk", -140, 2.0),
    Place("find-van", "Peter Novák", -140, 4.0),
    Place("find-van", "Kiran Shah", -140, 4.0),
    Place("find-van", "Yvonne Dubois", -140, 2.0),
    Place("find-van", "Tariq Aziz", -60, 1.0),
)
MEETINGS = (
    Meeting("find-van", -130, "What the screen can do.", "Anna Kowalczyk;Peter Novák;Kiran Shah;Yvonne Dubois"),
    Meeting(
        "find-van", -22, "What was found in the test.", "Anna Kowalczyk;Peter Novák;Kiran Shah;Yvonne Dubois;Tariq Aziz"
    ),
)
BROUGHT = (Brought("find-van", "Peter Novák", -60, "The screen also runs on the crews' devices."),)
DEEDS = (
    Deed("Notice on the wall", "cs-finance", "CHAN", "Oscar Mbele", -20, -5, 2, "done", "How to book"),
    Deed("Training on the screen", "cs-finance", "TRAIN", "Eva Lindner", -9, 30, 40, "running", "How to book, one hour each"),
    Deed("Morning beside the key board", "cs-finance", "OWN", "Eva Lindner", 5, 20, 8, "planned",
        "Clerks and crews look at the first weeks together"),
)  # fmt: skip
