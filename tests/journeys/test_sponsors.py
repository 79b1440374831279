"""A sponsor is named, plans an act on a phone, notes that it was done, and the unit's line on the map says so; an end is taken back."""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PROGRAM, Instance, Visitor, fits, said


def _name_ruth(lead: Page) -> None:
    """Names Ruth for the whole program, if nobody did."""
    lead.goto(f"{PROGRAM}/sponsors/")
    table = lead.locator("#sponsors").get_by_role("row")
    if table.filter(has_text="Ruth Nakamura").filter(has_text="The whole program").count():
        return
    lead.get_by_role("main").get_by_role("link", name="Name a sponsor").first.click()
    lead.get_by_label("Who", exact=True).fill("Ruth Nakamura")
    lead.get_by_label("Their part in it").fill("Executive sponsor")
    lead.get_by_label("From").fill((timezone.localdate() - timedelta(days=60)).isoformat())
    lead.get_by_role("button", name="Name them").click()
    said(lead, "Named: Ruth Nakamura for the whole program.")


def test_a_sponsor_plans_an_act_on_a_phone_and_notes_it(demo: Instance, visitor: Visitor) -> None:
    lead = visitor.open(demo, "maren")
    _name_ruth(lead)

    ruth = visitor.open(demo, "ruth", width="phone")
    ruth.goto(f"{PROGRAM}/for-me/")
    ruth.get_by_role("link", name="Note an act, or plan one").click()
    fits(ruth)
    ruth.locator("form.form").get_by_label("What").first.select_option(label="visited")
    form = ruth.locator("form.form")
    where = form.get_by_label("Where")
    where.select_option(value=where.locator("option", has_text="Metering crews").first.get_attribute("value"))
    form.get_by_label("When").fill((timezone.localdate() + timedelta(days=3)).isoformat())
    form.get_by_label("In a few words").fill("Ride along with the morning shift.")
    ruth.get_by_role("button", name="Note it").click()
    said(ruth, "Planned: visit")
    own = ruth.locator("#acts").get_by_role("listitem").filter(has_text="Ride along with the morning shift.")
    expect(own).to_have_count(1)
    fits(ruth)

    lead.goto(f"{PROGRAM}/sponsors/")
    expect(lead.locator("#planned")).to_contain_text("Ride along with the morning shift.")

    own.get_by_role("link", name="It was done").click()
    ruth.get_by_label("Done on").fill(timezone.localdate().isoformat())
    ruth.get_by_role("button", name="It was done").click()
    said(ruth, "Noted as done: visited")

    lead.reload()
    expect(lead.locator("#acts")).to_contain_text("Ride along with the morning shift.")


def test_a_sponsor_who_leaves_is_followed_or_comes_back(demo: Instance, visitor: Visitor) -> None:
    lead = visitor.open(demo, "maren")
    _name_ruth(lead)
    row = (
        lead.locator("#sponsors")
        .get_by_role("row")
        .filter(has_text="The whole program")
        .filter(has_text="Ruth Nakamura")
    )
    row.get_by_role("link", name="End").click()
    lead.get_by_label("Why").fill("Moves to another house")
    lead.get_by_role("button", name="End it").click()
    said(lead, "Name who follows")
    main = lead.get_by_role("main")
    main.get_by_role("button", name="Not ended after all").first.click()
    said(lead, "goes on.")


def test_others_read_the_map_and_change_nothing(demo: Instance, visitor: Visitor) -> None:
    _name_ruth(visitor.open(demo, "maren"))
    rosa = visitor.open(demo, "rosa")
    rosa.goto(f"{PROGRAM}/sponsors/")
    main = rosa.get_by_role("main")
    expect(main.locator("#sponsors")).to_contain_text("Ruth Nakamura")
    for name in ("Name a sponsor", "Note an act", "End", "Change"):
        expect(main.get_by_role("link", name=name, exact=True)).to_have_count(0)
