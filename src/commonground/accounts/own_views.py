"""One's own second factor, and what one does after a printed code."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, update_session_auth_hash
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from commonground.access import roles
from commonground.access.gate import actor_of, gate
from commonground.accounts import second_factor as factor
from commonground.accounts.entering import CODE, SECOND, WAY, owes_second_factor
from commonground.accounts.forms import FirstPasswordForm, SecondStepForm
from commonground.accounts.models import SecondFactor, User
from commonground.accounts.provider import passwords_allowed
from commonground.ui.qr import qr

SECRET = "second_factor_secret"  # noqa: S105 - the name of a place in the session
ON_THIS_DEVICE = timedelta(days=30)
ISSUER = "Commonground"


@gate("own_account.change")
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def second_factor(request: HttpRequest) -> HttpResponseBase:
    """Is a code from an app asked for when you sign in?"""
    actor, at = actor_of(request), timezone.now()
    user = get_object_or_404(User.objects.visible_to(actor), pk=actor.user)
    row = SecondFactor.objects.filter(user=user).first()
    form = SecondStepForm(request.POST or None)
    owes = owes_second_factor(request, actor)
    if request.method == "POST" and form.is_valid():
        if row is None:
            return _set_up(request, user, form, at)
        if authenticate(request, username=user.username, second_factor=form.cleaned_data["code"], at=at) is not None:
            request.session[SECOND] = True
            return redirect("start")
        form.add_error(
            "code", "This code does not fit or was used already. Take the next one from the app, or a recovery code."
        )
    return _second_factor_page(request, user, row, form, owes=owes)


def _second_factor_page(
    request: HttpRequest, user: User, row: SecondFactor | None, form: SecondStepForm, *, owes: bool
) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "row": row, "owes": owes, "asked_of": roles_asked()}
    context["given"] = bool(request.session.get(SECOND))
    if row is None:
        form.fields["code"].help_text = "Six figures; a new code comes every half minute."
        secret = request.session.setdefault(SECRET, factor.new_secret())
        context["secret"] = " ".join(secret[place : place + 4] for place in range(0, len(secret), 4))
        context["qr"] = qr(factor.address_for_app(secret, user.username, ISSUER))
    else:
        context["left"] = user.recovery_codes.filter(used_at=None).count()
    return render(request, "accounts/second_factor.html", context, status=422 if form.is_bound else 200)


def roles_asked() -> list[str]:
    """The roles that need a second factor, in words."""
    return [roles.LABELS[role].lower() for role in roles.LABELS if role in settings.SECOND_FACTOR_ROLES]


def _set_up(request: HttpRequest, user: User, form: SecondStepForm, at: datetime) -> HttpResponseBase:
    secret = request.session.get(SECRET)
    try:
        if secret is None:
            raise factor.SecondFactorError("This was begun too long ago. Take the new picture below.")
        codes = SecondFactor.objects.set_up(user, secret, form.cleaned_data["code"], by=actor_of(request), at=at)
    except factor.SecondFactorError as error:
        form.add_error("code", str(error))
        return _second_factor_page(request, user, None, form, owes=owes_second_factor(request, actor_of(request)))
    del request.session[SECRET]
    request.session[SECOND] = True
    return render(request, "accounts/recovery_codes.html", {"codes": codes})


@gate("own_account.change")
@never_cache
@require_POST
def recovery_codes(request: HttpRequest) -> HttpResponseBase:
    """Makes new recovery codes and shows them once."""
    row = _own_factor(request)
    codes = row.renew_recovery_codes(by=actor_of(request), at=timezone.now())
    return render(request, "accounts/recovery_codes.html", {"codes": codes})


@gate("own_account.change")
@require_POST
def take_off(request: HttpRequest) -> HttpResponseBase:
    """Signs in without an app from now on."""
    _own_factor(request).take_off(by=actor_of(request), at=timezone.now())
    request.session[SECOND] = False
    messages.success(request, "No code from an app is asked for any more. It can be set up again at any time.")
    return redirect("accounts:second-factor")


def _own_factor(request: HttpRequest) -> SecondFactor:
    """One's own second factor; 404 without one, and to a session that has not given it."""
    row = (
        SecondFactor.objects.filter(user__in=User.objects.filter(pk=actor_of(request).user))
        .select_related("user")
        .first()
    )
    if row is None or not request.session.get(SECOND):
        raise Http404
    return row


@gate("own_account.change")
@never_cache
@sensitive_post_parameters("new")
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponseBase:
    """After a printed code: a password for the next time, or only this device."""
    if request.session.get(WAY) != CODE:
        return redirect("start")
    actor = actor_of(request)
    user = get_object_or_404(User.objects.visible_to(actor), pk=actor.user)
    if request.method == "POST" and request.POST.get("stay") == "yes":
        request.session.set_expiry(int(ON_THIS_DEVICE.total_seconds()))
        messages.success(request, "You stay signed in on this device for 30 days. Sign out when others use it too.")
        return redirect("start")
    form = FirstPasswordForm(user, request.POST or None)
    if request.method == "POST" and passwords_allowed() and form.is_valid():
        user.change_password(form.cleaned_data["new"], by=actor, at=timezone.now())
        update_session_auth_hash(request, user)
        messages.success(request, f"From now on you sign in as {user.username} with this password.")
        return redirect("start")
    context = {"form": form, "user_row": user, "passwords": passwords_allowed()}
    return render(request, "accounts/begin.html", context, status=422 if form.is_bound else 200)
