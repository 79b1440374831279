"""The words that `wording` finds: what sounds like “you were wrong”, and jargon, in English and German, each with what could stand there.

A pattern is a regular expression, read without regard to upper and lower case, from one end of a word to another. Whoever adds one
adds a sentence to the tests that it must find, and one that it must leave alone.
"""

from typing import Final, NamedTuple

OLD_WAY = "Say what the new way makes possible. The old way served for years, and those who read this made it work."
DID = "Nobody hears the rest of a message that begins with their fault. Say what is to come."
PEOPLE = "It judges people. Say what they need, or what is still open."


class Entry(NamedTuple):
    """One pattern of a language, what could stand there instead, and what it does to a reader (empty: as its kind says)."""

    language: str
    pattern: str
    instead: tuple[str, ...]
    why: str = ""


def _en(pattern: str, *instead: str, why: str = "") -> Entry:
    return Entry("en", pattern, instead, why)


def _de(pattern: str, *instead: str, why: str = "") -> Entry:
    return Entry("de", pattern, instead, why)


BLAME: Final = (
    _en(r"(?:you|we|they|people|staff|teams?|employees|managers)\s+(?:were|was|have\s+been|had\s+been|did\s+(?:it|this|things))"
        r"\s+(?:all\s+|always\s+|simply\s+)?wrong", "from … on we do it this way, because …", why=DID),
    _en(r"(?:the|a)\s+wrong\s+way", "the way until now", why=OLD_WAY),
    _en(r"(?:been|being)\s+(?:doing|done)\s+(?:it\s+|this\s+|things\s+)?wrong", "done in another way until now", why=DID),
    _en(r"mistakes?\s+of\s+the\s+past|past\s+mistakes?", "what we have learned", why=DID),
    _en(r"(?:you|they|staff|teams?|employees|people)\s+(?:have\s+)?failed", "it has not worked yet", why=DID),
    _en(r"failed\s+to", "have not … yet", why=DID),
    _en(r"you\s+(?:really\s+)?should\s+have", "from now on, please", why=DID),
    _en(r"finally\s+(?:do|doing|work|working)\s+(?:it\s+|this\s+|things\s+)?(?:right|properly)", "do it the new way", why=OLD_WAY),
    _en(r"bad\s+habits?|old\s+habits?", "the way we know", why=OLD_WAY),
    _en(r"outdated|old-fashioned|antiquated|backward", "in use since …", why=OLD_WAY),
    _en(r"inefficient|wasteful|sloppy|unprofessional", "takes … minutes today", why=OLD_WAY),
    _en(r"no\s+longer\s+(?:be\s+)?tolerated?", "ends on …", why=DID),
    _en(r"no\s+excuses?", "if something stands in the way, tell …", why=DID),
    _en(r"resist(?:ors?|ers?|ance|ing|ant)", "open questions", "what people fear to lose", why=PEOPLE),
    _en(r"fence-?sitters?|laggards?|nay-?sayers?|dinosaurs?", "people who have not been asked yet", why=PEOPLE),
    _en(r"turf(?:\s+wars?)?|fiefdoms?|empire[- ]building|silo\s+(?:mentality|thinking)", "what each unit answers for", why=PEOPLE),
    _en(r"(?:you|they)\s+(?:have|need)\s+to\s+(?:change\s+(?:your|their)\s+(?:mindset|attitude)|let\s+go)",
        "what changes in the work is …", why=PEOPLE),
    _en(r"get\s+with\s+the\s+program(?:me)?", "join in from …", why=PEOPLE),
    _de(r"(?:sie|ihr|wir|du|man)\s+(?:haben|habt|hast|hat)\s+(?:\w+\s+){0,4}?falsch\s+gemacht", "ab … machen wir es so, weil …", why=DID),
    _de(r"falsch\s+gemacht|falsch\s+gelaufen", "bisher anders gemacht", why=DID),
    _de(r"fehler\s+der\s+vergangenheit|frühere\s+fehler", "was wir gelernt haben", why=DID),
    _de(r"versagt|versäumt|versäumnisse?", "noch nicht gelungen", why=DID),
    _de(r"hätte[nt]?\s+(?:\w+\s+){0,4}?(?:müssen|sollen)", "ab jetzt bitte", why=DID),
    _de(r"endlich\s+(?:richtig|ordentlich|professionell)", "auf dem neuen Weg", why=OLD_WAY),
    _de(r"(?:alte|schlechte)n?\s+gewohnheiten", "der bekannte Weg", why=OLD_WAY),
    _de(r"veraltete?[nmrs]?|überholte?[nmrs]?|rückständige?[nmrs]?|altmodische?[nmrs]?", "seit … in Gebrauch", why=OLD_WAY),
    _de(r"ineffiziente?[nmrs]?|schlampige?[nmrs]?|unprofessionelle?[nmrs]?", "dauert heute … Minuten", why=OLD_WAY),
    _de(r"nicht\s+(?:mehr|länger)\s+(?:geduldet|hingenommen|akzeptiert)", "endet am …", why=DID),
    _de(r"widerstände?|verweigerer|blockierer|bremser|bedenkenträger|ewiggestrige?n?", "offene Fragen", why=PEOPLE),
    _de(r"revierdenken|silodenken|bereichsegoismus|fürstentümer", "wofür jeder Bereich einsteht", why=PEOPLE),
)  # fmt: skip

JARGON: Final = (
    _en(r"leverag(?:e|es|ed|ing)", "use"),
    _en(r"synerg(?:y|ies|istic)", "what we save together", "working together"),
    _en(r"stakeholders?", "those concerned", "customers and colleagues"),
    _en(r"go-?live|going\s+live", "the first day with the new system", "the day we change over"),
    _en(r"cut-?over", "the day we change over"),
    _en(r"roll-?out|rolled\s+out|rolling\s+out", "introduction", "comes to every unit"),
    _en(r"onboarding|onboarded", "first weeks", "getting started"),
    _en(r"touch-?points?", "moments when customers meet us"),
    _en(r"customer\s+journey", "what a customer goes through with us"),
    _en(r"360[- ]?(?:degree|°)\s+(?:view|customer\s+view)", "everything about a customer in one place"),
    _en(r"paradigm(?:\s+shift)?", "a new way"),
    _en(r"best[- ]in[- ]class|world[- ]class|best\s+practices?", "what has worked at …"),
    _en(r"low[- ]hanging\s+fruits?|quick\s+wins?", "what takes little time"),
    _en(r"deep[- ]dive", "a closer look"),
    _en(r"end[- ]to[- ]end", "from the first call to the bill"),
    _en(r"change\s+journey|transformation\s+journey", "this change"),
    _en(r"empower(?:s|ed|ing|ment)?", "may decide", "can do it themselves"),
    _en(r"buy-?in", "agreement"),
    _en(r"align(?:s|ed|ing|ment)?", "agree", "say the same"),
    _en(r"going\s+forward|moving\s+forward", "from now on", "from (a day)"),
    _en(r"mindsets?", "how we work"),
    _en(r"game[- ]chang(?:er|ing)|cutting[- ]edge|state[- ]of[- ]the[- ]art", "what is new: …"),
    _en(r"headcount|FTEs?", "people", "posts"),
    _en(r"right-?siz(?:e|ed|ing)|downsiz(?:e|ed|ing)", "fewer posts, namely …",
        why="People find out what it means. Say the number and when each one hears."),
    _en(r"deliverables?", "what we hand over"),
    _en(r"KPIs?", "what we measure"),
    _en(r"ASAP", "by (a day)"),
    _en(r"in\s+due\s+course|in\s+the\s+near\s+future|shortly|soon", "by (a day)",
        why="It leaves people waiting. Name the day, or say when the next word comes."),
    _en(r"operationali[sz](?:e|es|ed|ing)", "do", "bring into daily work"),
    _en(r"utili[sz](?:e|es|ed|ing|ation)", "use"),
    _en(r"migrat(?:e|es|ed|ing|ion)", "move", "take over"),
    _en(r"legacy\s+(?:systems?|applications?|processes)", "the system we use today"),
    _de(r"synergien?|synergieeffekte?n?", "was wir gemeinsam sparen", "Zusammenarbeit"),
    _de(r"stakeholder(?:s|n)?", "alle, die es angeht"),
    _de(r"go-?live|live-?gang", "der erste Tag mit dem neuen System"),
    _de(r"cut-?over", "der Tag der Umstellung"),
    _de(r"roll-?out|ausgerollt|ausrollen", "Einführung", "kommt in jeden Bereich"),
    _de(r"onboarding", "die ersten Wochen"),
    _de(r"touch-?points?", "wo Kunden uns begegnen"),
    _de(r"customer\s+journey", "was ein Kunde mit uns erlebt"),
    _de(r"mindset", "wie wir arbeiten"),
    _de(r"commitment", "Zusage"),
    _de(r"buy-?in", "Zustimmung"),
    _de(r"kick-?off", "erstes Treffen"),
    _de(r"deep[- ]dive", "genauer Blick"),
    _de(r"quick\s+wins?", "was schnell gelingt"),
    _de(r"empowerment", "selbst entscheiden können"),
    _de(r"zeitnah|baldmöglichst|asap|demnächst|in\s+kürze", "bis (ein Tag)",
        why="Das lässt warten. Nennen Sie den Tag, oder sagen Sie, wann das nächste Wort kommt."),
    _de(r"FTEs?|headcount", "Stellen", "Menschen"),
    _de(r"personalanpassung(?:en)?|freisetzung(?:en)?|freigesetzt", "weniger Stellen, nämlich …",
        why="Was es heißt, erfahren alle. Nennen Sie die Zahl und wann jeder es hört."),
    _de(r"KPIs?", "was wir messen"),
    _de(r"altsysteme?n?|legacy-?systeme?n?", "das System von heute"),
)  # fmt: skip
