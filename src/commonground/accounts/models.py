"""People with access: how they sign in and which roles they have been given."""

from collections.abc import Iterable
from datetime import datetime
from typing import Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models, transaction

from commonground.access import roles
from commonground.access.actor import Actor
from commonground.access.visibility import Gated
from commonground.accounts.identities import Identity
from commonground.accounts.second_factor import RecoveryCode, SecondFactor
from commonground.accounts.sign_in_codes import SignInCode
from commonground.journal.recording import record

__all__ = [
    "Grant",
    "Identity",
    "LastAdministratorError",
    "RecoveryCode",
    "SecondFactor",
    "SignInCode",
    "User",
    "actor_for",
]


class LastAdministratorError(ValueError):
    """A step that would leave nobody to manage access. The message is a sentence with the remedy."""


class UserQuerySet(Gated["User"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those who manage access see all users; others see themselves."""
        return self if actor.may("accounts.manage") else self.filter(pk=actor.user)


class Users(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]  # a manager made of a queryset
    """Creates users by name; there is no superuser, since nobody may see everything."""

    def invite(
        self, username: str, *, name: str, email: str = "", password: str | None = None, by: Actor, at: datetime
    ) -> "User":
        """Makes a user who may sign in. Without a password they cannot until one is set."""
        with transaction.atomic():
            user = User(username=username, name=name, email=email)
            user.set_password(password)
            user.save()
            record("gave access", user, by=by, at=at, values={"username": username})
        return user


class User(AbstractBaseUser):
    """Somebody who can sign in. Their roles are grants; who they are in the organization is `organization.Person.user`."""

    username = models.CharField(max_length=150, unique=True)
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)

    objects = Users()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]

    def __str__(self) -> str:
        return self.name or self.username

    def grant(
        self, role: str, *, unit: int | None = None, from_groups: bool = False, by: Actor, at: datetime
    ) -> "Grant":
        """Gives a role; a unit manager's for one unit and all below it. Giving what they have changes nothing, but that a role which
        groups of the identity provider gave (`from_groups`) is from then on given by a person, and stays when the group goes."""
        if role not in roles.LABELS:
            raise ValueError(f"There is no role “{role}”. Roles are {', '.join(roles.LABELS)}.")
        with transaction.atomic():
            grant, made = Grant.objects.get_or_create(
                user=self, role=role, unit=unit, defaults={"from_groups": from_groups}
            )
            if grant.from_groups and not from_groups:
                grant.from_groups, made = False, True
                grant.save(update_fields=["from_groups"])
            if made:
                record("gave a role", self, by=by, at=at, values={"role": role, "unit": unit})
        return grant

    def revoke(self, grant: "Grant", *, by: Actor, at: datetime) -> None:
        """Takes a role back. Raises LastAdministratorError when nobody would be left to manage access."""
        with transaction.atomic():
            if grant.role == roles.ADMIN:
                self._leave_one(by)
            record("took a role back", self, by=by, at=at, values={"role": grant.role, "unit": grant.unit})
            grant.delete()

    def switch(self, *, active: bool, by: Actor, at: datetime) -> None:
        """Lets somebody sign in, or no longer. Raises LastAdministratorError when nobody would be left to manage access."""
        with transaction.atomic():
            if not active and self.is_active and self.grants.filter(role=roles.ADMIN).exists():
                self._leave_one(by)
            self.is_active = active
            self.save(update_fields=["is_active"])
            if not active:
                SignInCode.objects.void(self, by=by, at=at)
            record("let sign in" if active else "closed access", self, by=by, at=at)

    def _leave_one(self, by: Actor) -> None:
        """Refuses to take the last administrator away."""
        others = Grant.objects.filter(role=roles.ADMIN, user__is_active=True).exclude(user=self)
        if not others.exists():
            whom = "You are" if by.user == self.pk else f"{self} is"
            raise LastAdministratorError(
                f"{whom} the last technical administrator, and somebody must be left to manage access. "
                "Give the role to another person first."
            )

    def rename(self, name: str, *, by: Actor, at: datetime) -> None:
        """Changes what they are called on the pages."""
        with transaction.atomic():
            before, self.name = self.name, name
            self.save(update_fields=["name"])
            record("changed a name", self, by=by, at=at, values={"before": before, "after": name})

    def change_password(self, password: str, *, by: Actor, at: datetime) -> None:
        """Sets another password. The journal keeps that it happened, never what it is."""
        with transaction.atomic():
            self.set_password(password)
            self.save(update_fields=["password"])
            record("changed a password", self, by=by, at=at)


class GrantQuerySet(Gated["Grant"]):
    def visible_to(self, actor: Actor) -> Self:
        return self if actor.may("accounts.manage") else self.filter(user_id=actor.user)


class Grant(models.Model):
    """A role that a user has. `unit` is the id of an organization's unit, for unit managers; accounts stands below organization."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=10, choices=list(roles.LABELS.items()))
    unit = models.BigIntegerField(null=True, blank=True)
    from_groups = models.BooleanField(default=False)  # given, and taken back, by groups of the identity provider

    objects = GrantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "role", "unit"], name="grant_once"),
            models.UniqueConstraint(fields=["user", "role"], condition=models.Q(unit=None), name="grant_for_all_once"),
        ]


def actor_for(user: User, *, person: int | None, grants: Iterable[Grant] | None = None) -> Actor:
    """The Actor of a user. person: who they are in the organization; having a person makes one an employee."""
    granted = list(user.grants.all() if grants is None else grants)
    held = {grant.role for grant in granted} | ({roles.EMPLOYEE} if person is not None else set())
    units = frozenset(grant.unit for grant in granted if grant.role == roles.MANAGER and grant.unit is not None)
    return Actor(name=str(user), user=user.pk, person=person, roles=frozenset(held), units=units)
