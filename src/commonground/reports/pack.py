"""The privacy pack: what an organization needs to talk about privacy with, filled with the settings and tables in force.

It asks what only the organization can answer, and leaves these answers blank. It judges nothing: whether the processing is lawful is not
for a program to say. The same settings and tables give the same pack on the same day.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings

from commonground import VERSION
from commonground.reports.impact import criteria, risks
from commonground.reports.privacy import NEVER, Privacy
from commonground.ui.words import day as day_words
from commonground.ui.words import number, plural


@dataclass(frozen=True)
class Table:
    """head and rows of plain text."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]

    @property
    def named(self) -> list[list[tuple[str, str]]]:
        """Rows of cells, each with the name of its column."""
        return [list(zip(self.head, row, strict=True)) for row in self.rows]


@dataclass(frozen=True)
class Section:
    """A part of the pack. blanks: what the organization is to answer, printed with room for it. law: it speaks of law."""

    title: str
    words: Sequence[str] = ()
    points: Sequence[str] = ()
    table: Table | None = None
    blanks: Sequence[str] = ()
    law: bool = False


@dataclass(frozen=True)
class Pack:
    """The whole pack. made_from: the settings in force as (name, value); digest: of these, so that two packs can be told apart."""

    program: str
    day: date
    sections: Sequence[Section]
    made_from: Sequence[tuple[str, str]] = field(default=())

    @property
    def title(self) -> str:
        return f"Privacy pack: {self.program}"

    @property
    def digest(self) -> str:
        return hashlib.sha256(json.dumps(list(self.made_from)).encode()).hexdigest()[:16]

    @property
    def stand(self) -> str:
        """When, by which version and from which settings it was made."""
        return (
            f"Made on {day_words(self.day)} by Commonground {VERSION} from the settings in force, digest {self.digest}."
        )


def pack_of(found: Privacy) -> Pack:
    """The pack of a program, on the day of what was found."""
    return Pack(found.program.name, found.day, list(_sections(found)), list(_settings(found)))


def _sections(found: Privacy) -> Iterator[Section]:
    yield Section(
        "What this is",
        (
            "A draft to work on, generated from an instance of Commonground as it is set up now. It describes "
            "what the program does and asks "
            "what only your organization can answer; such places are marked and left blank.",
            "It is no legal advice, and nothing in it says that a processing is lawful. Have it read by your "
            "data protection officer, your "
            "works council and counsel.",
        ),
    )
    yield _purpose(found)
    yield _data(found)
    yield _basis()
    yield _thresholds(found)
    yield _retention(found)
    yield _access(found)
    yield _measures()
    yield Section(
        "What is never done",
        points=[f"{what}. {how}" for what, how in NEVER],
    )
    yield _limits()
    yield from _assessment(found)
    yield _council(found)


def _purpose(found: Privacy) -> Section:
    goal = found.program.goal.strip()
    stated = f" (stated on {day_words(found.program.goal_stated_on)})" if found.program.goal_stated_on else ""
    return Section(
        "Purpose",
        (
            "Commonground runs the people side of a change program: who is touched, who takes part, what "
            "changes for whom, what people ask and "
            "fear, and how fast work is done another way. It evaluates the program, not persons.",
            f"The goal of “{found.program.name}” as stated{stated}: {goal}"
            if goal
            else "The goal of the program is not stated yet.",
        ),
        blanks=("Purpose in your own words, and what the data are not to be used for",),
    )


def _data(found: Privacy) -> Section:
    rows = [
        (one.name, one.what, one.source, one.why, "not counted" if one.count is None else number(one.count), one.note)
        for one in found.held
    ]
    return Section(
        "Which data, from where, what for",
        (f"Rows as they stand on {day_words(found.day)}. Plans that have not been told are counted nowhere.",),
        table=Table(("Category", "What", "Source", "What for", "Rows", "Note"), rows),
        blanks=("Which of these categories you will not use, and who sees to it that they stay empty",),
    )


def _basis() -> Section:
    return Section(
        "On what legal basis",
        (
            "The program does not know the basis and does not need one to run. It has to be named for each "
            "purpose before data come in.",
        ),
        blanks=(
            "Controller, and who answers for this program in your organization",
            "Legal basis for each category of data above (such as GDPR Art. 6(1)(c) or (f), national law under "
            "Art. 88, an agreement with the "
            "works council); for a legitimate interest: the balancing test, and how somebody objects",
            "Where consent is to be the basis: why it is free despite the imbalance between employer and employee",
            "Processors and hosting: who runs the machine, who can read the database and the backups, under which contract",
            "How and when people are informed (GDPR Art. 13 and 14)",
        ),
        law=True,
    )


def _thresholds(found: Privacy) -> Section:
    rows = [
        (
            one.words,
            f"{one.threshold}" + (f" (raised from {one.house})" if one.raised else ""),
            number(one.lately),
            number(one.withheld),
            ", ".join(one.readers),
        )
        for one in found.released
    ]
    rounds = [f"Round “{row.name}”: at least {row.threshold} people, fixed when it opened." for row in found.rounds]
    return Section(
        "Thresholds, and what was released",
        (
            "A threshold is the fewest people that a shown result may stand for. Results of fewer are withheld "
            "from everybody, and as many others "
            "as it takes that none can be had by subtraction. Thresholds can be raised and never lowered.",
        ),
        points=rounds,
        table=Table(
            ("Results", "People at least", "Releases in 90 days", "Results withheld in these", "May be read by"), rows
        ),
    )


def _retention(found: Privacy) -> Section:
    rows = [
        (
            one.rule.words,
            "not removed by itself" if one.days is None else plural(one.days, "day"),
            one.rule.why,
            number(one.state.in_all) if one.state else "–",
        )
        for one in found.kept
    ]
    return Section(
        "How long data are kept",
        (
            "These rules run once a night; each run stands in the journal. What has no rule stays until somebody removes it.",
        ),
        table=Table(("What, counted from when", "Kept", "Why", "Removed so far"), rows),
        blanks=(
            "How long backups are kept, and who removes them",
            "When the program ends: who takes the data away, and until when",
            "Days to be set for what is not removed by itself",
        ),
    )


def _access(found: Privacy) -> Section:
    counts = "; ".join(f"{label} {number(count)}" for label, count in found.people)
    return Section(
        "Who may see and do what",
        (
            f"Users who can sign in, by role: {counts}. Somebody may hold several roles. Which rows a role then "
            "sees is decided row by row: plans "
            "by their stage, people by one’s units; whoever runs the machine sees no page of the program.",
        ),
        table=Table(("May", "Roles"), [(one.does, ", ".join(one.roles)) for one in found.access]),
        blanks=("Names of those who hold each role, and who decides about access",),
    )


def _measures() -> Section:
    hours = settings.SESSION_COOKIE_AGE / 3600
    transport = (
        "Transport is encrypted: the instance asks browsers for HTTPS alone."
        if settings.HTTPS
        else "HTTPS is not switched on in this instance’s settings: switch it on before anybody but its own machine reaches it."
    )
    return Section(
        "Technical measures",
        points=(
            "The instance runs on your own machine, with a database of its own. Its pages load nothing from elsewhere.",
            transport,
            f"A sign-in lasts {hours:g} hours at most; after {settings.AXES_FAILURE_LIMIT} wrong passwords the "
            "door is shut for a while.",
            "Access is closed by default: a page without a permission does not exist, and rows are filtered by who asks.",
            "Every change is a row of a journal whose rows are chained by hashes; `commonground journal verify` "
            "finds one that was changed.",
            "Persons in event logs become pseudonyms by a keyed hash before anything is stored. The key lies in "
            "the data folder and in backups.",
            "Answers of a round are stored without name, token, time and order, and the tables of results are "
            "computed once, when it closes.",
            "Names and reasons in the journal can be erased without breaking its chain.",
        ),
        blanks=(
            "Encryption of disk and backups, and who holds the keys",
            "Who is told of a breach, and within how many hours",
        ),
    )


def _limits() -> Section:
    return Section(
        "What lies outside of this",
        (
            "“Anonymous” here means: somebody who has the whole database after a round is closed, all logs of "
            "the program and one backup cannot "
            "tell which of at least the threshold of people gave an answer. It does not mean more than that.",
        ),
        points=(
            "An operator who alters the program, reads its memory, or watches while answers arrive is not kept out.",
            "A pseudonym is not anonymity: whoever holds the key and a list of names can resolve it.",
            "What people write in their own words can tell who they are.",
            "Results on different days can be compared; the ledger shows which there were.",
        ),
    )


def _assessment(found: Privacy) -> Iterator[Section]:
    yield Section(
        "Draft of an impact assessment: is one needed?",
        (
            "GDPR Art. 35; the nine criteria of the Working Party’s guidelines (WP 248). Where two are met, one "
            "is usually needed. Employees are "
            "vulnerable in the sense of these guidelines, so one is met whatever is decided on the others.",
        ),
        table=Table(("Criterion", "What is known from this instance", "Met? (yours to decide)"), criteria(found)),
        law=True,
    )
    yield Section(
        "Draft of an impact assessment: risks and what is done against them",
        ("Art. 35(7): description, necessity, risks, measures. The description stands above.",),
        table=Table(("Risk to people", "What the program does", "Likelihood and weight (yours)"), risks(found)),
        blanks=(
            "Necessary and proportionate: why the purpose cannot be had with fewer data or larger groups",
            "Further measures, by whom and until when",
            "Views of those concerned or of their representatives (Art. 35(9)), and of the data protection officer",
            "Decision, by whom, on which day, and when it is looked at again",
        ),
        law=True,
    )


def _council(found: Privacy) -> Section:
    return Section(
        "Note for a works council (Germany; verify with counsel)",
        points=(
            "A technical device that is suited to monitor behaviour or performance needs co-determination when "
            "it is introduced (BetrVG § 87(1) "
            "no. 6). Figures from event logs and electronic surveys should be looked at under it.",
            "An electronic survey, voluntary and anonymised too, was held to fall under it when the tool is "
            "introduced; changing questions later "
            "was not (BAG of 11 Dec 2018, 1 ABR 13/17, as summarised in the literature).",
            "A voluntary, anonymous survey on paper needed no co-determination (BAG of 21 Nov 2017, 1 ABR 47/16).",
            "A survey is no personnel questionnaire (BetrVG § 94) where answers cannot be attributed to persons "
            "(LAG Hamburg of 14 Jun 2016, "
            "2 TaBV 2/16, where a third party returned anonymised results alone).",
            "No mood or emotion is inferred, from text neither; nobody is scored, and nothing is decided about "
            "a person by the program (compare "
            "GDPR Art. 22 and the AI Act, Art. 5(1)(f) and Annex III no. 4).",
            "The auditor’s role is meant for you: it reads this page, the ledger of releases, the journal and "
            "the agreements of logs, and no "
            f"figures of work. You can raise a threshold and shorten how long data are kept. "
            f"{plural(len(found.logs), 'file')} of event logs "
            f"{'has' if len(found.logs) == 1 else 'have'} been brought so far, each with the agreement noted.",
        ),
        blanks=(
            "Works agreement: its date, what it allows, what it rules out, when it ends",
            "Which event logs may be brought, for which period, kept how long",
            "Who of the works council holds the auditor’s role",
        ),
        law=True,
    )


def _settings(found: Privacy) -> Iterator[tuple[str, str]]:
    """The settings that the pack was made from, in a fixed order."""
    yield "Version", VERSION
    yield "Time zone", settings.TIME_ZONE
    yield "HTTPS", "on" if settings.HTTPS else "off"
    yield "Sign-in lasts, seconds", str(settings.SESSION_COOKIE_AGE)
    yield "Wrong passwords until the door is shut", str(settings.AXES_FAILURE_LIMIT)
    for one in found.released:
        yield f"Threshold: {one.words}", str(one.threshold)
    for row in sorted(found.rounds, key=lambda row: row.pk):
        yield f"Round: {row.name}", f"{row.threshold} people, {row.opens_on} to {row.closes_on}"
    for kept in found.kept:
        yield f"Kept: {kept.rule.key}", "not removed by itself" if kept.days is None else f"{kept.days} days"
    for may in found.access:
        yield f"May: {may.verb}", ", ".join(may.roles)
