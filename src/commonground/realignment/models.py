"""What is to become of processes, roles and their holders; what each role gains and loses; the search for the new way.

Everything that is planned for people hangs on a staged row (`stages.py`) and is seen only through it.
"""

from commonground.realignment.acknowledgements import Acknowledgement, Conversation
from commonground.realignment.fates import HolderPath, ProcessFate, RoleFate
from commonground.realignment.gains import KIND_LABELS, RoleChange
from commonground.realignment.perceptions import Perception
from commonground.realignment.solutions import Contribution, Seat, Session, Solution
from commonground.realignment.talks import Talk

__all__ = [
    "KIND_LABELS",
    "Acknowledgement",
    "Contribution",
    "Conversation",
    "HolderPath",
    "Perception",
    "ProcessFate",
    "RoleChange",
    "RoleFate",
    "Seat",
    "Session",
    "Solution",
    "Talk",
]
