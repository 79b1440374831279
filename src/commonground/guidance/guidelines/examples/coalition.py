"""Examples of LEAD, and of PEER about champions."""

from collections.abc import Mapping
from typing import Final

from commonground.analysis.facts import Act, Champion, ChampionMeeting, Facts, Message, Sponsor
from commonground.guidance.guidelines.examples.made import DIETER, MEI, OPEN, ahead, given

CHAMPION: Final = Champion("mei", "Billing", hours_per_week=2.0, start=ahead(-100))

EXAMPLES: Final[Mapping[str, Facts]] = {
    "LEAD-01": given(
        people=[DIETER, MEI],
        processes=[OPEN],
        sponsors=[Sponsor("mei", "Billing", ahead(-90))],
        acts=[Act("dieter", ahead(-5), "visited", "Billing"), Act("mei", ahead(-70), "spoke", "Billing")],
    ),
    "LEAD-02": given(people=[DIETER, MEI], sponsors=[Sponsor("dieter", None, ahead(-200), ahead(-10))], acts=[]),
    "LEAD-03": given(messages=[Message("M1", "Your new role", sender_kind="team", state="draft", about_my_work=True)]),
    "LEAD-04": given(people=[DIETER], sponsors=[Sponsor("dieter", "Billing", ahead(-90))]),
    "PEER-01": given(people=[DIETER], processes=[OPEN], champions=[]),
    "PEER-02": given(people=[DIETER, MEI], champions=[CHAMPION._replace(hours_used=3.5)]),
    "PEER-03": given(
        people=[DIETER, MEI],
        champions=[CHAMPION, CHAMPION._replace(person="dieter")],
        champion_meetings=[ChampionMeeting(ahead(-60), 2)],
    ),
}
