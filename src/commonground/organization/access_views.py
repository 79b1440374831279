"""People with access: who may sign in, as whom, with which roles. It stands here because it names people and units."""

import secrets
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commonground.access import roles
from commonground.access.actor import Actor
from commonground.access.gate import actor_of, gate
from commonground.accounts.models import Grant, LastAdministratorError, SecondFactor, User
from commonground.accounts.provider import passwords_allowed
from commonground.organization.access_forms import GrantForm, InviteForm, PersonOfForm, SetPasswordForm
from commonground.organization.models import Person, UnitPeriod
from commonground.organization.views import as_of
from commonground.ui.csv_response import csv_response
from commonground.ui.paging import Keyset, sort_order

ORDERS: dict[str, tuple[str, ...]] = {"name": ("name", "id"), "username": ("username", "id")}


def _unit_names(grants: list[Grant], actor: Actor) -> dict[int, str]:
    """Unit → its latest name, for readers who see units."""
    units = {grant.unit for grant in grants if grant.unit is not None}
    rows = UnitPeriod.objects.visible_to(actor).filter(unit__in=units).in_order()
    return dict(rows.values_list("unit", "name"))


def _said(grants: list[Grant], names: dict[int, str]) -> list[tuple[Grant, str]]:
    """Each role in words, with its unit."""
    return [
        (
            grant,
            roles.LABELS[grant.role]
            + (f" of {names.get(grant.unit, 'a unit')}" if grant.unit else "")
            + (", by their group" if grant.from_groups else ""),
        )
        for grant in sorted(grants, key=lambda grant: list(roles.LABELS).index(grant.role))
    ]


@gate("accounts.manage")
@require_safe
def users(request: HttpRequest) -> HttpResponseBase:
    """Who may sign in, and with which roles?"""
    actor = actor_of(request)
    rows = User.objects.visible_to(actor).select_related("person").prefetch_related("grants")
    if q := request.GET.get("q", "").strip():
        rows = rows.filter(name__icontains=q) | rows.filter(username__icontains=q)
    if (role := request.GET.get("role", "")) in roles.LABELS:
        rows = rows.filter(grants__role=role).distinct()
    order = sort_order(request.GET.get("sort", ""), ORDERS, "name")
    if request.GET.get("format") == "csv":
        header = ["sign-in name", "name", "roles", "may sign in", "last signed in"]
        lines = (
            (u.username, u.name, "; ".join(roles.LABELS[g.role] for g in u.grants.all()), u.is_active, u.last_login)
            for u in rows.order_by(*order).iterator(chunk_size=500)
        )
        return csv_response("people with access", header, lines)
    page = Keyset(order).page(rows, request.GET.get("after", ""))
    names = _unit_names([grant for row in page.rows for grant in row.grants.all()], actor)
    listed = [(row, [words for _, words in _said(list(row.grants.all()), names)], _person_of(row)) for row in page.rows]
    context = {"page": page, "listed": listed, "q": q, "labels": list(roles.LABELS.items())}
    return render(request, "access/list.html", context)


def _person_of(user: User) -> Person | None:
    found: Person | None = getattr(user, "person", None)
    return found


@gate("accounts.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest) -> HttpResponseBase:
    """Who gets access, and as whom?"""
    actor = actor_of(request)
    form = InviteForm(request.POST or None, initial=_invited(request, actor))
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        person: Person | None = answers["person"]
        password, at = secrets.token_urlsafe(9), timezone.now()
        with transaction.atomic():
            row = User.objects.invite(
                answers["username"],
                name=answers["name"] or str(person),
                email=answers["email"] or (person.email if person else ""),
                password=password,
                by=actor,
                at=at,
            )
            if answers["role"]:
                row.grant(answers["role"], by=actor, at=at)
            if person is not None:
                person.belong_to(row.pk, by=actor, at=at)
        messages.success(
            request, f"{row} may sign in as {row.username} with the password {password} . It is shown only now."
        )
        return redirect("access:user", pk=row.pk)
    return render(request, "access/invite.html", {"form": form})


def _invited(request: HttpRequest, actor: Actor) -> dict[str, str]:
    """What is known already of somebody whose page led here."""
    key = request.GET.get("person", "")
    person = Person.objects.visible_to(actor).filter(key=key).first() if key else None
    if person is None:
        return {}
    name = person.email.partition("@")[0] if person.email else ".".join(person.name.lower().split())
    return {"person": person.key, "name": person.name, "email": person.email, "username": name}


@gate("accounts.manage")
@require_safe
def user(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What may this person do here?"""
    return _page(request, pk)


def _page(request: HttpRequest, pk: int, **forms: Any) -> HttpResponse:
    """The page of a user; forms that were answered wrongly stand on it again."""
    actor = actor_of(request)
    row = User.objects.get_for(actor, pk=pk)
    grants = list(row.grants.visible_to(actor))
    person = _person_of(row)
    context = {
        "row": row,
        "grants": _said(grants, _unit_names(grants, actor)),
        "person": person,
        "grant_form": GrantForm(actor=actor, day=as_of(request)),
        "password_form": SetPasswordForm(row),
        "code": row.sign_in_codes.filter(used_at=None, until__gt=timezone.now()).first(),
        "second_factor": SecondFactor.objects.filter(user=row).exists(),
        "identities": row.identities.exists(),
        "passwords": passwords_allowed(),
        "person_form": PersonOfForm(initial={"person": person.key if person else ""}),
    }
    return render(request, "access/user.html", context | forms, status=422 if forms else 200)


@gate("accounts.manage")
@require_POST
def grant(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Gives a role."""
    actor = actor_of(request)
    row = User.objects.get_for(actor, pk=pk)
    form = GrantForm(request.POST, actor=actor, day=as_of(request))
    if not form.is_valid():
        return _page(request, pk, grant_form=form)
    role, unit = form.cleaned_data["role"], form.cleaned_data.get("unit")
    if row.pk == actor.user and not actor.sees_content:
        messages.error(
            request, "Nobody who sees no content gives themselves a role. Ask another person who manages access."
        )
        return redirect("access:user", pk=pk)
    row.grant(role, unit=unit.pk if unit else None, by=actor, at=timezone.now())
    messages.success(request, f"{row} is {roles.LABELS[role].lower()} from the next click on.")
    return redirect("access:user", pk=pk)


@gate("accounts.manage")
@require_POST
def revoke(request: HttpRequest, pk: int, grant: int) -> HttpResponseBase:
    """Takes a role back."""
    actor = actor_of(request)
    row = User.objects.get_for(actor, pk=pk)
    held = row.grants.visible_to(actor).get_for(actor, pk=grant)
    try:
        row.revoke(held, by=actor, at=timezone.now())
    except LastAdministratorError as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request, f"{row} is no longer {roles.LABELS[held.role].lower()}. It can be given again at any time."
        )
    still = actor.user != pk or User.objects.get(pk=pk).grants.filter(role__in=(roles.ADMIN, roles.LEAD)).exists()
    return redirect("access:user", pk=pk) if still else redirect("start")


@gate("accounts.manage")
@require_POST
def switch(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Lets somebody sign in, or no longer."""
    actor = actor_of(request)
    row = User.objects.get_for(actor, pk=pk)
    active = request.POST.get("active") == "yes"
    if row.pk == actor.user and not active:
        messages.error(request, "You cannot close your own access. Ask another person who manages access.")
        return redirect("access:user", pk=pk)
    try:
        row.switch(active=active, by=actor, at=timezone.now())
    except LastAdministratorError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"{row} may sign in{'' if active else ' no longer'}.")
    return redirect("access:user", pk=pk)


@gate("accounts.manage")
@require_POST
@sensitive_post_parameters("new")
def password(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Sets a password for somebody who has lost theirs."""
    actor = actor_of(request)
    row = User.objects.get_for(actor, pk=pk)
    form = SetPasswordForm(row, request.POST)
    if not form.is_valid():
        return _page(request, pk, password_form=form)
    row.change_password(form.cleaned_data["new"], by=actor, at=timezone.now())
    messages.success(request, f"{row} signs in with the new password from now on, and may change it.")
    return redirect("access:user", pk=pk) if row.pk != actor.user else redirect("accounts:sign-in")


@gate("accounts.manage")
@require_POST
def person(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Says who a user is in the organization."""
    actor = actor_of(request)
    row = User.objects.get_for(actor, pk=pk)
    form = PersonOfForm(request.POST)
    if not form.is_valid():
        return _page(request, pk, person_form=form)
    before, after = _person_of(row), form.cleaned_data["person"]
    if row.pk == actor.user and before is not None and before != after:
        # what is planned for somebody is hidden from them by who they are
        form.add_error(
            "person", "Nobody says of themselves that they are somebody else. Ask another who manages access."
        )
        return _page(request, pk, person_form=form)
    if after is not None and after.user_id not in (None, row.pk):
        form.add_error("person", "This person signs in as somebody else already.")
        return _page(request, pk, person_form=form)
    with transaction.atomic():
        if before is not None and before != after:
            before.belong_to(None, by=actor, at=timezone.now())
        if after is not None and before != after:
            after.belong_to(row.pk, by=actor, at=timezone.now())
    messages.success(request, f"{row} is {after or 'nobody of the roster'} from now on.")
    return redirect("access:user", pk=pk)
