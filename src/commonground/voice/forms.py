"""What is asked when something is raised, triaged and answered. Writing is done by verbs; the forms only ask."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Q

from commonground.access import policy
from commonground.accounts.models import User
from commonground.organization.fields import PersonField, UnitField
from commonground.organization.models import Unit
from commonground.programs.models import Program
from commonground.ui.forms import Form, LongSelect
from commonground.voice.keys import read_code
from commonground.voice.states import KIND_HINTS, KINDS
from commonground.voice.topics import Topic
from commonground.voice.voices import MOST_LETTERS, Voice
from commonground.voice.where import Places
from commonground.workflows.models import Workflow

NOBODY, ME = "nobody", "me"


def words_field(
    label: str = "In your words", *, needed: str = "Write what you want to say.", **more: Any
) -> forms.CharField:
    """A text of up to 2,000 letters."""
    more.setdefault("help_text", f"Any language, up to {MOST_LETTERS:,} letters. Leave out names of others.")
    field = forms.CharField(label=label, widget=forms.Textarea, max_length=MOST_LETTERS, **more)
    field.error_messages |= {
        "required": needed,
        "max_length": f"At most {MOST_LETTERS:,} letters; this has %(show_value)s.",
    }
    return field


def kind_field() -> forms.ChoiceField:
    choices = [(kind, f"{label}: {KIND_HINTS[kind]}") for kind, label in KINDS.items()]
    wrong = {"required": "Choose what it is; if none fits, take the nearest."}
    return forms.ChoiceField(label="It is", choices=choices, widget=forms.RadioSelect, error_messages=wrong)


class PlaceField(forms.TypedChoiceField):
    """A unit out of those of enough people. Cleans to a Unit or None."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            coerce=int, empty_value=None, required=False, choices=[("", "not said")], widget=LongSelect, **kwargs
        )

    def offer(self, places: Places) -> None:
        self.help_text = f"Only units of at least {places.least} people are offered, so that nobody is told apart."
        named = [(one.unit, f"{chr(0x2003) * one.depth}{one.name} ({one.people:,} people)") for one in places.told]
        self.choices = [("", "not said"), *named]

    def clean(self, value: Any) -> Any:
        pk = super().clean(value)
        return Unit.objects.get(pk=pk) if pk is not None else None


class SayForm(Form):
    """What is asked of somebody who is not signed in. code: made with the page, so that sending it twice raises it once."""

    kind = kind_field()
    words = words_field()
    without_unit = forms.BooleanField(label="Leave the unit out too", required=False)
    code = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, unit_name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if unit_name:
            self.fields["without_unit"].label = f"Leave the unit out too ({unit_name})"
        else:
            del self.fields["without_unit"]

    def clean_code(self) -> str:
        return read_code(self.cleaned_data["code"]) or ""


class RaiseForm(Form):
    """What is asked of somebody who is signed in."""

    kind = kind_field()
    words = words_field()
    sender = forms.ChoiceField(label="From", widget=forms.RadioSelect)
    wants_credit = forms.BooleanField(
        label="If it is an idea: my name may stand beside it for all to read", required=False
    )
    unit = PlaceField(label="Unit")
    workflow = forms.ModelChoiceField(
        Workflow.objects.none(), label="About the workflow", required=False, empty_label="none"
    )
    code = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, program: Program, places: Places, name: str, workflows: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nobody = "nobody: no name is kept. You get a code to find the answer with."
        me = f"me, {name}. Those who work on it read your name; an idea stays yours."
        self.offer("sender", [(NOBODY, nobody), (ME, me)])
        self.initial.setdefault("sender", NOBODY)
        self.fields["unit"].offer(places)  # type: ignore[attr-defined]  # a Field to the form
        self.offer("workflow", workflows.filter(program=program))

    def clean_code(self) -> str:
        return read_code(self.cleaned_data["code"]) or ""


class HandOverForm(Form):
    """What a champion writes down for somebody."""

    kind = kind_field()
    words = words_field(
        "Their words", help_text="As they said or wrote it. Leave out who said it, and names of others."
    )
    unit = UnitField(label="Their unit", required=False, help_text="A unit of few people is told by the one above it.")
    workflow = RaiseForm.base_fields["workflow"]
    code = forms.CharField(
        label="Code on the paper form",
        required=False,
        max_length=40,
        help_text="Whoever kept the stub can follow the answer with it.",
    )
    author = PersonField(
        label="Their name, only if they want it kept",
        required=False,
        help_text="Number, e-mail or full name. Empty: no name is kept.",
    )

    def __init__(self, *args: Any, program: Program, workflows: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("workflow", workflows.filter(program=program))

    def clean_code(self) -> str:
        text = self.cleaned_data["code"].strip()
        if not text:
            return ""
        code = read_code(text)
        if code is None:
            raise forms.ValidationError(
                "A code has twenty signs in groups of four, such as K7QD-2MXP-9T4R-HW3N-0C6V. Look at the form again."
            )
        if Voice.objects.by_code(code) is not None:
            raise forms.ValidationError("This form has been written down already. Each form has a code of its own.")
        return code


class FollowForm(Form):
    """The code of an author."""

    code = forms.CharField(
        label="Your code",
        max_length=60,
        help_text="Five groups of four signs. Small letters and spaces do no harm.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": "Write the code that you were given."},
    )


def may_own(voice: Voice | None = None) -> Any:
    """Who can be given a voice: those who work on voices; its author; and once it is published, everybody who works on the program."""
    wanted = policy.VERBS["voices.work"]
    if voice is not None and voice.published:
        wanted = wanted | policy.VERBS["findings.work"]
    allowed = Q(grants__role__in=wanted)
    if voice is not None and voice.raised_by_id and voice.way == "signed":
        allowed |= Q(pk=voice.raised_by_id)
    if voice is not None and voice.author_id:
        allowed |= Q(person=voice.author_id)
    return User.objects.filter(allowed, is_active=True).distinct().order_by("name")


class GiveForm(Form):
    """Who takes it on, and by when."""

    owner = forms.ModelChoiceField(User.objects.none(), label="Who takes it on", empty_label=None)
    due = forms.DateField(label="Answered by", required=False)

    def __init__(self, *args: Any, voice: Voice, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("owner", may_own(voice))


class WordsForm(Form):
    """One text."""

    words = words_field()

    def __init__(self, *args: Any, label: str, hint: str, needed: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["words"]
        field.label, field.help_text, field.required = label, hint, needed


class TriageForm(Form):
    """All that is decided when a voice is read for the first time."""

    kind = forms.ChoiceField(label="Its kind", choices=[(k, v) for k, v in KINDS.items()], widget=forms.RadioSelect)
    owner = forms.ModelChoiceField(
        User.objects.none(), label="Who takes it on", required=False, empty_label="nobody yet"
    )
    due = forms.DateField(label="Answered by", required=False)
    topic = forms.ModelChoiceField(
        Topic.objects.none(),
        label="Topic",
        required=False,
        empty_label="none",
        help_text="One answer serves all of a topic.",
    )
    new_topic = forms.CharField(
        label="Or a new topic", required=False, max_length=200, help_text="In words that all may read."
    )
    alike = forms.TypedMultipleChoiceField(
        label="These say nearly the same: put them into that topic too",
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )
    publish = forms.BooleanField(label="All may read it, in the words below", required=False)
    public_words = words_field(
        "Words that all may read",
        required=False,
        help_text="The author’s own. Leave out names and what tells who it is.",
    )

    def __init__(self, *args: Any, voice: Voice, alike: Sequence[Voice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("owner", may_own())
        self.offer("topic", Topic.objects.filter(program=voice.program_id))
        if alike:
            self.offer("alike", [(one.pk, one.words) for one in alike])
        else:
            del self.fields["alike"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("publish") and not (given.get("public_words") or "").strip():
            self.add_error("public_words", "Write the words that all are to read.")
        if given.get("alike") and not given.get("topic") and not (given.get("new_topic") or "").strip():
            self.add_error("new_topic", "Name what they have in common, or choose a topic above.")
        return given


class TopicForm(Form):
    """What several voices have in common."""

    name = forms.CharField(
        label="What they have in common", max_length=200, help_text="In words that all may read, such as a question."
    )


class PointForm(Form):
    """An open address."""

    name = forms.CharField(
        label="Where it hangs, or for whom it is", max_length=120, help_text="Such as “Depot South, by the lockers”."
    )
    unit = UnitField(
        label="Whose people will use it", required=False, help_text="May stay empty: then no unit is kept."
    )
