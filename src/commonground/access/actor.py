"""Who asks: a plain value that every gate and every verb takes."""

from dataclasses import dataclass, field

from commonground.access import policy, roles


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who looks or writes. `user`, `person` and `units` are ids; `units` are the units a unit manager is trusted with,
    each standing for itself and all below it. The command line and tasks act as `OPERATOR`, which may write but is shown nothing."""

    name: str
    user: int | None = None
    person: int | None = None
    roles: frozenset[str] = field(default_factory=frozenset)
    units: frozenset[int] = field(default_factory=frozenset)

    def may(self, verb: str) -> bool:
        """Whether one of the actor's roles allows the verb. Raises KeyError for a verb that the policy does not know."""
        wanted = policy.VERBS[verb]
        # what everybody may, also those may who sign in and have no role yet: their own account, and signing out
        return bool(self.roles & wanted) or (self.user is not None and wanted == roles.EVERY)

    def has(self, *wanted: str) -> bool:
        return not self.roles.isdisjoint(wanted)

    @property
    def sees_content(self) -> bool:
        """Whether any role goes beyond keeping the machine running."""
        return not self.roles.isdisjoint(roles.CONTENT)

    @property
    def is_staff(self) -> bool:
        """Whether the actor works on the program."""
        return not self.roles.isdisjoint(roles.STAFF)


OPERATOR = Actor(name="the operator of this instance")
NOBODY = Actor(name="nobody")
