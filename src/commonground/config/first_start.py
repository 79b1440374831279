"""The first start: the first person with access, and the first program."""

from datetime import date, datetime

from django import forms
from django.contrib.auth import login, password_validation
from django.db import transaction
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from commonground.access import roles
from commonground.access.actor import OPERATOR
from commonground.access.gate import open_to_all
from commonground.accounts.forms import new_password
from commonground.accounts.models import User, actor_for
from commonground.journal.recording import record
from commonground.programs.models import Program
from commonground.ui.forms import Form

# first words of addresses that belong to the instance; a program of such a name gets a longer address
TAKEN = frozenset(
    {"account", "first-start", "mail", "people-with-access", "sign-in", "sign-out", "static", "styleguide", "theme"}
)
MODEL_BACKEND = "django.contrib.auth.backends.ModelBackend"


class FirstStartForm(Form):
    """Who comes first, and what they have come to do."""

    name = forms.CharField(label="Your name", max_length=200, error_messages={"required": "Write your name."})
    username = forms.RegexField(
        r"^[\w.@+-]+\Z",
        label="Sign-in name",
        max_length=150,
        help_text="What you will type to sign in: one word, or an e-mail address.",
        error_messages={
            "required": "Choose a sign-in name.",
            "invalid": "Use letters, figures and . @ + - _ only, without spaces.",
        },
    )
    password = new_password(label="Password", error_messages={"required": "Choose a password."})
    program = forms.CharField(
        label="Name of the program",
        max_length=200,
        help_text="As people speak of it, for example “Closer to our customers”. It can be changed later.",
        error_messages={"required": "Give the program a name."},
    )

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        user = User(username=self.cleaned_data.get("username", ""), name=self.cleaned_data.get("name", ""))
        password_validation.validate_password(password, user)
        return password


@open_to_all
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def first_start(request: HttpRequest) -> HttpResponseBase:
    """Makes the first person with access and the first program; gone as soon as anybody has access."""
    if User.objects.exists():
        raise Http404
    form = FirstStartForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user, program = begin(
            name=form.cleaned_data["name"],
            username=form.cleaned_data["username"],
            password=form.cleaned_data["password"],
            program=form.cleaned_data["program"],
            on=timezone.localdate(),
            at=timezone.now(),
        )
        login(request, user, backend=MODEL_BACKEND)
        return redirect("organization:units", program=program.slug)
    return render(request, "accounts/first_start.html", {"form": form})


def begin(*, name: str, username: str, password: str, program: str, on: date, at: datetime) -> tuple[User, Program]:
    """The first person, as technical administrator and change lead, and the first program. Raises Http404 when somebody came before."""
    with transaction.atomic():
        if User.objects.exists():
            raise Http404
        user = User.objects.invite(username, name=name, password=password, by=OPERATOR, at=at)
        user.grant(roles.ADMIN, by=OPERATOR, at=at)
        user.grant(roles.LEAD, by=OPERATOR, at=at)
        actor = actor_for(user, person=None)
        row = Program.objects.create(slug=slug_for(program), name=program, started=on)
        record("began the program", row, by=actor, at=at, values={"name": program})
    return user, row


def slug_for(name: str) -> str:
    """The word of a program in addresses, never one that is taken."""
    slug = slugify(name)[:40].strip("-") or "program"
    if slug in TAKEN:
        slug = f"{slug}-program"
    number, free = 2, slug
    while Program.objects.filter(slug=free).exists():
        free, number = f"{slug}-{number}", number + 1
    return free
