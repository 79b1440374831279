"""The library: which technique fits what is seen, one technique, several side by side, and what can stand behind a no."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from commonground.access.actor import Actor
from commonground.access.gate import actor_of, gate
from commonground.analysis.practices import PRACTICES
from commonground.guidance.effects import effects_of
from commonground.guidance.own_techniques import OwnTechnique
from commonground.guidance.parts import PRACTICES as PRACTICE_NAMES
from commonground.guidance.technique_forms import OwnTechniqueForm
from commonground.guidance.technique_library import library_of, used
from commonground.guidance.techniques import BCT, CAUSES, COM_B, GRADES, MARKS, SYMPTOMS, Technique
from commonground.guidance.techniques.causes import BY_CAUSE, NOT_PROPOSED
from commonground.guidance.techniques.plugins import is_built_in
from commonground.guidance.techniques.searching import Wanted, matching
from commonground.programs.middleware import program_of
from commonground.programs.models import Activity, Program
from commonground.programs.register import removed_lately
from commonground.programs.row_views import Kind, register_urls
from commonground.ui.csv_response import csv_response
from commonground.ui.words import plural, spelled

CHANGE: Final = "techniques.change"
OWN = Kind(
    OwnTechnique,
    OwnTechniqueForm,
    "technique of our own",
    "library",
    "What do you do, when does it fit, and what was seen of it here?",
    space="guidance",
    above=("Techniques", "library"),
)
MOST_BESIDE: Final = 4
MOST_USES: Final = 30
HEADER = (
    *("key", "name", "kind", "in a sentence", "evidence", "source", "checked", "practices", "symptoms"),
    *("hours", "used here"),
)


@dataclass(frozen=True)
class Shown:
    """A technique as pages show it, with every key in words. used: activities here that use it. origin: empty for the product's own."""

    one: Technique
    used: int
    origin: str

    @property
    def grade(self) -> str:
        return GRADES[self.one.evidence]

    @property
    def mark(self) -> str:
        return MARKS.get(self.one.mark, "")

    @property
    def symptoms(self) -> list[str]:
        return [SYMPTOMS[key].words for key in self.one.symptoms if key in SYMPTOMS]

    @property
    def causes(self) -> list[str]:
        return [CAUSES[key] for key in self.one.causes if key in CAUSES]

    @property
    def needs(self) -> list[str]:
        return [COM_B[key] for key in self.one.com_b]

    @property
    def bct(self) -> list[tuple[str, str]]:
        return [(code, BCT.get(code, "")) for code in self.one.bct]

    @property
    def practices(self) -> list[tuple[str, str]]:
        return [(code, PRACTICE_NAMES.get(code, "")) for code in self.one.practices]

    @property
    def planned_with(self) -> str:
        """The query with which the form of an activity begins."""
        first = self.one.practices[0] if self.one.practices else ""
        asked = {"technique": self.one.key, "kind": self.one.activity_kind, "practice": first}
        return urlencode({**asked, "words": self.one.name})


def _shown(one: Technique, times: Mapping[str, int]) -> Shown:
    origin = "ours" if one.evidence == "ours" else "" if is_built_in(one.key) else "added"
    return Shown(one, times.get(one.key, 0), origin)


def _wanted(request: HttpRequest) -> Wanted:
    got = request.GET
    names = ("kind", "symptom", "cause", "practice", "evidence", "com_b")
    return Wanted(got.get("q", "").strip()[:100], **{name: got.get(name, "") for name in names})


@gate("techniques.view")
def techniques(request: HttpRequest) -> HttpResponseBase:
    """Which technique fits what you see?"""
    actor, program, wanted = actor_of(request), program_of(request), _wanted(request)
    every, times = library_of(program.pk, actor), used(program.pk, actor)
    rows = [_shown(one, times) for one in matching(every.values(), wanted)]
    if request.GET.get("used"):
        rows = [row for row in rows if row.used]
    if request.GET.get("format") == "csv":
        return csv_response(f"{program.slug} techniques", HEADER, map(_line, rows))
    values = {
        "title": _title(rows, wanted, every, times),
        "rows": rows,
        "wanted": wanted,
        "narrowed": wanted.anything or bool(request.GET.get("used")),
        "symptom": SYMPTOMS.get(wanted.symptom),
        "cause": BY_CAUSE.get(wanted.cause),
        **_choices(),
        "may_change": actor.may(CHANGE),
        "removed": _removed(actor, program),
    }
    return render(request, "guidance/techniques.html", values)


def _choices() -> dict[str, Any]:
    return {
        "symptoms": [(one.key, one.words) for one in SYMPTOMS.values()],
        "causes": list(CAUSES.items()),
        "practices": [(code, PRACTICE_NAMES.get(code, code)) for code in PRACTICES],
        "grades": [(grade, f"{grade}: {words}" if grade != "ours" else words) for grade, words in GRADES.items()],
        "needs": list(COM_B.items()),
    }


def _title(rows: list[Shown], wanted: Wanted, every: Mapping[str, Technique], times: Mapping[str, int]) -> str:
    if wanted.symptom in SYMPTOMS:
        return f"“{SYMPTOMS[wanted.symptom].words}”: {plural(len(rows), 'technique')}"
    if wanted.anything:
        return f"{plural(len(rows), 'technique')} of {len(every)}"
    in_use = sum(1 for key in times if key in every)
    here = f"{spelled(in_use)} of them in use here" if in_use else "none in use here yet"
    return f"{spelled(len(every)).capitalize()} theories and techniques, {here}"


def _line(row: Shown) -> tuple[object, ...]:
    one = row.one
    return (
        *(one.key, one.name, one.kind, one.summary, one.evidence, one.source, row.mark, " ".join(one.practices)),
        *("; ".join(row.symptoms), one.effort, row.used),
    )


def _removed(actor: Actor, program: Program) -> list[Any]:
    if not actor.may(CHANGE):
        return []
    gone = removed_lately(OwnTechnique, program.pk, actor=actor, now=timezone.now())
    return [("guidance:put-back-owntechnique", one) for one in gone]


@gate("techniques.view")
def technique(request: HttpRequest, technique: str) -> HttpResponseBase:
    """Does it fit here, and how is it done?"""
    actor, program = actor_of(request), program_of(request)
    every = library_of(program.pk, actor)
    if technique not in every:
        raise Http404
    one = every[technique]
    uses = Activity.objects.visible_to(actor).filter(program=program, technique=one.key).select_related("owner")
    own = OwnTechnique.objects.visible_to(actor).filter(program=program, key=one.key).first()
    values = {
        "shown": _shown(one, used(program.pk, actor)),
        "uses": list(uses.order_by("-start", "-pk")[:MOST_USES]),
        "beside": _beside(one, every),
        "effects": effects_of(program, one.key, actor) if actor.may("findings.view") else None,
        "own": own,
        "may_change": actor.may(CHANGE),
        "may_plan": actor.may("activities.change"),
        "may_open": actor.may("activities.confirm"),
    }
    return render(request, "guidance/technique.html", values)


def _beside(one: Technique, every: Mapping[str, Technique]) -> list[Technique]:
    """Up to three others that answer the same: what to compare it with."""
    keys = [key for symptom in one.symptoms for key in SYMPTOMS[symptom].first + SYMPTOMS[symptom].then]
    found = [every[key] for key in dict.fromkeys(keys) if key in every and key != one.key]
    return found[: MOST_BESIDE - 1]


@gate("techniques.view")
def compare(request: HttpRequest) -> HttpResponseBase:
    """Which of these fits better here? The address holds what is compared, so it can be passed on."""
    actor, program = actor_of(request), program_of(request)
    every, times = library_of(program.pk, actor), used(program.pk, actor)
    keys = [key for key in dict.fromkeys(request.GET.getlist("with")) if key in every]
    chosen = [_shown(every[key], times) for key in keys[:MOST_BESIDE]]
    names = sorted(((one.key, one.name) for one in every.values()), key=lambda choice: choice[1].casefold())
    values = {
        "chosen": chosen,
        "title": _beside_title(chosen),
        "names": names,
        "slots": [*(row.one.key for row in chosen), *("" for _ in range(MOST_BESIDE - len(chosen)))],
        "left_out": len(keys) - len(chosen),
        "may_plan": actor.may("activities.change"),
    }
    return render(request, "guidance/compare_techniques.html", values)


def _beside_title(chosen: list[Shown]) -> str:
    if len(chosen) == 2:
        return f"{chosen[0].one.name}, or {chosen[1].one.name}?"
    return f"{spelled(len(chosen)).capitalize()} techniques side by side" if len(chosen) > 1 else "Compare techniques"


@gate("techniques.view")
def resistance(request: HttpRequest) -> HttpResponseBase:
    """What stands behind it? Asked of a group, never of a person."""
    every = library_of(program_of(request).pk, actor_of(request))
    causes = [(cause, [every[key] for key in cause.first if key in every]) for cause in BY_CAUSE.values()]
    return render(request, "guidance/resistance.html", {"causes": causes, "not_proposed": NOT_PROPOSED})


def technique_address(program: Program, key: str) -> str:
    """Where the page of a technique lies."""
    return reverse("guidance:technique", kwargs={"program": program.slug, "technique": key})


patterns: list[URLPattern] = [
    path("techniques/", techniques, name="library"),
    path("techniques/compare/", compare, name="compare-techniques"),
    path("techniques/resistance/", resistance, name="resistance"),
    *register_urls(OWN, CHANGE, "techniques"),
    path("techniques/<slug:technique>/", technique, name="technique"),
]
