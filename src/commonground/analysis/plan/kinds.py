"""The kinds of activities: seven canonical ones, and what people call them in sheets and forms. Pure."""

import re
from typing import Final, Literal, get_args

Kind = Literal["engage", "involve", "train", "communicate", "recognise", "remove", "retire"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
LABELS: Final[dict[Kind, str]] = {
    "engage": "engage",
    "involve": "involve",
    "train": "train",
    "communicate": "communicate",
    "recognise": "recognise",
    "remove": "remove an obstacle",
    "retire": "retire an old path",
}
DIALOGUE: Final[frozenset[Kind]] = frozenset({"engage", "involve"})

# Where several are found, the first in this order counts: “training workshop” trains. Words are stems; a hyphen counts as a space.
# fmt: off
_CALLED: Final[dict[Kind, list[str]]] = {
    "retire": [
        "retire", "retiring", "sunset", "switch off", "switching off", "read only", "phase out", "phasing out",
        "withdraw", "decommission", "last paper", "old path", "old way",
    ],
    "remove": [
        "remov", "obstacle", "friction", "unblock", "clinic", "quick fix", "repair", "clean up", "cleansing",
        "records of", "relief", "extra hands", "floor walk", "calendar",
    ],
    "recognise": [
        "recogni", "thank", "award", "celebrat", "appreciat", "praise", "honour", "honor", "reward",
    ],
    "train": [
        "train", "course", "e learning", "elearning", "class", "lesson", "teach", "coach", "tutorial",
        "practice session", "practise", "learning", "simulation", "rehears", "webinar", "onboarding", "exercise",
        "self study", "hands on", "video",
    ],
    "involve": [
        "involve", "workshop", "listen", "co design", "codesign", "design session", "focus group", "pilot", "trial",
        "table", "round", "desk", "review", "interview", "survey", "feedback", "working group", "hackathon",
        "retrospective", "dialogue", "open hour", "office hour", "champion", "shadow", "beside", "side by side",
        "two hours at", "site visit", "visit", "test", "world cafe", "question and answer", "q a", "ask me",
    ],
    "engage": [
        "engage", "board", "sponsor", "influencer", "stakeholder", "steering", "one to one", "one on one", "1 1",
        "1to1", "talk", "conversation", "negotiat", "agree", "consult", "walk", "breakfast", "dinner", "lunch",
        "coffee", "meet", "invit",
    ],
    "communicate": [
        "communicat", "brief", "town hall", "all hands", "notice", "letter", "newsletter", "mail", "announc", "poster",
        "intranet", "bulletin", "circular", "memo", "leaflet", "flyer", "message", "post", "update", "news", "roadshow",
        "presentation", "info", "kick off", "kickoff", "faq", "broadcast", "screen", "card", "article", "speech",
        "wall",
    ],
}
# fmt: on
_SAYS_DIALOGUE: Final = [
    "question",
    "q a",
    "dialogue",
    "ask me",
    "listen",
    "talk with",
    "conversation",
    "open desk",
    "feedback",
    "two way",
]
_HEAD: Final = re.compile(r"\b(?:of|about|on|for|to|before|with|in)\b")


def kind_of(text: str | None) -> Kind | None:
    """Which of the seven kinds an activity is, from what it is called in any words; None when the words do not tell.

    Case, hyphens and marks do not count. What stands before “of”, “about”, “on” and the like is heard first: a “notice of the training”
    communicates. Only the beginning of a word needs to fit: “briefings” are a briefing.
    """
    words = _plain(text)
    if words in LABELS:
        return next(kind for kind in KINDS if kind == words)
    for part in (_HEAD.split(words, maxsplit=1)[0], words):
        for kind, names in _CALLED.items():
            if any(_begins(part, name) for name in names):
                return kind
    return None


def is_dialogue(text: str | None) -> bool:
    """Whether people can answer in it: engaging and involving do, and what says so (questions, listening, a two-way talk)."""
    words = _plain(text)
    return kind_of(text) in DIALOGUE or any(_begins(words, name) for name in _SAYS_DIALOGUE)


def label_of(text: str | None) -> str:
    """The kind in plain words; empty when it is not known."""
    kind = kind_of(text)
    return LABELS[kind] if kind else ""


def _plain(text: str | None) -> str:
    return " ".join(re.sub(r"[^\w]+|_", " ", (text or "").casefold()).split())


def _begins(words: str, name: str) -> bool:
    return f" {words}".find(f" {name}") >= 0
