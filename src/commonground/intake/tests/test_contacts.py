"""Customers' contacts: brought whole and undone, refusals that stay, counts that are always those of the contacts, and who sees what."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from tests.cast import AT, Cast

from commonground.analysis.communication.reach import BITS, mask_of, union
from commonground.communication.contact_files import TAKEN, ContactBefore, ContactFile
from commonground.communication.contacts import Contact, ContactCount, counts_of
from commonground.communication.erasing import erase
from commonground.communication.held_contacts import held_on
from commonground.communication.keeping_contacts import RULES
from commonground.communication.segments import Segment
from commonground.communication.taking_contacts import undo
from commonground.intake.contact_uploads import bring, name_columns, take
from commonground.journal.models import Entry
from commonground.programs.register import CannotError

PAGES = "/northlight/customers/"
FIRST = """id,segment,name,email,email_ok,fax,letter
1,homes,Ann Example,a@b.example,,,Mill Lane 1
2,homes,Ben Example,c@d.example,no,,Mill Lane 2
3,firms,Bakery,,,040 556100,
"""
SECOND = """id,segment,name,email,email_ok,fax,letter
1,homes,Ann Example,new@b.example,,,Mill Lane 1
3,firms,Bakery,,,040 556100,
4,firms,Joinery,,,040 556200,
"""


def upload(text: str, name: str = "contacts.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode())


def taken(cast: Cast, text: str, name: str = "contacts.csv") -> ContactFile:
    now = timezone.now()
    row = bring(cast.program, upload(text, name), by=cast.alice.actor, at=now)
    take(row, by=cast.alice.actor, at=now)
    return row


def counted(cast: Cast) -> dict[tuple[str, int], int]:
    """What the pages read."""
    rows = ContactCount.objects.filter(program=cast.program).values_list("segment__key", "mask", "contacts")
    return {(segment, mask): number for segment, mask, number in rows}


def is_true(cast: Cast) -> bool:
    """Whether the counts are those of the contacts, and no mask has what is refused."""
    found: dict[tuple[str, int], int] = {}
    for row in Contact.objects.filter(program=cast.program).select_related("segment"):
        assert not row.mask & (row.refused | row.bounced)
        key = (row.segment.key, row.mask)
        found[key] = found.get(key, 0) + 1
    return found == counted(cast)


def test_an_export_is_looked_over_and_taken_over_whole(cast: Cast) -> None:
    row = bring(cast.program, upload(FIRST), by=cast.alice.actor, at=AT)
    assert not Contact.objects.exists()
    assert (row.told["rows"], row.told["new"], row.told["missing"], row.told["refused"]) == (3, 3, 0, 1)
    assert row.told["segments"] == ["homes", "firms"]
    take(row, by=cast.alice.actor, at=AT)
    assert counted(cast) == {
        ("homes", mask_of(("email", "letter"))): 1,
        ("homes", mask_of(("letter",))): 1,
        ("firms", mask_of(("fax",))): 1,
    }
    assert row.state == TAKEN
    with pytest.raises(CannotError, match="taken over"):
        take(row, by=cast.alice.actor, at=AT)


def test_an_export_brought_again_changes_what_changed_and_says_who_is_missing(cast: Cast) -> None:
    taken(cast, FIRST)
    row = bring(cast.program, upload(SECOND), by=cast.alice.actor, at=timezone.now())
    assert [row.told[one] for one in ("new", "changed", "same", "missing")] == [1, 1, 1, 1]
    take(row, by=cast.alice.actor, at=timezone.now())
    assert Contact.objects.get(ref="1").email == "new@b.example"
    assert Contact.objects.count() == 4  # whoever is missing stays
    assert is_true(cast)


def test_a_file_is_undone_and_what_was_refused_since_stays_refused(cast: Cast) -> None:
    taken(cast, FIRST)
    second = taken(cast, SECOND)
    at = timezone.now()
    Contact.objects.get(ref="1").refuse(["letter"], by=cast.alice.actor, at=at)
    assert undo(second, by=cast.alice.actor, at=at) == 2
    one = Contact.objects.get(ref="1")
    assert (one.email, one.refused) == ("a@b.example", BITS["letter"])
    assert not Contact.objects.filter(ref="4").exists()
    assert is_true(cast)
    with pytest.raises(CannotError, match="cannot be undone"):
        undo(second, by=cast.alice.actor, at=at)


def test_only_the_last_file_is_undone_and_not_after_thirty_days(cast: Cast) -> None:
    first, second = taken(cast, FIRST), taken(cast, SECOND)
    now = timezone.now()
    assert not first.can_be_undone(now)
    assert second.can_be_undone(now)
    assert not second.can_be_undone(now + timedelta(days=31))


def test_a_refusal_that_is_known_here_stays_when_a_file_does_not_know_it(cast: Cast) -> None:
    taken(cast, FIRST)
    Contact.objects.get(ref="3").refuse(["fax"], by=cast.alice.actor, at=AT)
    taken(cast, SECOND)
    assert Contact.objects.get(ref="3").mask == 0
    assert ("firms", 0) in counted(cast)


def test_what_came_back_twice_is_used_no_more_and_a_changed_address_works_again(cast: Cast) -> None:
    taken(cast, FIRST)
    one, by = Contact.objects.get(ref="1"), cast.alice.actor
    before = Contact.objects.all().note_outcomes(cast.program, bounced={one.pk: "email"}, refused={}, by=by, at=AT)
    assert Contact.objects.get(ref="1").mask & BITS["email"]
    Contact.objects.all().note_outcomes(
        cast.program, bounced={one.pk: "email"}, refused={one.pk: "letter"}, by=by, at=AT
    )
    assert Contact.objects.get(ref="1").mask == 0
    assert is_true(cast)
    Contact.objects.all().restore(cast.program, before, by=by, at=AT)
    assert Contact.objects.get(ref="1").mask == mask_of(("email", "letter"))
    Contact.objects.all().note_outcomes(cast.program, bounced={one.pk: "email"}, refused={}, by=by, at=AT)
    Contact.objects.all().note_outcomes(cast.program, bounced={one.pk: "email"}, refused={}, by=by, at=AT)
    Contact.objects.get(ref="1").put_right({"email": "z@b.example"}, by=by, at=AT)
    assert Contact.objects.get(ref="1").mask & BITS["email"]
    assert is_true(cast)


def test_an_erased_contact_leaves_nothing_and_the_journal_has_no_name(cast: Cast) -> None:
    taken(cast, FIRST)
    taken(cast, SECOND)
    erase(Contact.objects.get(ref="1"), by=cast.alice.actor, at=AT)
    assert not ContactBefore.objects.filter(ref="1").exists()
    assert is_true(cast)
    for entry in Entry.objects.select_related("values"):
        said = str(entry.values.data)
        assert "Ann" not in said
        assert "b.example" not in said


def test_columns_that_are_not_found_are_named_and_remembered(cast: Cast) -> None:
    text = "Nr,Art,Draht\n1,homes,a@b.example\n"
    row = bring(cast.program, upload(text), by=cast.alice.actor, at=AT)
    assert row.told["rows"] == 0
    said = {"id": "Nr", "segment": "Art", "email": "Draht"}
    assert len(name_columns(row, said, at=AT)) == 1
    again = bring(cast.program, upload(text + "2,homes,c@d.example\n"), by=cast.alice.actor, at=AT)
    assert (again.mapping, again.told["rows"]) == (said, 2)


def test_counts_answer_for_segments(cast: Cast) -> None:
    taken(cast, FIRST)
    firms = Segment.objects.get(key="firms")
    counts = counts_of(cast.program, [firms.pk])
    assert list(counts) == [firms.pk]
    assert union(counts[firms.pk], ("fax",)) == 1


def test_contacts_are_for_those_who_may_see_them(cast: Cast) -> None:
    taken(cast, FIRST)
    pk = Contact.objects.get(ref="1").pk
    for name, sees in (
        ("alice", True),
        ("ivan", True),
        ("carol", False),
        ("bob", False),
        ("frank", False),
        ("grace", False),
    ):
        client = cast.client_of(name)
        assert (client.get(f"{PAGES}contacts/").status_code == 200) is sees
        assert (client.get(f"{PAGES}contacts/{pk}/").status_code == 200) is sees
        assert (client.get(f"{PAGES}contacts/bring/").status_code == 200) is sees
        if not sees:
            assert not Contact.objects.visible_to(getattr(cast, name).actor).exists()


def test_a_contact_is_found_corrected_and_erased_on_its_page(cast: Cast) -> None:
    taken(cast, FIRST)
    client, row = cast.client_of("ivan"), Contact.objects.get(ref="2")
    assert b"Ben Example" in client.get(f"{PAGES}contacts/?q=ben").content
    assert b"Ben Example" not in client.get(f"{PAGES}contacts/?q=ann").content
    assert b"Bakery" in client.get(f"{PAGES}contacts/?without=letter").content
    given = {
        "segment": row.segment_id,
        "name": "Ben Example",
        "email": "c@d.example",
        "letter": "Mill Lane 9",
        "refuses": ["email"],
    }
    assert client.post(f"{PAGES}contacts/{row.pk}/", {**given, "email": "nonsense"}).status_code == 422
    assert client.post(f"{PAGES}contacts/{row.pk}/", given).status_code == 302
    row.refresh_from_db()
    assert (row.letter, row.refused) == ("Mill Lane 9", BITS["email"])
    client.post(f"{PAGES}contacts/{row.pk}/erase/")
    assert Contact.objects.filter(pk=row.pk).exists()  # nobody said that they are sure
    client.post(f"{PAGES}contacts/{row.pk}/erase/", {"sure": "yes"})
    assert not Contact.objects.filter(pk=row.pk).exists()
    assert is_true(cast)


def test_an_export_is_brought_on_the_pages(cast: Cast) -> None:
    client = cast.client_of("ivan")
    assert client.post(f"{PAGES}contacts/bring/", {"file": upload("%PDF-1.4 no table")}).status_code == 422
    answer = client.post(f"{PAGES}contacts/bring/", {"file": upload(FIRST)})
    assert answer.status_code == 302
    row = ContactFile.objects.get()
    page = client.get(answer["Location"]).content.decode()
    assert "3 contacts" in page
    assert client.get(f"{PAGES}contacts/file/{row.pk}/columns/").status_code == 200
    client.post(f"{PAGES}contacts/file/{row.pk}/take/")
    assert Contact.objects.count() == 3
    client.post(f"{PAGES}contacts/file/{row.pk}/undo/")
    assert not Contact.objects.exists()
    assert is_true(cast)


def test_contacts_are_kept_no_longer_than_needed(cast: Cast) -> None:
    taken(cast, FIRST)
    waiting = bring(cast.program, upload(SECOND), by=cast.alice.actor, at=timezone.now())
    later = timezone.localdate() + timedelta(days=400)
    type(cast.program).objects.filter(pk=cast.program.pk).update(planned_end=timezone.localdate())
    for rule in RULES:
        due = rule.due(later)
        assert due
        assert rule.run(later, timezone.now()) == due
        assert rule.run(later, timezone.now()) == 0
    assert not Contact.objects.exists()
    assert not counted(cast)
    waiting.refresh_from_db()
    assert waiting.state == "aside"


def test_who_looks_after_a_segment_is_told_of_it(cast: Cast) -> None:
    Segment.objects.create(program=cast.program, key="s", name="Farms", owner=cast.carol.person)
    (held,) = held_on(person=cast.carol.person, user=cast.carol.user)
    assert held.rows == [{"segment": "Farms", "words": ""}]
