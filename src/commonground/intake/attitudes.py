"""Columns that rate a person's attitude. They occur in people's files; they are recognised so that they can be refused, in words."""

# ruff: noqa: SIM905 - words are easier to read and add to as text

import re
import unicodedata
from collections.abc import Iterable

# One such word anywhere in a header is enough.
_WORDS = frozenset(
    """sentiment sentiments receptiveness receptivity receptive predisposition commitment committed resistance resistant
    resistor resister readiness attitude attitudes mood loyalty morale willingness buyin adkar stance opposition
    trustworthiness enthusiasm motivation personality temperament stimmung haltung widerstand loyalitat
    resistencia actitud animo houding weerstand laune humeur stemming gemoed engagementscore""".split()
)
# These only as the whole header: as a part of one they are innocent ("support team", "current state of the process").
_WHOLE = frozenset(
    """support supportlevel levelofsupport supporter supportresistance supportscore currentstate leaderstate effectivestate
    desiredstate influencestate awareness awarenesslevel desire currentlevelofawareness currentlevelofawarenessknowledge
    buyinlevel levelofbuyin emotion emotions feeling feelings relationshiphealthscore flightrisk riskofleaving unterstutzung
    desiredlevelofsupport anticipatedreaction anticipatedreactionandissues likelyresistance cascademodifier soutien
    reaction engagementlevel levelofengagement changereadiness adoptionstage""".split()
)
_TELLING = frozenset(
    """resistant resister resistor supporter supportive opponent blocker detractor promoter skeptic sceptic skeptical
    sceptical fencesitter unaware buyin committed advocating hostile enthusiast laggard saboteur cynic stronglyagainst
    opposed reluctant unwilling willing stronglysupportive moderatelysupportive""".split()
)
_NEUTRAL = frozenset(
    "neutral champion aware understanding advocate adopter undecided positive negative high low".split()
)


def rates_attitude(header: str, values: Iterable[str] = (), *, of_people: bool = True) -> bool:
    """Whether a column rates an attitude: its header says so, or its values are such ratings and nothing else.

    of_people: whether the sheet's rows are people; elsewhere "current state" may well be one of work.
    """
    words = _split(header)
    if any(word in _WORDS for word in words) or "buy in" in " ".join(words):
        return True
    if not of_people:
        return False
    if "".join(words) in _WHOLE:
        return True
    seen = {"".join(_split(value)) for value in values} - {""}
    return len(seen) > 1 and bool(seen & _TELLING) and seen <= (_TELLING | _NEUTRAL)


def _split(text: str) -> list[str]:
    spread = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    bare = unicodedata.normalize("NFKD", spread).encode("ascii", "ignore").decode().lower()
    return re.findall(r"[a-z]+", bare)
