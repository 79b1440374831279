"""How customers take part: panels with them, meetings, and joint improvements."""

from commonground.communication.improvements import Improvement
from commonground.communication.panels import CustomerMeeting, Panel

__all__ = ["CustomerMeeting", "Improvement", "Panel"]
