"""How much attention a group or an office calls for; of groups and offices, never of one person's character.

No page shows it in this version; the tables of METHODS 2.3 are checked on it.
"""

from typing import Final

_SALIENCE: Final = {
    (False, False, False): "not a stakeholder",
    (True, False, False): "dormant",
    (False, True, False): "discretionary",
    (False, False, True): "demanding",
    (True, True, False): "dominant",
    (True, False, True): "dangerous",
    (False, True, True): "dependent",
    (True, True, True): "definitive",
}
_ATTENTION: Final = {
    (False, False): "monitor",
    (False, True): "keep informed",
    (True, False): "keep satisfied",
    (True, True): "manage closely",
}


def salience(*, power: bool, legitimacy: bool, urgency: bool) -> str:
    """The class of a stakeholder (Mitchell, Agle & Wood, 1997, AMR 22:853–886), in the words of the source."""
    return _SALIENCE[power, legitimacy, urgency]


def attention(*, power: bool, interest: bool) -> str:
    """What a group's power over the change and its interest in it call for (Mendelow, 1981), in the words of the source."""
    return _ATTENTION[power, interest]
