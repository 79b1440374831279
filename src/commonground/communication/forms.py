"""Forms of what is done with customers. Saving is done by verbs; the forms only ask."""

from typing import Any

from django import forms

from commonground.communication.models import CustomerMeeting, Improvement, Panel
from commonground.organization.fields import PeopleField, PersonField, UnitField
from commonground.programs.forms import OfProgramForm

NO_NAMES = "In words, such as “households that moved this year”. A customer’s name only if they agree to it."
ONE_A_LINE = "One a line: employee number, e-mail or full name."


class OursForm(OfProgramForm):
    """A form of a row that names people of ours."""

    ours = PeopleField(label="Who of ours", required=False, help_text=ONE_A_LINE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            people = self.instance.ours.order_by("name")
            self.initial["ours"] = "\n".join(f"{one.name} ({one.key})" for one in people)


class PanelForm(OursForm):
    unit = UnitField(required=False, empty_label="the whole program", label="For")

    class Meta:
        model = Panel
        fields = ["name", "customers", "unit", "start", "end", "words"]
        labels = {"name": "What it is called", "customers": "Which customers", "start": "From", "end": "Until before"}
        labels |= {"words": "What it is for"}
        help_texts = {"customers": NO_NAMES, "end": "Empty while no end is set."}


class MeetingForm(OursForm):
    panel = forms.ModelChoiceField(
        queryset=Panel.objects.none(), required=False, empty_label="beside the panels", label="In the panel"
    )

    class Meta:
        model = CustomerMeeting
        fields = ["on", "panel", "customers", "words", "came_of_it"]
        labels = {"on": "Day", "customers": "Which customers", "words": "What it was about"}
        labels |= {"came_of_it": "What came of it"}
        help_texts = {
            "on": "A day ahead plans it.",
            "customers": NO_NAMES,
            "came_of_it": "What is done differently since. Empty while it is open.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("panel", Panel.objects.visible_to(self.actor).filter(program=self.program))


class ImprovementForm(OfProgramForm):
    panel = forms.ModelChoiceField(
        queryset=Panel.objects.none(), required=False, empty_label="none in particular", label="From the panel"
    )
    unit = UnitField(required=False, empty_label="the whole program", label="For")
    owner = PersonField(required=False, label="In hand of")

    class Meta:
        model = Improvement
        fields = ["name", "panel", "unit", "owner", "state", "start", "done_on", "came_of_it"]
        labels = {
            "name": "What is made better",
            "start": "Since",
            "done_on": "Done on",
            "came_of_it": "What came of it",
        }
        help_texts = {"came_of_it": "In words that customers may read, too."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("panel", Panel.objects.visible_to(self.actor).filter(program=self.program))

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("state") == "done" and not values.get("done_on"):
            values["done_on"] = self.day
        if values.get("start") and values.get("done_on") and values["done_on"] < values["start"]:
            self.add_error("done_on", "It was done before it began. Choose a later day.")
        return values
