"""Forms of hiccup plans and of what customers told us. Saving is done by verbs; the forms only ask."""

from typing import Any

from django import forms

from commonground.communication.hiccups import HiccupPlan, Promise
from commonground.communication.messages import Message
from commonground.communication.segments import Segment
from commonground.communication.told import Told
from commonground.communication.watching import EVENTS, Signal
from commonground.events.models import Log
from commonground.organization.fields import PersonField, unit_names
from commonground.programs.forms import OfProgramForm
from commonground.programs.models import Milestone
from commonground.ui.forms import Form
from commonground.ui.words import day as day_words
from commonground.voice.states import KINDS

NO_NAMES = "What they said, in your words. Never a customer’s name, number or address."


class PlanForm(OfProgramForm):
    cut_over = forms.ModelChoiceField(queryset=Milestone.objects.none(), label="The cut-over", empty_label=None)
    message = forms.ModelChoiceField(
        queryset=Message.objects.none(),
        required=False,
        empty_label="none yet",
        label="The message that tells it beforehand",
    )
    speaks = PersonField(required=False, label="Who speaks for us")

    class Meta:
        model = HiccupPlan
        fields = [
            "cut_over",
            "noticed",
            "notice",
            "preview",
            "message",
            "script",
            "speaks",
            "watch_from",
            "watch_until",
        ]
        labels = {
            "noticed": "Will customers notice anything?",
            "notice": "What they may notice",
            "preview": "How we tell them beforehand",
            "script": "What the front office says",
            "watch_from": "The live page counts from",
            "watch_until": "Until before",
        }
        help_texts = {
            "noticed": "“No” is an answer, too: it says that somebody has looked.",
            "notice": "One thing a line, small things too, such as “two bills in one month”.",
            "preview": "As it will be, the bad news included. People put up with what they were told about.",
            "script": "Sentences that somebody can say as they stand. They are on the phone page and on the printed sheet.",
            "speaks": "Who answers customers, councils and the press when it comes to it. Number, e-mail or name.",
            "watch_from": "Empty: from the day of the cut-over on.",
            "watch_until": "Empty: for two weeks.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Milestone.objects.visible_to(self.actor).filter(program=self.program, kind="cut_over")
        taken = HiccupPlan.objects.filter(program=self.program).exclude(pk=self.instance.pk).exclude(cut_over=None)
        self.offer("cut_over", rows.exclude(pk__in=taken.values("cut_over")).select_related("unit"))
        names = unit_names(self.actor, self.day)
        field: Any = self.fields["cut_over"]
        field.label_from_instance = lambda row: _called(row, names)
        self.names = names
        self.offer("message", Message.objects.visible_to(self.actor).filter(program=self.program).to_customers())

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        first, end = values.get("watch_from"), values.get("watch_until")
        if first and end and end <= first:
            self.add_error("watch_until", "It stops before it begins. Choose a later day.")
        if values.get("cut_over"):
            values["name"] = name_of(values["cut_over"], self.names)
            self.instance.name = values["name"]
        return values


def name_of(row: Milestone, names: dict[int, str]) -> str:
    """What the plan of a cut-over is called."""
    return f"Cut-over of {names.get(row.unit_id, 'a former unit') if row.unit_id else 'the whole'}"


def _called(row: Milestone, names: dict[int, str]) -> str:
    on = row.actual or row.planned
    return f"{name_of(row, names)}, {day_words(on)}" if on else name_of(row, names)


class PromiseForm(OfProgramForm):
    speaks = PersonField(required=False, label="Who speaks on it")

    class Meta:
        model = Promise
        fields = ["promise", "fails_when", "remedy", "words", "speaks", "ready_on", "order"]
        labels = {
            "promise": "What we promise",
            "fails_when": "It fails when",
            "remedy": "What we do then",
            "words": "What the front office says then",
            "ready_on": "The remedy can be given since",
        }
        help_texts = {
            "promise": "Something that customers can check, such as “a call is answered within three minutes”.",
            "remedy": "Something that whoever is on the phone may give without asking anybody.",
            "speaks": "Empty: who speaks for the plan.",
            "ready_on": "Empty while the front office cannot give it yet.",
            "order": "Lower numbers stand first.",
        }


class SignalForm(OfProgramForm):
    log = forms.ModelChoiceField(queryset=Log.objects.none(), required=False, empty_label="none", label="Event log")
    promise = forms.ModelChoiceField(
        queryset=Promise.objects.none(), required=False, empty_label="all of them", label="The promise that it touches"
    )

    class Meta:
        model = Signal
        fields = ["name", "minutes", "source", "log", "activity", "at_once", "promise"]
        labels = {
            "name": "What is counted",
            "minutes": "Counted per",
            "source": "Where the counts come from",
            "activity": "What it is called in the log",
            "at_once": "Act at once from",
        }
        help_texts = {
            "name": "Such as “Calls” or “Complaints about bills”.",
            "at_once": "This many in one count are enough, whatever is usual. Empty: the weeks before decide.",
            "log": "Only where the counts come from an event log.",
        }

    def __init__(self, *args: Any, plan: HiccupPlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plan = plan
        # a log is offered by its name to whoever writes plans; what it holds stays for those who may look at logs
        self.offer("log", Log.objects.order_by("name") if self.actor.may("hiccups.change") else Log.objects.none())
        self.offer("promise", Promise.objects.visible_to(self.actor).filter(plan=plan))

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("source") == EVENTS and not (values.get("log") and values.get("activity")):
            self.add_error("activity", "Say which log it is, and what it is called there.")
        same = Signal.objects.filter(plan=self.plan, name=values.get("name")).exclude(pk=self.instance.pk)
        if same.exists():
            self.add_error("name", "The plan counts something of this name already. Choose another.")
        stored = Signal.objects.filter(pk=self.instance.pk).first()
        if stored is not None and stored.minutes != values.get("minutes") and stored.counts.exists():
            self.add_error("minutes", "There are counts of this length already. Take them back first.")
        return values


class TrialForm(Form):
    tried_on = forms.DateField(label="Played through on")
    tried_words = forms.CharField(
        label="What came of it",
        max_length=500,
        required=False,
        widget=forms.Textarea,
        help_text="What is done differently since.",
    )


class ToldForm(OfProgramForm):
    segment = forms.ModelChoiceField(
        queryset=Segment.objects.none(), required=False, empty_label="not known", label="Which customers"
    )
    plan = forms.ModelChoiceField(
        queryset=HiccupPlan.objects.none(), required=False, empty_label="none", label="At which cut-over"
    )
    message = forms.ModelChoiceField(
        queryset=Message.objects.none(), required=False, empty_label="none", label="In answer to the message"
    )

    class Meta:
        model = Told
        fields = ["words", "segment", "many", "on", "channel", "plan", "message"]
        labels = {"words": "What they told us", "many": "How many said it", "on": "Day", "channel": "It came by"}
        help_texts = {"words": NO_NAMES}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("segment", Segment.objects.visible_to(self.actor).filter(program=self.program))
        self.offer("plan", HiccupPlan.objects.visible_to(self.actor).filter(program=self.program))
        self.offer("message", Message.objects.visible_to(self.actor).filter(program=self.program).to_customers())
        self.fields["channel"].required = False
        if not self.instance.pk and not self.initial.get("on"):
            self.initial["on"] = self.day

    def clean_on(self) -> Any:
        on = self.cleaned_data["on"]
        if on > self.day:
            raise forms.ValidationError("This day has not come yet. Choose today or a day before.")
        return on


class VoiceKindForm(Form):
    kind = forms.ChoiceField(
        label="As what",
        choices=list(KINDS.items()),
        initial="doubt",
        help_text="It is triaged and answered as all voices are.",
    )


class BeginForm(Form):
    name = forms.CharField(label="What is made better", max_length=200)


class CloseForm(Form):
    why = forms.CharField(
        label="Why nothing comes of it", max_length=300, help_text="In a few words, for whoever looks later."
    )
