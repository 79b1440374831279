"""Who stands on a list, how its count is approved, and that nobody gets a message twice or against their word."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import AT, Cast

from commonground.analysis.communication.reach import BITS, MASKS
from commonground.communication import addressing
from commonground.communication.contacts import Contact, recount
from commonground.communication.erasing import erase
from commonground.communication.models import Addressed, Sending
from commonground.communication.sendings import APPROVED, BOUNCED, DROPPED, PREPARED, TAKEN
from commonground.communication.tests.made_sending import HAVE, Scene, contact, scene
from commonground.journal.models import Entry
from commonground.programs.register import CannotError


@pytest.fixture
def made(cast: Cast) -> Scene:
    return scene(cast)


def refs(row: Sending) -> set[str]:
    return set(row.contacts.values_list("contact__ref", flat=True))


def prepared(made: Scene, channel: str = "fax") -> Sending:
    return addressing.prepare(made.message, channel, by=made.cast.ivan.actor, at=AT)


def approved(made: Scene, channel: str = "fax") -> Sending:
    row = prepared(made, channel)
    addressing.approve(row, counted=row.counted, by=made.cast.alice.actor, at=AT)
    return row


def taken(made: Scene, channel: str = "fax") -> Sending:
    row = approved(made, channel)
    addressing.take(row, by=made.cast.ivan.actor, at=AT)
    return row


def test_each_contact_stands_once_on_the_cheapest_channel_that_they_have(made: Scene) -> None:
    """By hand: C-1 has e-mail and fax, e-mail is cheaper; C-4 has fax and letter, fax is cheaper; C-6 has the phone alone."""
    assert addressing.to_come(made.message) == {"email": 2, "letter": 1, "fax": 2}
    assert refs(prepared(made, "email")) == {"C-1", "C-2"}
    assert refs(prepared(made, "fax")) == {"C-3", "C-4"}
    assert refs(prepared(made, "letter")) == {"C-5"}
    assert addressing.to_come(made.message) == {}
    assert addressing.reached_by(made.message) == (5, 6)


@given(masks=st.lists(st.integers(0, MASKS - 1), max_size=30), channels=st.sets(st.sampled_from(sorted(BITS))))
def test_the_table_gives_each_mask_one_channel_that_it_has(masks: list[int], channels: set[str]) -> None:
    """Whatever the set: nobody is put on a channel that they have not, nor one that the message has not."""
    table = addressing.channel_by_mask(channels, {})
    for mask in masks:
        asked = sum(BITS[channel] for channel in channels)
        assert (mask in table) == bool(mask & asked)
        if mask in table:
            assert table[mask] in channels
            assert mask & BITS[table[mask]]


def test_only_an_approved_message_is_put_on_lists(made: Scene) -> None:
    made.message.state = "draft"
    made.message.save()
    with pytest.raises(CannotError, match="Its words are approved first"):
        prepared(made)


def test_a_message_has_one_list_at_a_time_on_a_channel(made: Scene) -> None:
    prepared(made)
    with pytest.raises(CannotError, match="There is a list for Fax already"):
        prepared(made)


def test_whoever_prepared_a_list_does_not_approve_its_count(made: Scene) -> None:
    row = prepared(made)
    with pytest.raises(CannotError, match="prepared by you"):
        addressing.approve(row, counted=2, by=made.cast.ivan.actor, at=AT)
    addressing.approve(row, counted=2, by=made.cast.alice.actor, at=AT)
    assert (row.state, row.approved_by_id) == (APPROVED, made.cast.alice.user.pk)


def test_a_count_is_approved_as_it_was_seen(made: Scene) -> None:
    row = prepared(made)
    with pytest.raises(CannotError, match="You were shown 3"):
        addressing.approve(row, counted=3, by=made.cast.alice.actor, at=AT)


@pytest.mark.parametrize("change", ["comes", "refuses", "erased", "cheaper"])
def test_approval_is_refused_once_the_list_would_hold_others(made: Scene, change: str) -> None:
    """Also where the count stays the same: one left and another came."""
    row = prepared(made)
    gone = made.contacts["C-3"]
    if change == "comes":
        contact(made.cast, gone.segment, "C-7", {"fax": "0431 771207"})
    elif change == "refuses":
        gone.refuse(["fax"], by=made.cast.alice.actor, at=AT)
        contact(made.cast, gone.segment, "C-7", {"fax": "0431 771207"})
    elif change == "erased":
        erase(gone, by=made.cast.alice.actor, at=AT)
    else:
        gone.put_right({"email": "now@example.org"}, by=made.cast.alice.actor, at=AT)
    with pytest.raises(CannotError, match="has changed since"):
        addressing.approve(row, counted=2, by=made.cast.alice.actor, at=AT)
    again = addressing.prepare_anew(row, by=made.cast.ivan.actor, at=AT)
    assert Sending.objects.get(pk=row.pk).state == DROPPED
    addressing.approve(again, counted=again.counted, by=made.cast.alice.actor, at=AT)


def test_whoever_refuses_after_the_approval_is_left_out_and_nobody_is_added(made: Scene) -> None:
    row = approved(made)
    made.contacts["C-3"].refuse(["fax"], by=made.cast.alice.actor, at=AT)
    contact(made.cast, made.contacts["C-3"].segment, "C-7", {"fax": "0431 771207"})
    addressing.take(row, by=made.cast.ivan.actor, at=AT)
    assert refs(row) == {"C-4"}
    assert (row.state, row.counted, row.left_out, row.on_it) == (TAKEN, 2, 1, 1)
    assert addressing.to_come(made.message)["fax"] == 1


def test_a_list_of_which_nobody_is_left_is_not_taken(made: Scene) -> None:
    row = approved(made, "letter")
    made.contacts["C-5"].refuse(["letter"], by=made.cast.alice.actor, at=AT)
    with pytest.raises(CannotError, match="Nobody is left"):
        addressing.take(row, by=made.cast.ivan.actor, at=AT)


def test_a_refusal_after_the_list_was_taken_is_not_crossed_either(made: Scene) -> None:
    row = taken(made)
    assert addressing.now_on(row).count() == 2
    made.contacts["C-4"].refuse(["fax"], by=made.cast.alice.actor, at=AT)
    assert [one.ref for one in addressing.now_on(row)] == ["C-3"]


def test_a_list_is_there_only_once_it_was_taken(made: Scene) -> None:
    row = approved(made)
    with pytest.raises(CannotError, match="Its list is there once"):
        addressing.now_on(row)
    with pytest.raises(CannotError, match="taken once its count is approved"):
        addressing.take(prepared(made, "email"), by=made.cast.ivan.actor, at=AT)


def test_taking_a_list_says_that_the_message_is_out(made: Scene) -> None:
    taken(made)
    made.message.refresh_from_db()
    assert made.message.state == "out"


def test_the_database_itself_lets_nobody_get_a_message_twice(made: Scene) -> None:
    taken(made)
    other = prepared(made, "email")
    with pytest.raises(IntegrityError), transaction.atomic():
        Addressed.objects.create(sending=other, message=made.message, contact=made.contacts["C-3"])


def test_what_bounced_may_be_tried_on_another_channel_and_only_there(made: Scene) -> None:
    row = taken(made)
    row.contacts.filter(contact__ref="C-4").update(outcome=BOUNCED)
    assert addressing.to_come(made.message) == {"email": 2, "letter": 2}
    assert refs(prepared(made, "letter")) == {"C-4", "C-5"}
    with pytest.raises(CannotError, match="Nobody is left to whom"):
        addressing.prepare(made.message, "fax", by=made.cast.ivan.actor, at=AT)


def test_every_step_has_a_way_back(made: Scene) -> None:
    row = taken(made)
    addressing.give_back(row, by=made.cast.ivan.actor, at=AT)
    assert row.state == APPROVED
    row.take_back(by=made.cast.alice.actor, at=AT)
    assert (row.state, row.approved_by_id) == (PREPARED, None)
    row.drop(by=made.cast.ivan.actor, at=AT)
    assert not row.contacts.exists()
    assert prepared(made).counted == 2


def test_the_journal_tells_counts_and_no_address(made: Scene) -> None:
    taken(made)
    said = " ".join(
        str(one.values.data) for one in Entry.objects.filter(kind="communication.sending").select_related("values")
    )
    assert "'counted': 2" in said
    assert not any(address in said for cells, _ in HAVE.values() for address in cells.values())


def test_counts_are_for_who_works_on_it_and_names_for_who_sends(made: Scene) -> None:
    row = taken(made)
    for name in ("carol", "frank", "bob"):
        actor = made.cast.played[name].actor
        assert list(Sending.objects.visible_to(actor)) == [row]
        assert not Addressed.objects.visible_to(actor).exists()
    assert not Sending.objects.visible_to(made.cast.erin.actor).exists()
    assert Addressed.objects.visible_to(made.cast.ivan.actor).count() == 2


def test_a_list_for_all_customers_needs_no_segment(made: Scene) -> None:
    made.message.segments.clear()
    assert addressing.to_come(made.message) == {"email": 2, "letter": 1, "fax": 2}


def test_a_thousand_contacts_are_prepared_in_few_queries(made: Scene, django_assert_max_num_queries: object) -> None:
    first = made.contacts["C-3"]
    Contact.objects.bulk_create(
        Contact(program=first.program, segment=first.segment, ref=f"N-{one}", fax=f"04317{one:05}", mask=BITS["fax"])
        for one in range(1000)
    )
    recount(first.program)
    with django_assert_max_num_queries(30):
        row = prepared(made)
    assert row.counted == 1002
    assert row.prepared_on == AT.date() + timedelta(0)
