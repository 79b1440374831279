"""Customers' contacts one by one: found, corrected, their refusals noted, erased. Only for those who may see contacts."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from commonground.access.gate import actor_of, gate
from commonground.analysis.communication.reach import BITS, CHANNELS, LABELS, MASKS, channels_of, mask_of
from commonground.communication.contact_files import TAKEN, UNDONE, ContactFile
from commonground.communication.contacts import Contact, counts_of
from commonground.communication.erasing import erase
from commonground.communication.reach_forms import ContactForm
from commonground.communication.segments import Segment
from commonground.communication.taking_contacts import undo
from commonground.programs import pages
from commonground.programs.middleware import program_of
from commonground.programs.models import Program
from commonground.ui.csv_response import csv_response
from commonground.ui.paging import Keyset
from commonground.ui.words import plural

BY_ID = Keyset(("pk",))
HEADER = ("id", "segment", "name", *(LABELS[one] for one in CHANNELS), "language", "can be reached by", "refuses")


@gate("contacts.view")
@never_cache
def contacts(request: HttpRequest) -> HttpResponseBase:
    """Which customer can be reached by what, and who cannot?"""
    actor, program = actor_of(request), program_of(request)
    rows = _asked(request, Contact.objects.visible_to(actor).filter(program=program).select_related("segment"))
    if request.GET.get("format") == "csv":
        return csv_response(f"{program.slug} contacts", HEADER, _lines(rows.order_by("pk")))
    page = BY_ID.page(rows, request.GET.get("after", ""))
    without = [one for one in request.GET.getlist("without") if one in CHANNELS]
    files = list(ContactFile.objects.visible_to(actor).filter(program=program)[:10])
    now = timezone.now()
    values: dict[str, Any] = {
        "page": page,
        "rows": [(row, _reached_by(row), channels_of(row.refused)) for row in page.rows],
        "labels": LABELS,
        "without": without,
        "segments": Segment.objects.visible_to(actor).filter(program=program),
        "files": [(row, row.can_be_undone(now), row.state == UNDONE) for row in files],
        "title": _title(request, program),
        "any": Contact.objects.visible_to(actor).filter(program=program).exists(),
    }
    return render(request, "communication/contacts.html", values)


def _title(request: HttpRequest, program: Program) -> str:
    """How many the list holds, from the counts; where words are looked for, what it is."""
    if request.GET.get("q", "").strip():
        return "Customers’ contacts that match"
    segment = request.GET.get("segment", "")
    counts = counts_of(program, [int(segment[:18])] if segment.isdecimal() else None)
    bits = mask_of(one for one in request.GET.getlist("without") if one in BITS)
    number = sum(many for one in counts.values() for mask, many in one.items() if not mask & bits)
    if bits:
        return f"{plural(number, 'customer')} {'is' if number == 1 else 'are'} not reached by these channels"
    return f"{plural(number, 'customer')} with contacts"


def _asked(request: HttpRequest, rows: "QuerySet[Contact]") -> "QuerySet[Contact]":
    """The rows that the address asks for: words, a segment, and channels that do not reach them."""
    words, segment = request.GET.get("q", "").strip(), request.GET.get("segment", "")
    if words:
        rows = rows.filter(Q(ref__istartswith=words) | Q(name__icontains=words) | Q(email__iexact=words))
    if segment.isdecimal():
        rows = rows.filter(segment=int(segment[:18]))
    bits = mask_of(one for one in request.GET.getlist("without") if one in BITS)
    if bits:
        rows = rows.filter(mask__in=[mask for mask in range(MASKS) if not mask & bits])
    return rows


def _reached_by(row: Contact) -> str:
    return ", ".join(LABELS[one] for one in channels_of(row.mask))


def _lines(rows: "QuerySet[Contact]") -> Iterator[tuple[Any, ...]]:
    for row in rows.iterator(chunk_size=2000):
        cells = [str(getattr(row, one)) for one in CHANNELS]
        refused = ", ".join(LABELS[one] for one in channels_of(row.refused))
        yield (row.ref, row.segment.name, row.name, *cells, row.language, _reached_by(row), refused)


@gate("contacts.view")
@never_cache
def contact(request: HttpRequest, pk: int) -> HttpResponse:
    """Is this how the customer can be reached, and what do they refuse?"""
    actor, program = actor_of(request), program_of(request)
    row = Contact.objects.get_for(actor, program=program, pk=pk)
    form = ContactForm(request.POST or None, instance=row, program=program, actor=actor, day=timezone.localdate())
    back = list_of(program)
    if request.method == "POST" and form.is_valid():
        fresh = Contact.objects.get(pk=pk)

        def save() -> str:
            differed = fresh.put_right(form.cleaned_data, by=actor, at=timezone.now())
            return "The contact is put right." if differed else "Nothing was different, so nothing was changed."

        return pages.do(request, save, back=request.path)
    values = {
        "row": row,
        "form": form,
        "back": back,
        "reached": _reached_by(row),
        "refuses": [LABELS[one] for one in channels_of(row.refused)],
        "bounced": [LABELS[one] for one in channels_of(row.bounced)],
        "once": [LABELS[one] for one in channels_of(row.bounced_once & ~row.bounced)],
    }
    return render(request, "communication/contact.html", values, status=422 if form.is_bound else 200)


@gate("contacts.view")
@require_POST
def erase_contact(request: HttpRequest, pk: int) -> HttpResponse:
    """Deletes what is kept of a customer, for good."""
    actor, program = actor_of(request), program_of(request)
    row = Contact.objects.get_for(actor, program=program, pk=pk)

    def act() -> str:
        erase(row, by=actor, at=timezone.now())
        return "Everything kept of this customer is deleted; what they refuse stays as a digest. Take them out of the next export."

    if request.POST.get("sure") != "yes":
        return redirect("communication:contact", program=program.slug, pk=pk)
    return pages.do(request, act, back=list_of(program))


@gate("contacts.import")
@require_POST
def undo_contacts(request: HttpRequest, pk: int) -> HttpResponse:
    """Puts contacts back as they were before a file."""
    actor, program = actor_of(request), program_of(request)
    row = ContactFile.objects.get_for(actor, program=program, pk=pk, state=TAKEN)

    def act() -> str:
        number = undo(row, by=actor, at=timezone.now())
        return f"“{row}” is undone: {plural(number, 'contact')} as before."

    return pages.do(request, act, back=list_of(program))


def list_of(program: Program) -> str:
    return reverse("communication:contacts", kwargs={"program": program.slug})


patterns: list[URLPattern] = [
    path("customers/contacts/", contacts, name="contacts"),
    path("customers/contacts/<int:pk>/", contact, name="contact"),
    path("customers/contacts/<int:pk>/erase/", erase_contact, name="erase-contact"),
    path("customers/contacts/file/<int:pk>/undo/", undo_contacts, name="undo-contacts"),
]
