"""Finds what is called by some words, of each kind in the order of the rail: each through what the actor may see."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import NoReverseMatch, reverse
from django.utils.text import Truncator

from commonground.access.actor import Actor
from commonground.adoption.models import Behaviour, Benefit
from commonground.assessments.models import Round
from commonground.assessments.rounds import STATES
from commonground.communication.improvements import STATES as IMPROVING
from commonground.communication.models import Improvement, Message, Panel
from commonground.guidance.guidelines import CATALOGUE
from commonground.guidance.models import Experiment, Finding
from commonground.guidance.technique_library import library_of
from commonground.organization.models import Person, RolePeriod, UnitPeriod
from commonground.plan.models import Module
from commonground.programs.models import Activity, Program
from commonground.realignment.models import ProcessFate, Solution
from commonground.voice.models import Voice
from commonground.voice.states import KINDS, PUBLIC
from commonground.workflows.models import Process, Workflow

MOST = 8
LEAST = 2  # letters
LONGEST = 120  # letters of a voice that are shown


@dataclass(frozen=True)
class Hit:
    """One thing that was found."""

    name: str
    note: str
    url: str


@dataclass(frozen=True)
class Hits:
    """What was found of one kind; more: whether there is more than is shown."""

    title: str
    rows: tuple[Hit, ...]
    more: bool


@dataclass(frozen=True)
class Asked:
    """Who looks for which words, where and as of which day."""

    actor: Actor
    program: Program
    day: date
    words: str

    def link(self, name: str, **kwargs: Any) -> str:
        """The address of a page of the program; empty when there is none."""
        try:
            return reverse(name, kwargs={"program": self.program.slug, **kwargs})
        except NoReverseMatch:
            return ""


def search(asked: Asked) -> list[Hits]:
    """Groups with something in them, in the order of the rail. Fewer than two letters find nothing."""
    if len(asked.words) < LEAST:
        return []
    kinds: tuple[tuple[str, Callable[[Asked], Iterable[Hit]]], ...] = (
        ("People", _people),
        ("Units", _units),
        ("Roles", _roles),
        ("Processes", _processes),
        ("Workflows", _workflows),
        ("Searches for a new way", _solutions),
        ("Voices", _voices),
        ("Rounds of questions", _rounds),
        ("Behaviours", _behaviours),
        ("Benefits", _benefits),
        ("Experiments", _experiments),
        ("Activities", _activities),
        ("Training", _modules),
        ("Messages", _messages),
        ("Panels with customers", _panels),
        ("Joint improvements", _improvements),
        ("Findings", _findings),
        ("Guidelines", _guidelines),
        ("Techniques", _techniques),
    )
    found = ((title, list(find(asked))) for title, find in kinds)
    return [Hits(title, tuple(rows[:MOST]), len(rows) > MOST) for title, rows in found if rows]


def _people(asked: Asked) -> Iterable[Hit]:
    words = Q(name__icontains=asked.words) | Q(key__iexact=asked.words) | Q(email__istartswith=asked.words)
    rows = Person.objects.visible_to(asked.actor).filter(words).order_by("name", "pk")[: MOST + 1]
    for pk, name, key in rows.values_list("pk", "name", "key"):
        yield Hit(name, key, asked.link("organization:person", pk=pk))


def _units(asked: Asked) -> Iterable[Hit]:
    rows = UnitPeriod.objects.visible_to(asked.actor).on(asked.day)
    words = Q(name__icontains=asked.words) | Q(unit__key__iexact=asked.words)
    for pk, name, line in rows.filter(words).order_by("name").values_list("unit", "name", "product_line")[: MOST + 1]:
        yield Hit(name, line, asked.link("organization:unit", pk=pk))


def _roles(asked: Asked) -> Iterable[Hit]:
    rows = RolePeriod.objects.visible_to(asked.actor).on(asked.day)
    words = Q(name__icontains=asked.words) | Q(role__key__iexact=asked.words)
    found = rows.filter(words).order_by("name").values_list("role", "name", "level__name")[: MOST + 1]
    page = "realignment:role" if asked.actor.may("balance.view") else ""
    for pk, name, level in found:
        yield Hit(name, level or "", asked.link(page, pk=pk) if page else asked.link("organization:roles"))


def _processes(asked: Asked) -> Iterable[Hit]:
    """Processes of today; those that only exist in a plan when the plan is the actor's to see."""
    planned = ProcessFate.objects.visible_to(asked.actor).filter(program=asked.program)
    rows = Process.objects.visible_to(asked.actor).filter(program=asked.program)
    rows = rows.filter(Q(planned_only=False) | Q(pk__in=planned.values("process")))
    words = Q(name__icontains=asked.words) | Q(key__iexact=asked.words)
    for pk, name, workflow in (
        rows.filter(words).order_by("name").values_list("pk", "name", "workflow__name")[: MOST + 1]
    ):
        yield Hit(name, workflow or "", asked.link("workflows:process", pk=pk) or asked.link("workflows:list"))


def _workflows(asked: Asked) -> Iterable[Hit]:
    rows = Workflow.objects.visible_to(asked.actor).filter(program=asked.program, name__icontains=asked.words)
    for pk, name, need in rows.order_by("name").values_list("pk", "name", "customer_need")[: MOST + 1]:
        yield Hit(name, need, asked.link("workflows:workflow", pk=pk) or asked.link("workflows:list"))


def _solutions(asked: Asked) -> Iterable[Hit]:
    rows = Solution.objects.visible_to(asked.actor).filter(program=asked.program, question__icontains=asked.words)
    for pk, question, workflow in rows.values_list("pk", "question", "workflow__name")[: MOST + 1]:
        yield Hit(question, workflow, asked.link("realignment:solution", pk=pk))


def _voices(asked: Asked) -> Iterable[Hit]:
    """Published ones alone, by the words that all may read: nothing of what was said in confidence can be guessed at."""
    rows = Voice.objects.of(asked.program).visible_to(asked.actor).filter(published=True, state__in=PUBLIC)
    words = Q(public_words__icontains=asked.words) | Q(
        topic__name__icontains=asked.words, topic__answered_on__isnull=False
    )
    for pk, kind, said in (
        rows.filter(words).order_by("-answered_on", "pk").values_list("pk", "kind", "public_words")[: MOST + 1]
    ):
        yield Hit(Truncator(said).chars(LONGEST), KINDS[kind], asked.link("voice:voice", pk=pk))


def _rounds(asked: Asked) -> Iterable[Hit]:
    rows = Round.objects.visible_to(asked.actor).filter(program=asked.program, name__icontains=asked.words)
    for pk, name, state in rows.values_list("pk", "name", "state")[: MOST + 1]:
        yield Hit(name, STATES[state], asked.link("assessments:round", pk=pk))


def _behaviours(asked: Asked) -> Iterable[Hit]:
    rows = Behaviour.objects.visible_to(asked.actor).filter(program=asked.program)
    words = Q(name__icontains=asked.words) | Q(new_words__icontains=asked.words) | Q(old_words__icontains=asked.words)
    for pk, name, new in rows.filter(words).order_by("name").values_list("pk", "name", "new_words")[: MOST + 1]:
        yield Hit(name, new, asked.link("adoption:behaviour", pk=pk) or asked.link("adoption:pace"))


def _benefits(asked: Asked) -> Iterable[Hit]:
    rows = Benefit.objects.visible_to(asked.actor).filter(program=asked.program)
    words = Q(name__icontains=asked.words) | Q(unit_words__icontains=asked.words)
    found = rows.filter(words).order_by("name").values_list("name", "unit_words", "behaviour__name")[: MOST + 1]
    for name, unit, behaviour in found:
        yield Hit(name, f"{unit}; {behaviour}", asked.link("adoption:benefits"))


def _experiments(asked: Asked) -> Iterable[Hit]:
    rows = Experiment.objects.visible_to(asked.actor).filter(program=asked.program)
    words = Q(name__icontains=asked.words) | Q(hypothesis__icontains=asked.words) | Q(technique__icontains=asked.words)
    for pk, name, hypothesis in rows.filter(words).order_by("name").values_list("pk", "name", "hypothesis")[: MOST + 1]:
        yield Hit(name, Truncator(hypothesis).chars(LONGEST), asked.link("guidance:experiment", pk=pk))


def _activities(asked: Asked) -> Iterable[Hit]:
    rows = Activity.objects.visible_to(asked.actor).filter(program=asked.program)
    words = Q(words__icontains=asked.words) | Q(kind__icontains=asked.words) | Q(note__icontains=asked.words)
    for row in rows.filter(words)[: MOST + 1]:
        yield Hit(str(row), row.get_state_display(), asked.link("plan:activity", pk=row.pk))


def _modules(asked: Asked) -> Iterable[Hit]:
    rows = Module.objects.visible_to(asked.actor).filter(program=asked.program, name__icontains=asked.words)
    for pk, name in rows.order_by("name").values_list("pk", "name")[: MOST + 1]:
        yield Hit(name, "", asked.link("plan:module", pk=pk))


def _messages(asked: Asked) -> Iterable[Hit]:
    rows = Message.objects.visible_to(asked.actor).filter(program=asked.program)
    words = Q(title__icontains=asked.words) | Q(purpose__icontains=asked.words)
    for pk, title, purpose in rows.filter(words).order_by("title").values_list("pk", "title", "purpose")[: MOST + 1]:
        yield Hit(title, Truncator(purpose).chars(LONGEST), asked.link("communication:message", pk=pk))


def _panels(asked: Asked) -> Iterable[Hit]:
    rows = Panel.objects.visible_to(asked.actor).filter(program=asked.program)
    words = Q(name__icontains=asked.words) | Q(customers__icontains=asked.words) | Q(words__icontains=asked.words)
    for name, customers in rows.filter(words).order_by("name").values_list("name", "customers")[: MOST + 1]:
        yield Hit(name, customers, asked.link("communication:collaboration"))


def _improvements(asked: Asked) -> Iterable[Hit]:
    rows = Improvement.objects.visible_to(asked.actor).filter(program=asked.program)
    words = Q(name__icontains=asked.words) | Q(came_of_it__icontains=asked.words)
    for name, state in rows.filter(words).order_by("name").values_list("name", "state")[: MOST + 1]:
        yield Hit(name, IMPROVING[state], asked.link("communication:collaboration"))


def _findings(asked: Asked) -> Iterable[Hit]:
    words = Q(what__icontains=asked.words) | Q(code__iexact=asked.words) | Q(where__icontains=asked.words)
    rows = Finding.objects.of(asked.program).live().visible_to(asked.actor).filter(words).ranked()
    for pk, what, code, where in rows.values_list("pk", "what", "code", "where")[: MOST + 1]:
        yield Hit(what, f"{code} {where}", f"{asked.link('guidance:inbox')}?open={pk}#open")


def _guidelines(asked: Asked) -> Iterable[Hit]:
    """By code and by what they look for."""
    if not asked.actor.may("findings.view"):
        return
    sought = asked.words.casefold()
    for code, one in sorted(CATALOGUE.items()):
        if sought in code.casefold() or sought in one.statement.casefold():
            yield Hit(one.statement, code, asked.link("guidance:guideline", code=code))


def _techniques(asked: Asked) -> Iterable[Hit]:
    """By name: those of the library, and the program's own beside them."""
    if not asked.actor.may("techniques.view"):
        return
    sought = asked.words.casefold()
    for one in sorted(library_of(asked.program.pk, asked.actor).values(), key=lambda row: row.name.casefold()):
        if sought in one.name.casefold():
            yield Hit(one.name, one.summary, asked.link("guidance:technique", technique=one.key))
