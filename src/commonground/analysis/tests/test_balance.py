"""What a role gains and loses: kind by kind, never a sum over kinds."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from commonground.analysis.balance import balance
from commonground.analysis.facts import CHANGE_KINDS, DIMINISHING_KINDS, Facts, RoleChange
from commonground.analysis.register import Register


def of(*rows):
    return balance(Register(Facts({"role_changes": rows}, date(2026, 11, 21))))


def test_sizes_are_added_within_a_kind_only():
    lead = of(RoleChange("lead", "budget", -1), RoleChange("lead", "budget", -2), RoleChange("lead", "craft", 3))[
        "lead"
    ]
    assert [(kind.kind, kind.lost, kind.gained, kind.unbalanced) for kind in lead.kinds] == [
        ("budget", 3, 0, True),
        ("craft", 0, 3, False),
    ]
    assert lead.diminishes


def test_the_groups_own_words_are_kinds_of_their_own():
    lead = of(RoleChange("lead", "other", -1, "the round plan"), RoleChange("lead", "other", 2, "tablets"))["lead"]
    assert [kind.label for kind in lead.unbalanced] == ["the round plan"]
    assert not lead.diminishes


def test_an_offer_counts_once_the_holders_accept():
    offer = RoleChange("lead", "title", -1, offered="Owner of the visit promise", accepted=False)
    assert of(offer)["lead"].diminishes
    kind = of(offer._replace(accepted=True))["lead"].kinds[0]
    assert (kind.offered, kind.accepted, kind.unbalanced) == (("Owner of the visit promise",), True, False)


changes = st.lists(
    st.builds(
        RoleChange,
        st.sampled_from("ab"),
        st.sampled_from(CHANGE_KINDS),
        st.integers(-3, 3),
        accepted=st.sampled_from([None, True, False]),
        words=st.none(),
        unit=st.none(),
        offered=st.none(),
        effective=st.none(),
    ),
    max_size=12,
)


@given(changes)
def test_unbalanced_is_a_loss_with_no_gain_of_that_kind_and_no_accepted_offer(rows):
    for role, found in of(*rows).items():
        expected = {
            loss.kind
            for loss in rows
            if loss.role == role
            and loss.size < 0
            and not loss.accepted
            and not any(gain.size > 0 and (gain.role, gain.kind) == (role, loss.kind) for gain in rows)
        }
        assert {kind.kind for kind in found.unbalanced} == expected
        assert found.diminishes == bool(expected & DIMINISHING_KINDS)
