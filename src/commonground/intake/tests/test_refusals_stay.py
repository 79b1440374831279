"""A refusal is never crossed: not by a second column, a second file, an undo, nor a report that comes later."""

import pytest
from django.utils import timezone
from tests.cast import AT, Cast

from commonground.analysis.communication.reach import BITS
from commonground.communication import addressing
from commonground.communication.contacts import Contact
from commonground.communication.erasing import erase
from commonground.communication.models import Suppressed, Told
from commonground.communication.sendings import APPROVED, BOUNCED, REFUSED
from commonground.communication.taking_contacts import undo
from commonground.communication.tests.made_sending import Scene, scene
from commonground.intake.contact_files import read_contacts
from commonground.intake.tests.test_came_back import brought, out, outcomes
from commonground.intake.tests.test_contacts import taken


@pytest.fixture
def made(cast: Cast) -> Scene:
    return scene(cast)


@pytest.mark.parametrize(
    "text",
    [
        "id,email,email_ok,email_ok\n1,a@b.example,yes,no\n",
        "id,email,email_ok,Email consent\n1,a@b.example,yes,no\n",
        "contactid,emailaddress1,donotemail,donotbulkemail\n1,a@b.example,0,1\n",
        "id,email,Email opt out,Unsubscribed from all email\n1,a@b.example,,true\n",
    ],
)
def test_every_column_that_can_refuse_is_asked(text: str) -> None:
    """Exports hold several columns of consent for one channel; each alone refuses."""
    assert read_contacts(text.encode(), "contacts.csv").masks.tolist() == [0]


def test_a_second_column_refuses_when_the_file_is_taken_over(cast: Cast) -> None:
    taken(cast, "contactid,emailaddress1,donotemail,donotbulkemail\n1,a@b.example,0,1\n2,c@d.example,0,0\n")
    assert {one.ref: one.mask for one in Contact.objects.all()} == {"1": 0, "2": BITS["email"]}


def test_a_row_whose_cells_are_shifted_is_kept_out(cast: Cast) -> None:
    """A comma without quotation marks moves consent into another column; what it says there is not known."""
    text = "id,name,email_ok,email,fax\n1,Ann,,a@b.example,12345\n2,Bakery, yes,no,c@d.example,12345\n"
    found = read_contacts(text.encode(), "contacts.csv")
    assert found.cells["id"].to_pylist() == ["1"]
    assert [one.row for one in found.problems] == [3]


def test_undoing_one_return_keeps_what_another_says(made: Scene) -> None:
    """Two lists, and the customer refused after both: undoing the first return leaves the second."""
    first = out(made, "email")
    again = made.message
    again.pk, again.key, again._state.adding = None, "M-2", True
    again.state = APPROVED
    again.save()
    texts = first.message.texts.all()
    for text in texts:
        again.texts.create(language=text.language, subject=text.subject, body=text.body)
    second = out(made, "email")
    assert second.message_id != first.message_id
    one = brought(first, made, "ref,outcome\nC-2,unsubscribed\n", "one.csv")
    other = brought(second, made, "ref,outcome\nC-2,unsubscribed\n", "two.csv")
    one.take_over(by=made.cast.ivan.actor, at=AT)
    other.take_over(by=made.cast.ivan.actor, at=AT)
    one.undo(by=made.cast.ivan.actor, at=AT)
    assert made.again("C-2").refused == BITS["email"]


def test_undoing_a_return_keeps_what_an_export_says(made: Scene) -> None:
    back = brought(out(made, "email"), made, "ref,outcome\nC-2,unsubscribed\n")
    back.take_over(by=made.cast.ivan.actor, at=AT)
    taken(made.cast, "id,segment,email,email_ok\nC-2,small,bo@example.org,no\n")
    back.undo(by=made.cast.ivan.actor, at=AT)
    assert made.again("C-2").refused == BITS["email"]


def test_undoing_an_export_keeps_what_customers_said_and_what_came_back(made: Scene) -> None:
    """C-2 refuses in the export and again in answer to an e-mail; of C-3 the fax came back a second time since."""
    made.contacts["C-3"].bounced_once = BITS["fax"]
    made.contacts["C-3"].save()
    faxed, mailed = out(made, "fax"), out(made, "email")
    text = "id,segment,email,email_ok,fax,name\nC-2,small,bo@example.org,no,,Bo\nC-3,small,,,+49 431 771203,Carla\n"
    file = taken(made.cast, text)
    brought(mailed, made, "ref,outcome\nC-2,unsubscribed\n").take_over(by=made.cast.ivan.actor, at=AT)
    brought(faxed, made, "ref,outcome\nC-3,bounced\n").take_over(by=made.cast.ivan.actor, at=AT)
    assert made.again("C-3").mask == 0
    undo(file, by=made.cast.alice.actor, at=timezone.now())
    assert made.again("C-2").refused == BITS["email"]
    assert (made.again("C-3").name, made.again("C-3").mask) == ("Firma C-3", 0)


def test_undoing_an_export_gives_back_the_address_that_it_said_bounced(made: Scene) -> None:
    file = taken(made.cast, "id,segment,email,email bounced\nC-2,small,bo@example.org,yes\n")
    assert made.again("C-2").mask == 0
    undo(file, by=made.cast.alice.actor, at=timezone.now())
    assert made.again("C-2").mask == BITS["email"]


def test_a_later_report_does_not_make_a_refusal_something_that_was_sent(made: Scene) -> None:
    row = out(made, "email")
    brought(row, made, "ref,outcome\nC-2,unsubscribed\n").take_over(by=made.cast.ivan.actor, at=AT)
    brought(row, made, "ref,outcome\nC-2,sent\nC-1,sent\n").take_over(by=made.cast.ivan.actor, at=AT)
    assert outcomes(row)["C-2"] == REFUSED


def test_what_bounced_and_is_tried_elsewhere_stays_bounced_when_a_later_report_says_sent(made: Scene) -> None:
    row = out(made)
    brought(row, made, "ref,outcome\nC-4,bounced\n").take_over(by=made.cast.ivan.actor, at=AT)
    addressing.prepare(made.message, "letter", by=made.cast.ivan.actor, at=AT)
    brought(row, made, "ref,outcome\nC-4,sent\nC-3,sent\n").take_over(by=made.cast.ivan.actor, at=AT)
    assert outcomes(row) == {"C-3": "sent", "C-4": BOUNCED}


def test_a_second_try_can_be_approved(made: Scene) -> None:
    row = out(made)
    brought(row, made, "ref,outcome\nC-4,bounced\n").take_over(by=made.cast.ivan.actor, at=AT)
    again = addressing.prepare(made.message, "letter", by=made.cast.ivan.actor, at=AT)
    assert addressing.changed_since(again) == (0, 0)
    addressing.approve(again, counted=2, by=made.cast.alice.actor, at=AT)
    assert again.state == APPROVED


def test_a_report_that_holds_the_answers_of_the_last_one_tells_them_once(made: Scene) -> None:
    """Tools export everything since the beginning, every time."""
    row = out(made)
    first, second = "C-3,,When?\n", "C-4,,When?\n"
    brought(row, made, f"ref,outcome,answer\n{first}").take_over(by=made.cast.ivan.actor, at=AT)
    brought(row, made, f"ref,outcome,answer\n{first}{second}").take_over(by=made.cast.ivan.actor, at=AT)
    assert Told.objects.count() == 2


def test_segments_and_ids_longer_than_we_keep_do_not_stop_a_file(cast: Cast) -> None:
    long, ref = "small firms " * 20, "9" * 119
    taken(cast, f"id,segment,email\n1,{long},a@b.example\n{ref}10,{long},c@d.example\n{ref}11,{long},e@f.example\n")
    assert Contact.objects.filter(program=cast.program).count() >= 2


def test_who_is_erased_and_brought_again_refuses_still(cast: Cast) -> None:
    """By the name in the export, and by the address under another name; in whatever way a number is written. What was not refused works."""
    taken(
        cast,
        "id,segment,email,email_ok,fax,fax_ok\nC-1,small,ann@b.example,no,0431 771201,no\nC-2,small,bo@b.example,yes,,\n",
    )
    for row in Contact.objects.all():
        erase(row, by=cast.ivan.actor, at=AT)
    kept = list(Suppressed.objects.values_list("digest", "refused"))
    assert sorted(bits for _, bits in kept) == sorted([BITS["email"], BITS["fax"], BITS["email"] | BITS["fax"]])
    assert not any("ann" in digest or "771201" in digest or "C-1" in digest for digest, _ in kept)

    taken(
        cast,
        "id,segment,email,fax,letter\nC-1,small,new@b.example,,Am Kai 5\n"
        "X-9,small,Ann@B.example,0431/77 12 01,\nC-2,small,bo@b.example,,\n",
        "again.csv",
    )
    refused = {one.ref: (one.refused, one.mask) for one in Contact.objects.all()}
    assert refused == {
        "C-1": (BITS["email"] | BITS["fax"], BITS["letter"]),
        "X-9": (BITS["email"] | BITS["fax"], 0),
        "C-2": (0, BITS["email"]),
    }


def test_who_agrees_again_is_let_go_of(cast: Cast) -> None:
    taken(cast, "id,segment,email,email_ok\nC-1,small,ann@b.example,no\n")
    erase(Contact.objects.get(), by=cast.ivan.actor, at=AT)
    taken(cast, "id,segment,email\nC-1,small,ann@b.example\n", "again.csv")
    row = Contact.objects.get()
    assert row.refused == BITS["email"]
    row.refuse([], by=cast.ivan.actor, at=AT)
    assert not Suppressed.objects.exists()
    taken(cast, "id,segment,email,fax\nC-1,small,ann@b.example,0431 771201\n", "third.csv")
    assert Contact.objects.get().mask == BITS["email"] | BITS["fax"]


def test_an_address_typed_by_hand_is_refused_still(cast: Cast) -> None:
    taken(cast, "id,segment,email,email_ok\nC-1,small,ann@b.example,no\nC-2,small,,\n")
    erase(Contact.objects.get(ref="C-1"), by=cast.ivan.actor, at=AT)
    row = Contact.objects.get(ref="C-2")
    row.put_right({"email": "ann@b.example"}, by=cast.ivan.actor, at=AT)
    assert (row.refused, row.mask) == (BITS["email"], 0)
