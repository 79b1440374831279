"""Which data about people there are, where they come from, what for, and how many rows stand in the tables now."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Sum

from commonground.access.actor import Actor
from commonground.accounts.models import User
from commonground.adoption.models import Behaviour
from commonground.assessments.models import Invited, Round
from commonground.coalition.models import NetworkFile
from commonground.events.models import Log
from commonground.journal.models import Entry
from commonground.organization.models import Assignment, Person
from commonground.outbox.models import Message
from commonground.programs.models import Activity, Engagement, Program
from commonground.realignment.models import Acknowledgement, Contribution, HolderPath, Seat
from commonground.voice.models import Voice
from commonground.workflows.models import AnswersFor, Does


@dataclass(frozen=True, slots=True)
class Category:
    """One kind of data about people. count: rows that stand now and that whoever asks may know of; None: not counted here, and `note` says
    why. keeping: what ends it, in words."""

    name: str
    what: str
    source: str
    why: str
    count: int | None
    keeping: str
    note: str = ""

    @property
    def none(self) -> bool:
        return self.count == 0


WHILE = "as long as the program is kept"


def categories(program: Program, actor: Actor, day: date) -> list[Category]:
    """The kinds of data about people, in the order in which they come in."""
    return [
        *_register(program, day),
        *_access(),
        *_taking_part(program, actor),
        *_heard(program),
        *_coalition(program),
        *_work(),
        *_traces(actor),
    ]


def _register(program: Program, day: date) -> Iterator[Category]:
    yield Category(
        "People and their places",
        "Number, name, e-mail; unit, role, level, manager, location, shift, language, front office, from when to when",
        "sheets that the change lead brings, or entered by hand; columns that nobody mapped are not stored",
        "to know whom the change touches and who leads whom",
        Person.objects.count(),
        "until the change lead removes the person; those who have left stay for the history",
        f"{Assignment.objects.on(day).count():,} in a place today",
    )
    today: dict[str, Any] = {
        "process__program": program,
        "process__planned_only": False,
    }  # a planned one tells of its plan
    work = AnswersFor.objects.on(day).filter(**today).count()
    yield Category(
        "Work of people",
        "Who answers for a process and who does it, from when to when",
        "sheets, or entered by hand",
        "so that those whose work changes take part in how",
        work + Does.objects.on(day).filter(**today).count(),
        WHILE,
    )


def _access() -> Iterator[Category]:
    yield Category(
        "People with access",
        "Sign-in name, name, e-mail, a hashed password or the name at the identity provider, roles",
        "whoever manages access, or the identity provider",
        "to let each see what they may see and no more",
        User.objects.count(),
        "until access is removed; sessions and sign-ins by rules of retention",
    )


def _taking_part(program: Program, actor: Actor) -> Iterator[Category]:
    of_program: dict[str, Any] = {"program": program}
    yield Category(
        "Plans for people",
        "What becomes of a person’s role, unit and manager, told or in force; that a role’s new words were "
        "read, talked over and seen",
        "the change lead; the person and their manager note their own steps",
        "so that each hears it from their line first and can ask",
        HolderPath.objects.visible_to(actor).told().filter(**of_program).count()
        + Acknowledgement.objects.visible_to(actor).filter(role_fate__program=program).count(),
        WHILE,
        "what is not told yet is counted nowhere; each person’s own stands on their own page",
    )
    yield Category(
        "Taking part",
        "Seats in a search for a new way, hours agreed, sessions, contributions under one’s name, activities "
        "led or delivered and the day that was confirmed, talks with the board",
        "the project team, and those who take part",
        "to see who has a say and to credit what they brought",
        Seat.objects.filter(solution__program=program).count()
        + Contribution.objects.filter(solution__program=program).count()
        + Activity.objects.filter(**of_program, owner__isnull=False).count()
        + Engagement.objects.filter(**of_program).count(),
        WHILE,
    )


def _heard(program: Program) -> Iterator[Category]:
    yield Category(
        "Voices",
        "Ideas, doubts, fears, questions and risks; the author’s name where they signed, a week and a coarse "
        "unit where they did not",
        "those who raise them, or somebody on their behalf",
        "so that each is answered or completed where all can see it",
        Voice.objects.filter(program=program).count(),
        "by a rule of retention",
    )
    yield Category(
        "Invitations to rounds",
        "Who was invited and by which way; never whether they answered",
        "the population of the round",
        "to invite and remind, and to hold later rounds against earlier ones",
        Invited.objects.filter(round__program=program).count(),
        "by a rule of retention",
    )
    yield Category(
        "Answers of rounds",
        "One row an answered questionnaire with coarse group attributes: no name, token, time or order",
        "those who answer",
        "for the published tables of the round, computed once when it closes",
        None,
        "by a rule of retention",
        f"{Round.objects.filter(program=program, state='closed').count()} closed rounds; answers are not counted "
        "while a round is open",
    )


def _coalition(program: Program) -> Iterator[Category]:
    yield Category(
        "Whom people look to",
        "Up to five colleagues whom somebody named: sealed, under a pseudonym, without a time; and that somebody does not wish to be named",
        "those who are asked in a round of nominations",
        "to ask those to be champions whom people look to; bands of how often somebody was named, for the change lead alone",
        None,
        "until champions are chosen, else by a rule of retention",
        "not counted: how many took part is told once a day, rounded; nobody reads who named whom",
    )
    yield Category(
        "Networks of who works with whom",
        "Pairs of people, from a file with a recorded agreement or reason and a last day",
        "a change lead; the file is deleted when it is read",
        "to choose champions who reach many",
        NetworkFile.objects.lying().filter(program=program).aggregate(ties=Sum("ties"))["ties"] or 0,
        "until champions are chosen, until its day, by a rule of retention at the latest",
        "ties; nobody reads them",
    )


def _work() -> Iterator[Category]:
    totals = Log.objects.aggregate(events=Sum("events"), people=Sum("people"))
    yield Category(
        "Events of work",
        "Case, time, activity, unit, product line, channel and a pseudonym in place of a name",
        "event logs that the change lead brings, each with an agreement or reason",
        "to see how work flows across units, and the pace of behaviours",
        totals["events"] or 0,
        "by a rule of retention once its days are set, and as the agreement says",
        f"{totals['people'] or 0:,} pseudonyms; whoever holds the key and a list of names can resolve them",
    )
    yield Category(
        "Observations of behaviours",
        "Pseudonym, week, unit and how often each way was taken; on the disk only, read by no page",
        "worked out from event logs",
        "the pace of groups of at least the threshold",
        None,
        "until the behaviour is removed",
        f"{Behaviour.objects.filter(log__isnull=False).count()} behaviours are read from a log",
    )


def _traces(actor: Actor) -> Iterator[Category]:
    yield Category(
        "The journal",
        "Who did what to which thing, when and why; names and values stand beside it and can be erased",
        "every change that somebody makes",
        "so that each step can be accounted for, and undone",
        Entry.objects.visible_to(actor).count(),
        "words by a rule of retention; ids and digests stay",
    )
    yield Category(
        "Mail",
        "Address, subject, text without its token, and whether it went out",
        "invitations, reminders and answers",
        "so that nobody is forgotten and nobody gets a letter twice",
        Message.objects.count(),
        "by a rule of retention",
    )
