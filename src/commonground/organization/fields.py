"""Form fields that find a person or a unit the way people name them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q

from commonground.access.actor import Actor
from commonground.organization.models import Person, Unit, UnitPeriod

MOST_NAMED = 5


class PersonField(forms.CharField):
    """A person by number, e-mail or full name. Set `actor` in the form: only whom they may see is found."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "Employee number, e-mail or full name.")
        super().__init__(max_length=254, **kwargs)
        self.actor: Actor | None = None

    def clean(self, value: Any) -> Person | None:
        text = super().clean(value)
        if not text:
            return None
        everybody = Person.objects.visible_to(self.actor) if self.actor else Person.objects.none()
        return one_of(everybody, text)


def one_of(everybody: "Any", text: str) -> Person:
    """The one person whom this text names. Raises ValidationError with a sentence when there is none, or more than one."""
    found: list[Person] = list(everybody.filter(key=text)[:1])
    found = found or list(
        everybody.filter(Q(email__iexact=text) | Q(name__iexact=text)).order_by("key")[: MOST_NAMED + 1]
    )
    if not found:
        raise forms.ValidationError(
            f"Nobody is found under “{text}”. Write the employee number, the e-mail or the full name."
        )
    if len(found) > 1:
        numbers = ", ".join(person.key for person in found[:MOST_NAMED])
        raise forms.ValidationError(f"More than one person is called “{text}”. Write one of their numbers: {numbers}.")
    return found[0]


class UnitField(forms.ModelChoiceField[Unit]):
    """A unit out of those that stand on a day, in the order of the tree and indented by it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Unit.objects.none(), **kwargs)

    def stand_on(self, day: date, actor: Actor) -> None:
        """Offers the units of a day."""
        self.queryset = Unit.objects.visible_to(actor)
        self.choices = [*([] if self.required else [("", "–")]), *unit_choices(day, actor)]


def unit_choices(day: date, actor: Actor) -> Iterable[tuple[int, str]]:
    """Units of a day as (id, name indented by depth), depth first and in order of name."""
    rows = list(UnitPeriod.objects.visible_to(actor).on(day).values_list("unit", "name", "path"))
    names = {unit: name for unit, name, _ in rows}

    def place(path: str) -> list[str]:
        return [names.get(int(part), "").casefold() for part in path.strip("/").split("/")]

    ordered = sorted(rows, key=lambda row: place(row[2]))
    return [(unit, "\u2003" * (path.count("/") - 2) + name) for unit, name, path in ordered]
