"""The page of one guideline: what it looks for, an example, what ends it, and its values here, for the program and for units."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from commonground.access.gate import actor_of, gate
from commonground.guidance.catalogue_views import shown_of
from commonground.guidance.forms import ForUnitForm
from commonground.guidance.guidelines import CATALOGUE, Guideline
from commonground.guidance.guidelines.examples import EXAMPLES, finding_in, passing
from commonground.guidance.guidelines.examples.showing import changed, sheets
from commonground.guidance.models import Finding, Parameter
from commonground.guidance.parts import PRACTICES, SHEETS
from commonground.guidance.reference import ended_by
from commonground.organization.fields import unit_names
from commonground.organization.models import Unit
from commonground.programs.middleware import program_of
from commonground.programs.models import Program

MOST = 1_000_000


class OfUnit(NamedTuple):
    """The values that a unit has of its own, in words."""

    pk: int
    name: str
    values: str


@gate("findings.view")
def guideline(request: HttpRequest, code: str) -> HttpResponseBase:
    """What one guideline looks for, and what ends what it finds."""
    actor, program, one = actor_of(request), program_of(request), _called(code)
    open_now = Finding.objects.of(program).live().visible_to(actor).filter(code=code).count()
    may_change = actor.may("program.change")
    values: dict[str, Any] = {
        "shown": shown_of(program, {code: open_now}, [one])[0],
        "guideline": one,
        "practice": PRACTICES.get(one.practice, one.practice),
        "reads": [(table, SHEETS.get(table, "")) for table in one.needs],
        "units": list(_of_units(request, program, code)),
        "may_change": may_change,
        "form": ForUnitForm(actor=actor, day=timezone.localdate()) if may_change and one.parameters else None,
        **_example(one),
    }
    return render(request, "guidance/guideline.html", values)


def _called(code: str) -> Guideline:
    one = CATALOGUE.get(code)
    if one is None:
        raise Http404
    return one


def _of_units(request: HttpRequest, program: Program, code: str) -> Iterator[OfUnit]:
    own = Parameter.objects.values_of_units(program).get(code, {})
    names = unit_names(actor_of(request), timezone.localdate())
    for pk, key in Unit.objects.filter(key__in=own).values_list("pk", "key"):
        said = ", ".join(f"{name.replace('_', ' ')} {value:g}" for name, value in own[key].items())
        yield OfUnit(pk, names.get(pk, key), said)


def _example(one: Guideline) -> dict[str, Any]:
    """The example of a guideline as sheets; nothing for an organization's own."""
    if one.code not in EXAMPLES or not one.is_built_in:
        return {}
    before, after = EXAMPLES[one.code], passing(one.code)
    return {
        "finding": finding_in(one.code),
        "before": sheets(before),
        "after": changed(before, after),
        "ended_by": ended_by(one),
        "as_of": before.as_of,
    }


@require_POST
@gate("program.change")
def set_parameters(request: HttpRequest, code: str) -> HttpResponse:
    """Sets the values of one guideline for this program, or for a unit of it; an empty one is taken back."""
    actor, program, one = actor_of(request), program_of(request), _called(code)
    form = ForUnitForm(request.POST, actor=actor, day=timezone.localdate())
    if not form.is_valid():
        messages.error(request, "This unit is not one of today’s: choose one from the list.")
        return redirect("guidance:guideline", program=program.slug, code=code)
    unit, wrong = form.cleaned_data["unit"], list[str]()
    for name, default in one.parameters.items():
        value, sentence = _value(request.POST.get(name, ""), name, default)
        if sentence:
            wrong.append(sentence)
        else:
            kept = None if unit is None and value == default else value
            Parameter.objects.all().put(program, code, name, kept, unit=unit, by=actor, at=timezone.now())
    for sentence in wrong:
        messages.error(request, sentence)
    if not wrong:
        messages.success(request, f"{code} has its values. It runs again with the next page.")
    if request.POST.get("from") == "page":
        return redirect("guidance:guideline", program=program.slug, code=code)
    return redirect("guidance:guidelines", program=program.slug)


def _value(raw: str, name: str, default: float) -> tuple[float | None, str]:
    """A value that was written, None where nothing was; and what is to be said of one that cannot be meant."""
    text = raw.strip().replace(",", ".")
    try:
        value = float(text) if text else None
    except ValueError:
        value = -1.0
    if value is not None and not 0 <= value <= MOST:
        return None, f"“{text}” is not a value for {name.replace('_', ' ')}: give a number of 0 or more."
    if name == "threshold" and value is not None and value < default:
        return None, f"The threshold protects people: it can be raised above {default:g}, never lowered."
    return value, ""
