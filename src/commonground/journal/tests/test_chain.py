"""Whatever is done to the rows of the journal behind its back, `verify` finds it; erasing breaks nothing."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cast import Cast

from commonground.access.actor import OPERATOR, Actor
from commonground.journal.erasing import entries_about, erase, names_them
from commonground.journal.models import Entry, Head, Reader, Values
from commonground.journal.recording import HeadNote, head, record, verify

User = get_user_model()
AT = datetime(2026, 9, 14, 9, tzinfo=UTC)
some = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
words = st.text(alphabet="abc Ünö'\"\\", max_size=8)
chains = st.lists(
    st.tuples(words, st.dictionaries(words, st.one_of(words, st.integers(), st.none()), max_size=3)),
    min_size=3,
    max_size=8,
)


def written(chain: list[tuple[str, dict[str, object]]]) -> int:
    """A fresh journal with these entries; returns how many."""
    Reader.objects.all().delete()
    Values.objects.all().delete()
    Entry.objects.all().delete()
    Head.objects.all().delete()
    thing = User.objects.filter(username="thing").first() or User.objects.create(username="thing", password="!")
    for number, (verb, values) in enumerate(chain):
        with transaction.atomic():
            record(verb, thing, by=OPERATOR, at=AT + timedelta(minutes=number), why=verb, values=values)
    return len(chain)


@some
@given(chains, st.data())
def test_an_untouched_chain_is_sound_and_each_touch_is_found(
    db: None, chain: list[tuple[str, dict[str, object]]], data: st.DataObject
) -> None:
    count = written(chain)
    verdict = verify()
    assert (verdict.sound, verdict.entries) == (True, count)
    number = data.draw(st.integers(1, count), label="entry")
    entry = Entry.objects.filter(pk=number)
    values = Values.objects.filter(entry=number)
    touch = data.draw(
        st.sampled_from(["verb", "at", "actor", "thing", "kind", "values", "remove", "insert", "swap", "hide"]),
        label="touch",
    )
    if touch == "verb":
        entry.update(verb=entry.get().verb + "!")
    elif touch == "at":
        entry.update(at=AT - timedelta(days=1))
    elif touch == "actor":
        entry.update(actor_user=99)
    elif touch == "thing":
        entry.update(thing=99)
    elif touch == "kind":
        entry.update(kind="other.kind")
    elif touch == "values":
        values.update(data={**(values.get().data or {}), "what": "something else"})
    elif touch == "remove":
        values.delete()
        entry.delete()
    elif touch == "insert":
        last = Entry.objects.get(pk=count)
        Entry.objects.create(
            pk=count + 1, at=AT, verb="x", kind="k", thing=1, digest=last.digest, previous=last.hash, hash="0" * 64
        )
    elif touch == "swap":
        other = number % count + 1
        one, two = entry.get(), Entry.objects.get(pk=other)
        one.pk, two.pk = two.pk, one.pk
        one.save()
        two.save()
    else:  # the words are taken away and passed off as erased
        values.update(data=None, salt="", erased=AT)
    assert not verify().sound
    assert str(verify().entry) in verify().why


@some
@given(chains)
def test_a_head_that_was_noted_shows_that_the_end_was_cut_off_with_its_head(
    db: None, chain: list[tuple[str, dict[str, object]]]
) -> None:
    count = written(chain)
    noted = HeadNote.read(str(head()))
    before = Entry.objects.get(pk=count - 1)
    Values.objects.filter(entry=count).delete()
    Entry.objects.filter(pk=count).delete()
    assert not verify().sound
    Head.objects.update(count=count - 1, hash=before.hash)
    assert verify().sound, "without a note nobody could tell"
    assert not verify(noted).sound
    with pytest.raises(ValueError, match="no head of a journal"):
        HeadNote.read("12")


@some
@given(chains, st.data())
def test_erasing_any_entries_leaves_the_chain_whole(
    db: None, chain: list[tuple[str, dict[str, object]]], data: st.DataObject
) -> None:
    count = written(chain)
    chosen = data.draw(st.sets(st.integers(1, count)), label="erased")
    assert erase(chosen, by=OPERATOR, at=AT) == len(chosen)
    assert erase(chosen, by=OPERATOR, at=AT) == 0, "twice is once"
    assert verify().sound
    assert {row.entry_id for row in Values.objects.all() if row.data is None} == chosen
    assert verify().entries == count + (1 if chosen else 0)


def test_an_hour_of_another_zone_is_the_same_hour(db: None) -> None:
    thing = User.objects.create(username="thing", password="!")
    with transaction.atomic():
        record("did", thing, by=OPERATOR, at=AT.astimezone(timezone(timedelta(hours=2))))
    assert verify().sound


def test_an_entry_outside_a_transaction_is_refused(transactional_db: None) -> None:
    with pytest.raises(RuntimeError, match="outside a transaction"):
        record("did", User(pk=1, username="x"), by=OPERATOR, at=AT)


def test_who_is_named_where() -> None:
    assert names_them({"a": [{"b": "told Erin Eide so"}]}, {"Erin Eide"}, set())
    assert names_them({"people": ["P4", "P5"]}, set(), {"P5"})
    assert not names_them({"people": ["P55"]}, set(), {"P5"})


def test_erasing_a_person_takes_their_name_out_of_every_entry(cast: Cast) -> None:
    erin = cast.erin.person
    assert erin is not None
    by = {"by": cast.alice.actor, "at": AT}
    erin.move(on=AT.date(), location="Quay", **by)
    cast.units["billing"].merge_into(cast.units["contact"], on=AT.date(), **by)
    cast.units["crews"].rename("Crews", on=AT.date(), **by)
    cast.erin.user.rename("Erin E.", by=cast.erin.actor, at=AT)
    found = entries_about([("organization.person", erin.pk)], [cast.erin.user.pk], {erin.name}, {erin.key})
    assert [Entry.objects.get(pk=pk).verb for pk in found] == ["moved a person", "merged a unit", "changed a name"]
    erase(found, by=OPERATOR, at=AT)
    assert verify().sound
    assert entries_about([], [], {erin.name}, {erin.key}) == []


def test_sealed_entries_are_read_by_the_named_alone_and_by_all_after_the_word_has_gone_out(cast: Cast) -> None:
    thing = cast.things["process"]
    with transaction.atomic():
        record("drafted a fate", thing, by=cast.bob.actor, at=AT, readers=[cast.bob.user.pk])

    def seen(actor: Actor) -> int:
        return Entry.objects.visible_to(actor).about(thing).count()

    assert seen(cast.alice.actor) == 0, "a change lead who is not named"
    assert seen(cast.frank.actor) == seen(cast.grace.actor) == seen(OPERATOR) == 0
    assert seen(cast.bob.actor) == 1, "named, and it was his own doing"
    Entry.objects.all().unseal(thing)
    assert seen(cast.alice.actor) == seen(cast.frank.actor) == 1
    assert seen(cast.grace.actor) == seen(cast.erin.actor) == 0
    assert verify().sound, "opening is no change of what was written"
