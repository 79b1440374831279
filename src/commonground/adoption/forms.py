"""Forms of the pace: a behaviour, how long a source keeps, a benefit. Saving is done by verbs; the forms only ask."""

import re
from datetime import date
from typing import Any

from django import forms

from commonground.adoption.models import ASKED, COUNTED, FROM_LOG, Behaviour, Benefit, Source
from commonground.events.models import Log
from commonground.organization.fields import PersonField
from commonground.programs.forms import OfProgramForm
from commonground.ui.forms import Form, ModelForm

SEEN = [
    (FROM_LOG, "In an event log: a rule reads each occasion from it"),
    (COUNTED, "Counted by hand, week by week"),
    (ASKED, "Asked in a survey, week by week"),
]
KNOWN = [("unknown", "not known yet"), ("true", "yes"), ("false", "no")]


class BehaviourForm(OfProgramForm):
    """The words, the source, the target and what stands in the way."""

    source = forms.ChoiceField(choices=SEEN, widget=forms.RadioSelect, label="Where is it seen?", initial=FROM_LOG)
    log = forms.ModelChoiceField(
        queryset=Log.objects.none(),
        required=False,
        empty_label="none yet",
        label="Event log",
        help_text="Only for what is read from a log. The next page asks which of its events are occasions.",
    )
    target = forms.FloatField(
        required=False,
        min_value=1,
        max_value=100,
        label="Share that is wanted, in %",
        help_text="Of a hundred occasions, how many go the new way when it is done? There are always some that cannot: 80 is ambitious.",
    )
    owner = PersonField(
        required=False, label="Who answers for it", help_text="Number, e-mail or full name of somebody near the work."
    )

    class Meta:
        model = Behaviour
        fields = [
            "name",
            "new_words",
            "old_words",
            "occasion_words",
            "source",
            "log",
            "starts_on",
            "target",
            "target_on",
            "old_sunset_on",
            "old_possible",
            "old_rewarded",
            "owner",
            "vanity",
        ]
        labels = {
            "name": "What people do",
            "new_words": "The new way, in a few words",
            "old_words": "The old way, in a few words",
            "occasion_words": "What an occasion is called",
            "starts_on": "Starts on",
            "target_on": "By which day",
            "old_sunset_on": "The old way ends on",
            "old_possible": "Can the old way still be taken?",
            "old_rewarded": "Does the old way still pay?",
            "vanity": "It says that a tool is opened, not that work is done another way",
        }
        help_texts = {
            "name": "One thing that can be seen, as “log the customer contact in the shared record”.",
            "new_words": "It names the line on the chart: “in the shared record”.",
            "old_words": "Without judging it: “in a spreadsheet or on paper”.",
            "occasion_words": "In the plural: “customer contacts”.",
            "starts_on": "For units that have no cut-over of their own on the program line.",
            "old_sunset_on": "The day from which the old way is no longer there. Say it early, and say what takes its place.",
            "old_rewarded": "A bonus, a target or a report that counts what is done the old way.",
            "vanity": "Log-ins and training scores rise while work stays as it was. They are shown, but no target is set on them.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("log", Log.objects.order_by("name"))
        for name in ("old_possible", "old_rewarded"):
            self.fields[name].widget.choices = KNOWN
        if self.instance.target_share is not None:
            self.initial["target"] = f"{self.instance.target_share * 100:g}"

    def clean(self) -> dict[str, Any]:
        """The target as a share; what does not fit together is said at its field."""
        values = super().clean() or {}
        target = values.pop("target", None)
        values["target_share"] = None if target is None else round(target / 100, 6)
        if values.get("source") != FROM_LOG:
            values["log"] = None
        if (target is None) != (values.get("target_on") is None) and "target_on" in values:
            missing = "target" if target is None else "target_on"
            self.add_error(missing, "A share and a day belong together: give both, or neither for now.")
        starts, on = values.get("starts_on"), values.get("target_on")
        if starts and on and on <= starts:
            self.add_error("target_on", "The target lies before the start. Give a later day.")
        return values

    def _post_clean(self) -> None:
        """The row takes the share as well, which no field of this form is named for."""
        super()._post_clean()  # type: ignore[misc]  # Django has it, its types do not
        self.instance.target_share = self.cleaned_data.get("target_share")


PLANNED = re.compile(r"^\s*(\d{4}-\d{2}-\d{2})\s*[:;,\s]\s*([\d.,]+)\s*%?\s*$")


class PlannedField(forms.CharField):
    """A planned curve, a day and a share in % a line. Cleans to [[ISO day, share], …], in order of the days."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list):
            return "\n".join(f"{day}  {share * 100:g} %" for day, share in value)
        return value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        found = [_planned(line) for line in str(text or "").splitlines() if line.strip()]
        days = [day for day, _ in found]
        if len(set(days)) < len(days):
            raise forms.ValidationError("A day stands there twice. Keep one share for each.")
        return [[day.isoformat(), share] for day, share in sorted(found)]


def _planned(line: str) -> tuple[date, float]:
    parts = PLANNED.match(line)
    try:
        if parts is None:
            raise ValueError(line)
        day, share = date.fromisoformat(parts[1]), float(parts[2].replace(",", ".")) / 100
    except ValueError:
        raise forms.ValidationError(
            f"“{line.strip()}” is not read. Write a day and a share: 2027-06-30  40 %."
        ) from None
    if not 0 <= share <= 1:
        raise forms.ValidationError(f"“{line.strip()}” is no share. It lies between 0 and 100 %.")
    return day, round(share, 6)


class BenefitForm(OfProgramForm):
    """What an occasion brings when it goes the new way, in its own unit."""

    behaviour = forms.ModelChoiceField(queryset=Behaviour.objects.none(), label="Comes from", empty_label=None)
    per_occasion = forms.FloatField(
        label="How much an occasion brings",
        help_text="In the unit above, for one occasion that goes the new way instead of the old: 6 minutes, or 0.2 visits.",
    )
    money = forms.FloatField(
        required=False,
        min_value=0,
        label="What one of the unit is worth",
        help_text="Only if you want it in money. Benefits without a price stay in their own unit and are never added up.",
    )
    planned = PlannedField(
        required=False,
        label="A planned curve of its own",
        help_text="A line for each day, as “2027-06-30  40 %”. Empty: a straight line from the behaviour’s start to its target.",
    )
    owner = PersonField(required=False, label="Who answers for the benefit", help_text="Number, e-mail or full name.")

    class Meta:
        model = Benefit
        fields = [
            "behaviour",
            "name",
            "unit_words",
            "per_occasion",
            "counter",
            "baseline",
            "money",
            "currency",
            "owner",
            "planned",
            "note",
        ]
        labels = {
            "name": "The benefit",
            "unit_words": "Its unit",
            "counter": "It is a cost of the new way, to be taken off",
            "baseline": "So many of the unit came in a month before the change",
            "note": "Where the figure comes from",
        }
        help_texts = {
            "name": "As whoever gains would say it: “second visits that are not needed”.",
            "unit_words": "In the plural: minutes, visits, repeat calls.",
            "counter": "For example minutes of typing on the doorstep. Naming it makes the rest believable.",
            "baseline": "0 if there were none.",
            "note": "A measurement, a sample, an estimate and by whom.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("behaviour", Behaviour.objects.visible_to(self.actor).filter(program=self.program))

    def clean_per_occasion(self) -> float:
        each = float(self.cleaned_data["per_occasion"])
        if each <= 0:
            raise forms.ValidationError("Give a figure above zero. What the new way costs is said by the tick below.")
        return each


class KeepsForm(ModelForm):
    """How long a system keeps what happened in it."""

    FOREVER, FOR_DAYS = "for good", "for a time"
    keeps = forms.ChoiceField(
        choices=[(FOR_DAYS, "For a time"), (FOREVER, "For good")],
        widget=forms.RadioSelect,
        label="Does it keep what happened?",
    )

    class Meta:
        model = Source
        fields = ["keeps", "keeps_days"]
        labels = {"keeps_days": "For how many days"}
        help_texts = {"keeps_days": "Ask whoever runs it. 548 days are a year and a half, 183 half a year."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.known and self.instance.keeps_days is None:
            self.initial["keeps"] = self.FOREVER
        else:
            self.initial.setdefault("keeps", self.FOR_DAYS)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        keeps = values.pop("keeps", self.FOR_DAYS)
        if keeps == self.FOREVER:
            values["keeps_days"] = None
        elif not values.get("keeps_days") and "keeps_days" not in self.errors:
            self.add_error("keeps_days", "Give the number of days, or say that it keeps for good.")
        values["known"] = True
        return values


class PasteForm(Form):
    """A rule as a TOML file or text."""

    file = forms.FileField(required=False, label="A file", help_text="RULE.toml, as the command line reads it.")
    text = forms.CharField(required=False, widget=forms.Textarea, label="Or the text of one", max_length=20_000)
