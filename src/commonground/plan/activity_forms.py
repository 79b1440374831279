"""Forms of activities, of their delivery, and of what there is room for."""

from typing import Any

from django import forms
from django.urls import reverse

from commonground.analysis.plan.audience import TOUCHED
from commonground.analysis.plan.kinds import KINDS, LABELS
from commonground.organization.fields import PersonField, RoleField, UnitField
from commonground.organization.models import Assignment, Level, Role
from commonground.plan.capacity import MOST_HOURS, Blackout, Capacity
from commonground.programs.forms import PRACTICES, OfProgramForm
from commonground.programs.models import Activity
from commonground.programs.register import CannotError
from commonground.ui.forms import Form

PLACES = ("location", "shift", "language")


class ActivityForm(OfProgramForm):
    """What is done, for whom, when, and in whose hands. The audience is asked by its attributes and kept as one value."""

    kind = forms.ChoiceField(label="What kind")
    unit = UnitField(required=False, empty_label="the whole program", label="For")
    level = forms.ChoiceField(required=False, label="Only those at the level")
    role = RoleField(required=False, label="Only those in the role", empty_label="any role")
    location = forms.ChoiceField(required=False, label="Only those at")
    shift = forms.ChoiceField(required=False, label="Only those of the shift")
    language = forms.ChoiceField(required=False, label="Only those who speak")
    touched = forms.BooleanField(required=False, label="Only those whom the change touches")
    owner = PersonField(required=False, label="In the hands of")
    deliverer = PersonField(
        required=False,
        label="Delivered by",
        help_text="Who holds it and says afterwards that it was delivered. Employee number, e-mail or full name.",
    )
    practice = forms.ChoiceField(
        required=False, choices=[("", "none in particular"), *((code, code) for code in PRACTICES)]
    )
    field_order = (
        *("words", "kind", "unit", "level", "role", *PLACES, "touched", "start", "end", "hours_per_person", "hours"),
        *("owner", "deliverer", "practice", "state", "note"),
    )

    class Meta:
        model = Activity
        fields = [
            *("kind", "words", "unit", "practice", "owner", "deliverer", "start", "end", "hours", "hours_per_person"),
            *("state", "note"),
        ]
        labels = {
            "words": "What is done",
            "hours": "Hours to prepare and hold it",
            "hours_per_person": "Hours it asks of each of them",
            "start": "From",
            "end": "Until before",
        }
        help_texts = {
            "words": "In a few words, for example: morning beside the booking screen.",
            "end": "The day after the last one. Empty where it takes one day.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wanted = self.instance.audience or {}
        own = self.instance.kind or str(self.initial.get("kind") or "")
        kinds: list[tuple[str, str]] = [(kind, LABELS[kind].capitalize()) for kind in KINDS]
        self.offer("kind", kinds if not own or own in LABELS else [(own, own), *kinds])
        levels = Level.objects.visible_to(self.actor).values_list("name", flat=True)
        self.offer("level", [("", "any level"), *((name, name) for name in levels)])
        known = set(Assignment.objects.visible_to(self.actor).on(self.day).values_list(*PLACES).distinct())
        for number, name in enumerate(PLACES):
            values = sorted({row[number] for row in known} - {""} | ({wanted[name]} if wanted.get(name) else set()))
            self.offer(name, [("", f"any {name}"), *((value, value) for value in values)])
        for name in ("level", *PLACES):
            self.fields[name].initial = wanted.get(name, "")
        self.fields["touched"].initial = bool(wanted.get(TOUCHED))
        if wanted.get("role"):
            self.fields["role"].initial = Role.objects.filter(key=wanted["role"]).values_list("pk", flat=True).first()

    @property
    def counted_at(self) -> str:
        """Where the people of what is chosen are counted."""
        return reverse("plan:audience", kwargs={"program": self.program.slug})

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("start") and values.get("end") and values["end"] <= values["start"]:
            self.add_error("end", "The end must come after the start. For one day, leave it empty.")
        for name in ("hours", "hours_per_person"):
            if (values.get(name) or 0) < 0:
                self.add_error(name, "Hours cannot be less than none.")
        role, touched = values.pop("role", None), values.pop("touched", False)
        wanted = {name: values.pop(name, "") for name in ("level", *PLACES)}
        wanted = {name: value for name, value in wanted.items() if value}
        if role is not None:
            wanted["role"] = role.key
        if touched:
            wanted[TOUCHED] = "yes"
        if (self.instance.audience or {}).get("unit"):
            wanted["unit"] = self.instance.audience["unit"]
        values["audience"] = self.instance.audience = wanted
        return values


class DeliveredForm(Form):
    on = forms.DateField(label="Delivered on", help_text="The last day, if it took several.")


class OfUnitsForm(OfProgramForm):
    """Of a row that a unit manager writes for their own units alone."""

    unit = UnitField(required=False, empty_label="every unit", label="For")

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        unit = values.get("unit")
        try:
            self.instance.refuse_others(unit.pk if unit else None, self.actor)
        except CannotError as refused:
            self.add_error("unit", str(refused))
        if values.get("start") and values.get("end") and values["end"] <= values["start"]:
            self.add_error("end", "The end must come after the start. For one day, give the day after it.")
        return values


class CapacityForm(OfUnitsForm):
    class Meta:
        model = Capacity
        fields = ["unit", "hours", "start", "end"]
        labels = {"hours": "Hours that each person has in a month", "start": "From", "end": "Until before"}
        help_texts = {
            "hours": "For the change, beside the daily work. It holds for the units within too, unless they say otherwise.",
            "start": "Empty: since ever.",
            "end": "Empty: with no end.",
        }

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not 0 <= (values.get("hours") or 0) <= MOST_HOURS:
            self.add_error("hours", f"A month has room for 0 to {MOST_HOURS} hours of a person.")
        return values


class BlackoutForm(OfUnitsForm):
    class Meta:
        model = Blackout
        fields = ["unit", "start", "end", "why"]
        labels = {"start": "From", "end": "Until before", "why": "Why"}
        help_texts = {"why": "For example: year end, storm season, counting of stock."}


class NameForm(Form):
    name = forms.CharField(max_length=120, label="Name of the template")
