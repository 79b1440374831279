"""The shape of what is held on a person, for folders that stand above; those below take it from `access`."""

from commonground.access.holdings import Held

__all__ = ["Held"]
