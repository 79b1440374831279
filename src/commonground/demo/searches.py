"""The searches for the new way: their questions, who sits in them, what they met for and what people brought."""

from typing import NamedTuple


class Search(NamedTuple):
    """A search for how a workflow will work. Days are counted from today."""

    id: str
    workflow: str
    question: str
    options: str
    opened: int
    decided: int | None = None
    decision: str = ""


class Place(NamedTuple):
    """A seat. `hours` None: nobody has agreed hours yet; consent and agreement follow it."""

    search: str
    person: str
    since: int
    hours: float | None = 3.0


class Meeting(NamedTuple):
    search: str
    day: int
    words: str
    people: str


class Brought(NamedTuple):
    """What a person brought into a search, and what came of it."""

    search: str
    person: str
    day: int
    words: str
    came_of_it: str = ""


SEARCHES = (
    Search("find-move-in", "move-in", "How can a customer move in with one call, and no one wait for paper?",
           "A. One call does it all; a small team solves what is unusual.\nB. The call opens a case; each unit works in it at once.\n"
           "C. As today, with the paper form replaced by a screen.", -118),
    Search("find-meter-round", "meter-round", "How does a round come booked, and stay the crew's own?",
           "A. Booked by the phone teams, order free within the round.\nB. Booked by district, by the planners at the depot.", -104),
    Search("find-move-out", "move-out", "What would let somebody leave with one call?",
           "A. Last reading booked in the call, bill by night.\nB. A card to send in the reading oneself.", -76),
    Search("find-connection", "connection", "How does a builder learn one date for power and water?", "", -31),
    Search("find-payment", "payment", "What do we ask before we remind?", "", -24),
    Search("find-bill-query", "bill-query", "Who can explain a bill at once?",
           "A. Whoever answers, with the bill on the screen.\nB. A second line in Billing.", -290, -33,
           "A, with two bill specialists to learn from each Wednesday. Correcting up to 200 euro goes with it."),
    Search("find-complaint", "complaint", "How does a complaint stay with the one who heard it?",
           "A. The desk keeps it, with goodwill of its own.\nB. A complaints team.", -270, -112,
           "A. Goodwill at the desk, up to 100 euro; the old list is emptied by hand."),
)  # fmt: skip

PLACES = (
    Place("find-move-in", "Rosa Quintero", -118, 4.0),
    Place("find-move-in", "Amara Osei", -118),
    Place("find-move-in", "Luis Ferreira", -118, 2.0),
    Place("find-move-in", "Priya Nair", -118),
    Place("find-move-in", "Hannah Brandt", -111),
    Place("find-move-in", "Babak Karimi", -111, 2.0),
    Place("find-move-in", "Matteo Ricci", -90),
    Place("find-move-in", "Sanjay Bhat", -90),
    Place("find-move-in", "Bogdan Petrescu", -62),
    Place("find-move-in", "Kofi Boateng", -62, 2.0),
    Place("find-move-in", "Piet de Vries", -20, None),
    Place("find-meter-round", "Luis Ferreira", -104, 2.0),
    Place("find-meter-round", "Samuel Adjei", -104, 1.5),
    Place("find-meter-round", "Ilse Brandt", -104, 1.5),
    Place("find-meter-round", "Tomasz Wieczorek", -97),
    Place("find-meter-round", "Yusuf Aslan", -97, 2.0),
    Place("find-meter-round", "Bogdan Petrescu", -97, 2.0),
    Place("find-meter-round", "Agnes Dupont", -83),
    Place("find-meter-round", "Daniel Österberg", -83, 2.0),
    Place("find-meter-round", "Birgit Sommer", -83, 2.0),
    Place("find-move-out", "Helen Okafor", -76, 1.5),
    Place("find-move-out", "Babak Karimi", -76, 2.0),
    Place("find-move-out", "Matteo Ricci", -76),
    Place("find-move-out", "Grace Mbeki", -76, 2.0),
    Place("find-move-out", "Sofia Lindholm", -55, 2.0),
    Place("find-connection", "Pedro Salgado", -31),
    Place("find-connection", "Clara Nyström", -31),
    Place("find-connection", "Owen Griffiths", -31, 2.0),
    Place("find-connection", "Kenji Mori", -31, 2.0),
    Place("find-connection", "Lena Hartmann", -31),
    Place("find-connection", "Aroha Tamati", -24, 2.0),
    Place("find-connection", "Dmytro Bondar", -24, 2.0),
    Place("find-connection", "Paulo Teixeira", -24, 2.0),
    Place("find-payment", "Rajesh Pillai", -24),
    Place("find-payment", "Julia Kamińska", -24),
    Place("find-payment", "Helen Okafor", -24, 1.0),
    Place("find-payment", "Birgit Sommer", -24),
    Place("find-bill-query", "Hannah Brandt", -290),
    Place("find-bill-query", "Isabel Fonseca", -290, 2.0),
    Place("find-bill-query", "Noor van Dijk", -290),
    Place("find-bill-query", "Helen Okafor", -290, 1.0),
    Place("find-bill-query", "Wanda Zielińska", -240, 2.0),
    Place("find-complaint", "Sofia Lindholm", -270),
    Place("find-complaint", "Noor van Dijk", -270),
    Place("find-complaint", "Emeka Obi", -270, 2.0),
    Place("find-complaint", "Maren Lindqvist", -270, 1.0),
)

MEETINGS = (
    Meeting("find-move-in", -108, "Walked one move-in from call to bill, form by form.",
        "Rosa Quintero;Amara Osei;Luis Ferreira;Priya Nair;Hannah Brandt;Babak Karimi"),
    Meeting("find-move-in", -80, "Drew what waits, and where. The paper form between power and water waits longest.",
        "Rosa Quintero;Amara Osei;Priya Nair;Hannah Brandt;Matteo Ricci;Sanjay Bhat"),
    Meeting("find-move-in", -45, "Looked at the first trial calls of district North.",
        "Rosa Quintero;Amara Osei;Luis Ferreira;Babak Karimi;Matteo Ricci;Sanjay Bhat;Bogdan Petrescu;Kofi Boateng"),
    Meeting("find-move-in", -17, "Chose what the call must ask, and what it need not.",
        "Rosa Quintero;Amara Osei;Luis Ferreira;Priya Nair;Hannah Brandt;Babak Karimi;"
        "Matteo Ricci;Sanjay Bhat;Bogdan Petrescu;Kofi Boateng"),
    Meeting("find-meter-round", -94, "At the depot, 06:15: how a round is made today.",
        "Luis Ferreira;Samuel Adjei;Ilse Brandt;Tomasz Wieczorek;Yusuf Aslan;Bogdan Petrescu"),
    Meeting("find-meter-round", -66, "Tried a booked round on paper with four crews.",
        "Luis Ferreira;Samuel Adjei;Ilse Brandt;Tomasz Wieczorek;Yusuf Aslan;Agnes Dupont;Daniel Österberg"),
    Meeting("find-meter-round", -19, "Which visits may be swapped, and who sees it.",
        "Luis Ferreira;Samuel Adjei;Ilse Brandt;Tomasz Wieczorek;Bogdan Petrescu;Agnes Dupont;Daniel Österberg;Birgit Sommer"),
    Meeting("find-move-out", -62, "Listened to ten calls of people who left.", "Helen Okafor;Babak Karimi;Matteo Ricci;Grace Mbeki"),
    Meeting("find-move-out", -27, "Made the bill by night, on twelve real cases.",
        "Helen Okafor;Babak Karimi;Matteo Ricci;Grace Mbeki;Sofia Lindholm"),
    Meeting("find-connection", -18, "Put both calendars on one wall.",
        "Pedro Salgado;Clara Nyström;Owen Griffiths;Kenji Mori;Lena Hartmann;Aroha Tamati;Dmytro Bondar;Paulo Teixeira"),
    Meeting("find-payment", -11, "Read twenty replies to reminders, aloud.",
        "Rajesh Pillai;Julia Kamińska;Helen Okafor;Birgit Sommer"),
    Meeting("find-bill-query", -262, "Sat beside each other for a morning, phone and Billing.",
        "Hannah Brandt;Isabel Fonseca;Noor van Dijk;Helen Okafor"),
    Meeting("find-bill-query", -40, "Counted what the trial gave, and agreed.",
        "Hannah Brandt;Isabel Fonseca;Noor van Dijk;Helen Okafor;Wanda Zielińska"),
    Meeting("find-complaint", -150, "Followed three complaints back to their first word.",
        "Sofia Lindholm;Noor van Dijk;Emeka Obi;Maren Lindqvist"),
    Meeting("find-complaint", -115, "Agreed on goodwill at the desk.", "Sofia Lindholm;Noor van Dijk;Emeka Obi"),
)  # fmt: skip

BROUGHT = (
    Brought("find-move-in", "Amara Osei", -101, "The water records have had a screen for half a year. The form could go today.",
        "Tried in district North, 118 move-ins"),
    Brought("find-move-in", "Hannah Brandt", -72, "Ask for the street first. Half of the questions answer themselves.",
        "In the first version of the call"),
    Brought("find-move-in", "Sanjay Bhat", -39, "A list of 214 houses where power and water have different numbers.",
        "Put right by both records desks, 190 done"),
    Brought("find-move-in", "Babak Karimi", -16, "Let the caller hear the free visit times before we ask for the account number."),
    Brought("find-meter-round", "Samuel Adjei", -88, "Show at the address if there is a dog.", "In use, 3,120 addresses so far"),
    Brought("find-meter-round", "Ilse Brandt", -58, "A charger in each van, for the night shift.", "24 vans, with the devices' owner"),
    Brought("find-meter-round", "Tomasz Wieczorek", -30, "The fourteen district rules that make a round work, written down.",
        "The new booking rules rest on them, and say so"),
    Brought("find-meter-round", "Agnes Dupont", -15, "Figures that look odd and are right: farms in August, churches in winter.",
        "The device no longer asks there"),
    Brought("find-move-out", "Matteo Ricci", -49, "The letter to the next tenant says nothing that the move-in call does not."),
    Brought("find-connection", "Dmytro Bondar", -14, "We open the same street twice within a month. Here are eleven of them."),
    Brought("find-bill-query", "Hannah Brandt", -230, "Three sentences that explain any first bill.", "On each agent's screen"),
    Brought("find-bill-query", "Wanda Zielińska", -120, "Callers ask again when the first answer took over six minutes.",
        "Bill specialists sit in on Wednesdays"),
    Brought("find-complaint", "Sofia Lindholm", -140, "Most people want to hear it will not happen to the next one.",
        "The answer says what was changed"),
)  # fmt: skip
