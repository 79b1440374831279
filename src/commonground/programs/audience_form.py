"""A form of a row for an audience: it is asked by its attributes and kept as one value."""

from typing import Any, Final

from django import forms

from commonground.analysis.plan.audience import TOUCHED
from commonground.organization.fields import RoleField
from commonground.organization.models import Assignment, Level, Role
from commonground.programs.forms import OfProgramForm
from commonground.ui.forms import LongSelect

PLACES: Final = ("location", "shift", "language")


class AudienceForm(OfProgramForm):
    """Asks for level, role and place. A form that also asks whom the change touches has a field `touched` of its own."""

    level = forms.ChoiceField(required=False, label="Only those at the level")
    role = RoleField(required=False, label="Only those in the role", empty_label="any role")
    location = forms.ChoiceField(required=False, label="Only those at", widget=LongSelect)
    shift = forms.ChoiceField(required=False, label="Only those of the shift")
    language = forms.ChoiceField(required=False, label="Only those who speak")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wanted = self.instance.audience or {}
        levels = Level.objects.visible_to(self.actor).values_list("name", flat=True)
        self.offer("level", [("", "any level"), *((name, name) for name in levels)])
        known = set(Assignment.objects.visible_to(self.actor).on(self.day).order_by().values_list(*PLACES).distinct())
        for number, name in enumerate(PLACES):
            values = sorted({row[number] for row in known} - {""} | ({wanted[name]} if wanted.get(name) else set()))
            self.offer(name, [("", f"any {name}"), *((value, value) for value in values)])
        for name in ("level", *PLACES):
            self.fields[name].initial = wanted.get(name, "")
        if wanted.get("role"):
            self.fields["role"].initial = Role.objects.filter(key=wanted["role"]).values_list("pk", flat=True).first()
        if "touched" in self.fields:
            self.fields["touched"].initial = bool(wanted.get(TOUCHED))

    def wanted(self, values: dict[str, Any]) -> dict[str, str]:
        """The audience out of the fields, which it takes out of the values."""
        role = values.pop("role", None)
        found = {name: values.pop(name, "") or "" for name in ("level", *PLACES)}
        found = {name: value for name, value in found.items() if value}
        if role is not None:
            found["role"] = role.key
        if values.pop("touched", False):
            found[TOUCHED] = "yes"
        if (self.instance.audience or {}).get("unit"):
            found["unit"] = self.instance.audience["unit"]
        return found
