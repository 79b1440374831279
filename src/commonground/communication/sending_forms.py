"""Forms of what goes out: the sender of letters, and the day on which a list went out."""

from typing import Any

from django import forms

from commonground.communication.letterheads import FIELDS, Letterhead
from commonground.communication.paper import unprintable
from commonground.ui.forms import Form, ModelForm


class LetterheadForm(ModelForm):
    class Meta:
        model = Letterhead
        fields = FIELDS
        labels = {
            "name": "Who writes",
            "address": "Address",
            "phone": "Phone",
            "fax": "Fax",
            "email": "E-mail",
            "sign_off": "Who signs",
            "paper": "Paper",
        }
        help_texts = {
            "name": "As it stands at the top of letters and fax sheets.",
            "address": "One line each, without the name: street, town.",
            "phone": "Customers ring it when a page is missing, and say there that they want no more.",
            "sign_off": "One line each. Regards stand above it, in each letter’s language. Empty if your texts close by themselves.",
            "paper": "Where the window of your envelopes is.",
        }
        widgets = {"address": forms.Textarea(attrs={"rows": 3}), "sign_off": forms.Textarea(attrs={"rows": 4})}
        error_messages = {"name": {"required": "Say who writes: a letter without a sender is not opened."}}

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        absent = unprintable("".join(str(values.get(name, "")) for name in FIELDS))
        if absent:
            self.add_error(None, f"The face of letters does not have {' '.join(absent)}. Write it in other letters.")
        if values.get("name") and not (values.get("phone") or values.get("email") or values.get("fax")):
            self.add_error(
                "phone", "Name a phone, a fax or an e-mail: customers need a way to say that they want no more."
            )
        return values


class SentForm(Form):
    """On which day all of a list went out."""

    on = forms.DateField(label="It went out on", error_messages={"required": "Name the day on which it went out."})
