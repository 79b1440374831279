"""Somebody answers for work that moves and takes no part in finding the new way. A seat does not end that finding; a session does."""

from playwright.sync_api import Page, expect

from tests.journeys.conftest import PROGRAM, Instance, Visitor, go, headed, said, unfold

OWNER = "Dieter Hahn"
FINDING = f"{OWNER} answers for Open the account, which moves to Phone, and takes no part in finding the new way"


def in_the_inbox(page: Page) -> int:
    """How often the finding stands in the inbox, once the guidelines have looked at what was done."""
    page.goto(f"{PROGRAM}/findings/?practice=MNGR")
    expect(page.locator("#standing")).not_to_contain_text("checking now", timeout=60_000)
    page.reload()
    unfold(page)
    return page.get_by_role("main").get_by_role("link", name=FINDING).count()


def test_the_finding_ends_with_a_session_and_not_with_the_seat(demo: Instance, visitor: Visitor) -> None:
    page = visitor.open(demo, "maren")
    page.goto(f"{PROGRAM}/findings/?practice=MNGR")
    unfold(page)
    page.get_by_role("main").get_by_role("link", name=FINDING).click()
    finding = page.get_by_role("article")
    expect(finding.get_by_role("heading", name=FINDING)).to_be_visible()
    expect(finding).to_contain_text("Who finds the solution can carry it to others")

    # from the workflow to its search, and the seat offered with one click
    go(page, "Workflows")
    page.get_by_role("main").get_by_role("link", name="Move-in, from first call to first right bill").first.click()
    page.get_by_role("link", name="Offer the five owners a seat").click()
    headed(page, "How can a customer move in with one call, and no one wait for paper?")
    missing = page.get_by_role("listitem").filter(has_text=f"{OWNER}").filter(has_text="answers for Open the account")
    missing.get_by_role("button", name="Offer a seat").click()
    said(page, f"A seat is offered to {OWNER}. It counts as taking part once they have been in a session.")
    expect(missing).to_contain_text("Seat, not yet part")
    assert in_the_inbox(page) == 1, "a seat alone is not taking part"

    # a session that this person was in
    go(page, "Solutions")
    page.get_by_role("main").get_by_role("link", name="How can a customer move in with one call").first.click()
    page.get_by_role("link", name="Record a session").click()
    page.get_by_role("checkbox", name=OWNER).check()
    page.get_by_label("What it was about").fill("The tray of move-ins, and what a call would need to do its work")
    page.get_by_role("button", name="Save").click()
    said(page, "is recorded.")
    expect(page.get_by_role("row").filter(has_text=OWNER)).to_contain_text("takes part")
    expect(page.get_by_role("listitem").filter(has_text="answers for Open the account")).to_have_count(0)
    assert in_the_inbox(page) == 0

    # it is kept, with the day on which it ended and why
    page.goto(f"{PROGRAM}/findings/?show=ended")
    unfold(page)
    page.get_by_role("main").get_by_role("link", name=FINDING).click()
    expect(page.get_by_role("article")).to_contain_text("because the facts changed")


def test_a_session_without_anybody_is_refused_in_a_sentence(demo: Instance, visitor: Visitor) -> None:
    page = visitor.open(demo, "maren")
    page.goto(f"{PROGRAM}/solutions/1/session/")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("main")).to_contain_text("Say who was there: a session takes at least one person.")


def test_somebody_without_a_process_is_invited_by_name(demo: Instance, visitor: Visitor) -> None:
    page = visitor.open(demo, "rosa")
    page.goto(f"{PROGRAM}/solutions/1/")
    page.get_by_role("link", name="Offer a seat to somebody else").click()
    page.get_by_label("Whom to invite").fill("Nobody of that name")
    page.get_by_role("button", name="Offer it").click()
    expect(page.get_by_role("main")).to_contain_text("Nobody of that name")
    page.get_by_label("Whom to invite").fill("Samuel Adjei")
    page.get_by_role("button", name="Offer it").click()
    said(page, "A seat is offered to Samuel Adjei.")
    expect(page.get_by_role("row").filter(has_text="Samuel Adjei")).to_contain_text("asked, no answer yet")
