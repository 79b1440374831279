"""What a deliverer takes along, on paper: what to say, what is known and what not, what to ask, and room for what was asked.

A sheet is in the languages of its team, as far as the message has words in them. The return list has a line for each talk, for those who
have no account.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import IO, Final

from django.conf import settings
from django.urls import reverse

from commonground.communication.cascades import Cascade, CascadeStep, Hearer
from commonground.communication.kit_words import kit_code, kit_words
from commonground.communication.messages import Message, MessageText
from commonground.communication.paper import Paper
from commonground.communication.paper_parts import QR_SIZE, scan, scan_in_corner, table
from commonground.communication.printed_words import day_in
from commonground.organization.models import Assignment
from commonground.programs.models import Program
from commonground.realignment.names import unit_words
from commonground.ui.words import day as written_day
from commonground.voice.models import Point

MOST_KITS: Final = 400  # about two seconds; more are printed branch by branch
DAY: Final = timedelta(days=1)
QUESTIONS_ROOM: Final = 3


@dataclass(frozen=True)
class Kit:
    """One sheet: a talk in one language."""

    step: CascadeStep
    unit: str
    language: str
    text: MessageText | None
    point: str


def kits_of(steps: Sequence[CascadeStep], program: Program, day: date, language: str = "") -> list[Kit]:
    """The sheets of some talks. language: only in this one; else in those of each team that the message has words in."""
    units = unit_words({step.unit_id for step in steps}, day)
    spoken = {} if language else _spoken(steps, day)
    point, texts = _point(program), dict[int, list[MessageText]]()
    kits = []
    for step in steps:
        message = step.cascade.message
        written = texts.setdefault(message.pk, list(message.texts.all()))
        for text in _texts(message, written, [language] if language else spoken.get(step.pk, [])):
            told = text.language if text is not None else ""
            kits.append(Kit(step, units.get(step.unit_id or 0, ""), told, text, point))
    return kits


def _spoken(steps: Sequence[CascadeStep], day: date) -> Mapping[int, list[str]]:
    """Talk → the languages of those who hear in it."""
    hearers = list(Hearer.objects.filter(step__in=[step.pk for step in steps]).values_list("step", "person"))
    people = {person for _, person in hearers}
    rows = Assignment.objects.on(day).exclude(language="")
    rows = rows.filter(person__in=people) if len(people) < 2000 else rows
    language = dict(rows.values_list("person", "language"))
    found: dict[int, set[str]] = {}
    for step, person in hearers:
        if person in language:
            found.setdefault(step, set()).add(language[person])
    return {step: sorted(names) for step, names in found.items()}


def _texts(message: Message, written: Sequence[MessageText], spoken: Iterable[str]) -> list[MessageText | None]:
    """The words of a message in some languages, the first ones always: whoever's language is missing hears it in those."""
    wanted = {kit_code(one) for one in spoken}
    chosen: list[MessageText | None] = [one for one in written if kit_code(one.language) in wanted]
    if chosen and {kit_code(one.language) for one in chosen if one} >= wanted:
        return chosen
    first: MessageText | None = written[0] if written else None
    return chosen if first in chosen else [first, *chosen]


def _point(program: Program) -> str:
    """An open address at which everybody can ask without a name; empty where there is none for the whole program."""
    row = Point.objects.filter(program=program, unit=None, closed_on=None).order_by("pk").first()
    return f"{settings.ADDRESS}{reverse('voice_open:say', kwargs={'code': row.code})}" if row else ""


def print_kits(file: IO[bytes], kits: Sequence[Kit], *, title: str, small: bool = True) -> None:
    """Writes the sheets one after the other."""
    first = kits[0].language if kits else "en"
    paper = Paper(file, title=title, language=kit_code(first), foot=title, small=small)
    for place, kit in enumerate(kits):
        if place:
            paper.new_page()
        _print(paper, kit)
    paper.close()


def _print(paper: Paper, kit: Kit) -> None:
    words, step, message = kit_words(kit.language), kit.step, kit.step.cascade.message
    paper.page_word = words["page"]
    subject = kit.text.subject if kit.text is not None and kit.text.subject else message.title
    people = words["people"].format(n=step.people + step.carriers)
    paper.foot = " · ".join(part for part in (message.title, kit.unit) if part)
    slug = step.cascade.program.slug
    scan_in_corner(paper, f"{settings.ADDRESS}{reverse('communication:talk', kwargs={'program': slug, 'pk': step.pk})}")
    paper.margins.right += QR_SIZE + 10
    paper.heading(subject)
    paper.named(
        [
            (words["for"], ", ".join(part for part in (kit.unit, people) if part)),
            (words["tells"], step.speaker.name if step.speaker else ""),
            (words["until"], _window(step, kit.language)),
        ]
    )
    paper.margins.right -= QR_SIZE + 10
    paper.rule()
    paper.heading(words["say"], level=2)
    paper.words(kit.text.body if kit.text is not None else message.purpose)
    known = [("known", message.known), ("unknown", message.unknown), ("next", _next(message, kit.language))]
    for name, text in known:
        if text:
            paper.heading(words[name], level=3)
            paper.words(text)
    if step.cascade.asked:
        paper.heading(words["ask"], level=2)
        paper.points(step.cascade.asked)
    paper.heading(words["heard"], level=2)
    for _ in range(QUESTIONS_ROOM):
        paper.blank_line()
    paper.space(6)
    paper.blank_line(words["held"])
    paper.blank_line(words["there"])
    paper.words(words["back"], size=10, quiet=True)
    if kit.point:
        scan(paper, kit.point, words["unnamed"])


def _window(step: CascadeStep, language: str) -> str:
    words = kit_words(language)
    if step.opens is None or step.closes is None:
        return words["opens"]
    return words["to"].format(first=day_in(step.opens, language), last=day_in(step.closes - DAY, language))


def _next(message: Message, language: str) -> str:
    on = day_in(message.next_on, language) if message.next_on else ""
    return ": ".join(part for part in (on, message.next_word) if part)


def print_return_list(
    file: IO[bytes], row: Cascade, steps: Sequence[CascadeStep], day: date, *, small: bool = True
) -> None:
    """Writes a line for each talk that is still to be confirmed, with room for the day and the number."""
    title = f"Return list: {row.message.title}"
    units = unit_words({step.unit_id for step in steps}, day)
    paper = Paper(file, title=title, small=small)
    paper.heading(title)
    paper.words(
        f"As of {day_in(day, 'en')}. Write down on which day the talk was held and how many were there: a number, no names."
    )
    lines = [
        (
            str(step.pk),
            units.get(step.unit_id or 0, "several units"),
            step.speaker.name if step.speaker else "",
            str(step.people + step.carriers),
            written_day(step.closes - DAY) if step.closes else "once the talk above was held",
            "",
            "",
        )
        for step in steps
    ]
    head = ("No.", "Unit", "Who tells them", "People", "To be held by", "Held on", "There")
    table(paper, head, lines, (7, 20, 20, 10, 17, 16, 10))
    paper.close()
