"""Fixtures of this folder: a log with figures worked out by hand."""

from commonground.workflows.tests.measured_log import flowing, unmeasured

__all__ = ["flowing", "unmeasured"]
