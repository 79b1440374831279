"""From the board's first mention to the cut-over: the goal, milestones, a phase and a panel, and the line shows order and lateness."""

import re
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PROGRAM, Instance, Visitor, fits, said


def _milestone(
    lead: Page, label: str, *, planned: int | None = None, actual: int | None = None, unit: str = ""
) -> None:
    lead.goto(f"{PROGRAM}/program/milestone/add/")
    form = lead.locator("form.form")
    form.get_by_label("Milestone").select_option(label=label)
    if unit:
        where = form.get_by_label(re.compile("^For"))
        where.select_option(value=where.locator("option", has_text=unit).first.get_attribute("value"))
    today = timezone.localdate()
    if planned is not None:
        form.get_by_label("Planned").fill((today + timedelta(days=planned)).isoformat())
    if actual is not None:
        form.get_by_label("Reached on").fill((today + timedelta(days=actual)).isoformat())
    lead.get_by_role("button", name="Add it").click()
    said(lead, "Added: ")


def test_the_line_shows_order_and_lateness_for_the_whole_and_for_a_unit(demo: Instance, visitor: Visitor) -> None:
    lead = visitor.open(demo, "maren")
    lead.goto(f"{PROGRAM}/program/")
    main = lead.get_by_role("main")
    expect(main).to_contain_text("In order")
    expect(main.locator("#lanes")).to_contain_text("Customers with us")
    expect(main.locator("figure")).to_contain_text("CRM first raised")

    _milestone(
        lead, "Cut-over", planned=-9, unit="Key accounts"
    )  # it was to be nine days ago, and nobody says that it was
    lead.goto(f"{PROGRAM}/program/")
    expect(main.locator("#late")).to_contain_text("Cut-over Key accounts")
    expect(main.locator("#late")).to_contain_text("9 days ago")
    main.locator(".filters").get_by_role("link", name="Key accounts").click()
    expect(main.locator("figure")).to_contain_text("Key accounts, and what is for all")
    expect(main.locator("figure svg")).not_to_contain_text("Metering crews")
    with lead.expect_download() as caught:
        main.locator("#lanes").get_by_role("link", name="CSV").click()
    assert "Cut-overs,Cut-over,Key accounts" in caught.value.path().read_text(encoding="utf-8-sig")

    lead.goto("/fleet-desk/program/")  # a program that began with the screen: the order is broken, and the line says so
    expect(main.get_by_role("heading", level=1)).to_contain_text("Technology was chosen before the strategy")
    expect(main).to_contain_text("Agree it now and check the choice against it.")

    phone = visitor.open(demo, "samuel", width="phone")  # an employee reads the same line in words
    phone.goto(f"{PROGRAM}/program/")
    expect(phone.locator("#lanes")).to_contain_text("Roles and training")
    fits(phone)


def test_the_plan_begins_with_the_boards_first_mention(demo: Instance, visitor: Visitor) -> None:
    """The goal, the talk that came first, what is done for people: each stands in its lane, with no system chosen."""
    lead, today = visitor.open(demo, "maren"), timezone.localdate()
    lead.goto("/fleet-desk/program/goal/")
    lead.get_by_label("The goal").fill("A crew finds its van without asking three people.")
    lead.get_by_role("button", name="State it").click()
    said(lead, "The goal stands")
    lead.goto("/fleet-desk/program/engagement/add/")
    form = lead.locator("form.form")
    form.get_by_label("Day").fill((today - timedelta(days=2)).isoformat())
    form.get_by_label("With whom").fill("Managing board")
    form.get_by_label(re.compile("^Kind")).select_option(value="board")
    lead.get_by_role("button", name="Add it").click()
    said(lead, "Added: Managing board")
    lead.goto("/fleet-desk/plan/activity/add/")
    form.get_by_label("What kind").select_option(value="involve")
    form.get_by_label(re.compile("^What is done")).fill("Morning at the key board")
    form.get_by_label(re.compile("^From")).fill((today + timedelta(days=12)).isoformat())
    form.get_by_role("button", name="Add it").click()
    lead.goto("/fleet-desk/program/")
    main = lead.get_by_role("main")
    expect(main).to_contain_text("A crew finds its van without asking three people.")
    with lead.expect_download() as caught:
        main.locator("#lanes").get_by_role("link", name="CSV").click()
    text = caught.value.path().read_text(encoding="utf-8-sig")
    assert f"Engagement,Managing board,the whole,{(today - timedelta(days=2)).isoformat()}" in text
    assert "Engagement,Morning at the key board" in text


def test_a_unit_goes_its_own_way_through_the_phases(demo: Instance, visitor: Visitor) -> None:
    lead, today = visitor.open(demo, "maren"), timezone.localdate()
    lead.goto(f"{PROGRAM}/program/phases/")
    main = lead.get_by_role("main")
    expect(main.get_by_role("heading", level=1)).to_contain_text("The program is in phase two")
    main.get_by_role("link", name="Plan a phase").click()
    form = lead.locator("form.form")
    form.get_by_label(re.compile("^Phase")).select_option(value="2")
    where = form.get_by_label(re.compile("^For"))
    where.select_option(value=where.locator("option", has_text="Key accounts").first.get_attribute("value"))
    form.get_by_label("Planned from").fill((today + timedelta(days=30)).isoformat())
    lead.get_by_role("button", name="Add it").click()
    said(lead, "Added: phase 2 of Key accounts")
    part = main.locator("tbody.of-part").filter(has_text="Key accounts")
    part.get_by_role("link", name="It began").click()
    lead.get_by_role("button", name="It began").click()
    said(lead, "Phase 2 of Key accounts began on")
    part.get_by_role("button", name="Not yet after all").click()
    said(lead, "has not begun yet")


def test_customers_work_with_us_and_what_came_of_it_stands_there(demo: Instance, visitor: Visitor) -> None:
    farah, today = visitor.open(demo, "farah"), timezone.localdate()
    farah.goto(f"{PROGRAM}/customers/")
    main = farah.get_by_role("main")
    main.get_by_role("link", name="Begin a panel").first.click()
    form = farah.locator("form.form")
    form.get_by_label("What it is called").fill("Morning with landlords")
    form.get_by_label("Which customers").fill("Landlords of more than ten flats")
    form.get_by_label("Who of ours").fill("Rosa Quintero")
    farah.get_by_role("button", name="Save").click()
    said(farah, "Added: Morning with landlords")
    row = main.locator("#panels").get_by_role("row").filter(has_text="Morning with landlords")
    row.get_by_role("link", name="Note a meeting").click()
    form.get_by_label("Which customers").fill("Six landlords")
    form.get_by_label("Day").fill(today.isoformat())
    form.get_by_label("What came of it").fill("One reading for the whole house")
    farah.get_by_role("button", name="Save").click()
    expect(main.locator("#meetings")).to_contain_text("One reading for the whole house")
    work = main.locator("#improvements").get_by_role("row").filter(has_text="One date for power and water")
    work.get_by_role("button", name="Being tried").click()
    said(farah, "is being tried")
