"""The library of instruments, one instrument to be read, and bringing one's own."""

import re
import tomllib
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from commonground.access.gate import actor_of, gate
from commonground.assessments.asking import sheet_of
from commonground.assessments.instrument_forms import UploadForm, WordsForm
from commonground.assessments.instruments import LANGUAGES, Instrument
from commonground.assessments.library import own, ready
from commonground.assessments.own_instruments import OwnInstrument
from commonground.assessments.rounds import PURPOSES
from commonground.programs import pages
from commonground.programs.middleware import program_of
from commonground.programs.models import Program, key_for
from commonground.programs.register import removed_lately

GROUPS = (
    ("ours", "Ours", "In our own words, free to use, change and translate."),
    (
        "published",
        "Published",
        "Structure, scoring and citation. Their words belong to their authors: you type them in from your own copy.",
    ),
    ("own", "Your own", "Typed in or uploaded here."),
)


@gate("assessments.change")
def library_page(request: HttpRequest) -> HttpResponse:
    """What can be asked, and what is known of it?"""
    actor, program = actor_of(request), program_of(request)
    found = {**ready(), **own(program)}
    rows = {row.key: row for row in OwnInstrument.objects.visible_to(actor).filter(program=program)}
    groups = [
        (
            title,
            words,
            [
                (one, rows.get(key), PURPOSES[one.purpose], [LANGUAGES.get(code, code) for code in one.languages])
                for key, one in found.items()
                if (one.origin if key not in rows else "own") == kind
            ],
        )
        for kind, title, words in GROUPS
    ]
    removed = removed_lately(OwnInstrument, program.pk, actor=actor, now=timezone.now())
    values = {
        "groups": groups,
        "count": len(found),
        "removed": [("assessments:put-back-owninstrument", one) for one in removed],
    }
    return render(request, "assessments/instruments.html", values)


def _of(program: Program, key: str) -> Instrument:
    found = {**ready(), **own(program)}.get(key)
    if found is None:
        raise Http404
    return found


@gate("assessments.change")
def instrument_page(request: HttpRequest, key: str) -> HttpResponse:
    """What does it ask, and how is it counted?"""
    program = program_of(request)
    one = _of(program, key)
    code = request.GET.get("lang", "")
    code = code if code in one.languages else (one.languages or ("en",))[0]
    written = one.written()
    values = {
        "one": one,
        "title": one.in_language(one.title, code),
        "about": one.in_language(one.about, code),
        "purpose": PURPOSES[one.purpose],
        "sheet": sheet_of(written, code) if one.items else None,
        "languages": [(own_code, LANGUAGES.get(own_code, own_code)) for own_code in one.languages],
        "code": code,
        "counts": [(name.replace("_", " "), count) for name, count in (one.counts or {}).items()],
        "can_type": one.origin == "published" and bool(one.counts),
    }
    return render(request, "assessments/instrument.html", values)


@gate("assessments.change")
def type_words(request: HttpRequest, key: str) -> HttpResponseBase:
    """Types the words of a published instrument in from a licensed copy."""
    actor, program = actor_of(request), program_of(request)
    of = _of(program, key)
    if of.origin != "published" or not of.counts:
        raise Http404
    form = WordsForm(request.POST or None, of=of)
    made: list[str] = []

    def save(values: dict[str, Any]) -> str:
        row = OwnInstrument(
            key=f"own-{key_for(of.key)[:60]}".lower(), name=of.name, data=form.data_of(values), of=of.key
        )
        made.append(program.add(row, by=actor, at=timezone.now()).key)
        return f"“{of.name}” can be asked now, in the words you typed in."

    question = f"{of.citation} {of.licence} Empty items are left out."
    return _ask(request, form, save, f"Type in the words of {of.name}", question, made)


@gate("assessments.change")
def upload(request: HttpRequest) -> HttpResponseBase:
    """Brings an instrument of one's own as a file."""
    actor, program = actor_of(request), program_of(request)
    form = UploadForm(request.POST or None, request.FILES or None)
    made: list[str] = []

    def save(values: dict[str, Any]) -> str:
        one = form.instrument
        data = tomllib.loads(form.text)
        data.pop("origin", None)
        begin = re.sub(r"[^a-z0-9-]+", "-", one.name.lower()).strip("-")[:40]
        row = OwnInstrument(key=f"own-{key_for(begin)}".lower(), name=one.name, data=data)
        made.append(program.add(row, by=actor, at=timezone.now()).key)
        return f"“{one.name}” is in the library: {len(one.items)} items."

    question = "Which questions of your own are to be asked? The form of the file stands in the documentation."
    return _ask(request, form, save, "Bring an instrument", question, made)


def _ask(request: HttpRequest, form: Any, save: Any, title: str, question: str, made: list[str]) -> HttpResponseBase:
    program = program_of(request)
    there = reverse("assessments:instruments", kwargs={"program": program.slug})
    above = ("Assessments", reverse("assessments:list", kwargs={"program": program.slug}))
    return pages.ask(
        request, form, save, title=title, question=question, back=there, crumbs=[above, ("Instruments", there)],
        to=lambda: reverse("assessments:instrument", kwargs={"program": program.slug, "key": made[0]}),
    )  # fmt: skip
