"""The page on reach: what a plan misses, the cheapest set, prices, and channels planned with a click and put back."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import AT, Cast

from commonground.communication.contacts import Contact, recount
from commonground.communication.messages import Message
from commonground.communication.prices import prices_of, set_terms, terms_of
from commonground.communication.reached import percent, reached, share
from commonground.communication.segments import Segment
from commonground.programs.register import CannotError

PAGE = "/northlight/customers/reach/"
PRICES = {"email": Decimal("0.01"), "letter": Decimal("0.95"), "fax": Decimal("0.15")}


@pytest.fixture
def firms(cast: Cast) -> Segment:
    """Ten small firms: six with fax alone, three with e-mail and letter, one with nothing."""
    row = Segment.objects.create(program=cast.program, key="firms", name="Small firms")
    homes = Segment.objects.create(program=cast.program, key="homes", name="Homes")
    cells = [{"fax": "040556100"}] * 6 + [{"email": "a@b.example", "letter": "Mill Lane 1"}] * 3 + [{}]
    for segment, given in [*((row, one) for one in cells), *((homes, {"letter": "North Quay 2"}) for _ in range(20))]:
        contact = Contact(program=cast.program, segment=segment, ref=str(Contact.objects.count()), **given)
        contact.settle()
        contact.save()
    recount(cast.program)
    set_terms(cast.program, currency="EUR", prices=PRICES, want=Decimal("0.9"), by=cast.alice.actor, at=AT)
    return row


def message(cast: Cast, segment: Segment, *channels: str) -> Message:
    row = cast.program.add(
        Message(key="m", title="Your number changes", side="customers", channels=list(channels)),
        by=cast.alice.actor,
        at=AT,
    )
    row.segments.set([segment])
    return row


def text(cast: Cast, who: str, address: str) -> str:
    answer = cast.client_of(who).get(address)
    assert answer.status_code == 200
    return answer.getvalue().decode() if answer.streaming else answer.content.decode()


def test_small_firms_that_only_have_fax_come_out_at_once(cast: Cast, firms: Segment) -> None:
    row = message(cast, firms, "email")
    page = text(cast, "alice", f"{PAGE}?message={row.pk}")
    assert "“Your number changes” misses 7 customers as planned" in page
    assert "Small firms fall through; 6 of the 10 in Small firms have only fax" in page
    assert "the only channel of 6" in page
    assert "6 fax" in page


def test_the_cheapest_set_is_taken_and_put_back(cast: Cast, firms: Segment) -> None:
    row, client = message(cast, firms, "email"), cast.client_of("alice")
    found = reached(cast.program, [firms], ["email"])
    assert found.best is not None
    assert (found.adds, found.best.cost, found.best.reached) == (("fax",), Decimal("0.93"), 9)
    assert "Take the cheapest set" in text(cast, "alice", f"{PAGE}?message={row.pk}")
    answer = client.post(f"{PAGE}{row.pk}/channels/", {"channels": "email,fax"})
    row.refresh_from_db()
    assert row.channels == ["email", "fax"]
    assert answer["Location"].endswith(f"?message={row.pk}&before=email")
    assert "Put that back" in text(cast, "alice", answer["Location"])
    client.post(f"{PAGE}{row.pk}/channels/", {"channels": "email", "back": "1"})
    row.refresh_from_db()
    assert row.channels == ["email"]
    client.post(f"{PAGE}{row.pk}/channels/", {"channels": "telex"})
    row.refresh_from_db()
    assert row.channels == ["email"]
    assert cast.client_of("bob").post(f"{PAGE}{row.pk}/channels/", {"channels": "fax"}).status_code == 404


def test_channels_are_tried_before_they_are_planned(cast: Cast, firms: Segment) -> None:
    row = message(cast, firms, "email")
    page = text(cast, "alice", f"{PAGE}?message={row.pk}&by=fax")
    assert "This is tried out, not planned" in page
    assert "would miss 4 of 10 customers by fax" in page
    row.refresh_from_db()
    assert row.channels == ["email"]


def test_a_cheaper_set_without_what_is_planned_is_said(cast: Cast, firms: Segment) -> None:
    found = reached(cast.program, [firms], ["fax", "letter"])
    assert found.best is not None
    assert found.best.cost == Decimal("0.93")  # with e-mail added, nobody is counted on a letter
    assert found.cheaper is None
    unpriced = reached(cast.program, [firms], ["fax", "visit", "email"])
    assert unpriced.free == ["visit"]


def test_the_page_without_a_message_shows_all_customers(cast: Cast, firms: Segment) -> None:
    page = text(cast, "frank", PAGE)
    assert "All channels together reach 97 % of 30 customers" in page
    assert "a letter to everyone would cost €22" in page
    assert "Bring contacts" not in page


def test_what_cannot_be_reached_is_said_instead_of_a_set(cast: Cast, firms: Segment) -> None:
    set_terms(cast.program, currency="EUR", prices=PRICES, want=Decimal(1), by=cast.alice.actor, at=AT)
    assert "No set of channels reaches 100 %" in text(cast, "alice", PAGE)
    set_terms(cast.program, currency="EUR", prices={}, want=Decimal(1), by=cast.alice.actor, at=AT)
    assert "No channel has a price yet" in text(cast, "alice", PAGE)


def test_a_program_without_contacts_says_how_to_begin(cast: Cast) -> None:
    page = text(cast, "ivan", PAGE)
    assert "No contacts are known yet" in page
    assert "Whom messages reach is not known yet" in page


def test_prices_are_entered_on_their_page(cast: Cast) -> None:
    client = cast.client_of("ivan")
    given = {"want": "97.5", "currency": "CHF", "email": "0.005", "fax": "0", "letter": ""}
    assert client.post(f"{PAGE}prices/", {**given, "fax": "-1"}).status_code == 422
    assert client.post(f"{PAGE}prices/", given).status_code == 302
    assert prices_of(cast.program) == {"email": Decimal("0.005"), "fax": Decimal(0)}
    assert (terms_of(cast.program).currency, terms_of(cast.program).want) == ("CHF", Decimal("0.975"))
    assert cast.client_of("carol").get(f"{PAGE}prices/").status_code == 404
    with pytest.raises(CannotError, match="no share"):
        set_terms(cast.program, currency="EUR", prices={}, want=Decimal(0), by=cast.alice.actor, at=AT)


def test_every_table_is_there_as_csv(cast: Cast, firms: Segment) -> None:
    assert "Small firms,10,3,0,0,3,6,0,0,0,10,1" in text(cast, "alice", f"{PAGE}?format=csv")
    assert "Small firms,7,0,0,0,0,6,0,0,1" in text(cast, "alice", f"{PAGE}?format=csv&table=missed&by=email")
    assert "fax,no,6,0.90,EUR" in text(cast, "alice", f"{PAGE}?format=csv&table=steps")


def test_the_page_asks_the_counts_alone(cast: Cast, firms: Segment) -> None:
    client = cast.client_of("alice")
    client.get(PAGE)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(PAGE)
    assert not [one for one in few.captured_queries if 'FROM "communication_contact"' in one["sql"]]


def test_a_segment_with_contacts_stays(cast: Cast, firms: Segment) -> None:
    client = cast.client_of("ivan")
    client.post(f"/northlight/customers/segment/{firms.pk}/remove/")
    assert Segment.objects.filter(pk=firms.pk).exists()


def test_shares_say_nought_and_all_only_of_none_and_of_all() -> None:
    assert [percent(part, 1000) for part in (0, 1, 500, 999, 1000)] == [0, 1, 50, 99, 100]
    assert [share(part, 1000) for part in (0, 500, 998, 1000)] == ["0", "50", "99.8", "100"]
    assert share(99_999, 100_000) == "99.9"
