"""Forms of messages: whom it is for, what it says, and on which channel somebody is best reached."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.urls import reverse

from commonground.access.actor import Actor
from commonground.communication.messages import CHANNELS_OF, CUSTOMERS, INSIDE, SENDER_KINDS, Message
from commonground.communication.preferred import PreferredChannel
from commonground.communication.segments import Segment
from commonground.organization.fields import PersonField, UnitField
from commonground.programs.audience_form import PLACES, AudienceForm
from commonground.programs.models import Milestone, Program
from commonground.realignment.models import ProcessFate, RoleFate
from commonground.ui.forms import Form, LongCheckboxes, LongSelect
from commonground.ui.words import day as written_day
from commonground.voice.models import Topic

OF_INSIDE = ("unit", "level", "role", *PLACES, "touched", "about_my_work", "about")
MOST_TOPICS = 40
SENDERS_OF = {
    INSIDE: ("line", "sponsor", "team", "other"),
    CUSTOMERS: ("customer_lead", "sponsor", "team", "other"),
}


class CutOverField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic at run time
    """A cut-over by its unit and day."""

    def label_from_instance(self, obj: Any) -> str:
        unit = (
            obj.unit.periods.filter(end=None).values_list("name", flat=True).first()
            if obj.unit
            else "the whole program"
        )
        on = obj.actual or obj.planned
        return f"{unit}, {written_day(on)}" if on else str(unit)


class MessageForm(AudienceForm):
    """What is said, to whom, by whom, where and when. Its words are written on a page of their own, in each language."""

    unit = UnitField(required=False, empty_label="the whole organization", label="For")
    touched = forms.BooleanField(required=False, label="Only those whom the change touches")
    segments = forms.ModelMultipleChoiceField(
        queryset=Segment.objects.none(),
        required=False,
        widget=LongCheckboxes,
        label="For which customers",
        help_text="None ticked: all of them.",
    )
    sender = PersonField(required=False, label="By name")
    channels = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple, label="On which channels")
    about = forms.ChoiceField(
        required=False,
        widget=LongSelect,
        label="Tells of the planned change",
        help_text="Then only those who may see that change see the message, and it goes out when the change is told.",
    )
    cut_over = CutOverField(
        queryset=Milestone.objects.none(),
        required=False,
        empty_label="none in particular",
        label="Before which cut-over",
    )
    topics = forms.ModelMultipleChoiceField(
        queryset=Topic.objects.none(), required=False, widget=LongCheckboxes, label="Which doubts it answers"
    )
    field_order = (
        *("title", "purpose", "unit", "level", "role", *PLACES, "touched", "segments", "about_my_work", "about"),
        *("sender_kind", "sender", "channels", "start", "end", "cut_over"),
        *("known", "unknown", "next_word", "next_on", "topics"),
    )

    class Meta:
        model = Message
        fields = [
            *("title", "purpose", "unit", "about_my_work", "sender_kind", "sender", "start", "end", "cut_over"),
            *("known", "unknown", "next_word", "next_on"),
        ]
        labels = {
            "title": "What it is about",
            "purpose": "What people should know or do afterwards",
            "about_my_work": "It is about people’s own job",
            "sender_kind": "Who says it",
            "start": "From",
            "end": "Until before",
            "known": "What we know",
            "unknown": "What we do not know yet",
            "next_word": "What comes next",
            "next_on": "The next word comes on",
        }
        help_texts = {
            "title": "As you would say it to a colleague. It is the subject where none is written.",
            "about_my_work": "What touches one’s own job people want to hear from their line manager; the why from a sponsor.",
            "end": "The day after the last one. Empty where it takes one day.",
            "unknown": "Said openly, it is believed more than silence.",
        }

    def __init__(self, *args: Any, side: str = INSIDE, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.side = self.instance.side if self.instance.pk else side
        self.instance.side = self.side
        for name in ("segments",) if self.side == INSIDE else OF_INSIDE:
            self.fields.pop(name, None)
        self.offer("channels", list(CHANNELS_OF[self.side].items()))
        self.offer(
            "sender_kind", [(name, SENDER_KINDS[name].capitalize()) for name in _senders(self.instance, self.side)]
        )
        self.fields["channels"].initial = self.instance.channels
        cuts = (
            Milestone.objects.visible_to(self.actor)
            .filter(program=self.program, kind="cut_over")
            .select_related("unit")
        )
        self.offer("cut_over", cuts.order_by("planned", "pk"))
        self.offer("topics", _topics(self.actor, self.program, self.instance))
        if self.side == INSIDE:
            self.offer("about", _changes(self.actor, self.program))
            self.fields["about"].initial = _about(self.instance)
        else:
            self.offer("segments", Segment.objects.visible_to(self.actor).filter(program=self.program))
        if self.instance.pk:
            for name in ("segments", "topics"):
                if name in self.fields:
                    self.fields[name].initial = list(getattr(self.instance, name).values_list("pk", flat=True))

    @property
    def counted_at(self) -> str:
        """Where the people of what is chosen are counted; customers are counted on the page of reach."""
        return reverse("communication:audience", kwargs={"program": self.program.slug}) if self.side == INSIDE else ""

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("start") and values.get("end") and values["end"] <= values["start"]:
            self.add_error("end", "The end must come after the start. For one day, leave it empty.")
        values["side"] = self.side
        if self.side == INSIDE:
            values["audience"] = self.wanted(values)
            values |= _hung(values.pop("about", ""))
        return values


def _topics(actor: Actor, program: Program, row: Message) -> QuerySet[Topic]:
    """The newest doubts that several have in common, and those that the message answers already."""
    seen = Topic.objects.visible_to(actor).filter(program=program)
    newest = list(seen.order_by("-pk").values_list("pk", flat=True)[:MOST_TOPICS])
    linked = list(row.topics.values_list("pk", flat=True)) if row.pk else []
    return seen.filter(pk__in={*newest, *linked})


def _senders(row: Message, side: str) -> list[str]:
    return list(dict.fromkeys([*SENDERS_OF[side], *([row.sender_kind] if row.pk else [])]))


def _changes(actor: Actor, program: Program) -> list[tuple[str, str]]:
    """The planned changes that the writer may see, roles before processes."""
    roles = RoleFate.objects.visible_to(actor).filter(program=program)
    works = ProcessFate.objects.visible_to(actor).filter(program=program).select_related("process")
    found = [(f"role:{one.pk}", f"{one} ({one.get_stage_display()})") for one in roles]
    found += [(f"process:{one.pk}", f"{one} ({one.get_stage_display()})") for one in works]
    return [("", "of none in particular"), *sorted(found, key=lambda one: one[1])]


def _about(row: Message) -> str:
    if row.role_fate_id:
        return f"role:{row.role_fate_id}"
    return f"process:{row.process_fate_id}" if row.process_fate_id else ""


def _hung(chosen: str) -> dict[str, int | None]:
    kind, _, number = chosen.partition(":")
    return {
        "role_fate_id": int(number) if kind == "role" else None,
        "process_fate_id": int(number) if kind == "process" else None,
    }


class WordsForm(Form):
    """The words of a message in one language."""

    language = forms.CharField(
        max_length=40, label="Language", help_text="As people’s language stands in the register."
    )
    subject = forms.CharField(
        max_length=200, required=False, label="Subject", help_text="Empty: what the message is about."
    )
    body = forms.CharField(
        required=False,
        max_length=20_000,
        label="Words",
        widget=forms.Textarea(attrs={"rows": "14"}),
        help_text="An empty line begins a new paragraph, and a new point of a talk. Empty words take this language away.",
    )

    def clean_subject(self) -> str:
        return " ".join(str(self.cleaned_data["subject"]).split())


class PreferredForm(AudienceForm):
    """On which channel a person, or all of a group, are best reached."""

    person = PersonField(required=False, label="One person", help_text="Or leave it empty and say which group.")
    unit = UnitField(required=False, empty_label="every unit", label="All of")
    field_order = ("person", "unit", "level", "role", *PLACES, "channel", "note")

    class Meta:
        model = PreferredChannel
        fields = ["person", "unit", "channel", "note"]
        labels = {"channel": "Is best reached by", "note": "Why"}
        help_texts = {"note": "For example: in the van all day, no account."}

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        values["audience"] = self.instance.audience = self.wanted(values)
        if values.get("person"):
            if values["audience"] or values.get("unit"):
                self.add_error("person", "Name a person or a group, not both.")
            known = PreferredChannel.objects.filter(program=self.program, person=values["person"])
            if known.exclude(pk=self.instance.pk).exists():
                self.add_error("person", "There is an entry for this person already. Change that one.")
        elif not values["audience"] and not values.get("unit"):
            self.add_error("unit", "Name a person, a unit or what the group has in common.")
        return values
