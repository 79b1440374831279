"""Pages on which the change lead changes the organization: one form, one verb each."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from commonground.access.gate import actor_of, gate
from commonground.organization import forms
from commonground.organization.models import LedgerError, Level, Person, Role, Unit
from commonground.organization.people import Place
from commonground.organization.views import as_of

Done = Callable[[Any, dict[str, Any]], str]
both = require_http_methods(["GET", "HEAD", "POST"])


def here(request: HttpRequest, name: str, **kwargs: Any) -> str:
    """The address of a page of the organization in this program."""
    slug = request.program.slug  # type: ignore[attr-defined]
    return reverse(f"organization:{name}", kwargs={"program": slug, **kwargs})


def front_word(value: bool | None) -> str:
    """How the form says whether it is front office."""
    return "" if value is None else "yes" if value else "no"


def ask(  # noqa: PLR0913 - what a page of one form consists of
    request: HttpRequest,
    form_class: type[forms.Dated],
    done: Done,
    *,
    title: str,
    question: str,
    label: str,
    back: str,
    crumb: str,
    initial: dict[str, Any] | None = None,
    hard: bool = False,
) -> HttpResponseBase:
    """A page with one form. done: called with the answers and who and when; returns the sentence to show afterwards."""
    actor, day = actor_of(request), as_of(request)
    form = form_class(request.POST or None, actor=actor, day=day, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            said = done(form, {"by": actor, "at": timezone.now()})
        except LedgerError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, said)
            return redirect(back)
    words = {"title": title, "question": question, "label": label, "back": back, "crumb": crumb, "hard": hard}
    return render(request, "organization/change.html", {"form": form, **words})


@gate("organization.change")
@both
def hire(request: HttpRequest) -> HttpResponseBase:
    def done(form: Any, who: dict[str, Any]) -> str:
        answers = form.cleaned_data
        person = Person.objects.hire(
            answers["key"], name=answers["name"], email=answers["email"], on=answers["on"], **form.place(), **who
        )
        return f"{person} works here from {answers['on']:%-d %b %Y} on."

    return ask(
        request,
        forms.HireForm,
        done,
        title="Add a person",
        question="Who begins, where and when? Many people at once come more easily as a sheet.",
        label="Add them",
        back=here(request, "people"),
        crumb="People",
    )


@gate("organization.change")
@both
def move_person(request: HttpRequest, pk: int) -> HttpResponseBase:
    person = Person.objects.get_for(actor_of(request), pk=pk)

    def done(form: Any, who: dict[str, Any]) -> str:
        on = form.cleaned_data["on"]
        moved = person.move(on=on, why=form.cleaned_data["why"], **form.place(), **who)
        return (
            f"{person}: as written here from {on:%-d %b %Y} on." if moved else "Nothing differs; nothing was changed."
        )

    held = person.assignments.on(as_of(request)).first()
    initial = {name.removesuffix("_id"): getattr(held, name) for name in Place._fields} if held else {}
    initial["front_office"] = front_word(initial.get("front_office"))
    initial["manager"] = held.manager.key if held and held.manager else ""
    return ask(
        request,
        forms.PlaceForm,
        done,
        title=f"Move {person}",
        question="Where do they work from then on? What was before stays as history.",
        label="Move them",
        back=here(request, "person", pk=pk),
        crumb=person.name,
        initial=initial,
    )


@gate("organization.change")
@both
def leave(request: HttpRequest, pk: int) -> HttpResponseBase:
    person = Person.objects.get_for(actor_of(request), pk=pk)

    def done(form: Any, who: dict[str, Any]) -> str:
        person.leave(on=form.cleaned_data["on"], why=form.cleaned_data["why"], **who)
        return f"{person} works here until {form.cleaned_data['on']:%-d %b %Y}. If that was not so, add them again from that day."

    return ask(
        request,
        forms.LeaveForm,
        done,
        title=f"{person} leaves",
        question="From which day on? Moves planned for later fall away; what was before stays.",
        label="Note that they leave",
        back=here(request, "person", pk=pk),
        crumb=person.name,
        hard=True,
    )


@gate("organization.change")
@both
def rename_person(request: HttpRequest, pk: int) -> HttpResponseBase:
    person = Person.objects.get_for(actor_of(request), pk=pk)

    def done(form: Any, who: dict[str, Any]) -> str:
        person.rename(form.cleaned_data["name"], email=form.cleaned_data["email"], **who)
        return f"{person} is called so everywhere from now on."

    return ask(
        request,
        forms.PersonNameForm,
        done,
        title=f"Rename {person}",
        question="What are they called? Names hold everywhere, also for days gone by.",
        label="Save the name",
        back=here(request, "person", pk=pk),
        crumb=person.name,
        initial={"name": person.name, "email": person.email},
    )


@gate("organization.change")
@both
def add_unit(request: HttpRequest) -> HttpResponseBase:
    def done(form: Any, who: dict[str, Any]) -> str:
        unit = Unit.objects.add(**form.cleaned_data, **who)
        return f"{form.cleaned_data['name']} ({unit.key}) stands from {form.cleaned_data['on']:%-d %b %Y} on."

    return ask(
        request,
        forms.UnitForm,
        done,
        title="Add a unit",
        question="What is it called, and below which unit does it stand?",
        label="Add it",
        back=here(request, "units"),
        crumb="Units",
    )


def _unit(request: HttpRequest, pk: int) -> tuple[Unit, str, dict[str, Any]]:
    """A unit, its name on the day, and what it is then."""
    unit = Unit.objects.get_for(actor_of(request), pk=pk)
    line = unit.line()
    span = next((span for span in line if span.holds(as_of(request))), line[-1] if line else None)
    return unit, span.value.name if span else unit.key, span.value._asdict() if span else {}


@gate("organization.change")
@both
def rename_unit(request: HttpRequest, pk: int) -> HttpResponseBase:
    unit, name, initial = _unit(request, pk)

    def done(form: Any, who: dict[str, Any]) -> str:
        answers = dict(form.cleaned_data)
        on = answers.pop("on")
        unit.describe(on=on, **answers, **who)
        return f"{answers['name']}: so from {on:%-d %b %Y} on."

    return ask(
        request,
        forms.UnitNameForm,
        done,
        title=f"Rename {name}",
        question="What is it called from then on? Its former name stays in its history.",
        label="Save",
        back=here(request, "unit", pk=pk),
        crumb=name,
        initial=initial,
    )


@gate("organization.change")
@both
def move_unit(request: HttpRequest, pk: int) -> HttpResponseBase:
    unit, name, initial = _unit(request, pk)

    def done(form: Any, who: dict[str, Any]) -> str:
        unit.move_below(form.cleaned_data["parent"], on=form.cleaned_data["on"], **who)
        return f"{name} stands there from {form.cleaned_data['on']:%-d %b %Y} on, with all units below it."

    return ask(
        request,
        forms.UnitMoveForm,
        done,
        title=f"Move {name}",
        question="Below which unit does it stand from then on? All units below it come along.",
        label="Move it",
        back=here(request, "unit", pk=pk),
        crumb=name,
        initial={"parent": initial.get("parent_id")},
    )


@gate("organization.change")
@both
def merge_unit(request: HttpRequest, pk: int) -> HttpResponseBase:
    unit, name, _ = _unit(request, pk)

    def done(form: Any, who: dict[str, Any]) -> str:
        people = unit.merge_into(form.cleaned_data["into"], on=form.cleaned_data["on"], **who)
        return f"{name} is merged from {form.cleaned_data['on']:%-d %b %Y} on; {people} people moved with it."

    return ask(
        request,
        forms.UnitMergeForm,
        done,
        title=f"Merge {name} into another unit",
        question="Whom does it join? Everybody in it and all units below it move on that day; who worked where before stays.",
        label="Merge it",
        back=here(request, "unit", pk=pk),
        crumb=name,
        hard=True,
    )


@gate("organization.change")
@both
def close_unit(request: HttpRequest, pk: int) -> HttpResponseBase:
    unit, name, _ = _unit(request, pk)

    def done(form: Any, who: dict[str, Any]) -> str:
        unit.close(on=form.cleaned_data["on"], **who)
        return f"{name} ends on {form.cleaned_data['on']:%-d %b %Y}. If that was not so, add it again under the id {unit.key}."

    return ask(
        request,
        forms.UnitCloseForm,
        done,
        title=f"Close {name}",
        question="From which day on is it no longer there? Nobody may work in it from then on.",
        label="Close it",
        back=here(request, "unit", pk=pk),
        crumb=name,
        hard=True,
    )


@gate("organization.change")
@both
def define_role(request: HttpRequest) -> HttpResponseBase:
    def done(form: Any, who: dict[str, Any]) -> str:
        Role.objects.define(form.cleaned_data["key"], on=form.cleaned_data["on"], **form.words(), **who)
        return f"{form.cleaned_data['name']} is a role from {form.cleaned_data['on']:%-d %b %Y} on."

    return ask(
        request,
        forms.NewRoleForm,
        done,
        title="Define a role",
        question="What is it called, and what does it answer for?",
        label="Define it",
        back=here(request, "roles"),
        crumb="Roles",
    )


@gate("organization.change")
@both
def redefine_role(request: HttpRequest, pk: int) -> HttpResponseBase:
    role = Role.objects.get_for(actor_of(request), pk=pk)
    held = role.periods.on(as_of(request)).first()

    def done(form: Any, who: dict[str, Any]) -> str:
        role.redefine(on=form.cleaned_data["on"], **form.words(), **who)
        return f"{form.cleaned_data['name']}: so from {form.cleaned_data['on']:%-d %b %Y} on."

    names = ("name", "level", "definition")
    initial = {name: getattr(held, name) for name in names} if held else {}
    front = front_word(held.front_office) if held else ""
    return ask(
        request,
        forms.RoleForm,
        done,
        title=f"Redefine {held.name if held else role}",
        question="For what is already agreed and told. What is only planned belongs to the fate of the role.",
        label="Save the definition",
        back=here(request, "role", pk=pk),
        crumb=held.name if held else str(role),
        initial={**initial, "front_office": front},
    )


@gate("organization.change")
@both
def levels(request: HttpRequest) -> HttpResponseBase:
    def done(form: Any, who: dict[str, Any]) -> str:
        Level.objects.order(form.cleaned_data["names"].splitlines(), **who)
        return "The levels stand in this order."

    return ask(
        request,
        forms.LevelsForm,
        done,
        title="Levels of the organization",
        question="From the board to the staff: which levels are there, in which order?",
        label="Save the levels",
        back=here(request, "units"),
        crumb="Levels",
        initial={"names": "\n".join(Level.objects.visible_to(actor_of(request)).values_list("name", flat=True))},
    )
