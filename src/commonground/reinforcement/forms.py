"""Forms of what keeps a new way going. Saving is done by verbs; the forms only ask, and refuse a text that names a person."""

from datetime import date
from typing import Any, Final

from django import forms

from commonground.adoption.models import Behaviour
from commonground.analysis.reinforcement.ladder import FAIR
from commonground.organization.fields import PersonField, UnitField
from commonground.programs.forms import OfProgramForm
from commonground.programs.register import CannotError
from commonground.reinforcement.corrective import CorrectiveStep
from commonground.reinforcement.given import AROUND, GOING, Reinforcement
from commonground.reinforcement.nobody import refuse_names
from commonground.reinforcement.schedules import Schedule
from commonground.ui.forms import Form, LongCheckboxes

NO_NAMES: Final = "A team, a unit or a task. Never a person’s name: thank a person in person."


class ReinforcingForm(OfProgramForm):
    """Asks for the behaviour and where; words are refused where they name somebody of the register."""

    behaviour = forms.ModelChoiceField(queryset=Behaviour.objects.none(), label="For which behaviour", empty_label=None)
    unit = UnitField(required=False, empty_label="everybody", label="Where")
    worded = ("words",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("behaviour", Behaviour.objects.visible_to(self.actor).filter(program=self.program))

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for name in self.worded:
            try:
                refuse_names(values.get(name) or "")
            except CannotError as refused:
                self.add_error(name, str(refused))
        return values


class DoneForm(ReinforcingForm):
    """Something that was done: its day has come."""

    given_by = PersonField(required=False, label="Who did it")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.pk and not self.initial.get("on"):
            self.initial["on"] = self.day

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > self.day:
            raise forms.ValidationError("This day has not come yet. Plan it instead, and note it once it is done.")
        return on


class GivenForm(DoneForm):
    kind = forms.ChoiceField(label="What was it", choices=list(GOING.items()))

    class Meta:
        model = Reinforcement
        fields = ["behaviour", "unit", "kind", "on", "words", "rests_on", "given_by", "how", "public"]
        labels = {
            "on": "Day",
            "words": "What was done",
            "rests_on": "What it speaks of",
            "how": "Where people could meet it",
            "public": "Others saw it",
        }
        help_texts = {
            "words": f"Such as “Two move-ins of team Lark without a second call”. {NO_NAMES}",
            "rests_on": "How a task was done helps most. A count alone makes people fill the count.",
            "how": "Such as the morning round, the screen at the desk, a card in the van.",
        }


class AroundForm(DoneForm):
    kind = forms.ChoiceField(label="What was changed", choices=list(AROUND.items()))

    class Meta:
        model = Reinforcement
        fields = [
            "behaviour", "unit", "kind", "on", "words", "given_by", "measure", "new_before", "new_after", "old_before", "old_after",
        ]  # fmt: skip
        labels = {
            "on": "Day",
            "words": "What is different now",
            "measure": "What one occasion takes, counted in",
            "new_before": "The new way took",
            "new_after": "The new way takes now",
            "old_before": "The old way took",
            "old_after": "The old way takes now",
        }
        help_texts = {
            "words": f"Such as “The form opens with the address filled in”. {NO_NAMES}",
            "measure": "Empty where nobody counted. Five occasions of each are enough.",
        }

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        counted = [values.get(name) for name in ("new_before", "new_after", "old_before", "old_after")]
        if any(one is not None for one in counted) and not values.get("measure"):
            self.add_error("measure", "Say whether these are minutes or steps.")
        return values


class ScheduleForm(ReinforcingForm):
    kind = forms.ChoiceField(label="What is done", choices=list(GOING.items()))
    owner = PersonField(required=False, label="Who does it")
    line = forms.ChoiceField(required=False, label="Budget line that pays it")

    class Meta:
        model = Schedule
        fields = [
            "behaviour", "unit", "kind", "words", "owner", "starts_on", "weekly_for", "shortest", "longest", "ends_on", "line",
        ]  # fmt: skip
        labels = {
            "words": "In words",
            "starts_on": "From",
            "weekly_for": "Each week, for so many weeks",
            "shortest": "Then every so many weeks, at least",
            "longest": "and at most",
            "ends_on": "Until before",
        }
        help_texts = {
            "words": f"Such as “One move-in, looked at together in the morning round”. {NO_NAMES}",
            "weekly_for": "At first each week, so that nobody misses it.",
            "shortest": "The interval varies and slowly grows, so that it stays worth noticing.",
            "longest": "It never falls silent for longer. Six weeks are a good limit.",
            "ends_on": "Empty: it goes on.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.pk and not self.initial.get("starts_on"):
            self.initial["starts_on"] = self.day

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        wanted = ("starts_on", "weekly_for", "shortest", "longest")
        if all(values.get(name) is not None for name in wanted):
            plan = Schedule(**{name: values[name] for name in wanted}, ends_on=values.get("ends_on")).thinning
            if plan.refused():
                self.add_error("longest" if plan.shortest > plan.longest else "ends_on", plan.refused())
        return values


class SunsetForm(Form):
    """The end of the old way of one behaviour; the day is the behaviour's own."""

    on = forms.DateField(required=False, label="The old way ends on", help_text="Empty while it is not known.")
    removes = forms.CharField(
        required=False,
        max_length=300,
        label="What takes it away",
        help_text=f"Such as “The paper sheets are no longer printed”. {NO_NAMES}",
    )
    who = PersonField(required=False, label="Who does that")
    announced_on = forms.DateField(required=False, label="Announced on")
    announced_by = PersonField(required=False, label="By")
    announced_how = forms.CharField(required=False, max_length=200, label="How")
    removed_on = forms.DateField(required=False, label="Taken away on", help_text="Empty while it is ahead.")

    def clean_removes(self) -> str:
        words: str = self.cleaned_data["removes"]
        try:
            refuse_names(words)
        except CannotError as refused:
            raise forms.ValidationError(str(refused)) from refused
        return words


class CorrectiveForm(ReinforcingForm):
    """A formal step. What was tried is read from the register, and shown on the page of the steps."""

    unit = UnitField(label="In which unit", empty_label=None)
    beside = forms.ModelChoiceField(
        queryset=Schedule.objects.none(),
        required=False,
        empty_label="nothing yet",
        label="What helps the new way and goes on beside it",
    )
    fair = forms.MultipleChoiceField(
        required=False, choices=list(FAIR.items()), widget=LongCheckboxes, label="A fair process: what holds"
    )
    decided_by = PersonField(required=False, label="Who decided")
    appeal_to = PersonField(required=False, label="To whom one can turn against it")
    worded = ("about",)

    class Meta:
        model = CorrectiveStep
        fields = ["behaviour", "unit", "on", "about", "private_word", "beside", "fair", "decided_by", "appeal_to"]
        labels = {"on": "Day", "about": "Which practice it is about", "private_word": "There was a private word before"}
        help_texts = {
            "about": "A practice of the unit, such as “readings are still written on paper”. Never a person.",
            "private_word": "This tick is all that is kept of it: not when, not with whom, not what was said.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("beside", Schedule.objects.visible_to(self.actor).filter(program=self.program))
        self.fields["appeal_to"].help_text = "Somebody else than who decided. Employee number, e-mail or full name."
        if not self.instance.pk and not self.initial.get("on"):
            self.initial["on"] = self.day
