"""The shape of a rule of retention, for folders that stand above; those below take it from `access`."""

from commonground.access.retention import Keeping, edge

__all__ = ["Keeping", "edge"]
