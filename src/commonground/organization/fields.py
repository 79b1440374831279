"""Form fields that find people, units and roles the way people name them. A form calls `ask_all` for who asks and the day."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from commonground.access.actor import NOBODY, Actor
from commonground.organization.models import Person, Role, RolePeriod, Unit, UnitPeriod
from commonground.ui.forms import LongSelect

MOST_NAMED = 5


def ask_all(fields: Mapping[str, forms.Field], actor: Actor, day: date, *, row: object = None) -> None:
    """Fills every field of this module for an actor and a day. row: what is being changed, whose own choice stays on offer."""
    for name, field in fields.items():
        if isinstance(field, PersonField | PeopleField):
            field.actor = actor
        elif isinstance(field, UnitField | RoleField):
            field.offer(actor, day, also=getattr(row, f"{name}_id", None))


def people_called(actor: Actor, text: str) -> list[Person]:
    """Those whom the actor may see and whose number, e-mail or name is the text; “name (number)” is read too. At most ten."""
    return called(Person.objects.visible_to(actor), text)


def called(everybody: QuerySet[Person], text: str) -> list[Person]:
    """Those among everybody whom the text names; a number names one person even where others are called so."""
    number = text[text.rindex("(") + 1 : -1].strip() if text.endswith(")") and "(" in text else text
    exact = list(everybody.filter(key=number)[:2])
    return exact or list(everybody.filter(Q(email__iexact=text) | Q(name__iexact=text)).order_by("name", "pk")[:10])


def one_of(everybody: QuerySet[Person], text: str) -> Person:
    """The one person whom this text names. Raises ValidationError with a sentence when there is none, or more than one."""
    found = called(everybody, text)
    if not found:
        raise forms.ValidationError(
            f"Nobody is found under “{text}”. Write the employee number, the e-mail or the full name."
        )
    if len(found) > 1:
        numbers = ", ".join(person.key for person in found[:MOST_NAMED])
        raise forms.ValidationError(f"More than one person is called “{text}”. Write one of their numbers: {numbers}.")
    return found[0]


class PersonField(forms.CharField):
    """One person whom the actor may see, by number, e-mail or full name. Cleans to a Person or None."""

    actor: Actor = NOBODY

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "Employee number, e-mail or full name.")
        super().__init__(max_length=254, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int):
            person = Person.objects.visible_to(self.actor).filter(pk=value).first()
            return f"{person.name} ({person.key})" if person else ""
        return value

    def clean(self, value: Any) -> Any:
        text = str(super().clean(value) or "").strip()
        return one_of(Person.objects.visible_to(self.actor), text) if text else None


class PeopleField(forms.CharField):
    """Several people, one a line. Cleans to a list."""

    actor: Actor = NOBODY
    widget = forms.Textarea

    def clean(self, value: Any) -> Any:
        lines = [line.strip() for line in str(super().clean(value) or "").splitlines() if line.strip()]
        return [one_of(Person.objects.visible_to(self.actor), line) for line in lines]


class UnitField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic at run time
    """A unit out of those that stand on a day, in the order of the tree and indented by it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Unit.objects.none(), widget=LongSelect, **kwargs)

    def offer(self, actor: Actor, day: date, *, also: int | None = None) -> None:
        """Offers the units of the day, and the one that stands in the row already."""
        units = unit_choices(day, actor)
        known = [*(unit for unit, _ in units), *([also] if also else [])]
        self.queryset = Unit.objects.visible_to(actor).filter(pk__in=known)
        gone = [(unit.pk, str(unit)) for unit in Unit.objects.filter(pk__in=set(known) - {unit for unit, _ in units})]
        self.choices = [*([] if self.required else [("", self.empty_label or "–")]), *units, *gone]


class RoleField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic at run time
    """A role out of those that hold on a day, by name."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Role.objects.none(), widget=LongSelect, **kwargs)

    def offer(self, actor: Actor, day: date, *, also: int | None = None) -> None:
        """Offers the roles of the day, and the one that stands in the row already."""
        named = list(RolePeriod.objects.visible_to(actor).on(day).order_by("name").values_list("role", "name"))
        absent = ({also} if also else set()) - {role for role, _ in named}
        gone = [(role.pk, str(role)) for role in Role.objects.filter(pk__in=absent)]
        self.queryset = Role.objects.visible_to(actor)
        self.choices = [("", self.empty_label or "–"), *named, *gone]


def unit_choices(day: date, actor: Actor) -> list[tuple[int, str]]:
    """Units of a day as (id, name indented by depth), depth first and in order of name."""
    rows = list(UnitPeriod.objects.visible_to(actor).on(day).values_list("unit", "name", "path"))
    names = {unit: name for unit, name, _ in rows}

    def place(path: str) -> list[str]:
        return [names.get(int(part), "").casefold() for part in path.strip("/").split("/")]

    ordered = sorted(rows, key=lambda row: place(row[2]))
    return [(unit, "\u2003" * (path.count("/") - 2) + name) for unit, name, path in ordered]


def unit_names(actor: Actor, day: date, units: Iterable[int] | None = None) -> dict[int, str]:
    """Unit → what it is called on the day; only these units where given."""
    rows = UnitPeriod.objects.visible_to(actor).on(day)
    if units is not None:
        rows = rows.filter(unit__in=set(units))
    return dict(rows.order_by("name").values_list("unit_id", "name"))
