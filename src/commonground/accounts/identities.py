"""Who somebody is at the organization's identity provider, and which of their roles its groups gave."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models, transaction

from commonground.access.actor import Actor
from commonground.access.visibility import Gated
from commonground.accounts.provider import Provider
from commonground.journal.recording import record

if TYPE_CHECKING:
    from commonground.accounts.models import User

GROUPS = Actor(name="the groups of the identity provider")
Welcome = Callable[[str, str, datetime], "User | None"]
_WELCOMES: list[Welcome] = []


class NotLetInError(ValueError):
    """Somebody whom the identity provider knows is not let in here. The message is a sentence with the remedy."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the identity provider says of somebody who signed in there."""

    subject: str
    email: str = ""
    email_verified: bool = False
    name: str = ""
    claims: Mapping[str, Any] | None = None

    def groups(self, claim: str) -> frozenset[str]:
        """Their groups; none when the claim is not there."""
        found = (self.claims or {}).get(claim, ())
        return frozenset(
            {found} if isinstance(found, str) else map(str, found) if isinstance(found, Collection) else ()
        )


def welcome(function: Welcome) -> None:
    """Says who gives access to somebody unknown: the organization, which stands above, by its roster.

    function: e-mail (verified), name and time → a new user, or None when nobody of the roster has this e-mail.
    """
    if function not in _WELCOMES:
        _WELCOMES.append(function)


class IdentityQuerySet(Gated["Identity"]):
    def visible_to(self, actor: Actor) -> Self:
        return self if actor.may("accounts.manage") else self.filter(user_id=actor.user)

    def let_in(self, known: Known, provider: Provider, *, at: datetime) -> "User":
        """The user who this is, tied to them the first time; their roles by group are brought up to date. Raises NotLetInError."""
        with transaction.atomic():
            row = self.filter(issuer=provider.issuer, subject=known.subject).select_related("user").first()
            user = row.user if row is not None else self._tie(known, provider, at)
            if not user.is_active:
                raise NotLetInError("Your access was closed. Ask whoever manages access to open it.")
            if provider.roles:
                bring_roles(user, known.groups(provider.groups_claim), provider.roles, at=at)
        return user

    def _tie(self, known: Known, provider: Provider, at: datetime) -> "User":
        user = _found(known, provider, at)
        if self.filter(user=user, issuer=provider.issuer).exists():
            raise NotLetInError(
                "This access belongs to another sign-in of your organization. Ask whoever manages access to untie it first."
            )
        self.create(user=user, issuer=provider.issuer, subject=known.subject, tied_at=at)
        record("tied a sign-in of the organization to access", user, by=Actor(name=str(user), user=user.pk), at=at)
        return user


class Identity(models.Model):
    """A user's name at an identity provider: its issuer and what it calls them. Nothing else of what it tells is kept."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="identities")
    issuer = models.CharField(max_length=300)
    subject = models.CharField(max_length=255)
    tied_at = models.DateTimeField()

    objects = IdentityQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="identity_once"),
            models.UniqueConstraint(fields=["user", "issuer"], name="identity_one_a_user"),
        ]

    def untie(self, *, by: Actor, at: datetime) -> None:
        """Unties it; the next sign-in there is tied anew."""
        with transaction.atomic():
            record("untied a sign-in of the organization", self.user, by=by, at=at)
            self.delete()


def _found(known: Known, provider: Provider, at: datetime) -> "User":
    """The user whom somebody is for the first time, by the stated claim or by e-mail; made when the roster has them."""
    users = _users()
    if provider.name_claim:
        named = str((known.claims or {}).get(provider.name_claim, ""))
        by_name: User | None = users.objects.filter(username=named).first() if named else None
        if by_name is not None:
            return by_name
    email = known.email if known.email_verified or provider.trust_email else ""
    if email and not provider.name_claim:
        rows: list[User] = list(users.objects.filter(email__iexact=email)[:2])
        if len(rows) > 1:
            raise NotLetInError(
                f"Two people with access have the e-mail {email}. Ask whoever manages access to correct one."
            )
        if rows:
            return rows[0]
    made = next((user for one in _WELCOMES if email and (user := one(email, known.name, at)) is not None), None)
    if made is not None:
        return made
    if known.email and not email:
        raise NotLetInError(
            f"Your organization’s sign-in does not say that the e-mail {known.email} is yours. Ask whoever runs it to verify it."
        )
    raise NotLetInError(
        f"Nobody here is known as {known.email or known.name or 'you'}. Ask whoever manages access in your program to let you in."
    )


def _users() -> "type[User]":
    found: type[User] = Identity._meta.get_field("user").related_model  # type: ignore[assignment]  # a class, as the field says
    return found


def bring_roles(user: "User", groups: Collection[str], roles: Mapping[str, str], *, at: datetime) -> None:
    """Gives the roles of the groups and takes back those that groups gave and no longer give; what a person gave stays."""
    from commonground.accounts.models import LastAdministratorError  # noqa: PLC0415 - models read this module

    wanted = {role for group, role in roles.items() if group in groups}
    for grant in user.grants.filter(from_groups=True).exclude(role__in=wanted):
        try:
            user.revoke(grant, by=GROUPS, at=at)
        except LastAdministratorError:
            continue  # somebody must be left; the role goes once there is another administrator
    for role in sorted(wanted - set(user.grants.filter(unit=None).values_list("role", flat=True))):
        user.grant(role, from_groups=True, by=GROUPS, at=at)
