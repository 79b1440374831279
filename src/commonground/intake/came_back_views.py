"""Bringing what came back of a list, and naming its columns; what is then done with it is the list's."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from commonground.access.gate import actor_of, gate
from commonground.communication.came_back import CameBack
from commonground.communication.sending_views import crumbs_to
from commonground.communication.sendings import Sending
from commonground.intake.came_back_uploads import bring, headers_of, name_columns
from commonground.intake.came_back_words import EXAMPLES, OURS
from commonground.intake.log_receiving import refused
from commonground.intake.naming_columns_views import ask_columns
from commonground.intake.problems import BadInput
from commonground.programs.middleware import program_of
from commonground.programs.register import CannotError
from commonground.ui.forms import Form
from commonground.ui.words import plural

ENDINGS = ".csv,.tsv,.txt,.xlsx,.xls,.ods"


class BackForm(Form):
    file = forms.FileField(
        label="The file",
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ENDINGS}),
        help_text=f"CSV or Excel, a row for each customer: a reference or an address, and what became of it: {EXAMPLES}.",
        error_messages={"required": "No file was chosen. Choose the file that your tool wrote."},
    )


class BackColumnsForm(Form):
    """One choice for each of our columns, among the headers of the file."""

    def __init__(self, *args: Any, headers: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "leave it out"), *((header, header) for header in headers if header)]
        for ours, words in OURS.items():
            label = words[0].upper() + words[1:]
            self.fields[ours] = forms.ChoiceField(label=label, required=False, choices=choices)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not (values.get("ref") or values.get("address")):
            self.add_error(
                "ref", "Choose the column with the reference or with the address: else nobody is known again."
            )
        if not (values.get("outcome") or values.get("answer")):
            self.add_error("outcome", "Choose the column that says what became of it.")
        chosen = [header for header in values.values() if header]
        for header in {one for one in chosen if chosen.count(one) > 1}:
            self.add_error(None, f"“{header}” is chosen twice. A column is read as one thing.")
        return values


@gate("contacts.view")
@never_cache
def bring_came_back(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What became of a list that went out? The file is looked over before anything counts."""
    actor, program = actor_of(request), program_of(request)
    row = Sending.objects.select_related("message", "program").get_for(actor, program=program, pk=pk)
    form = BackForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and (words := refused(request)):
        form.add_error("file", words)
    elif request.method == "POST" and form.is_valid():
        try:
            made = bring(row, form.cleaned_data["file"], by=actor, at=timezone.now())
        except (BadInput, CannotError) as error:
            form.add_error("file", str(error))
        else:
            found = {"ref", "address"} & set(made.mapping) and {"outcome", "answer"} & set(made.mapping)
            return redirect(_page("communication:came-back" if found else "intake:came-back-columns", request, made.pk))
    values = {"form": form, "row": row, "above": crumbs_to(program, row)}
    return render(request, "intake/came_back_bring.html", values, status=422 if form.is_bound else 200)


def _page(name: str, request: HttpRequest, pk: int) -> str:
    return reverse(name, kwargs={"program": program_of(request).slug, "pk": pk})


@gate("contacts.view")
@never_cache
def came_back_columns(request: HttpRequest, pk: int) -> HttpResponse:
    """What does each column of this file mean?"""
    program = program_of(request)
    row = CameBack.objects.select_related("sending__message", "program").get_for(
        actor_of(request), program=program, pk=pk
    )
    return ask_columns(
        request,
        row,
        BackColumnsForm,
        headers_of=headers_of,
        name=lambda row, columns, at: f"{plural(len(name_columns(row, columns, at=at).rows), 'customer')} of the list",
        back=_page("communication:came-back", request, pk),
        above=crumbs_to(program, row.sending),
    )
