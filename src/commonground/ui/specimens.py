"""Made-up content for the page that shows every component. The names and numbers are those of the sketches."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from django import forms

from commonground.ui import charts
from commonground.ui.charts import Event
from commonground.ui.curves import Due, Fan, Weekly, curves
from commonground.ui.effects import Since, effect, event_study
from commonground.ui.forms import Form
from commonground.ui.lanes_below import Dated
from commonground.ui.multiples import multiple
from commonground.ui.steps import Level, steps

DAY = date(2026, 9, 14)


EVENTS = (
    Event(date(2025, 2, 10), "Board first hears", "done"),
    Event(date(2025, 6, 2), "Strategy agreed", "done"),
    Event(date(2026, 1, 12), "Technology chosen", "done"),
    Event(date(2026, 1, 26), "Workflows agreed", "late"),
    Event(date(2026, 2, 20), "Contact centre goes over", "done"),
    Event(date(2026, 11, 9), "Electricity and Water go over"),
    Event(date(2027, 3, 1), "Key accounts"),
)


class FateForm(Form):
    """A form with each kind of input, filled in so that two answers need another look."""

    owner = forms.CharField(
        label="Owner from then on",
        help_text="A person or a role. They are asked before it is shown.",
        error_messages={"required": "Name an owner for “Open the account”"},
    )
    fate = forms.ChoiceField(
        label="What happens to the process",
        choices=[("keep", "keep"), ("move", "move to another unit"), ("merge", "merge")],
    )
    start = forms.DateField(label="From", help_text="The first day of the new way.")
    seen_by = forms.ChoiceField(
        label="Who sees it until it is told",
        widget=forms.RadioSelect,
        choices=[("named", "Only people named below"), ("line", "The line as well")],
    )
    asked = forms.BooleanField(label="The owner has been asked", required=False)
    why = forms.CharField(label="Why", widget=forms.Textarea, required=False)

    def clean_start(self) -> date:
        start: date = self.cleaned_data["start"]
        if start < date(2025, 4, 1):
            raise forms.ValidationError("The date is before the program’s start, 1 April 2025")
        return start


def all_of_them() -> dict[str, Any]:
    """The context of the page of components."""
    return {
        "day": DAY,
        "wrong_form": FateForm({"owner": "", "fate": "move", "start": "2024-11-09", "seen_by": "named"}),
        "page": SimpleNamespace(shown=4, after="later", is_first=True),
        "before": "The clerk opens the account and sends the sheet to Billing.",
        "after": "The case worker opens the account during the call and sees it through.",
        "swatches": SWATCHES,
        "parts": [("new way", 52, "new"), ("old way", 41, "old"), ("neither", 7, "rest")],
        "values": [9, 12, 14, None, 21, 30, 38, 46],
        "line": charts.timeline(EVENTS, date(2025, 1, 1), date(2027, 12, 31), today=DAY),
        **of_a_behaviour(),
    }


def of_a_behaviour() -> dict[str, Any]:
    """The pictures of the pace: curve with fan, small multiple, curve in steps."""
    first = date(2025, 3, 3)
    shares = [0.05 + 0.36 / (1 + 2.718 ** ((60 - week) / 7)) for week in range(80)]
    told = [Weekly(first + timedelta(weeks=week), share, 0.93 - share) for week, share in enumerate(shares)]
    gap = [Weekly(week.day, None, None) if 40 <= number < 45 else week for number, week in enumerate(told)]
    ahead = [
        Fan(
            DAY + timedelta(weeks=week), *(min(0.4 + week * (0.005 + part * 0.001), 0.97) for part in (-2, -1, 0, 1, 2))
        )
        for week in range(110)
    ]
    due = Due(0.8, date(2027, 10, 1), date(2027, 11, 1), date(2028, 3, 20), date(2028, 9, 1))
    cut_overs = ("Cut-overs", [Dated(one.day, one.label, one.kind == "done") for one in EVENTS[4:]])
    levels = [Level(week, 0.7 - 4 / week, 0.65 - 4 / week, 0.75 - 4 / week) for week in range(7, 40)]
    return {
        "effect": effect(7, 4.4, 9.6, 5),
        "study": event_study(
            [Since(-2, 0.4, -3, 4), Since(-1, -0.6, -4, 3), Since(0, 5, 1, 9), Since(1, 8, 3, 13), Since(2, 11, 5, 17)]
        ),
        "curve": curves(gap, ahead, today=DAY, dues=[due], target=(0.8, due.planned), lanes=[cut_overs]),
        "small": multiple(told, (first, DAY), cut_over=date(2026, 2, 20), alarm=date(2026, 7, 6)),
        "steps": steps(levels, start=0, half=20),
    }


SWATCHES = (
    ("paper", "page"),
    ("shore", "rail, wells"),
    ("ink", "text"),
    ("ink-quiet", "second line, labels"),
    ("rule", "top of a part"),
    ("hairline", "rows"),
    ("edge", "controls"),
    ("water", "new way, after, gained, links"),
    ("water-mid", "inner fan, rings"),
    ("water-soft", "selected row"),
    ("earth", "old way, before, lost"),
    ("earth-mid", "second tone"),
    ("earth-soft", "under the hatch"),
    ("act", "act now"),
    ("watch", "watch"),
    ("good", "on course, done"),
    ("act-soft", "behind act"),
    ("watch-soft", "behind watch"),
    ("good-soft", "behind good"),
)
