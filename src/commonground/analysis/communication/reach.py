"""Who can be reached on which channel: the exact union over contacts, and the cheapest set of channels that reaches a wanted share.

A contact is known by a mask alone: one bit for each channel on which they have a usable address, agreed to it, and mail arrives.
There are 128 masks, so counts by mask answer for any number of contacts. METHODS appendix A, “Channel reach”.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from math import prod
from typing import Final

CHANNELS: Final = ("email", "sms", "phone", "letter", "fax", "portal", "visit")
LABELS: Final = {
    "email": "e-mail",
    "sms": "SMS",
    "phone": "phone",
    "letter": "letter",
    "fax": "fax",
    "portal": "portal",
    "visit": "visit",
}
BITS: Final = {channel: 1 << place for place, channel in enumerate(CHANNELS)}
MASKS: Final = 1 << len(CHANNELS)
Counts = Mapping[int, int]  # mask → contacts
Costs = Mapping[str, Decimal]  # channel → price of one contact


def mask_of(channels: Iterable[str]) -> int:
    """The bits of these channels. Raises KeyError for what is no channel."""
    found = 0
    for channel in channels:
        found |= BITS[channel]
    return found


def channels_of(mask: int) -> tuple[str, ...]:
    """The channels of a mask, in the order of CHANNELS."""
    return tuple(channel for channel in CHANNELS if mask & BITS[channel])


def usable(addresses: int, refused: int, bounced: int = 0) -> int:
    """What may be used of the addresses that somebody has: a refusal stands over everything, and so does mail that came back."""
    return addresses & ~refused & ~bounced & (MASKS - 1)


def together(counts: Iterable[Counts]) -> dict[int, int]:
    """The counts of several segments as those of one."""
    found: dict[int, int] = {}
    for one in counts:
        for mask, number in one.items():
            found[mask] = found.get(mask, 0) + number
    return found


def contacts(counts: Counts) -> int:
    return sum(counts.values())


def have(counts: Counts) -> dict[str, int]:
    """Channel → contacts that can be reached on it."""
    return {channel: union(counts, (channel,)) for channel in CHANNELS}


def union(counts: Counts, channels: Iterable[str]) -> int:
    """Contacts that at least one of these channels reaches, each counted once."""
    asked = mask_of(channels)
    return sum(number for mask, number in counts.items() if mask & asked)


def alone(counts: Counts, channel: str) -> int:
    """Contacts that have this channel and no other."""
    return counts.get(BITS[channel], 0)


def if_independent(shares: Iterable[Fraction | Decimal | float]) -> float:
    """What shares of channels would reach together if having one said nothing of having another: 1 − ∏(1 − r).

    Only to be compared with the union: addresses are never independent. .6, .5 and .3 give .86.
    """
    return 1 - prod(1 - float(one) for one in shares)


def by_price(costs: Costs) -> tuple[str, ...]:
    """Channels with a price, the cheapest first, those of one price in the order of CHANNELS."""
    return tuple(sorted((one for one in CHANNELS if one in costs), key=lambda one: (costs[one], CHANNELS.index(one))))


def best_channel(mask: int, channels: Iterable[str], costs: Costs) -> str | None:
    """On which channel of the set a contact is counted: the cheapest that they have; a channel without a price comes after all others."""
    there = channels_of(mask & mask_of(channels))
    priced = [channel for channel in by_price(costs) if channel in there]
    return next(iter([*priced, *there]), None)


def taken_by(counts: Counts, channels: Iterable[str], costs: Costs) -> dict[str, int]:
    """Channel → contacts counted on it, each contact once, on the cheapest channel of the set that they have."""
    asked = tuple(channels)
    found: dict[str, int] = {}
    for mask, number in counts.items():
        channel = best_channel(mask, asked, costs)
        if channel is not None and number:
            found[channel] = found.get(channel, 0) + number
    return {channel: found[channel] for channel in CHANNELS if channel in found}


def price(taken: Mapping[str, int], costs: Costs) -> Decimal:
    """What it costs to reach them. Raises KeyError for a channel without a price."""
    return sum((costs[channel] * number for channel, number in taken.items()), Decimal(0))


def needed(want: Fraction | Decimal | str, among: int) -> int:
    """The least number of contacts that is at least this share of them all."""
    exact = Fraction(want) * among
    return -(-exact.numerator // exact.denominator)


@dataclass(frozen=True, slots=True)
class Cheapest:
    """The cheapest set. taken: channel → contacts counted on it; tried: sets that were looked at, which are all there are."""

    channels: tuple[str, ...]
    reached: int
    cost: Decimal
    taken: Mapping[str, int] = field(default_factory=dict)
    tried: int = 0
    optimal: bool = True


def cheapest(counts: Counts, costs: Costs, want: Fraction | Decimal | str, keep: Iterable[str] = ()) -> Cheapest | None:
    """The set of channels that reaches at least the wanted share at the least cost. None when no set of priced channels does.

    costs: the price of one contact on each channel; one without a price is not chosen. keep: channels that stay in the set. Every
    contact that the set reaches is paid for once, on the cheapest channel of the set that they have. Sets of the same cost: the one
    with fewer channels, then the one whose channels come first in CHANNELS.
    """
    kept, all_ = mask_of(keep), contacts(counts)
    least, without = needed(want, all_), _without(counts)
    order = by_price(costs)
    best: tuple[Decimal, int, tuple[int, ...]] | None = None
    found: tuple[str, ...] = ()
    tried = 0
    for size in range(len(order) + 1):
        for chosen in combinations((one for one in CHANNELS if one in costs), size):
            bits = mask_of(chosen)
            if bits & kept != kept:
                continue
            tried += 1
            if all_ - without[bits] < least:
                continue
            cost, done = Decimal(0), 0
            for channel in order:
                if BITS[channel] & bits:
                    cost += costs[channel] * (without[done] - without[done | BITS[channel]])
                    done |= BITS[channel]
            rank = (cost, size, tuple(CHANNELS.index(one) for one in chosen))
            if best is None or rank < best:
                best, found = rank, chosen
    if best is None:
        return None
    return Cheapest(found, union(counts, found), best[0], taken_by(counts, found, costs), tried)


def _without(counts: Counts) -> list[int]:
    """For each set of channels, as bits, how many contacts none of them reaches: sums over subsets of what is left, in 7 x 128 steps."""
    among = [counts.get(mask, 0) for mask in range(MASKS)]
    for bit in BITS.values():
        for mask in range(MASKS):
            if mask & bit:
                among[mask] += among[mask ^ bit]
    return [among[(MASKS - 1) ^ mask] for mask in range(MASKS)]


def most(counts: Counts, costs: Costs) -> int:
    """Contacts that all channels with a price reach together: no set reaches more."""
    return union(counts, costs)


@dataclass(frozen=True, slots=True)
class Step:
    """One channel of a set. adds: contacts counted on it; before: those on cheaper ones; cost: what they cost, None without a price."""

    channel: str
    before: int
    adds: int
    cost: Decimal | None


def steps(counts: Counts, channels: Iterable[str], costs: Costs) -> list[Step]:
    """What each channel of a set adds, the cheapest first, so that the costs come to the price of the set."""
    asked = tuple(channels)
    taken = taken_by(counts, asked, costs)
    found, before = [], 0
    for channel in (*by_price(costs), *(one for one in CHANNELS if one not in costs)):
        if channel in asked:
            adds = taken.get(channel, 0)
            found.append(Step(channel, before, adds, costs[channel] * adds if channel in costs else None))
            before += adds
    return found
