"""Printed sign-in codes for people without e-mail, and what else helps somebody in who is locked out."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from commonground.access.gate import actor_of, gate
from commonground.accounts.models import SecondFactor, SignInCode, User
from commonground.accounts.sign_in_codes import DAYS, MOST_DAYS, Printed
from commonground.organization.fields import one_of
from commonground.organization.models import Person
from commonground.organization.newcomers import give_access
from commonground.ui.forms import Form
from commonground.ui.qr import qr

MOST = 200  # codes of one sheet


class CodesForm(Form):
    """For whom codes are printed, and how long they hold."""

    people = forms.CharField(
        label="For whom",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": "8"}),
        help_text="One person a line: employee number, e-mail or full name. Who has no access yet gets it, as an employee.",
        error_messages={"required": "Write at least one person."},
    )
    days = forms.IntegerField(
        label="Days that the codes hold",
        min_value=1,
        max_value=MOST_DAYS,
        initial=DAYS,
        error_messages={"required": f"Write a number of days, 1 to {MOST_DAYS}."},
    )

    def clean_people(self) -> list[Person]:
        lines = list(dict.fromkeys(line.strip() for line in self.cleaned_data["people"].splitlines() if line.strip()))
        if len(lines) > MOST:
            raise forms.ValidationError(f"These are {len(lines)} people. Print codes for at most {MOST} at a time.")
        found, wrong = [], []
        for line in lines:
            try:
                person = one_of(Person.objects.all(), line)
            except forms.ValidationError as error:
                wrong.append(f"{line}: {' '.join(error.messages)}")
                continue
            if person.user is not None and not person.user.is_active:
                wrong.append(f"{line}: their access was closed. Open it first.")
            found.append(person)
        if wrong:
            raise forms.ValidationError([*wrong[:10]])
        return found


@gate("accounts.manage")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def codes(request: HttpRequest) -> HttpResponseBase:
    """For whom are sign-in codes printed?"""
    actor, at = actor_of(request), timezone.now()
    form = CodesForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        lasts = timedelta(days=form.cleaned_data["days"])
        with transaction.atomic():
            printed = [
                SignInCode.objects.print_for(
                    person.user or give_access(person, by=actor, at=at), lasts=lasts, by=actor, at=at
                )
                for person in form.cleaned_data["people"]
            ]
        return _sheet(request, printed)
    return render(request, "access/codes.html", {"form": form}, status=422 if form.is_bound else 200)


def _sheet(request: HttpRequest, printed: Sequence[Printed]) -> HttpResponse:
    """The codes, shown this once, to be printed and cut."""
    address = f"{settings.ADDRESS}{reverse('accounts:code')}"
    slips: list[dict[str, Any]] = [
        {"to": one, "qr": qr(f"{address}?{urlencode({'code': one.code})}")} for one in printed
    ]
    return render(request, "access/sheet.html", {"slips": slips, "address": address})


@gate("accounts.manage")
@never_cache
@require_POST
def code(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Prints a sign-in code for one user."""
    actor = actor_of(request)
    row = User.objects.get_for(actor, pk=pk)
    if not row.is_active:
        messages.error(request, f"The access of {row} was closed. Open it first.")
        return redirect("access:user", pk=pk)
    lasts = timedelta(days=DAYS)
    return _sheet(request, [SignInCode.objects.print_for(row, lasts=lasts, by=actor, at=timezone.now())])


@gate("accounts.manage")
@require_POST
def void(request: HttpRequest, pk: int) -> HttpResponse:
    """Ends the unused sign-in codes of a user."""
    actor = actor_of(request)
    row = User.objects.get_for(actor, pk=pk)
    count = SignInCode.objects.void(row, by=actor, at=timezone.now())
    messages.success(
        request, f"The printed code of {row} works no longer." if count else f"{row} has no code that works."
    )
    return redirect("access:user", pk=pk)


@gate("accounts.manage")
@require_POST
def second_factor(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes the second step off for somebody who has lost the app and the recovery codes."""
    actor = actor_of(request)
    row = User.objects.get_for(actor, pk=pk)
    held = SecondFactor.objects.filter(user=row).first()
    if row.pk == actor.user:
        messages.error(request, "Your own second step is on the page of your account.")
    elif held is not None:
        held.take_off(by=actor, at=timezone.now())
        messages.success(request, f"{row} signs in without a second step now, and can set it up again.")
    return redirect("access:user", pk=pk)


@gate("accounts.manage")
@require_POST
def untie(request: HttpRequest, pk: int) -> HttpResponse:
    """Unties a user from the organization's sign-in; the next one is tied anew."""
    actor = actor_of(request)
    row = User.objects.get_for(actor, pk=pk)
    for identity in row.identities.all():
        identity.untie(by=actor, at=timezone.now())
    messages.success(request, f"{row} is tied anew at the next sign-in with the organization.")
    return redirect("access:user", pk=pk)
