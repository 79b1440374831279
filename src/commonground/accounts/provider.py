"""An organization's own identity provider, as the settings name it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Provider:
    """name: what stands on the button. roles: group → role that it gives. groups_claim: where the groups stand. name_claim: the claim
    that is somebody's sign-in name here; empty: they are known by e-mail. trust_email: take e-mails that the provider does not say are
    verified. only: nobody signs in with a password."""

    issuer: str
    client_id: str
    secret: str = field(repr=False)
    name: str = "your organization"
    roles: Mapping[str, str] = field(default_factory=dict)
    groups_claim: str = "groups"
    name_claim: str = ""
    trust_email: bool = False
    only: bool = False


def provider() -> Provider | None:
    """The provider of this instance, None without one."""
    found: Provider | None = settings.SSO
    return found


def passwords_allowed() -> bool:
    """Whether people sign in with passwords."""
    found = provider()
    return found is None or not found.only
