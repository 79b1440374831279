"""What Northlight says, inside and to its customers: who hears what from whom, when, and on which channel."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from commonground.analysis import facts
from commonground.analysis.facts import Row
from commonground.analysis.plan.audience import text_of
from commonground.demo.days import Days


class Said(NamedTuple):
    """A message, in days from today. cut: the unit before whose cut-over it is. writer, approver: usernames. texts: by language."""

    key: str
    title: str
    side: str
    sender_kind: str
    channels: str
    start: int | None
    end: int | None
    state: str
    unit: str | None = None
    audience: Mapping[str, str] = {}
    segments: str = ""
    sender: str = ""
    about_my_work: bool = False
    cut: str | None = None
    purpose: str = ""
    known: str = ""
    unknown: str = ""
    next_word: str = ""
    next_on: int | None = None
    topics: str = ""
    writer: str = "rosa"
    approver: str = ""
    approved: int | None = None
    texts: Mapping[str, tuple[str, str]] = {}


ROUND = (
    "From {day} the round is planned the evening before, with the time that the customer chose.\n\n"
    "You see the whole week on Friday. Whoever knows a street better than the plan says so, and the plan changes.\n\n"
    "Nobody is measured by the minute. What takes longer takes longer."
)
RUNDA = (
    "Od dnia zmiany trasa jest planowana poprzedniego wieczoru, na godzinę wybraną przez klienta.\n\n"
    "W piątek widać cały tydzień. Kto zna ulicę lepiej niż plan, mówi o tym, a plan się zmienia.\n\n"
    "Nikt nie jest mierzony co do minuty."
)
DEVICE = (
    "Each van gets a device. It shows the next visit, and what the last reader wrote about the gate, the dog and the key.\n\n"
    "It does not say where you are, and nobody is measured by it. What you know of a street goes in, and the next crew has it.\n\n"
    "Paper stays in the van until the device holds a whole round."
)
URZADZENIE = (
    "Każde auto dostaje urządzenie. Pokazuje następną wizytę i to, co poprzedni odczytujący zapisał o bramie, psie i kluczu.\n\n"
    "Nie pokazuje, gdzie jesteście, i nikogo nie mierzy. Co wiecie o ulicy, wpisujecie, a następna ekipa to ma.\n\n"
    "Papier zostaje w aucie, aż urządzenie wytrzyma całą trasę."
)
NUMBER = (
    "On {day} your power and your water get one account number instead of two. The new number stands on the next bill.\n\n"
    "You need to do nothing. Standing orders with the old number go on until the end of next year.\n\n"
    "If something looks odd to you, call us. Whoever answers sees the whole case."
)
MESSAGES = (
    Said("why-one-call", "Why we do this: one call, one case, one answer", "inside", "sponsor", "email;print;intranet", -44, -30, "done",
        sender="Ruth Nakamura", purpose="Everybody can say in a sentence why we do it", writer="maren", approver="ruth", approved=-46,
        known="What customers told us, and the forty calls of that week that nobody could answer whole.",
        unknown="How long it takes. Two years, we think.", next_word="What the first units see after half a year", next_on=40,
        texts={"English": ("Why we do this", "Forty times in one week somebody called us and nobody could answer them whole. Each of us "
            "had a part of the answer, and each part was right.\n\nWe want whoever picks up to see all of it.")}),
    Said("posts", "What we know about posts, and what we do not", "inside", "sponsor", "email;print", -16, -9, "out",
        sender="Ruth Nakamura", purpose="Nobody has to guess", topics="posts", writer="maren", approver="ruth", approved=-17,
        known="No post is cut for this program. Whoever’s role ends is offered another, with training and the same pay.",
        unknown="Where three of the nine typists will work.", next_word="The places of all nine", next_on=-2,
        texts={"English": ("What we know about posts", "Many of you ask whether posts go. None is cut for this program; it stands in the "
            "goal, and the works council has it in writing.\n\nSome roles end. Each person of them is offered another, with training "
            "and the same pay.")}),
    Said("booked-round", "Your round is booked with the time the customer chose", "inside", "line", "talk;print", 7, 22, "approved",
        unit="me", sender="Gerard Visser", about_my_work=True, cut="el", topics="device", approver="maren", approved=-3,
        purpose="Every crew knows how its week is planned, and whom to tell when the plan is off",
        known="The plan comes the evening before; the week is there on Friday. Paper stays in the van until the device holds a round.",
        unknown="Who plans the night rounds in winter.", next_word="The winter plan", next_on=38,
        texts={"English": ("Your round from {day}", ROUND), "Polish": ("Twoja nowa trasa", RUNDA)}),
    Said("device-van", "A device in every van, and what it is for", "inside", "line", "talk;print", -25, 9, "out", unit="me",
        sender="Gerard Visser", about_my_work=True, topics="device", writer="maren", approver="ruth", approved=-27,
        purpose="Every crew hears from its own line what the device shows, what it does not, and who sees what",
        known="It shows the next visit and what the last reader wrote. It does not say where you are. Paper stays until it holds a round.",
        unknown="Which gloves work with it in winter; the workshop tries three.", next_word="The gloves, and a first week of two crews",
        next_on=16, texts={"English": ("A device in every van", DEVICE), "Polish": ("Urządzenie w każdym aucie", URZADZENIE)}),
    Said("dispatch-screen", "The dispatch screen, and who decides about the day", "inside", "team", "email;meeting", 12, 26, "in_review",
        unit="me-dispatch", sender="Rosa Quintero", about_my_work=True, purpose="Dispatch knows what the screen decides, and what they do",
        known="The screen proposes; dispatch decides.", next_word="A first morning with it", next_on=28,
        texts={"English": ("The dispatch screen", "The screen proposes an order of visits. You decide, and it learns the streets from "
            "you.\n\nWe try it for one morning with two of you, before anybody else sees it.")}),
    Said("night-charger", "Chargers for the night crews", "inside", "line", "talk", -9, -4, "draft", unit="me-south-night",
        audience={"shift": "night"}, topics="device", writer="ilse",
        texts={"English": ("Chargers", "The roll-out of chargers to the night vans comes soon. All stakeholders are informed in due "
            "course.")}),
    Said("records-meet", "Two houses, one list of addresses", "inside", "line", "email;meeting", 20, 34, "draft", unit="el-records",
        topics="two-records", purpose="Those who keep the records of both houses know who merges what, and when"),
    Said("street-calendar", "Who opens which street, and when", "inside", "line", "email;print;screen", 3, 60, "approved", unit="wa",
        approver="maren", approved=-1, purpose="Nobody digs twice", known="The calendar is on the screen at each depot from Monday.",
        texts={"English": ("The street calendar", "From Monday the screen at your depot shows who opens which street, and when.\n\n"
            "What is missing you write on the sheet beside it. It is in by the next morning.")}),
    Said("account-number", "Your account number changes on the day of the cut-over", "customers", "customer_lead", "email;portal", 21, 33,
        "approved", unit="el", sender="Farah Haddad", cut="el", writer="farah", approver="maren", approved=-2,
        purpose="Customers know the new number before it stands on a bill, and know that they need to do nothing",
        known="The new number stands on the next bill; old standing orders go on until the end of next year.",
        texts={"English": ("Your account number changes on {day}", NUMBER),
            "Turkish": ("Müşteri numaranız değişiyor", "Geçiş günü elektrik ve su için tek bir numara alıyorsunuz. Yeni "
                "numara bir sonraki faturada yazar.\n\nSizin bir şey yapmanız gerekmez.")}),
    Said("life-support", "Your supply is promised, in two ways, on the night of the change", "customers", "customer_lead",
        "phone;letter", 34, 46, "draft", unit="el", segments="life", sender="Farah Haddad", cut="el", writer="farah",
        purpose="Whoever depends on a machine at home hears it from a person, and has it in writing",
        texts={"English": ("Your supply on {day}", "Your supply goes on. On the night of the change a crew stands by in your "
            "street.\n\nYou have a number that is answered at once, day and night.")}),
    Said("key-visit", "What changes for your sites, site by site", "customers", "customer_lead", "visit;email", -20, 30, "out", unit="el",
        segments="key", sender="Farah Haddad", cut="el", writer="farah", approver="maren", approved=-22,
        purpose="Each key account has its list of sites, checked together",
        texts={"English": ("Your sites", "We bring the list of your sites with their old and new numbers, and go through it with you.")}),
    Said("firms-number", "Your account number changes, and what your office needs for it", "customers", "customer_lead", "fax;email", 5, 15,
        "approved", unit="el", segments="firms", sender="Farah Haddad", cut="el", writer="farah", approver="maren", approved=-4,
        purpose="Small firms hear it where they read: most have a fax and little else",
        known="The new number stands on the next bill; both numbers go on until the end of next year.",
        texts={"English": ("Your account number changes on {day}", NUMBER), "German": (
            "Ihre Kundennummer ändert sich am 9. November",
            "Am 9. November bekommen Strom und Wasser eine Kundennummer statt zwei. Die neue steht auf der nächsten Rechnung.\n\n"
            "Sie müssen nichts tun. Daueraufträge mit der alten Nummer gehen bis Ende des nächsten Jahres weiter.\n\n"
            "Fällt Ihnen etwas auf, rufen Sie uns an. Wer abnimmt, sieht den ganzen Fall.")}),
    Said("who-knows", "The letter names whoever knows your case", "customers", "customer_lead", "letter;email", -70, -50, "done",
        unit="cc", segments="homes-mail;homes", sender="Farah Haddad", writer="farah", approver="maren", approved=-75,
        texts={"English": ("Whom to ask", "From now on each letter names the person who knows your case, with their number.")}),
)  # fmt: skip
PREFERRED: tuple[tuple[str, dict[str, str], str, str], ...] = (
    ("me", {}, "talk", "In the van all day; the morning talk reaches everybody"),
    ("wa-works", {}, "screen", "No desk; the screen at the gate is passed twice a day"),
)


def rows(days: Days, person: Callable[[str], str]) -> dict[str, list[Row]]:
    """The sheet of Northlight's messages. person: the id of somebody by name."""
    return {
        "messages": [
            facts.Message(
                id=one.key,
                title=one.title,
                side=one.side,
                audience=text_of(one.audience) or None,
                segments=tuple(one.segments.split(";")) if one.segments else (),
                unit=one.unit,
                sender_kind=one.sender_kind,
                sender=person(one.sender) if one.sender else None,
                channels=tuple(one.channels.split(";")),
                start=days.maybe(one.start),
                end=days.maybe(one.end),
                state=one.state,
                about_my_work=one.about_my_work,
                cut_over=one.cut,
            )
            for one in MESSAGES
        ]
    }
