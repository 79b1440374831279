"""Forms of rounds: preparing one, giving it more days, more codes. Saving is done by verbs; the forms only ask."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms

from commonground.assessments.in_days import CLOSED
from commonground.assessments.instruments import LANGUAGES
from commonground.assessments.library import askable
from commonground.assessments.rounds import ATTRIBUTES, Round
from commonground.disclosure.thresholds import SCORES, threshold_of
from commonground.organization.fields import unit_choices
from commonground.organization.models import Level, Unit
from commonground.programs.forms import OfProgramForm
from commonground.ui.forms import Form, LongSelectMany

WHOLE: Final = "whole"
TABLES: Final[dict[str, tuple[str, ...]]] = {
    WHOLE: (),
    **{name: (name,) for name in ATTRIBUTES},
    **{
        f"{one}-{two}": (one, two)
        for one, two in (("unit", "level"), ("unit", "front_office"), ("level", "front_office"), ("unit", "shift"))
    },
}
FRONT: Final = [("", "everybody"), ("true", "front office only"), ("false", "all but the front office")]
MOST_PEOPLE: Final = 1000


def said_table(table: Sequence[str]) -> str:
    """“unit × level”, “the whole”."""
    return " × ".join(ATTRIBUTES.get(name, name) for name in table) or "the whole"


class RoundForm(OfProgramForm):
    """What is asked of whom, what is stored with an answer, and which tables will come of it."""

    instrument = forms.ChoiceField(label="Instrument", help_text="Its questions can be read in the library before.")
    languages = forms.MultipleChoiceField(
        label="Languages", choices=list(LANGUAGES.items()), widget=forms.CheckboxSelectMultiple, initial=["en"]
    )
    units = forms.MultipleChoiceField(
        label="Units that are asked",
        required=False,
        widget=LongSelectMany(attrs={"multiple": True, "size": 7}),
        help_text="Each with all below it. None chosen: everybody.",
    )
    levels = forms.MultipleChoiceField(
        label="Levels that are asked",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="None chosen: all levels.",
    )
    front = forms.ChoiceField(label="Front office", choices=FRONT, required=False, widget=forms.RadioSelect)
    sample_size = forms.IntegerField(
        label="A random sample of so many people",
        required=False,
        min_value=5,
        help_text="Empty: everybody is asked. A sample spares people; groups that can be shown become fewer.",
    )
    seed = forms.IntegerField(
        label="Seed of the sample",
        required=False,
        min_value=0,
        help_text="Any number. With it the works council can draw the same sample again.",
    )
    attributes = forms.MultipleChoiceField(
        label="Stored with each answer",
        choices=list(ATTRIBUTES.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        initial=["unit"],
        help_text="Only what you compare by. Where too few people share it, it is made coarser when the round opens.",
    )
    first = forms.ChoiceField(
        label="Most important of these",
        choices=list(ATTRIBUTES.items()),
        initial="unit",
        help_text="It gives way last where groups are small.",
    )
    published = forms.MultipleChoiceField(
        label="Tables that will be published",
        choices=[(key, said_table(table)) for key, table in TABLES.items()],
        widget=forms.CheckboxSelectMultiple,
        initial=[WHOLE, "unit"],
        help_text="Fixed when the round opens, so that nobody can look for a cut that pleases later.",
    )
    threshold = forms.IntegerField(label="Fewest people behind a result", max_value=MOST_PEOPLE)
    stands_for = forms.ModelChoiceField(
        queryset=Round.objects.none(),
        required=False,
        label="Compared with the earlier round",
        empty_label="none",
        help_text="Tables are protected together with all earlier rounds either way.",
    )

    class Meta:
        model = Round
        fields = ["name", "instrument", "languages", "opens_on", "closes_on", "threshold", "stands_for"]
        labels = {"name": "What the round is called", "opens_on": "First day", "closes_on": "Last day"}
        help_texts = {
            "name": "Everybody who is asked reads it, as “Culture, autumn 2026”.",
            "closes_on": "This day included. Two weeks are common; it can be extended once.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        least = threshold_of(SCORES)
        self._known = askable(self.program)
        self.offer("instrument", [(key, one.title.get("en") or one.name) for key, one in self._known.items()])
        units = {unit.pk: unit.key for unit in Unit.objects.all()}
        offered = unit_choices(kwargs["day"], self.actor)
        self.offer("units", [(units[unit], name) for unit, name in offered if unit in units])
        self.offer("levels", [(name, name) for name in Level.objects.values_list("name", flat=True)])
        self.offer("stands_for", Round.objects.visible_to(self.actor).filter(program=self.program, state=CLOSED))
        self.fields[
            "threshold"
        ].help_text = f"At least {least}, the rule of the house. Fixed for this round when it opens."
        self.initial["threshold"] = max(self.instance.threshold, least)
        if self.instance.pk:
            self.initial.update(_stored(self.instance))

    def clean_threshold(self) -> int:
        least, given = threshold_of(SCORES), int(self.cleaned_data["threshold"])
        if given < least:
            raise forms.ValidationError(
                f"The house asks for at least {least} people behind each result. Give {least} or more."
            )
        return given

    def clean(self) -> dict[str, Any]:
        """The choices as the row holds them; what does not fit together is said at its field."""
        values = super().clean() or {}
        given = {
            name: values.pop(name, None)
            for name in ("units", "levels", "front", "sample_size", "seed", "published", "first")
        }
        chosen = [name for name in ATTRIBUTES if name in (values.get("attributes") or [])]
        values["attributes"] = sorted(chosen, key=lambda name: name != given["first"])
        values["tables"] = [list(TABLES[key]) for key in given["published"] or []]
        sample = {"size": given["sample_size"], "seed": given["seed"]} if given["sample_size"] else None
        if sample and given["seed"] is None:
            self.add_error("seed", "Give a number, so that the same sample can be drawn again. The date will do.")
        front = {"true": True, "false": False}.get(given["front"] or "")
        values["population"] = {
            "units": given["units"] or [],
            "levels": given["levels"] or [],
            "front_office": front,
            "sample": sample,
        }
        self._fit(values)
        return values

    def _fit(self, values: dict[str, Any]) -> None:
        stray = sorted({name for table in values["tables"] for name in table} - set(values["attributes"]))
        if stray:
            words = ATTRIBUTES[stray[0]]
            self.add_error(
                "published", f"A table compares by {words}, which is not stored. Tick it above, or leave the table out."
            )
        first, last = values.get("opens_on"), values.get("closes_on")
        if first and last and last < first:
            self.add_error("closes_on", "It would end before it begins. Give a later day.")
        instrument = self._known.get(values.get("instrument") or "")
        if instrument is not None:
            values["purpose"] = instrument.purpose
            missing = [LANGUAGES[code] for code in values.get("languages") or [] if code not in instrument.languages]
            if missing:
                has = ", ".join(LANGUAGES.get(code, code) for code in instrument.languages)
                self.add_error("languages", f"This instrument has no words in {missing[0]}. It has {has}.")

    def _post_clean(self) -> None:
        """The row takes what no field of this form is named for as well."""
        super()._post_clean()  # type: ignore[misc]  # Django has it, its types do not
        for name in ("population", "attributes", "tables", "purpose"):
            if name in self.cleaned_data:
                setattr(self.instance, name, self.cleaned_data[name])


def _stored(row: Round) -> dict[str, Any]:
    """What a row holds, as the form asks for it."""
    keys = {table: key for key, table in TABLES.items()}
    sample = row.population.get("sample") or {}
    front = row.population.get("front_office")
    return {
        "units": row.population.get("units", []),
        "levels": row.population.get("levels", []),
        "front": "" if front is None else str(front).lower(),
        "sample_size": sample.get("size"),
        "seed": sample.get("seed"),
        "attributes": row.attributes,
        "first": row.attributes[0] if row.attributes else "unit",
        "published": [keys[tuple(table)] for table in row.tables if tuple(table) in keys],
    }


class ExtendForm(Form):
    until = forms.DateField(label="New last day")
    why = forms.CharField(
        label="Why", max_length=300, help_text="Such as: a storm kept the crews busy. The journal keeps it."
    )


class CancelForm(Form):
    why = forms.CharField(
        label="Why",
        max_length=300,
        widget=forms.Textarea,
        help_text="The journal keeps it. Tell those who were asked yourself, and soon: they gave their time.",
    )


class CodesForm(Form):
    count = forms.IntegerField(label="How many more", min_value=1, help_text="Each is a further right to answer.")
