"""Forms of instruments: a published one's words typed in from a licensed copy, and a file of one's own."""

from typing import Any, Final

from django import forms

from commonground.assessments.instrument_files import InstrumentError, read_instrument
from commonground.assessments.instruments import LANGUAGES, Instrument
from commonground.ui.forms import Form

LARGEST: Final = 200_000  # bytes of a file


class WordsForm(Form):
    """The words of a published instrument: one field an item, by its scales. of: the entry of the library."""

    language = forms.ChoiceField(label="Language of these words", choices=list(LANGUAGES.items()), initial="en")
    licensed = forms.BooleanField(
        label="We have a copy and may use its words",
        help_text="Nobody checks it here; it is yours to know.",
        error_messages={"required": "Say that you may use the words, or use an instrument of ours."},
    )

    def __init__(self, *args: Any, of: Instrument, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.of = of
        for scale, name, number, count in slots(of):
            words = scale.replace("_", " ")
            self.fields[name] = forms.CharField(
                label=f"{words}, item {number} of {count}", max_length=400, required=False
            )
            self.fields[f"{name}_reversed"] = forms.BooleanField(label="counts the other way round", required=False)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not any(values.get(name) for _, name, _, _ in slots(self.of)):
            raise forms.ValidationError(
                "No item has words yet. Type in at least those you ask; empty ones are left out."
            )
        return values

    def data_of(self, values: dict[str, Any]) -> dict[str, Any]:
        """The instrument as its file would say it; items without words are left out."""
        code = values["language"]
        kept = [(scale, name) for scale, name, _, _ in slots(self.of) if values.get(name)]
        scales = list(dict.fromkeys(scale for scale, _ in kept))
        return {
            "name": self.of.name,
            "title": {code: self.of.title.get("en", self.of.name)},
            "purpose": self.of.purpose,
            "options": self.of.options,
            "citation": self.of.citation,
            "licence": self.of.licence,
            "scoring": self.of.scoring,
            "note": self.of.note,
            "scale": [
                {
                    "name": scale,
                    "items": [name for of, name in kept if of == scale],
                    "reversed": [name for of, name in kept if of == scale and values.get(f"{name}_reversed")],
                }
                for scale in scales
            ],
            "item": [{"name": name, "words": {code: values[name]}} for _, name in kept],
        }


def slots(of: Instrument) -> list[tuple[str, str, int, int]]:
    """(scale, name of the item, its number, how many there are) for each item of a published instrument."""
    counts = of.counts or {}
    return [(scale, f"{scale}_{n}", n, count) for scale, count in counts.items() for n in range(1, count + 1)]


class UploadForm(Form):
    """An instrument as a file. After cleaning, `read` holds the instrument and `text` the file's words."""

    file = forms.FileField(
        label="The file",
        help_text="TOML, as the examples of the library. What is wrong in it is said with the place and the remedy.",
    )
    instrument: Instrument
    text: str

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        name = file.name or "the file"
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(
                f"{name} has more than {LARGEST // 1000} kB. An instrument is a short text: check the file."
            )
        try:
            self.text = file.read().decode("utf-8")
        except UnicodeDecodeError as error:
            raise forms.ValidationError(
                f"{name} is not written in UTF-8. Save it as UTF-8 and bring it again."
            ) from error
        try:
            self.instrument = read_instrument(self.text, key="own", file=name)
        except InstrumentError as wrong:
            raise forms.ValidationError(str(wrong)) from wrong
        if not self.instrument.languages:
            raise forms.ValidationError(
                f"{name}: no language has all the words. Give each title, item and end in the same one."
            )
        return file
