"""What pages with forms and buttons share: ask, write by a verb, say what was done, go back (POST, redirect, GET)."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from commonground.programs.register import CannotError

Crumb = tuple[str, str]


def ask(  # noqa: PLR0913  what a page with a form says
    request: HttpRequest,
    form: forms.BaseForm,
    save: Callable[[dict[str, Any]], str],
    *,
    title: str,
    question: str,
    back: str,
    crumbs: Sequence[Crumb] = (),
    label: str = "Save",
    to: Callable[[], str] | None = None,
    remove: str = "",
) -> HttpResponse:
    """A page with one form. save: writes what was cleaned by a verb and returns what to say; a verb's refusal stands on the form.

    remove: the address that removes the thing, as a quiet button below. back: where the way back leads, and where one goes when all
    is written, unless `to` names another address.
    """
    if request.method == "POST" and form.is_valid():
        try:
            said = save(form.cleaned_data)
        except CannotError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, said)
            return redirect(to() if to else back)
    values = {
        "form": form,
        "title": title,
        "question": question,
        "back": back,
        "label": label,
        "crumbs_before": crumbs,
        "remove": remove,
    }
    return render(request, "programs/form.html", values, status=422 if form.is_bound else 200)


def do(request: HttpRequest, act: Callable[[], str], *, back: str) -> HttpResponse:
    """One click: runs a verb, says what was done or why it was refused, goes back."""
    try:
        messages.success(request, act())
    except CannotError as refused:
        messages.error(request, str(refused))
    return redirect(back)
