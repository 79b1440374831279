"""Reach: against every contact one by one, against every set one by one, and against the independence value of METHODS appendix A."""

from decimal import Decimal
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commonground.analysis.communication.reach import (
    BITS,
    CHANNELS,
    MASKS,
    Counts,
    alone,
    best_channel,
    channels_of,
    cheapest,
    contacts,
    have,
    if_independent,
    mask_of,
    needed,
    price,
    steps,
    taken_by,
    together,
    union,
    usable,
)

masks = st.integers(0, MASKS - 1)
everybody = st.lists(masks, max_size=40)
prices = st.dictionaries(
    st.sampled_from(CHANNELS), st.decimals(0, 50, places=2, allow_nan=False, allow_infinity=False), max_size=7
)
wanted = st.fractions(0, 1, max_denominator=50)
sets = st.sets(st.sampled_from(CHANNELS)).map(tuple)


def counted(people: list[int]) -> Counts:
    found: dict[int, int] = {}
    for mask in people:
        found[mask] = found.get(mask, 0) + 1
    return found


def test_shares_that_know_nothing_of_each_other() -> None:
    assert if_independent((0.6, 0.5, 0.3)) == pytest.approx(0.86)  # METHODS appendix A, “Channel reach”


def test_the_union_is_not_the_independence_value() -> None:
    """Ten contacts with shares .6, .5 and .3 whose addresses go together: the union is .6, not .86."""
    counts = {mask_of(("email", "sms", "letter")): 3, mask_of(("email", "sms")): 2, mask_of(("email",)): 1, 0: 4}
    assert have(counts) == {"email": 6, "sms": 5, "phone": 0, "letter": 3, "fax": 0, "portal": 0, "visit": 0}
    assert union(counts, ("email", "sms", "letter")) == 6


@given(everybody, sets)
def test_the_union_counts_each_contact_once(people: list[int], chosen: tuple[str, ...]) -> None:
    one_by_one = sum(1 for mask in people if any(channel in chosen for channel in channels_of(mask)))
    assert union(counted(people), chosen) == one_by_one
    assert one_by_one <= contacts(counted(people)) == len(people)


@given(masks, masks, masks)
def test_a_refusal_is_never_crossed(addresses: int, refused: int, bounced: int) -> None:
    mask = usable(addresses, refused, bounced)
    assert not mask & refused
    assert not mask & bounced
    for channel in channels_of(mask):
        assert addresses & BITS[channel]
    everything = best_channel(mask, CHANNELS, {})
    assert everything is None or not refused & BITS[everything]


@given(everybody, sets, prices)
def test_each_contact_is_counted_on_the_cheapest_channel_that_they_have(
    people: list[int], chosen: tuple[str, ...], costs: dict[str, Decimal]
) -> None:
    taken = taken_by(counted(people), chosen, costs)
    assert sum(taken.values()) == union(counted(people), chosen)
    for mask in people:
        there = [one for one in channels_of(mask) if one in chosen]
        best = best_channel(mask, chosen, costs)
        assert (best is None) == (not there)
        if best is not None:
            dear = Decimal(10**6)
            assert costs.get(best, dear) == min(costs.get(one, dear) for one in there)


@settings(max_examples=60, deadline=None)
@given(everybody, prices, wanted, st.sets(st.sampled_from(CHANNELS), max_size=2))
def test_the_cheapest_set_is_that_of_every_set_tried_on_every_contact(
    people: list[int], costs: dict[str, Decimal], want: Fraction, keep: set[str]
) -> None:
    best: tuple[Decimal, int, tuple[int, ...]] | None = None
    for size in range(len(costs) + 1):
        for chosen in combinations([one for one in CHANNELS if one in costs], size):
            reached = [[one for one in channels_of(mask) if one in chosen] for mask in people]
            enough = sum(1 for there in reached if there) >= want * len(people)
            if not enough or not keep <= set(chosen):
                continue
            cost = sum((min(costs[one] for one in there) for there in reached if there), Decimal(0))
            rank = (cost, size, tuple(CHANNELS.index(one) for one in chosen))
            best = rank if best is None else min(best, rank)
    found = cheapest(counted(people), costs, want, tuple(keep))
    if best is None:
        assert found is None
    else:
        assert found is not None
        assert (found.cost, len(found.channels), tuple(map(CHANNELS.index, found.channels))) == best
        assert found.reached >= needed(want, len(people))
        assert price(found.taken, costs) == found.cost


@given(everybody, sets, prices)
def test_steps_come_to_the_set(people: list[int], chosen: tuple[str, ...], costs: dict[str, Decimal]) -> None:
    counts = counted(people)
    found = steps(counts, chosen, costs)
    assert [one.channel for one in found] == sorted(
        chosen, key=lambda one: (one not in costs, costs.get(one, Decimal(0)), CHANNELS.index(one))
    )
    assert sum(one.adds for one in found) == union(counts, chosen)
    if set(chosen) <= set(costs):
        assert sum((one.cost or Decimal(0) for one in found), Decimal(0)) == price(
            taken_by(counts, chosen, costs), costs
        )


def test_of_two_sets_that_cost_the_same_the_one_with_fewer_channels_is_taken() -> None:
    counts = {mask_of(("email", "sms")): 10}
    free = {"email": Decimal(0), "sms": Decimal(0)}
    found = cheapest(counts, free, "1")
    assert found is not None
    assert (found.channels, found.cost, found.optimal, found.tried) == (("email",), 0, True, 4)


def test_more_of_a_cheap_channel_may_cost_less() -> None:
    """A letter reaches all ten; with e-mail for the nine who have it, the same ten cost a tenth."""
    counts = {mask_of(("email", "letter")): 9, mask_of(("letter",)): 1}
    found = cheapest(counts, {"email": Decimal("0.01"), "letter": Decimal(1)}, "1")
    assert found is not None
    assert (found.channels, found.cost, dict(found.taken)) == (
        ("email", "letter"), Decimal("1.09"), {"email": 9, "letter": 1},
    )  # fmt: skip


def test_no_set_reaches_what_nobody_has() -> None:
    counts = {mask_of(("fax",)): 9, 0: 1}
    assert cheapest(counts, {"fax": Decimal(1)}, "0.91") is None
    assert cheapest(counts, {"fax": Decimal(1)}, "0.9") is not None
    assert cheapest(counts, {"email": Decimal(1)}, "0.1") is None
    assert alone(counts, "fax") == 9


def test_a_share_is_never_rounded_down() -> None:
    assert [needed(want, 10) for want in ("0.9", "0.91", "0", "1")] == [9, 10, 0, 10]
    assert needed("0.95", 20) == 19


def test_segments_add_up() -> None:
    assert together([{1: 2, 3: 1}, {1: 5}]) == {1: 7, 3: 1}
