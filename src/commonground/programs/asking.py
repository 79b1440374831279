"""Fields that ask for people and units: people by name, number or e-mail (a list of 100,000 is no list), units by their names."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q

from commonground.access.actor import Actor
from commonground.organization.models import Person, Unit, UnitPeriod


def unit_names(actor: Actor, day: date, units: set[int] | None = None) -> dict[int, str]:
    """Unit → what it is called on the day; only these units where given."""
    rows = UnitPeriod.objects.visible_to(actor).on(day)
    if units is not None:
        rows = rows.filter(unit__in=units)
    return dict(rows.order_by("name").values_list("unit_id", "name"))


class UnitField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A unit of the organization on a day, chosen by its name. Call `offer` in the form."""

    def __init__(self, **kwargs: Any) -> None:
        self.names: Mapping[int, str] = {}
        super().__init__(queryset=Unit.objects.none(), **kwargs)

    def offer(self, actor: Actor, day: date, *, also: int | None = None) -> None:
        """Offers the units of the day, and the one that stands in the row already."""
        self.names = unit_names(actor, day)
        known = [*self.names, *([also] if also else [])]
        self.queryset = Unit.objects.visible_to(actor).filter(pk__in=known)
        self.choices = [("", self.empty_label or ""), *((pk, name) for pk, name in self.names.items())]

    def label_from_instance(self, obj: Any) -> str:
        return self.names.get(obj.pk, str(obj))


class PersonField(forms.CharField):
    """One person whom the actor may see, by full name, employee number or e-mail. Cleans to a Person or None."""

    actor: Actor

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "Full name, employee number or e-mail.")
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int):
            person = Person.objects.visible_to(self.actor).filter(pk=value).first()
            return f"{person.name} ({person.key})" if person else ""
        return value

    def clean(self, value: Any) -> Any:
        text = str(super().clean(value) or "").strip()
        if not text:
            return None
        found = people_called(self.actor, text)
        if len(found) == 1:
            return found[0]
        if not found:
            raise forms.ValidationError(
                f"Nobody here is called “{text}”. Give the full name, the employee number or the e-mail."
            )
        raise forms.ValidationError(
            f"“{text}” fits {len(found)} people: {', '.join(f'{one.name} ({one.key})' for one in found[:5])}. Give the number."
        )


def people_called(actor: Actor, text: str) -> list[Person]:
    """Those whom the actor may see and whose number, e-mail or name is the text; “name (number)” is read too. At most ten."""
    seen = Person.objects.visible_to(actor)
    if text.endswith(")") and "(" in text:
        exact = list(seen.filter(key=text[text.rindex("(") + 1 : -1].strip())[:2])
        if exact:
            return exact
    return list(seen.filter(Q(key=text) | Q(email__iexact=text) | Q(name__iexact=text)).order_by("name", "pk")[:10])
