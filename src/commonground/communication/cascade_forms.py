"""What is asked about a cascade and its talks. Saving is done by verbs; the forms only ask."""

from datetime import date
from typing import Any

from django import forms

from commonground.access.actor import Actor
from commonground.analysis.communication.cascade import AFTER, RULES
from commonground.communication.cascades import MOST_DAYS, CascadeStep
from commonground.communication.messages import DONE, DROPPED, Message
from commonground.organization.fields import PersonField, ask_all
from commonground.programs.models import Program
from commonground.ui.forms import Form
from commonground.voice.forms import kind_field, words_field
from commonground.voice.models import Topic

QUESTIONS = "What does this change for us?\nWhat would help us?\nWhat do you want to ask?"


class CascadeForm(Form):
    """How a message goes from talk to talk."""

    first = PersonField(
        label="Who begins", help_text="The sponsor who stands for it: employee number, e-mail or full name."
    )
    opens = forms.DateField(label="First day")
    days = forms.IntegerField(
        label="Days for each talk",
        min_value=1,
        max_value=MOST_DAYS,
        help_text="How long a deliverer has to find the team.",
    )
    rule = forms.ChoiceField(
        label="A talk opens",
        choices=list(RULES.items()),
        widget=forms.RadioSelect,
        help_text="Nobody should hear it before who tells them.",
    )
    questions = forms.CharField(
        label="Questions to ask the team",
        required=False,
        max_length=2000,
        widget=forms.Textarea,
        help_text="One a line. They are printed on the sheet of each deliverer.",
    )

    def __init__(self, *args: Any, actor: Actor, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_all(self.fields, actor, day)


class BeginForm(CascadeForm):
    """A new cascade. Only messages inside that have none are offered."""

    message = forms.ModelChoiceField(Message.objects.none(), label="Which message", empty_label="–")
    field_order = ("message", "first", "opens", "days", "rule", "questions")

    def __init__(self, *args: Any, program: Program, actor: Actor, day: date, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "opens": day,
            "days": 3,
            "rule": AFTER,
            "questions": QUESTIONS,
            **(kwargs.get("initial") or {}),
        }
        super().__init__(*args, actor=actor, day=day, **kwargs)
        rows = Message.objects.visible_to(actor).filter(program=program, cascade=None).inside()
        self.offer("message", rows.exclude(state__in=(DONE, DROPPED)))


class UnderWayForm(Form):
    """What can still be changed once talks are held."""

    days = CascadeForm.base_fields["days"]
    questions = CascadeForm.base_fields["questions"]


class HeldForm(Form):
    """That a talk was held."""

    on = forms.DateField(label="Held on")
    heard = forms.IntegerField(
        label="How many were there",
        required=False,
        min_value=0,
        max_value=100_000,
        help_text="Empty: all of them. No names.",
    )
    note = forms.CharField(
        label="For whoever runs the cascade",
        required=False,
        max_length=300,
        help_text="Such as: the night shift hears on Thursday. No names.",
    )


class DeputyForm(Form):
    """Who holds a talk instead of the line."""

    deputy = PersonField(
        label="Who holds it instead",
        required=False,
        help_text="Employee number, e-mail or full name. Empty gives it back to the line.",
    )
    why = forms.CharField(label="Why", required=False, max_length=200, help_text="Such as: away until 3 March.")

    def __init__(self, *args: Any, actor: Actor, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_all(self.fields, actor, day)


class AskedForm(Form):
    """Something that was asked or said in a talk, written down for whoever said it."""

    kind = kind_field()
    words = words_field("Their words", help_text="As they said it. Leave out who said it, and names of others.")
    topic = forms.ModelChoiceField(
        Topic.objects.none(),
        label="About",
        required=False,
        empty_label="something else",
        help_text="What the message answers.",
    )

    def __init__(self, *args: Any, step: CascadeStep, actor: Actor, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"kind": "question"})
        super().__init__(*args, **kwargs)
        rows = Topic.objects.visible_to(actor).filter(messages=step.cascade.message)
        self.offer("topic", rows)
        if not rows.exists():
            del self.fields["topic"]
