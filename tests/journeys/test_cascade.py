"""A crew without e-mail hears from its own line: talks are proposed, begun, held on a phone and on paper, and who has not heard is seen."""

from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PROGRAM, Instance, Visitor, fits, said

MESSAGE = "Your round is booked with the time the customer chose"


def test_a_crew_without_mail_hears_from_its_own_line(demo: Instance, visitor: Visitor) -> None:
    lead = visitor.open(demo, "maren")
    cascade = _begun(lead)
    _held_on_paper(lead, cascade)
    phone = visitor.open(demo, "rosa", width="phone")
    _held_on_a_phone(phone)
    lead.goto(cascade)
    expect(lead.locator("ol.talks li", has_text="Rosa Quintero")).to_contain_text("held")
    lead.get_by_role("link", name="Who has not heard").click()
    lead.get_by_role("link", name="People", exact=True).click()
    expect(lead.locator("tbody tr").first).to_be_visible()


def _begun(lead: Page) -> str:
    """Proposes the talks, names a deputy, starts it. Returns its address."""
    lead.goto(f"{PROGRAM}/messages/cascades/")
    lead.get_by_role("link", name="Begin a cascade").click()
    lead.get_by_label("Which message").select_option(label=MESSAGE)
    lead.get_by_label("Who begins").fill("Gerard Visser")
    lead.get_by_role("button", name="Propose the talks").click()
    heading = lead.get_by_role("heading", level=1)
    expect(heading).to_contain_text("would reach")
    cascade = lead.url

    lead.get_by_role("main").get_by_role("link", name="Night crew South", exact=True).first.click()
    lead.get_by_role("link", name="Somebody else holds it").click()
    lead.get_by_label("Who holds it instead").fill("Rosa Quintero")
    lead.get_by_label("Why").fill("away until Monday")
    lead.get_by_role("button", name="Save").click()
    said(lead, "Rosa Quintero holds it now.")

    lead.goto(cascade)
    lead.get_by_role("button", name="Start it").click()
    said(lead, "It has begun: 1 talk can be held now.")
    expect(heading).to_contain_text("have not heard")
    return cascade


def _held_on_paper(lead: Page, cascade: str) -> None:
    """Gerard Visser’s talk, then those of the four below him, as they stand on the paper."""
    kits = lead.request.get(f"{cascade}kits.pdf")
    assert kits.body().startswith(b"%PDF")

    for held in (1, 4):
        lead.goto(f"{cascade}returns/")
        days = lead.locator("table.returns input[type=date]")
        expect(days).to_have_count(held)
        for place in range(held):
            days.nth(place).fill(timezone.localdate().isoformat())
        lead.get_by_role("button", name="Note what was held").click()
        said(lead, f"{held} {'talk was' if held == 1 else 'talks were'} held")


def _held_on_a_phone(phone: Page) -> None:
    """Three taps from one’s own page; and a question that was asked goes on."""
    phone.goto(f"{PROGRAM}/for-me/")
    phone.get_by_role("link", name="My talks").click()
    expect(phone.get_by_role("main")).to_contain_text("Night crew South")
    fits(phone)
    phone.locator("summary", has_text="It was held").click()
    phone.get_by_role("button", name="Today, all").click()
    said(phone, "Thank you. Noted: held on")
    phone.get_by_role("link", name="Hand on a question").click()
    phone.get_by_label("Their words").fill("Who plans the night round when the dispatcher is ill?")
    phone.get_by_role("button", name="Hand it on").click()
    said(phone, "Handed on, as from")
