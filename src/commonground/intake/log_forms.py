"""Forms of event logs: bringing a file, what its columns and the agreement are, and the working week. Saving is done by verbs."""

from datetime import date
from typing import Any, Literal

from django import forms

from commonground.events.models import Log
from commonground.intake.log_receiving import LARGEST, in_words
from commonground.ui.forms import Form

Order = Literal["asked", "offered", "told"]  # of day and month: must be said, may be said, the column tells it
NEW = "new"
ENDINGS = ".csv,.tsv,.txt,.parquet,.xes,.xml,.gz"
MISSING = ("?", "EMPTY")
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
ENDLESS = 1500  # closed days a log may have: some twenty years of holidays


class BringForm(Form):
    """A file, the log it belongs to, and where it comes from."""

    log = forms.ChoiceField(
        label="The log it belongs to",
        help_text="Files of one log share their cases: a later part, or another system that knows the same case numbers.",
    )
    name = forms.CharField(
        label="Name of a new log", max_length=200, required=False, help_text="Such as “Orders and complaints”."
    )
    source = forms.CharField(
        label="The system it comes from",
        max_length=120,
        help_text="Such as “CRM” or “dispatch”. It stands under every figure.",
    )
    file = forms.FileField(
        label="The file",
        allow_empty_file=True,  # said in words of ours when it is read
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ENDINGS}),
        help_text=f"CSV, Parquet or XES, also packed as .gz, up to {in_words(LARGEST)}. "
        "A larger file is taken in on the server with “commonground import events”.",
    )

    def __init__(self, *args: Any, logs: list[Log], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.logs = {str(log.pk): log for log in logs}
        self.offer("log", [(NEW, "a new log"), *((key, log.name) for key, log in self.logs.items())])
        if not logs:
            self.fields["log"].widget = forms.HiddenInput()
            self.initial.setdefault("log", NEW)
            self.fields["name"].label = "Name of the log"
            self.fields["name"].required = True
            self.fields["name"].error_messages["required"] = "Give the log a name."
        self.fields["source"].error_messages["required"] = "Name the system that wrote the file."
        self.fields["file"].error_messages["required"] = "No file was chosen. Choose the log that your system wrote."

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        name = " ".join(given.get("name", "").split())
        if given.get("log") == NEW:
            if not name and "name" not in self.errors:
                self.add_error("name", "Give the new log a name.")
            elif any(log.name.casefold() == name.casefold() for log in self.logs.values()):
                self.add_error("name", f"There is a log “{name}” already. Choose it above, or take another name.")
        elif name and name.casefold() != str(self.logs.get(given.get("log", ""))).casefold():
            self.add_error("name", "You chose a log that is there. Leave this empty, or choose “a new log” above.")
        given["name"] = name
        return given


class AgreementForm(Form):
    """On whose agreement, and how the file is read beyond its columns."""

    missing = forms.CharField(
        label="What stands for a missing value",
        required=False,
        max_length=200,
        help_text="Separated by commas. An empty cell is missing anyway; the text NA is not, unless you say so.",
    )
    order = forms.ChoiceField(
        label="A day such as 03/04/2026 is",
        required=False,
        widget=forms.RadioSelect,
        choices=[("day", "3 April: day first"), ("month", "4 March: month first")],
    )
    agreement = forms.CharField(
        label="The agreement or the reason that allows it",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="In your words, such as “Works agreement 14, § 3, of 12 Mar 2026”. It is kept with this delivery, and the works "
        "council’s and the privacy officer’s account shows it.",
        error_messages={
            "required": "Say on whose agreement, or for which reason, this log is taken in. Without it nothing is."
        },
    )
    agreed_on = forms.DateField(
        label="Since when it holds",
        help_text="The day of the agreement or the decision.",
        error_messages={"required": "Say since which day it holds."},
    )

    def __init__(self, *args: Any, order: Order, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["order"].required = order == "asked"
        self.fields["order"].error_messages["required"] = "Days could be read both ways. Say which way they are meant."
        if order == "told":
            del self.fields["order"]

    def clean_agreed_on(self) -> date:
        day: date = self.cleaned_data["agreed_on"]
        if day > self.today:
            raise forms.ValidationError("This day is still to come. Take the log in once the agreement holds.")
        return day

    def clean_missing(self) -> list[str]:
        return list(dict.fromkeys(word for word in map(str.strip, self.cleaned_data["missing"].split(",")) if word))


class WeekForm(Form):
    """The working week by which waits are counted in working hours."""

    days = forms.MultipleChoiceField(
        label="Working days",
        choices=[(str(at), day) for at, day in enumerate(DAYS)],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one working day."},
    )
    opens = forms.TimeField(label="From", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    closes = forms.TimeField(
        label="To",
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text="00:00 means midnight, the end of the day.",
    )
    closed_on = forms.CharField(
        label="Days without work",
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Holidays and days on which you were closed, one a line, such as 2026-12-25.",
    )

    def __init__(self, *args: Any, log: Log, **kwargs: Any) -> None:
        kwargs.setdefault(
            "initial",
            {
                "days": [str(day) for day in log.days or range(5)],
                "opens": clock(log.opens),
                "closes": clock(log.closes),
                "closed_on": "\n".join(log.closed_on),
            },
        )
        super().__init__(*args, **kwargs)

    def clean_closed_on(self) -> list[date]:
        found, wrong = set(), []
        for word in self.cleaned_data["closed_on"].replace(",", "\n").replace(";", "\n").split():
            try:
                found.add(date.fromisoformat(word))
            except ValueError:
                wrong.append(word)
        if wrong:
            raise forms.ValidationError(f"“{wrong[0]}” is not a day. Write it as year-month-day, such as 2026-12-25.")
        if len(found) > ENDLESS:
            raise forms.ValidationError(
                f"These are {len(found):,} days; a log may have {ENDLESS:,}. Leave out what is long past."
            )
        return sorted(found)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if "opens" in given and "closes" in given:
            given["opens"] = given["opens"].hour * 60 + given["opens"].minute
            given["closes"] = (given["closes"].hour * 60 + given["closes"].minute) or 24 * 60
            if given["opens"] >= given["closes"]:
                self.add_error(
                    "closes", "The day ends before it begins. Where work goes on over midnight, take 00:00 to 00:00."
                )
        given["days"] = sorted(int(day) for day in given.get("days", ()))
        return given


def clock(minutes: int) -> str:
    """“08:00” of minutes from midnight."""
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"
