"""Bringing an export of customers' contacts: looked over, its columns named, taken over whole or set aside."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from commonground.access.gate import actor_of, gate
from commonground.analysis.communication.reach import CHANNELS, LABELS
from commonground.communication.contact_files import LOOKED, ContactFile
from commonground.intake.contact_uploads import bring, headers_of, name_columns, take
from commonground.intake.contact_words import COLUMNS, OURS
from commonground.intake.log_receiving import refused
from commonground.intake.naming_columns_views import ask_columns
from commonground.intake.problems import BadInput
from commonground.programs import pages
from commonground.programs.middleware import program_of
from commonground.programs.register import CannotError
from commonground.ui.forms import Form
from commonground.ui.words import plural

VERB = "contacts.import"
ENDINGS = ".csv,.tsv,.txt,.xlsx,.xls,.ods"
LEFT_OUT = ("", "leave it out")


class ContactsForm(Form):
    file = forms.FileField(
        label="The export",
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ENDINGS}),
        help_text="CSV or Excel, one customer a row: a number that stays the same, the segment, e-mail, mobile, phone, address, fax, "
        "portal, and what they refused.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].error_messages["required"] = "No file was chosen. Choose the export of your CRM."


class ColumnsForm(Form):
    """One choice for each of our columns, among the headers of the file."""

    def __init__(self, *args: Any, headers: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [LEFT_OUT, *((header, header) for header in headers if header)]
        for ours in COLUMNS:
            words = OURS[ours]
            self.fields[ours] = forms.ChoiceField(
                label=words[0].upper() + words[1:], required=ours == "id", choices=choices
            )
        self.fields["id"].error_messages["required"] = (
            "Choose the column with the contact’s number: by it a contact is known again."
        )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        chosen = [header for header in values.values() if header]
        for header in {one for one in chosen if chosen.count(one) > 1}:
            self.add_error(None, f"“{header}” is chosen twice. A column is read as one thing.")
        return values


def _page(request: HttpRequest, pk: int) -> str:
    return reverse("intake:contact-file", kwargs={"program": program_of(request).slug, "pk": pk})


def _list(request: HttpRequest) -> str:
    return reverse("communication:contacts", kwargs={"program": program_of(request).slug})


def _row(request: HttpRequest, pk: int) -> ContactFile:
    return ContactFile.objects.get_for(actor_of(request), program=program_of(request), pk=pk)


@gate(VERB)
@never_cache
def bring_contacts(request: HttpRequest) -> HttpResponseBase:
    """Which customers can be reached by what? The file is looked over before anything counts."""
    form = ContactsForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and (words := refused(request)):
        form.add_error("file", words)
    elif request.method == "POST" and form.is_valid():
        try:
            row = bring(program_of(request), form.cleaned_data["file"], by=actor_of(request), at=timezone.now())
        except (BadInput, CannotError) as error:
            form.add_error("file", str(error))
        else:
            if "id" in row.mapping:
                return redirect(_page(request, row.pk))
            return redirect("intake:contact-columns", program=program_of(request).slug, pk=row.pk)
    return render(request, "intake/contacts_bring.html", {"form": form}, status=422 if form.is_bound else 200)


@gate(VERB)
@never_cache
def contact_file(request: HttpRequest, pk: int) -> HttpResponse:
    """What would this file change?"""
    row = _row(request, pk)
    told = row.told
    there = told.get("have", {})
    values = {
        "row": row,
        "told": told,
        "have": [(LABELS[one], there[one]) for one in CHANNELS if there.get(one)],
        "columns": [(words, row.mapping[ours]) for ours, words in OURS.items() if ours in row.mapping],
        "kept": row.kept_out[:50],
        "looked": row.state == LOOKED,
        "title": f"{row.file}: {plural(told.get('rows', 0), 'contact')}",
    }
    return render(request, "intake/contacts_file.html", values)


@gate(VERB)
@never_cache
def contact_columns(request: HttpRequest, pk: int) -> HttpResponse:
    """What does each column of this file mean?"""
    return ask_columns(
        request,
        _row(request, pk),
        ColumnsForm,
        headers_of=headers_of,
        name=lambda row, columns, at: plural(len(name_columns(row, columns, at=at)), "contact"),
        back=_page(request, pk),
        above=[("Contacts", _list(request))],
    )


@gate(VERB)
@require_POST
def take_contacts(request: HttpRequest, pk: int) -> HttpResponse:
    row = _row(request, pk)

    def act() -> str:
        try:
            found = take(row, by=actor_of(request), at=timezone.now())
        except BadInput as error:
            raise CannotError(str(error)) from error
        return (
            f"Taken over: {plural(found.new, 'new contact')}, {found.changed:,} changed, {found.same:,} as they were."
        )

    return pages.do(request, act, back=_list(request))


@gate(VERB)
@require_POST
def set_aside_contacts(request: HttpRequest, pk: int) -> HttpResponse:
    row = _row(request, pk)

    def act() -> str:
        row.set_aside(by=actor_of(request), at=timezone.now())
        return f"“{row}” is set aside, and the file is deleted."

    return pages.do(request, act, back=_list(request))


patterns = [
    path("customers/contacts/bring/", bring_contacts, name="bring-contacts"),
    path("customers/contacts/file/<int:pk>/", contact_file, name="contact-file"),
    path("customers/contacts/file/<int:pk>/columns/", contact_columns, name="contact-columns"),
    path("customers/contacts/file/<int:pk>/take/", take_contacts, name="take-contacts"),
    path("customers/contacts/file/<int:pk>/set-aside/", set_aside_contacts, name="set-aside-contacts"),
]
