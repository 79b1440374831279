"""Forms of reach: prices and the wanted share, segments, and one customer's contact. Saving is done by verbs; the forms only ask."""

from decimal import Decimal
from typing import Any

from django import forms

from commonground.analysis.communication.addresses import is_address
from commonground.analysis.communication.reach import BITS, CHANNELS, LABELS, channels_of
from commonground.communication.contacts import Contact
from commonground.communication.prices import CURRENCIES, ReachTerms
from commonground.communication.segments import Segment
from commonground.organization.fields import PersonField
from commonground.programs.forms import OfProgramForm
from commonground.ui.forms import Form

HUNDRED = Decimal(100)
WHAT_IT_COSTS = {
    "letter": "Paper, print and postage of one.",
    "phone": "The time of one call.",
    "visit": "The time and the way of one visit.",
}


def capital(words: str) -> str:
    return words[0].upper() + words[1:]


class TermsForm(Form):
    """The wanted share, the currency, and a price for each channel."""

    want = forms.DecimalField(
        label="Share of customers to be reached, in %",
        min_value=Decimal(1),
        max_value=HUNDRED,
        max_digits=5,
        decimal_places=2,
        help_text="The cheapest set reaches at least this share of all customers of a message.",
    )
    currency = forms.ChoiceField(label="Currency", choices=CURRENCIES)

    def __init__(self, *args: Any, terms: ReachTerms, **kwargs: Any) -> None:
        initial = {"want": (terms.want * HUNDRED).normalize(), "currency": terms.currency, **terms.prices}
        initial["want"] = f"{initial['want']:f}"
        super().__init__(*args, initial=initial, **kwargs)
        for channel in CHANNELS:
            self.fields[channel] = forms.DecimalField(
                label=f"{capital(LABELS[channel])}, for one customer",
                required=False,
                min_value=Decimal(0),
                max_digits=9,
                decimal_places=4,
                help_text=WHAT_IT_COSTS.get(channel, ""),
            )
        self.fields["email"].help_text = "Empty: the channel has no price and is never proposed. 0: it costs nothing."

    def prices(self) -> dict[str, Decimal]:
        """Channel → price, for those that were given one."""
        return {one: self.cleaned_data[one] for one in CHANNELS if self.cleaned_data.get(one) is not None}


class SegmentForm(OfProgramForm):
    owner = PersonField(required=False, label="Who looks after them")

    class Meta:
        model = Segment
        fields = ["name", "words", "owner", "order"]
        labels = {"name": "What this kind of customers is called", "words": "What to know about them", "order": "Place"}
        help_texts = {
            "words": "Such as “harvest until 10 October” or “promised two ways”. It stands beside them on the page.",
            "order": "Lower numbers stand first.",
        }


class ContactForm(OfProgramForm):
    """One contact's addresses, and what they refuse."""

    refuses = forms.MultipleChoiceField(
        label="Does not want to hear from us by",
        required=False,
        choices=[(one, LABELS[one]) for one in CHANNELS],
        widget=forms.CheckboxSelectMultiple,
        help_text="A refusal holds for every message and every list until the customer says otherwise.",
    )

    class Meta:
        model = Contact
        fields = ["segment", "name", *CHANNELS, "language"]
        labels = {one: capital(LABELS[one]) for one in CHANNELS}
        labels |= {
            "sms": "Mobile number",
            "letter": "Postal address",
            "portal": "Uses the portal",
            "visit": "Can be visited",
        }
        help_texts = {"portal": "Yes, or the login.", "visit": "Yes, or where.", "language": "Such as en or de."}
        widgets = {"letter": forms.Textarea(attrs={"rows": "4"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("segment", Segment.objects.visible_to(self.actor).filter(program=self.program))
        self.initial["refuses"] = list(channels_of(self.instance.refused))

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for channel in ("email", "sms", "phone", "fax"):
            text = values.get(channel, "")
            if text and text.casefold() not in ("no", "nein") and not is_address(channel, text):
                what = "e-mail address" if channel == "email" else "number of at least five digits"
                self.add_error(channel, f"“{text}” is no {what}. Write it in full, or leave it empty.")
        values["refused"] = sum(BITS[one] for one in values.pop("refuses", []))
        return values
