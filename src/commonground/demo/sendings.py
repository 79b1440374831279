"""What went out to Northlight's customers: lists by channel, who approved them, and what came back."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final, NamedTuple

from commonground.analysis import facts
from commonground.analysis.communication.reach import CHANNELS, best_channel
from commonground.analysis.facts import Row
from commonground.analysis.facts.sendings import LIST_STATES, OUTCOMES
from commonground.demo.contacts import PRICES, Made, contacts
from commonground.demo.messages import MESSAGES

PREPARED, APPROVED, TAKEN, _ = LIST_STATES
LISTED, SENT, BOUNCED, REFUSED, _ = OUTCOMES
SENDER: Final = {
    "name": "Northlight Customer Service",
    "address": "Harbour Road 1\n20457 Harbourside",
    "phone": "+49 40 555 100",
    "fax": "+49 40 555 199",
    "email": "hello@northlight.example",
    "sign_off": "Farah Haddad\nCustomers, Northlight",
}


class Listed(NamedTuple):
    """A list, in days from today. of_a_thousand: how many bounced; who: usernames of those who prepared and approved it."""

    message: str
    channel: str
    prepared: int
    state: str
    of_a_thousand: int = 0
    prepares: str = "farah"
    approves: str = "maren"


LISTS: Final = (
    Listed("who-knows", "email", -71, TAKEN, 78),
    Listed("who-knows", "letter", -71, TAKEN, 14),
    Listed("firms-number", "fax", -3, APPROVED),
    Listed("firms-number", "email", -1, PREPARED),
)
EVERY_REFUSAL: Final = 211  # one of so many wants no more


def on(listed: Listed) -> list[Made]:
    """The contacts of a list: those of the message's segments whose cheapest channel of it is this one."""
    said = next(one for one in MESSAGES if one.key == listed.message)
    costs = {channel: Decimal(price) for channel, price in PRICES.items()}
    segments, channels = set(said.segments.split(";")), [one for one in CHANNELS if one in said.channels.split(";")]
    table = {mask: best_channel(mask, channels, costs) for mask in range(128)}
    return [one for one in contacts() if one.kind.key in segments and table[one.mask] == listed.channel]


def outcomes(listed: Listed, there: int) -> Iterator[str]:
    """What became of each contact of a list, in order; nothing of a list that was not taken."""
    for place in range(there):
        if listed.state != TAKEN:
            yield LISTED
        elif place * 389 % 1000 < listed.of_a_thousand:
            yield BOUNCED
        else:
            yield REFUSED if place % EVERY_REFUSAL == EVERY_REFUSAL - 1 else SENT


def rows() -> dict[str, list[Row]]:
    """The sheet of what went out."""
    found: list[Row] = []
    for listed in sorted(LISTS):
        if listed.state != TAKEN:
            continue
        came = list(outcomes(listed, len(on(listed))))
        back = came.count(BOUNCED)
        found.append(facts.Sending(listed.message, listed.channel, len(came), len(came) - back, back))
    return {"sendings": found}
