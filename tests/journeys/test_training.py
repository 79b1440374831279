"""Everybody of a role is trained: a module for it, a session, places for all who are left, who was there, and who is still left."""

from django.utils import timezone
from playwright.sync_api import expect

from tests.journeys.conftest import PROGRAM, Instance, Visitor, fits, said

ROLE = "Dispatch planner"


def test_everybody_of_a_role_is_trained_and_who_is_left_is_seen(demo: Instance, visitor: Visitor) -> None:
    lead = visitor.open(demo, "maren")
    lead.goto(f"{PROGRAM}/training/")
    lead.get_by_role("link", name="Add a module").click()
    lead.get_by_label("What is learned").fill("A visit while they are on the line")
    lead.get_by_label("Hours it takes").fill("3")
    lead.get_by_role("button", name="Add it").click()
    said(lead, "Added: A visit while they are on the line.")

    lead.get_by_role("main").get_by_role("link", name="Say for whom").first.click()
    lead.get_by_label("Holders of the role").select_option(label=ROLE)
    lead.get_by_role("button", name="Add them").click()
    said(lead, f"is for {ROLE}")
    module = lead.url
    lead.get_by_role("link", name="See who is left").click()
    expect(lead.get_by_role("heading", level=1)).to_contain_text("people are left to train")
    many = int(lead.get_by_role("heading", level=1).inner_text().split()[0])

    lead.get_by_role("main").get_by_role("link", name="Plan a session").first.click()
    form = lead.locator("form.form")
    form.get_by_label("Day").fill(timezone.localdate().isoformat())
    form.get_by_label("Where").fill("Billing, training room")
    lead.get_by_role("button", name="Plan it").click()
    said(lead, "Give places to those who are to come")
    address = lead.url
    lead.get_by_role("button", name="Give them places").click()
    said(lead, f"{many} people have a place now.")

    phone = visitor.open(demo, "rosa", width="phone")
    phone.goto(address)
    fits(phone)
    phone.locator(".ticks input[type=checkbox]").first.uncheck()
    missing = phone.locator(".ticks li").first.locator("span").inner_text()
    phone.get_by_role("button", name="Note who was there").click()
    said(phone, f"{many - 1} people were there. 1 person could not be")

    lead.goto(module)
    lead.get_by_role("link", name="See who is left").click()
    expect(lead.get_by_role("heading", level=1)).to_contain_text("1 person is left to train")
    expect(lead.locator("table.training tbody tr")).to_have_count(1)
    expect(lead.locator("table.training")).to_contain_text(missing)
