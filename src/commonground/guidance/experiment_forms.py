"""Forms of experiments: what is tried and how one will know; where and how long; how it ended."""

from typing import Any, ClassVar

from django import forms
from django.urls import reverse

from commonground.adoption.models import Behaviour
from commonground.guidance.experiment_data import Shown
from commonground.guidance.experiments import DESIGNS, LEAST_UNITS, STEPPED, Experiment
from commonground.organization.fields import PersonField
from commonground.programs.forms import OfProgramForm
from commonground.ui.forms import Form
from commonground.ui.words import number, plural

MOST_WEEKS, MOST_BEFORE, MOST_STEPS = 52, 26, 8


class ExperimentForm(OfProgramForm):
    behaviour = forms.ModelChoiceField(
        queryset=Behaviour.objects.none(),
        required=False,
        empty_label="not chosen yet",
        label="Measured on",
        help_text="The one behaviour whose share says whether it worked. Chosen before, so that nobody can choose the kindest one after.",
    )
    decides = PersonField(required=False, label="Who decides on it")

    class Meta:
        model = Experiment
        fields: ClassVar[list[str]] = [
            "name",
            "technique",
            "hypothesis",
            "behaviour",
            "hoped",
            "harm",
            "stop_rule",
            "decides",
        ]
        labels: ClassVar[dict[str, str]] = {
            "name": "What is it called?",
            "technique": "What is tried",
            "hypothesis": "What you expect, and why",
            "hoped": "The difference you hope for, in points",
            "harm": "Stop when those who try it are so many points behind",
            "stop_rule": "When it stops",
        }
        help_texts: ClassVar[dict[str, str]] = {
            "technique": "A few words: a card at the point of use, a peer who sits beside, a question at the start of the shift.",
            "hypothesis": "One sentence that could turn out wrong: “With the card, crews say the next step more often.”",
            "hoped": "The smallest that would be worth the effort. 5: from 30 % to 35 %. Below 0 where less of the new way is wanted.",
            "harm": "Looked at each week while it runs. Empty: only by the words below.",
            "stop_rule": "What ends it early, such as customers waiting longer, and when it ends anyway.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("behaviour", Behaviour.objects.visible_to(self.actor).filter(program=self.program))


class PlanForm(Form):
    """Where it is tried, in which order, and for how long. units: those that the pace of its behaviour shows."""

    units = forms.MultipleChoiceField(
        label="Units that take part",
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "units-choice"}),
    )
    design = forms.ChoiceField(label="Who begins when", choices=list(DESIGNS.items()), widget=forms.RadioSelect)
    steps = forms.IntegerField(label="Steps", min_value=2, max_value=MOST_STEPS, help_text="For one after another.")
    starts_on = forms.DateField(label="First day", required=False, help_text="It counts from the Monday of that week.")
    weeks = forms.IntegerField(label="Weeks of trying", min_value=2, max_value=MOST_WEEKS)
    weeks_before = forms.IntegerField(label="Weeks before that are compared with", min_value=1, max_value=MOST_BEFORE)

    def __init__(self, *args: Any, row: Experiment, every: list[Shown], **kwargs: Any) -> None:
        initial = {name: getattr(row, name) for name in ("design", "steps", "starts_on", "weeks", "weeks_before")}
        super().__init__(*args, initial=initial | {"units": [str(one) for one in row.units]}, **kwargs)
        self.row = row
        self.offer("units", [(str(one.unit), said_of(one)) for one in every])
        self.fields["units"].help_text = (
            "Those whose weeks the pace shows, so that none stands for fewer people than its threshold. Half of them, or one after "
            "another, are drawn by lot among similar ones."
        )

    @property
    def counted_at(self) -> str:
        """Where what this plan could see is worked out while it is written."""
        return reverse("guidance:experiment-power", kwargs={"program": self.row.program.slug, "pk": self.row.pk})

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        units = values["units"] = [int(one) for one in values.get("units", [])]
        steps, weeks = values.get("steps") or 0, values.get("weeks") or 0
        if 0 < len(units) < LEAST_UNITS:
            self.add_error("units", "One unit has nobody to be compared with. Choose two or more; eight are better.")
        if values.get("design") == STEPPED and 0 < len(units) < steps:
            self.add_error("steps", f"{steps} steps need as many units. Choose fewer steps, or more units.")
        if values.get("design") == STEPPED and weeks < steps:
            self.add_error("weeks", "Each step needs a week at least. Choose more weeks.")
        return values


def said_of(one: Shown) -> str:
    return f"{one.name}, {plural(one.people, 'person,people')}, about {number(round(one.occasions))} occasions a week"


class EndForm(Form):
    conclusion = forms.CharField(
        label="What you conclude, and what is done now",
        help_text="Also where nothing came of it: then nobody has to try it again.",
        widget=forms.Textarea,
        max_length=2000,
    )
