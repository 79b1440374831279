"""Who carries the change: the team, sponsors and their visible acts, champions, nominations."""

from commonground.coalition.acts import Act
from commonground.coalition.ballots import Ballot
from commonground.coalition.champions import Champion
from commonground.coalition.meetings import HoursUsed, Meeting
from commonground.coalition.naming import OptOut
from commonground.coalition.networks import NetworkFile
from commonground.coalition.nominations import Candidate, Nomination
from commonground.coalition.reaching import Reaching
from commonground.coalition.selections import Selection
from commonground.coalition.sponsors import Sponsor
from commonground.coalition.team import Composition, Member, Wish

__all__ = [
    "Act",
    "Ballot",
    "Candidate",
    "Champion",
    "Composition",
    "HoursUsed",
    "Meeting",
    "Member",
    "NetworkFile",
    "Nomination",
    "OptOut",
    "Reaching",
    "Selection",
    "Sponsor",
    "Wish",
]
