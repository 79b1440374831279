"""What the frame of every page needs: who is signed in, which program, which day, which theme, and the rail."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from commonground.ui.rail import month_of, rail, url_of

THEMES = ("light", "dark")
THEME_COOKIE = "theme"
ROLE_WORDS = {
    "admin": "Technical administrator",
    "lead": "Change lead",
    "sponsor": "Sponsor",
    "member": "Team member",
    "champion": "Champion",
    "manager": "Unit manager",
    "customer": "Customer lead",
    "auditor": "Auditor",
    "employee": "Employee",
}


def shell(request: HttpRequest) -> dict[str, Any]:
    """The frame's values: `actor`, `program`, `no_program` (what stands in its place), `rail` (None before sign-in), `today`, `as_of`
    (None for today), `theme` and the links of the bar.

    A request without an actor or a program gives a page without rail; the sign-in page is one.
    """
    actor = signed_in(request)
    program = getattr(request, "program", None)
    today: date = getattr(request, "today", None) or timezone.localdate()
    as_of: date | None = getattr(request, "as_of", None)
    as_of = None if as_of == today else as_of
    slug: str | None = getattr(program, "slug", None)
    return {
        "actor": actor,
        "actor_name": str(getattr(actor, "name", "")),
        "actor_role": role_of(actor),
        "program": program,
        "no_program": "No program yet" if actor is not None and actor.may("program.view") else "This instance",
        "program_month": _month(program, as_of or today),
        "rail": None if actor is None else rail(slug, actor.may, request.path),
        "today": today,
        "as_of": as_of,
        "theme": theme_of(request),
        "links": links(slug, signed_in=actor is not None),
    }


def signed_in(request: HttpRequest) -> Any:
    """The actor of the request, or None where nobody has signed in."""
    actor = getattr(request, "actor", None)
    return actor if getattr(actor, "user", None) is not None else None


def theme_of(request: HttpRequest) -> str:
    """“light”, “dark”, or empty for as the system."""
    theme = request.COOKIES.get(THEME_COOKIE, "")
    return theme if theme in THEMES else ""


def role_of(actor: object) -> str:
    """The weightiest role of the actor, in words."""
    held: Collection[str] = getattr(actor, "roles", ())
    return next((word for role, word in ROLE_WORDS.items() if role in held and role != "admin"), "") or (
        ROLE_WORDS["admin"] if "admin" in held else ""
    )


def _month(program: object, on: date) -> str:
    return month_of(getattr(program, "started", None), getattr(program, "planned_end", None), on)


def links(slug: str | None, *, signed_in: bool) -> dict[str, str]:
    """Addresses of the bar, each absent while its page does not exist or nobody has signed in."""
    names = {"theme": "ui:theme", "start": "start"}
    if signed_in:
        names |= {
            "home": "reports:today",
            "search": "reports:search",
            "sign_out": "accounts:sign-out",
            "password": "accounts:password",
            "own": "accounts:own",
        }
    found = {key: url_of(name, slug) for key, name in names.items()}
    return {key: url for key, url in found.items() if url}
