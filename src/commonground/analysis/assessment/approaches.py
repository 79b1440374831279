"""What helps a group that hesitates: the decision rule of Kotter & Schlesinger (1979), asked of the group's spokespeople and of itself.

Never asked of one person, and never inferred. Two of their six methods, manipulation and coercion, are not supported here.
No page shows it in this version; the decision table of METHODS 2.1 is checked on it.
"""

from enum import StrEnum
from typing import Final


class Approach(StrEnum):
    EDUCATION = "education and communication"
    PARTICIPATION = "participation and involvement"
    FACILITATION = "facilitation and support"
    NEGOTIATION = "negotiation and agreement"


NOT_SUPPORTED: Final = ("manipulation and co-optation", "explicit and implicit coercion")
BRINGS: Final = {
    Approach.EDUCATION: ("Once people see why, they help to bring it about.", "It takes time with many people."),
    Approach.PARTICIPATION: ("What people know goes into it, and they stand behind it.", "It takes time; a poor design is possible."),
    Approach.FACILITATION: ("Nothing else works as well where getting used to it is hard.", "It takes time, costs, and may still fail."),
    Approach.NEGOTIATION: ("A fairly easy way where somebody plainly loses.", "It can cost much, and others will want it too."),
}  # fmt: skip


def approaches(
    *,
    information_gap: bool = False,
    initiator_lacks_information: bool = False,
    power_to_resist: bool = False,
    adjustment: bool = False,
    clear_loss: bool = False,
) -> tuple[Approach, ...]:
    """What to offer, in the order of the source; empty where nothing was said to stand in the way.

    information_gap: facts or reasons are missing or wrong among them; initiator_lacks_information: they know what we do not;
    power_to_resist: it does not work without them; adjustment: getting used to it is hard; clear_loss: they plainly lose by it.
    """
    fits = {
        Approach.EDUCATION: information_gap,
        Approach.PARTICIPATION: initiator_lacks_information or power_to_resist,
        Approach.FACILITATION: adjustment,
        Approach.NEGOTIATION: clear_loss and power_to_resist,
    }
    return tuple(one for one, does in fits.items() if does)
