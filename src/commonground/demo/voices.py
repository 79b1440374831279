"""What people at Northlight raised in fourteen months, in their own words, and what came of it. Told in docs/explanation/the-demo.md."""

from typing import NamedTuple

MAREN, ROSA, ILSE = "Maren Lindqvist", "Rosa Quintero", "Ilse Brandt"
# The author of one fear holds this code: whoever follows it reads the answer, and can write again.
CODE, CODED = "N0RT-H11G-HTDE-M0V0-1CE5", "planned-with-a-pencil"


class Matter(NamedTuple):
    """What several have in common. answer: day and words of the answer to all; outcome: what came of it."""

    name: str
    answer: tuple[int, str] | None = None
    outcome: str = ""


class Said(NamedTuple):
    """One voice. by: a name, empty without one. owner: who has it, and by when. Days are counted from today.

    answer, done, closed: day and words. taken: the day on which an idea was accepted. key: of the one whose code is known.
    """

    day: int
    kind: str
    unit: str
    words: str
    by: str = ""
    answer: tuple[int, str] | None = None
    topic: str = ""
    taken: int | None = None
    done: tuple[int, str] | None = None
    owner: str = ""
    due: int | None = None
    closed: tuple[int, str] | None = None
    key: str = ""


MATTERS = {
    "posts": Matter(
        "Whether posts go",
        (-398, "No post is cut for this program. Some roles end, and each person of them is offered another with training and the same "
         "pay. It stands in the goal, the works council has it in writing, and you can hold us to it."),
        "Nine typists, nine places: six are chosen, three are being looked for with those whom it concerns.",
    ),
    "goodwill": Matter(
        "Who stands behind me when I decide",
        (-291, "Whoever decides within their amount is right to have decided. Nobody asks why afterwards; once a month the teams look "
         "together at what was given and what it did."),
    ),
    "device": Matter(
        "The device in the cold, and its battery",
        (-101, "Take paper with you until the device holds a whole round. Each van gets a charger, and gloves that the screen knows lie "
         "at the depot."),
        "Chargers are in all vans of the South depot; the night crews still wait for theirs.",
    ),
    "two-records": Matter("Two records until the cut-over"),
}  # fmt: skip

LONG_AGO = (
    Said(-425, "fear", "bi-accounts", "When five processes become one, somebody will count how many of us that needs.", topic="posts"),
    Said(-424, "doubt", "el-records", "They say that no post is cut. They said so eleven years ago as well.", topic="posts"),
    Said(-420, "question", "me-south", "What becomes of the typists once we all have devices? Nobody has said it aloud.", topic="posts"),
    Said(-417, "question", "wa-works", "Must a treatment works be part of this? We meet no customers.",
        answer=(-409, "You meet them when the water is brown and they call. What you know then is what the agents need. Nothing else.")),
    Said(-415, "question", "cs-finance", "What does it cost, and which year's budget does it come from?", "Tariq Aziz",
        answer=(-406, "It stands in the budget of this year and the next two, by phase. Ask for the sheet; nothing in it is a secret.")),
    Said(-410, "idea", "cc-phone-1", "Let the one who took the call ring back on the day of the move. It takes two minutes.",
        "Babak Karimi",
        taken=-402, done=(-330, "Team Lark rings back. Fewer people call twice in their first week, they say.")),
    Said(-405, "doubt", "cc-write", "A letter is read twice before it goes. Who reads what I say on the phone?",
        answer=(-395, "Nobody. What you say is yours, and your coach sits beside you as long as you want that.")),
    Said(-398, "idea", "bi-run", "Print the meter number large on the bill. Half of the calls begin with looking for it.", "Priya Nair",
        taken=-390, done=(-352, "It is large, and at the top right, since the bills of that spring.")),
    Said(-391, "risk", "bi-run", "Power and water close their month on different days. One bill will wait for the later of the two.",
        owner=MAREN, due=-370, answer=(-374,
        "Both close on the third working day from spring on. Both heads have agreed, and it is in the calendar.")),
    Said(-380, "doubt", "el-control", "In a storm nobody here will fill in a record. We have both hands full.", "Fatima Idrissi",
        answer=(-371, "Nobody will be asked to. In a storm the phone teams note what you call out, and you look it over afterwards.")),
    Said(-372, "question", "me-north", "Will the device show where I am all day?",
        answer=(-365, "No. It sends the reading and when it was taken. The works council has seen how it is set.")),
    Said(-366, "idea", "me-south-a", "Let crews swap two visits among themselves without asking the depot.", "Luis Ferreira",
        taken=-350, done=(-98, "Foremen agree to swaps within the round since the devices came.")),
    Said(-358, "fear", "cc-desk-market", "I know my customers by name. In one queue for all I shall be a number to them, and they to me.",
        answer=(-349, "Who comes to your desk stays at your desk. The record knows their name as well, for the days on which you are "
        "away.")),
    Said(-350, "doubt", "ka-industry", "Our customers have one person whom they call. A record does not pick up the phone.",
        answer=(-338, "They keep that person. The record is for the evening on which that person is on a plane.")),
    Said(-344, "question", "wa-south", "If I find a leak at the neighbour's, do I open the case or does the office?", "Chiara Bellini",
        answer=(-336, "You do, with two fields: where, and how bad. The rest is asked later.")),
    Said(-340, "idea", "cc-phone-2", "A short list of the crews' words, so that agents understand what is on the sheet.", "Hannah Brandt",
        taken=-331, done=(-300, "Forty words, with pictures, beside every screen. The crews corrected six of them.")),
    Said(-333, "risk", "cc-phone", "After ten at night no floor manager is in. Who decides on goodwill then?", topic="goodwill",
        owner=MAREN),
    Said(-328, "doubt", "cc-phone-3", "Fifty euro sounds like trust until somebody asks me why.", topic="goodwill"),
    Said(-322, "question", "bi-payments", "May an agent promise a payment plan before we have seen the account?", topic="goodwill"),
    Said(-310, "fear", "cc-phone", "I am slow with the new screen, and everybody hears me being slow.",
        answer=(-302, "Everybody was. For the first twelve weeks nobody counts calls, and a colleague sits beside whoever wants one.")),
    Said(-301, "idea", "cc-phone-4", "Put both systems side by side on one wide screen. Copying by mouse hurts the wrist.",
        taken=-292, done=(-263, "Wide screens are on all desks of the four teams.")),
    Said(-288, "doubt", "el-conn-new", "Builders want a date that holds. We cannot give one while water has a calendar of its own.",
        answer=(-279, "You are right, and it is being looked for: one date for power and water is a search of its own since last "
        "month.")),
    Said(-276, "idea", "el-conn-new", "One street calendar for both houses. Whoever opens the street first writes it down.",
        "Owen Griffiths",
        taken=-255, owner=ROSA, due=-120),
    Said(-264, "question", "cs-it", "Which of the old lists may be switched off, and who says so?", "Kiran Shah",
        answer=(-255, "Each has a name beside it now. That person says so, and nobody else.")),
    Said(-250, "doubt", "bi-readings", "The device will write the reading. Who will see that it cannot be right?",
        answer=(-243, "You will. That eye is what the new role is made of.")),
    Said(-245, "idea", "cc-quality", "A table on Wednesdays where bill people and phone people eat together.", "Wanda Zielińska",
        taken=-243, done=(-35, "It ran for thirty weeks, until people found each other without it.")),
    Said(-241, "fear", "bi-readings", "Typing is what I am good at, and I have done it for thirty years.",
        answer=(-234, "We know. Nothing is decided about your place without you; come with a colleague if you like, and say what you "
        "would like to do.")),
    Said(-233, "idea", "bi-readings", "Let a clerk call when a reading looks odd, before the bill goes out.", "Agnes Dupont",
        taken=-226, done=(-180, "They call. It is part of the clerks' new role, in her words.")),
    Said(-229, "risk", "bi-run", "The change falls into the weeks in which the year's bills are made.",
        owner=MAREN, due=-226, answer=(-226, "It is moved by a week. The year's bills go first.")),
    Said(-214, "doubt", "cc-write", "We read of the merger on the intranet before anybody had spoken with us.", "Noor van Dijk",
        answer=(-205, "That is so, and it should not have been. We came to say it in person, and have changed how word goes out.")),
    Said(-208, "question", "cc-write", "Do we keep our desks in the Call house?", answer=(-204, "Yes.")),
    Said(-196, "idea", "cs-words", "Write to a customer once, with both logos, instead of twice.",
        taken=-188, done=(-150, "One letter, one envelope. It also costs less.")),
    Said(-187, "doubt", "wa-lab", "Who asks about lead in the water needs a chemist, and no case number.", "Stefan Ionescu",
        answer=(-178, "They get the chemist: such calls are put through to the lab, and the case is written for you.")),
    Said(-176, "question", "el-south", "Who pays the hour in which we learn?", answer=(-170,
        "The program. Write it on its number, not on yours.")),
    Said(-165, "idea", "me-south", "A charger in each van, and a spare one at the depot.", ILSE,
        taken=-158, done=(-40, "The vans of the South depot have them. North follows.")),
    Said(-158, "doubt", "me-north", "At minus five the screen does not feel my glove.", topic="device"),
    Said(-150, "fear", "me-south", "It goes flat in the second street, and I stand there without even paper.", topic="device"),
    Said(-140, "question", "me-north", "If it falls into a pit, do I pay for it?", answer=(-135, "No.")),
    Said(-135, "idea", "bi-accounts", "Teach in pairs: one hour you sit with me, one hour I sit with you.", "Matteo Ricci",
        taken=-128, done=(-60, "Twenty-four pairs have sat together, and go on.")),
    Said(-131, "idea", "el-north", "Let us see the last three visits to a house before we ring.", "Dmytro Bondar",
        taken=-120, done=(-75, "It is part of the trial in district North.")),
    Said(-122, "risk", "wa-supply", "214 addresses have two numbers. One record will join the wrong neighbours.", "Sanjay Bhat",
        owner=ROSA, due=-90, answer=(-95, "Each of them is looked at by one person of each house before it is joined. Sanjay leads it.")),
    Said(-113, "doubt", "ka-public", "A school with forty meters is no household. Where does it stand in all this?", "Thandi Nkosi",
        answer=(-95, "In a workflow of its own, which does not stand yet. We shall come and ask you before it does.")),
    Said(-104, "idea", "ka-industry", "Tell a plant a day before when its power will be off. They hear it on the radio.",
        taken=-58, owner=ROSA, due=30),
    Said(-97, "question", "wa-net", "May we look at power's map of the street?", answer=(-90,
        "Yes, since this week; ask Network planning for the key.")),
    Said(-84, "doubt", "cc-desks", "The machine comes where the till was. Some of our customers have only cash, and poor eyes.",
        "Sofia Lindholm",
        answer=(-70, "The machine takes cash, and somebody stands beside it. Tell us if one day nobody does.")),
    Said(-76, "question", "me-dispatch", "When agents plan the visits, who knows that the bridge is closed on Thursdays?", owner=ROSA,
        due=-55),
    Said(-69, "doubt", "el-records", "Until the cut-over there are two records. Whose is right when they differ?", topic="two-records"),
    Said(-66, "doubt", "wa-works", "Power's number or ours: in which of the two do we look first?", topic="two-records"),
    Said(-61, "doubt", "bi-run", "Two numbers for one address. Which of them does the bill take?", topic="two-records"),
    Said(-57, "question", "cc-phone-3", "The record says one thing and Water another. What do I tell the customer?", topic="two-records"),
    Said(-47, "fear", "wa-south", "Agents will promise our crews' mornings away.",
        answer=(-38, "They book what you have set free, and nothing else. The rules are written by the dispatch leads, not by a "
        "machine.")),
    Said(-41, "idea", "me-devices", "A clinic for devices, before they are broken.", "Ahmed Mansour",
        taken=-41, done=(-33, "Each morning from six. Bring it in flat, take it out charged.")),
    Said(-36, "question", "el-north", "Does the trial's screen stay ours after the eight weeks?",
        answer=(-31, "Yes, as long as it helps you more than the form did. You say so, at the end of the trial.")),
)  # fmt: skip
# Raised since the program is kept here, one verb after the other.
LATELY = (
    Said(-27, "doubt", "bi-accounts", "Dieter knows which account is a trap. Where is that written?", owner=ROSA, due=-13),
    Said(-24, "idea", "cc-phone-1", "Let the customer choose two hours instead of a whole day.", ROSA, taken=-15, owner=ROSA, due=40),
    Said(-22, "fear", "me-dispatch", "I have planned with a pencil for nineteen years. I do not want to be the slow one in a room of "
        "headsets.",
        answer=(-12, "Nineteen years are why the rules will be right. Come on a Thursday first and sit beside Rosa's team; nobody "
        "counts anything "
                 "there."), owner=ILSE, due=-10, key=CODED),
    Said(-20, "question", "wa-net", "Will anybody come to the yard before the day itself?"),
    Said(-19, "risk", "el-conn-new", "Power promises a date to the builder while water's street is still closed."),
    Said(-16, "idea", "me-south-a", "Show on the device where the dog bites.", "Samuel Adjei", taken=-9, owner=ILSE, due=25),
    Said(-13, "doubt", "cc-desk-harbour", "If the desk keeps the complaint, who keeps the desk?"),
    Said(-11, "question", "bi-payments", "May I call before a reminder goes out, already now?", "Rajesh Pillai",
        answer=(-6, "Yes. Begin with those whom you know, and tell us what they say."), owner=MAREN, due=-1),
    Said(-9, "idea", "el-grid", "Write the crew's name on the card that says we were here."),
    Said(-8, "risk", "cs-it", "In the night of the cut-over both records are frozen for six hours. Who takes outage calls?",
        "Peter Novák",
        answer=(-3, "Network control, on paper, with two agents beside them. Fatima and Peter write the sheet for it."), owner=MAREN,
        due=4),
    Said(-6, "question", "wa-lab", "Who tells customers when a test takes longer than we said?"),
    Said(-5, "idea", "bi-payments", "Thank people who pay after a hard year. One line on the bill would do.",
        closed=(-3, "The bill has no room for it this year. It stands on the list for the next one.")),
    Said(-4, "fear", "bi-readings", "Case work means talking to angry people. I chose this work because I like it quiet.", owner=ROSA,
        due=8),
    Said(-3, "doubt", "cc-phone-4", "We have the night calls, and our number stands beside Lark's as if the nights were days.",
        owner=ROSA, due=9),
)  # fmt: skip
SAID = (*LONG_AGO, *LATELY)
