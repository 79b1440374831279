"""The fewest people that results of a kind may stand for: the house's own (GLOSSARY), or a higher one. Never a lower one."""

from commonground.disclosure.kinds import COMMENTS, KINDS, OWNERSHIP, PACE, SCORES
from commonground.disclosure.models import Threshold

__all__ = ["COMMENTS", "OWNERSHIP", "PACE", "SCORES", "threshold_of"]


def threshold_of(kind: str) -> int:
    """The fewest people that results of a kind may stand for now. Raises KeyError for a kind that the house does not know."""
    raised = Threshold.objects.filter(kind=kind).values_list("people", flat=True).first()
    return max(KINDS[kind].people, raised or 0)
