"""What is held of somebody's access."""

from typing import Any

from axes.models import AccessAttempt, AccessLog

from commonground.access.holdings import Held
from commonground.accounts.models import SecondFactor, User


def held_on(person: Any, user: User) -> list[Held]:
    """Their sign-in, their roles, and when and from where they signed in. person is not needed here."""
    signed_in = [
        {"when": row.attempt_time, "address": row.ip_address, "browser": row.user_agent, "signed out": row.logout_time}
        for row in AccessLog.objects.filter(username=user.username).order_by("-attempt_time")
    ]
    failed = [
        {
            "when": row.attempt_time,
            "address": row.ip_address,
            "browser": row.user_agent,
            "wrong": row.failures_since_start,
        }
        for row in AccessAttempt.objects.filter(username=user.username).order_by("-attempt_time")
    ]
    access = {
        "sign-in name": user.username,
        "name": user.name,
        "e-mail": user.email,
        "may sign in": user.is_active,
        "last signed in": user.last_login,
    }
    ways = [
        {"way": "the organization’s sign-in", "name there": row.subject, "since": row.tied_at}
        for row in user.identities.order_by("pk")
    ]
    if factor := SecondFactor.objects.filter(user=user).first():
        ways.append({"way": "a code from an app", "name there": "", "since": factor.set_up_at})
    printed = [
        {"printed": row.made_at, "works until": row.until, "used": row.used_at}
        for row in user.sign_in_codes.order_by("pk")
    ]
    return [
        Held(
            "ways-in",
            "How you sign in beside a password",
            ways,
            "You, and the organization’s identity provider.",
            hidden="The secret of an app is held sealed, recovery codes as digests alone.",
        ),
        Held(
            "printed-codes",
            "Sign-in codes that were printed for you",
            printed,
            "Whoever manages access.",
            hidden="The codes themselves are held as digests alone.",
            keeping="accounts.sign_in_codes",
        ),
        Held(
            "access",
            "Your access",
            [access],
            "Whoever manages access, and you.",
            hidden="Your password is held as a hash alone; nobody can read it.",
        ),
        Held(
            "roles",
            "Your roles",
            [{"role": grant.get_role_display(), "unit": grant.unit} for grant in user.grants.order_by("pk")],
            "Whoever manages access.",
        ),
        Held("sign-ins", "When you signed in", signed_in, "Noted at each sign-in.", keeping="accounts.sign_ins"),
        Held(
            "failed-sign-ins",
            "Sign-ins under your name that failed",
            failed,
            "Noted when a password was wrong.",
            keeping="accounts.sign_ins",
        ),
    ]
