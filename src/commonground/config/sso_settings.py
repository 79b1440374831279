"""Reads from the environment how people sign in: the organization's identity provider, and which roles need a second factor."""

import os
from urllib.parse import urlsplit

from commonground.access import roles
from commonground.accounts.provider import Provider
from commonground.config.environment import BadSettingError, flag, words

# what of allauth is loaded, and only with a provider
APPS: tuple[str, ...] = (
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
)
MIDDLEWARE: tuple[str, ...] = ("allauth.account.middleware.AccountMiddleware",)
WITHOUT_TABLES: dict[str, None] = {"account": None, "socialaccount": None}
GIVEN_BY_GROUPS = [role for role in roles.LABELS if role not in {roles.EMPLOYEE, roles.MANAGER}]


def single_sign_on() -> Provider | None:
    """The identity provider; None without COMMONGROUND_SSO_ISSUER. Raises BadSettingError, without repeating the secret."""
    issuer = os.environ.get("COMMONGROUND_SSO_ISSUER", "").strip().rstrip("/")
    only = flag("COMMONGROUND_SSO_ONLY", default=False)
    if not issuer:
        if only:
            raise BadSettingError(
                "COMMONGROUND_SSO_ONLY is on, but there is no identity provider. Set COMMONGROUND_SSO_ISSUER, or leave it out."
            )
        return None
    parts = urlsplit(issuer)
    on_this_machine = parts.hostname in {"localhost", "127.0.0.1", "::1"}
    if parts.scheme != "https" and not (parts.scheme == "http" and on_this_machine):
        raise BadSettingError(
            f"COMMONGROUND_SSO_ISSUER is “{issuer}”. Write the address of the identity provider with https://, as it calls itself."
        )
    client, secret = os.environ.get("COMMONGROUND_SSO_CLIENT", ""), os.environ.get("COMMONGROUND_SSO_SECRET", "")
    if not client or not secret:
        missing = "COMMONGROUND_SSO_CLIENT" if not client else "COMMONGROUND_SSO_SECRET"
        raise BadSettingError(
            f"{missing} is missing. The identity provider gives it when this instance is registered there."
        )
    return Provider(
        issuer=issuer,
        client_id=client,
        secret=secret,
        name=os.environ.get("COMMONGROUND_SSO_NAME", "").strip() or "your organization",
        roles=_roles(),
        groups_claim=os.environ.get("COMMONGROUND_SSO_GROUPS_CLAIM", "").strip() or "groups",
        name_claim=os.environ.get("COMMONGROUND_SSO_NAME_CLAIM", "").strip(),
        trust_email=flag("COMMONGROUND_SSO_TRUST_EMAIL", default=False),
        only=only,
    )


def _roles() -> dict[str, str]:
    """Group → role, of “group=role, group=role”."""
    found = {}
    for pair in words("COMMONGROUND_SSO_ROLES", default=""):
        group, _, role = (part.strip() for part in pair.rpartition("="))
        if not group or role not in GIVEN_BY_GROUPS:
            raise BadSettingError(
                f"COMMONGROUND_SSO_ROLES has “{pair}”. Write group=role, with commas between; roles are "
                f"{', '.join(GIVEN_BY_GROUPS)}. Unit managers are named with their unit on the page of people with access."
            )
        found[group] = role
    return found


def roles_with_second_factor() -> frozenset[str]:
    """The roles of COMMONGROUND_SECOND_FACTOR. Raises BadSettingError for one that there is not."""
    found = frozenset(words("COMMONGROUND_SECOND_FACTOR", default=""))
    unknown = sorted(found - set(roles.LABELS))
    if unknown:
        raise BadSettingError(
            f"COMMONGROUND_SECOND_FACTOR has “{unknown[0]}”, which is no role. Roles are {', '.join(roles.LABELS)}."
        )
    return found
