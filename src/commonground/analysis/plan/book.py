"""The plan as the sheets that people keep in Excel: their columns, the words of their cells, and keys for rows without one. Pure.

The columns are those of common practice: communication plan, training plan, RAID, roadmap, KPI, RACI. What such a sheet says and no field
holds (a sender who is no person here, a timing such as “weekly”) stands at the head of a note under its label, so that it comes out again
as it came in.
"""

import hashlib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from commonground.analysis.plan.kinds import kind_of

COMMUNICATION, TRAINING, RAID, ROADMAP, KPI, RACI = (
    "communication_plan",
    "training_plan",
    "raid",
    "roadmap",
    "kpi",
    "raci",
)
FOR, FROM, OWNER, WHEN, PHASE, ESCALATION = "For", "From", "Owner", "When", "Phase", "Escalation"
LABELS: Final = (FOR, FROM, OWNER, WHEN, PHASE, ESCALATION)
PROCESS: Final = "process-"  # before the key of a process in a RACI matrix
EVERYBODY: Final = "Everybody"
ABOUT: Final = "About"  # the sheet that says what the others are; it is not read
SEVERAL: Final = "; "
_MARK: Final = " · "
_IN: Final = "message in "
_ALL: Final = frozenset(
    {
        "everybody", "everyone", "all", "all staff", "all employees", "all people", "all users", "whole company", "company wide",
        "companywide", "the whole program", "all stakeholders", "all teams", "all units", "whole organization", "whole organisation",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class BookSheet:
    """A sheet of the workbook. columns: header and width in letters. brings: what may be changed there and brought back."""

    key: str
    name: str
    columns: tuple[tuple[str, int], ...]
    what: str
    brings: str

    @property
    def headers(self) -> list[str]:
        return [header for header, _ in self.columns]


_KEEP: Final = "Leave ID as it is; leave it empty in a new row."
SHEETS: Final = (
    BookSheet(
        COMMUNICATION,
        "Communication plan",
        (
            ("Message", 46), ("Audience", 30), ("Channel", 18), ("Sender", 22), ("Timing", 13), ("Status", 13), ("Notes", 40), ("ID", 16),
        ),
        "Every activity that tells people something: notices, briefings, letters, town halls.",
        f"All columns and new rows. Several parts of an audience are separated by a semicolon. {_KEEP}",
    ),
    BookSheet(
        TRAINING,
        "Training plan",
        (
            ("Training Module", 36), ("Target Role", 36), ("Format", 14), ("Duration", 10), ("Trainer", 22), ("Target Headcount", 17),
            ("Trained", 10), ("Completion %", 14), ("Date", 13), ("Status", 14), ("ID", 16),
        ),
        "Modules of training, whom each is for, and how far it has come. Duration is in hours; Date and Trainer are those of the next "
        "session, or of the last.",
        "Module, role, format, duration, trainer, date, and new rows. How many are trained is counted here from attendance, so Target "
        f"Headcount, Trained, Completion % and Status are not read back. {_KEEP}",
    ),
    BookSheet(
        RAID,
        "RAID",
        (
            ("ID", 16), ("Type", 13), ("Statement", 56), ("Owner", 22), ("Response", 44), ("Due", 13), ("Status", 14), ("Escalation", 20),
        ),
        "Risks: risks of friction that people raised and that all may read. Issues: what the guidelines find missing. A and D as chosen "
        "when the file was made.",
        "Actions: statement, owner, response, due, status, and new rows. Risks, issues, decisions and the rest have pages of their own.",
    ),
    BookSheet(
        ROADMAP,
        "Roadmap",
        (
            ("Activity", 46), ("Phase", 26), ("Owner", 22), ("Status", 13), ("Start Date", 13), ("End Date", 13), ("Notes", 40), ("ID", 16),
        ),
        "Every activity with its days. End Date is the last day. Phase is the one that is planned for the day on which it starts.",
        f"All columns and new rows; the phase follows from the days. {_KEEP}",
    ),
    BookSheet(
        KPI,
        "KPI",
        (("KPI", 46), ("Definition", 56), ("Current", 30), ("Target", 22), ("Status", 26), ("Trend", 26), ("ID", 16)),
        "What is measured, with how many it stands for; “not enough data yet” where that is so.",
        "The target of a behaviour, as 80 % or 80 % by 2027-06-30. Everything else is measured.",
    ),
    BookSheet(
        RACI,
        "RACI",
        (("Activity/Decision", 46), ("Responsible", 36), ("Accountable", 28), ("Consulted", 36), ("Informed", 30), ("ID", 16)),
        "Processes and activities that are still open. Responsible: who does it; Accountable: who answers for it; Consulted: who takes "
        "part in the search for the new way; Informed: whom it is for.",
        "Responsible and Accountable of processes and activities that are there by this name. Nobody stops doing a process because a "
        f"sheet leaves them out. {_KEEP}",
    ),
)  # fmt: skip
BY_KEY: Final = {sheet.key: sheet for sheet in SHEETS}

# Our states in the words of each sheet; and the words of other people's sheets in ours.
SAID: Final[Mapping[str, Mapping[str, str]]] = {
    COMMUNICATION: {"planned": "Planned", "running": "In Progress", "done": "Complete", "dropped": "Cancelled"},
    ROADMAP: {"planned": "Not Started", "running": "In Progress", "done": "Complete", "dropped": "Cancelled"},
    RAID: {"planned": "Open", "running": "In Progress", "done": "Resolved", "dropped": "Cancelled"},
}
SENT: Final = "Sent"  # a message that its deliverer confirmed
STATES: Final[Mapping[str, str]] = {
    word: state
    for state, words in {
        "planned": "planned open draft drafted approved proposed scheduled new todo notstarted notbegun pending tobedone backlog ready "
        "reviewed inreview geplant offen prévu gepland planificado",
        "running": "running inprogress active ongoing started underway wip sending begun doing ontrack atrisk delayed late escalated "
        "laufend encours bezig encurso",
        "done": "done sent complete completed resolved closed finished delivered published implemented mitigated erledigt "
        "abgeschlossen terminé afgerond hecho",
        "dropped": "dropped cancelled canceled withdrawn rejected notneeded deferred abgesagt annulé geannuleerd cancelado",
    }.items()
    for word in words.split()
}
TYPES: Final[Mapping[str, str]] = {
    word: kind
    for kind, words in {
        "Action": "action actions a task todo actionitem nextaction maßnahme",
        "Risk": "risk risks r threat opportunity risiko risque riesgo",
        "Issue": "issue issues i problem impediment blocker problème incidencia",
        "Decision": "decision decisions decided entscheidung décision",
        "Assumption": "assumption assumptions annahme hypothèse",
        "Dependency": "dependency dependencies depends abhängigkeit dépendance",
    }.items()
    for word in words.split()
}


def state_of(text: str) -> str | None:
    """The state that a word of a status column means; None when it is none known."""
    return STATES.get("".join(letter for letter in text.casefold() if letter.isalnum()))


def type_of(text: str) -> str | None:
    """The kind of a RAID row; None when the word is none known."""
    return TYPES.get("".join(letter for letter in text.casefold() if letter.isalnum()))


def is_everybody(text: str) -> bool:
    return " ".join(re.sub(r"[\W_]+", " ", text.casefold()).split()) in _ALL


def folded(text: str | None) -> str:
    """A text as two are compared: without accents, case, marks and surplus spaces."""
    bare = unicodedata.normalize("NFKD", (text or "").casefold())
    letters = "".join(letter if letter.isalnum() else " " for letter in bare if not unicodedata.combining(letter))
    return " ".join(letters.split())


def made_key(title: str, audience: str = "", nth: int = 1) -> str:
    """A key for a row that has none: the same whenever the row is brought again. nth: among rows that say the same, in their order."""
    said = "\n".join((folded(title), folded(audience), str(nth) if nth > 1 else ""))
    return f"made-{hashlib.blake2b(said.encode(), digest_size=6).hexdigest()}"


def kind_by_channel(channel: str) -> str:
    """What an activity is called that says something on a channel: it communicates, whatever the channel is called."""
    if not channel:
        return "communicate"
    return channel if kind_of(channel) == "communicate" else f"{_IN}{channel}"[:120]


def channel_of(kind: str) -> str:
    """The channel as a communication plan has it; empty where the kind says no more than that something is told."""
    return "" if kind == "communicate" else kind.removeprefix(_IN)


def kind_by_words(title: str) -> str:
    """The kind of an activity of which only a title is known: one of the seven where the words tell, else the words."""
    return kind_of(title) or title[:120]


def note_parts(note: str) -> tuple[dict[str, str], str]:
    """What stands under labels at the head of a note, and the rest of it."""
    labelled: dict[str, str] = {}
    parts = note.split(_MARK)
    while parts:
        label, colon, words = parts[0].partition(": ")
        if not colon or label not in LABELS or label in labelled:
            break
        labelled[label] = words
        parts.pop(0)
    return labelled, _MARK.join(parts)


def note_of(labelled: Mapping[str, str], rest: str) -> str:
    """A note with labels at its head; what is empty is left out."""
    named = [f"{label}: {labelled[label].replace(_MARK, ' - ')}" for label in LABELS if labelled.get(label)]
    return _MARK.join([*named, *([rest] if rest else [])])


def parts_of(text: str) -> list[str]:
    """Several names in a cell."""
    for separator in (";", "|", "\n"):
        if separator in text:
            return [part.strip() for part in text.split(separator) if part.strip()]
    return [text.strip()] if text.strip() else []


def same(cell: str | None, shown: str | None) -> bool:
    """Whether two cells say the same to a reader."""
    return " ".join((cell or "").split()) == " ".join((shown or "").split())


def hours_of(text: str) -> float | None:
    """Hours out of a duration such as 4, 1.5 h, 90 min; None when it is none that can be read."""
    found = re.fullmatch(
        r"(\d+(?:[.,]\d+)?)\s*(h|hr|hrs|hour|hours|std|m|min|mins|minutes)?\.?", text.strip().casefold()
    )
    if found is None:
        return None
    number = float(found[1].replace(",", "."))
    return round(number / 60, 2) if (found[2] or "").startswith("m") else number


def about(program: str, day: str, choices: Mapping[str, str], counts: Mapping[str, int]) -> list[Sequence[str | int]]:
    """Rows of the first sheet: what the file is, and of each sheet what it is and what may be brought back."""
    rows: list[Sequence[str | int]] = [
        ("Program", program, "", ""),
        ("As of", day, "", ""),
        *((letter, words, "", "") for letter, words in choices.items()),
        ("To bring it back", "Plan, Excel: nothing is changed before you have seen what would be, and it can be undone.", "", ""),
        ("Who sees what", "This file holds what whoever made it may see. Plans that are not told yet are never in it.", "", ""),
        ("", "", "", ""),
        ("Sheet", "What it is", "What may be changed and brought back", "Rows"),
    ]  # fmt: skip
    rows += [
        (sheet.name, sheet.what, sheet.brings, counts.get(sheet.key, 0)) for sheet in SHEETS if sheet.key in counts
    ]
    return rows
