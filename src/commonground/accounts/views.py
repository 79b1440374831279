"""Signing in and out, and one's own account."""

import json
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from commonground.access.gate import actor_of, gate, open_to_all
from commonground.accounts.entering import PASSWORD, enter
from commonground.accounts.forms import NameForm, PasswordForm, SignInForm
from commonground.accounts.models import User
from commonground.accounts.provider import passwords_allowed, provider


class SignIn(LoginView):
    """Name and password; after five wrong ones `axes` closes this door for a quarter of an hour."""

    form_class = SignInForm
    template_name = "accounts/sign_in.html"
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = demo_sign_ins() if passwords_allowed() else []
        return super().get_context_data(**kwargs) | {
            "shown": shown,
            "provider": provider(),
            "passwords": passwords_allowed(),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not passwords_allowed():
            messages.error(request, "Nobody signs in with a password here. Use the button of your organization.")
            return redirect("accounts:sign-in")
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        user = form.get_user()
        assert isinstance(user, User)  # noqa: S101 - the one user model of this project
        return enter(self.request, user, way=PASSWORD, after=self.get_redirect_url(), at=timezone.now())


sign_in = open_to_all(SignIn.as_view())


def demo_sign_ins() -> list[dict[str, str]]:
    """The sign-ins that the demo has made and wrote down for its visitors: role, name, username, password. Empty elsewhere."""
    path = settings.DATA / "demo_signins.json"
    if not getattr(settings, "DEMO", True) or not path.is_file():
        return []
    found: list[dict[str, str]] = json.loads(path.read_text(encoding="utf-8"))
    return found


@gate("own_account.change")
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends the session."""
    logout(request)
    messages.success(request, "You have signed out.")
    return redirect("accounts:sign-in")


@gate("own_account.change")
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest) -> HttpResponse:
    """What one is called, and which roles one has."""
    actor = actor_of(request)
    user = get_object_or_404(User.objects.visible_to(actor), pk=actor.user)
    form = NameForm(request.POST or None, initial={"name": user.name})
    if request.method == "POST" and form.is_valid():
        user.rename(form.cleaned_data["name"], by=actor, at=timezone.now())
        messages.success(request, f"You are called {user.name} from now on.")
        return redirect("accounts:own")
    context = {"user_row": user, "form": form, "passwords": passwords_allowed()}
    return render(request, "accounts/own.html", context)


@gate("own_account.change")
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Changes one's password; other sessions of the same person end."""
    if not passwords_allowed():
        messages.info(request, "Nobody signs in with a password here.")
        return redirect("accounts:own")
    actor = actor_of(request)
    user = get_object_or_404(User.objects.visible_to(actor), pk=actor.user)
    form = PasswordForm(user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        user.change_password(form.cleaned_data["new"], by=actor, at=timezone.now())
        update_session_auth_hash(request, user)
        messages.success(request, "Your password is changed. Wherever else you were signed in, you are no longer.")
        return redirect("accounts:own")
    return render(request, "accounts/password.html", {"form": form})
