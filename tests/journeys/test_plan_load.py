"""Monday's load is too high: two activities are moved, and it falls. What one unit planned is copied to a second one, and undone."""

from playwright.sync_api import expect

from tests.journeys.conftest import PROGRAM, Instance, Visitor, fits, said


def test_the_load_is_too_high_and_falls_when_two_are_moved(demo: Instance, visitor: Visitor) -> None:
    lead = visitor.open(demo, "maren")
    lead.goto(f"{PROGRAM}/plan/load/")
    expect(lead.get_by_role("heading", level=1)).to_have_text("One unit is asked for more than there is room for")
    expect(lead.locator("#over")).to_contain_text("Bill run")
    expect(lead.locator("#over")).to_contain_text("Two moves and nothing is too much")
    lead.get_by_role("link", name="Look at what to move").click()
    expect(lead.get_by_role("heading", level=1)).to_have_text(
        "With these moves, no unit is asked for more than it has room for"
    )
    fits(lead)
    lead.get_by_role("button", name="Move them").click()
    said(lead, "Two activities moved")
    expect(lead.get_by_role("heading", level=1)).to_have_text("No unit is asked for more than it has room for")
    expect(lead.locator("#over")).to_have_count(0)


def test_a_plan_is_copied_to_a_second_unit_and_undone(demo: Instance, visitor: Visitor) -> None:
    lead = visitor.open(demo, "maren")
    lead.goto(f"{PROGRAM}/plan/copy/")
    what, to = lead.locator("select[name=from]"), lead.locator("select[name=to]")
    what.select_option(value=what.locator("option", has_text="Bill run").first.get_attribute("value"))
    to.select_option(value=to.locator("option", has_text="Accounts").first.get_attribute("value"))
    lead.get_by_role("button", name="Look at it first").click()
    expect(lead.get_by_role("heading", level=1)).to_have_text("What Bill run did, for Accounts")
    lead.get_by_label("Take Wednesday table").uncheck()
    fits(lead)
    lead.get_by_role("button", name="Plan it for Accounts").click()
    said(lead, "activities are planned for Accounts")
    expect(lead.get_by_role("main")).to_contain_text("First bill review")
    lead.goto(f"{PROGRAM}/plan/copy/")
    lead.get_by_role("button", name="Undo it").first.click()
    said(lead, "gone again")
