"""Bringing a network file: with what it is for, on whose agreement and until when. It is read at once, and only its ties are kept."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from commonground.access.gate import actor_of, gate
from commonground.coalition.networks import LONGEST, NetworkFile
from commonground.intake.log_receiving import refused
from commonground.intake.network_uploads import read
from commonground.intake.problems import BadInput
from commonground.programs.middleware import program_of
from commonground.programs.register import CannotError
from commonground.ui.forms import Form

ENDINGS = ".csv,.tsv,.txt,.xlsx,.graphml,.gexf,.xml"
USUAL = 60  # days
WAYS = [
    ("reaches", "The first explains things to the second"),
    ("looks", "The first looks to the second, as in “whom do you ask?”"),
    ("both", "Both ways: they work with each other"),
]


class NetworkForm(Form):
    """The file, which way its ties run, and the basis without which nothing is taken in."""

    name = forms.CharField(label="What to call it", max_length=120, help_text="Such as “Who asks whom, spring 2026”.")
    file = forms.FileField(
        label="The ties",
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ENDINGS}),
        help_text="CSV or Excel with the columns source and target, and weight if there is one; GraphML or GEXF.",
    )
    people = forms.FileField(
        label="The people, where the ties have ids of their own",
        required=False,
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ENDINGS}),
        help_text="CSV or Excel with their ids beside employee number, e-mail or name.",
    )
    way = forms.ChoiceField(label="Which way a tie runs", choices=WAYS, widget=forms.RadioSelect)
    what_for = forms.CharField(label="What it is for", max_length=300, initial="To choose champions.")
    agreement = forms.CharField(
        label="The agreement or the reason that allows it",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="In your words, such as “Works agreement 14, § 3”. The works council and the privacy officer see it. Logs of mail or "
        "chat are no basis, nor is consent that could not be refused.",
    )
    agreed_with = forms.CharField(
        label="Agreed with whom", max_length=200, help_text="Such as “Works council, R. Okafor”."
    )
    agreed_on = forms.DateField(label="Since when it holds")
    expires_on = forms.DateField(
        label="Last day", help_text=f"Its ties are deleted then, at most {LONGEST} days from today."
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["file"].error_messages["required"] = "No file was chosen. Choose the file with the ties."
        self.fields["agreement"].error_messages["required"] = (
            "Say on whose agreement, or for which reason, it is taken in. Without it nothing is."
        )

    def clean_agreed_on(self) -> date:
        day: date = self.cleaned_data["agreed_on"]
        if day > self.today:
            raise forms.ValidationError("This day is still to come. Bring the file once the agreement holds.")
        return day

    def clean_expires_on(self) -> date:
        day: date = self.cleaned_data["expires_on"]
        if not self.today <= day <= self.today + timedelta(days=LONGEST):
            raise forms.ValidationError(f"Give a day from today on, at most {LONGEST} days ahead.")
        return day


@gate("networks.import")
@never_cache
def bring(request: HttpRequest) -> HttpResponseBase:
    """What does this network hold, what for, on whose agreement, and until when?"""
    program, day = program_of(request), timezone.localdate()
    begin = {"expires_on": day + timedelta(days=USUAL), "way": "looks"}
    form = NetworkForm(request.POST or None, request.FILES or None, today=day, initial=begin)
    if request.method == "POST" and (words := refused(request)):
        form.add_error("file", words)
    elif request.method == "POST" and form.is_valid():
        row = _brought(request, form)
        if row is not None:
            return redirect("coalition:network", program=program.slug, pk=row.pk)
    return render(request, "intake/network_bring.html", {"form": form}, status=422 if form.is_bound else 200)


def _brought(request: HttpRequest, form: NetworkForm) -> NetworkFile | None:
    """Reads the file and keeps its ties, to be looked over; None where the form says why not."""
    given = dict(form.cleaned_data)
    way, edges, people = given.pop("way"), given.pop("file"), given.pop("people")
    try:
        found = read(edges, people, undirected=way == "both", people_reach=way != "looks")
        return NetworkFile.objects.look(
            program_of(request),
            found.ties,
            file=edges.name or "",
            unmatched_people=found.unmatched_people,
            unmatched_ties=found.unmatched_ties,
            by=actor_of(request),
            at=timezone.now(),
            **given,
        )
    except (BadInput, CannotError) as error:
        form.add_error("file" if isinstance(error, BadInput) else None, str(error))
        return None
