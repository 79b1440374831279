"""What is held of somebody's access."""

from typing import Any

from axes.models import AccessAttempt, AccessLog

from commonground.access.holdings import Held
from commonground.accounts.models import SecondFactor, User

Row = dict[str, Any]


def held_on(person: Any, user: User) -> list[Held]:
    """Their sign-in, their roles, and when and from where they signed in. person is not needed here."""
    roles = [{"role": grant.get_role_display(), "unit": grant.unit} for grant in user.grants.order_by("pk")]
    return [
        Held(
            "access",
            "Your access",
            [_access(user)],
            "Whoever manages access, and you.",
            hidden="Your password is held as a hash alone; nobody can read it.",
        ),
        Held("roles", "Your roles", roles, "Whoever manages access."),
        Held(
            "ways-in",
            "How you sign in beside a password",
            _ways(user),
            "You, and the organization’s identity provider.",
            hidden="The secret of an app is held sealed, recovery codes as digests alone.",
        ),
        Held(
            "printed-codes",
            "Sign-in codes that were printed for you",
            _printed(user),
            "Whoever manages access.",
            hidden="The codes themselves are held as digests alone.",
            keeping="accounts.sign_in_codes",
        ),
        Held("sign-ins", "When you signed in", _signed_in(user), "Noted at each sign-in.", keeping="accounts.sign_ins"),
        Held(
            "failed-sign-ins",
            "Sign-ins under your name that failed",
            _failed(user),
            "Noted when a password was wrong.",
            keeping="accounts.sign_ins",
        ),
    ]


def _access(user: User) -> Row:
    return {
        "sign-in name": user.username,
        "name": user.name,
        "e-mail": user.email,
        "may sign in": user.is_active,
        "last signed in": user.last_login,
    }


def _ways(user: User) -> list[Row]:
    ways: list[Row] = [
        {"way": "the organization’s sign-in", "name there": row.subject, "since": row.tied_at}
        for row in user.identities.order_by("pk")
    ]
    if factor := SecondFactor.objects.filter(user=user).first():
        ways.append({"way": "a code from an app", "name there": "", "since": factor.set_up_at})
    return ways


def _printed(user: User) -> list[Row]:
    rows = user.sign_in_codes.order_by("pk")
    return [{"printed": row.made_at, "works until": row.until, "used": row.used_at} for row in rows]


def _signed_in(user: User) -> list[Row]:
    return [
        {"when": row.attempt_time, "address": row.ip_address, "browser": row.user_agent, "signed out": row.logout_time}
        for row in AccessLog.objects.filter(username=user.username).order_by("-attempt_time")
    ]


def _failed(user: User) -> list[Row]:
    rows = AccessAttempt.objects.filter(username=user.username).order_by("-attempt_time")
    return [
        {
            "when": row.attempt_time,
            "address": row.ip_address,
            "browser": row.user_agent,
            "wrong": row.failures_since_start,
        }
        for row in rows
    ]
