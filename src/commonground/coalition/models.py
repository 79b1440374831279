"""Who carries the change: the team, sponsors and their visible acts, champions, nominations."""

from commonground.coalition.acts import Act
from commonground.coalition.champions import Champion
from commonground.coalition.meetings import HoursUsed, Meeting
from commonground.coalition.reaching import Reaching
from commonground.coalition.sponsors import Sponsor
from commonground.coalition.team import Composition, Member, Wish

__all__ = ["Act", "Champion", "Composition", "HoursUsed", "Meeting", "Member", "Reaching", "Sponsor", "Wish"]
