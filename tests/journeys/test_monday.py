"""Monday morning of a change lead: the three findings that matter most, one of them turned into an activity, and what it did."""

import re

from playwright.sync_api import expect

from tests.journeys.conftest import PROGRAM, Instance, Visitor, fits, follow, headed, said


def test_a_lead_takes_a_finding_up_and_comes_back_to_see_what_it_did(demo: Instance, visitor: Visitor) -> None:
    lead = visitor.open(demo, "maren")
    lead.goto(f"{PROGRAM}/")
    week = lead.locator("section", has=lead.get_by_role("heading", name="Do this week"))
    steps = week.locator("ol.todo").first.locator("li:not(.todo-head)")
    expect(steps).to_have_count(3)
    expect(steps.first).to_contain_text("To act on now")
    missing = steps.first.locator("b").first.inner_text()
    steps.first.get_by_role("button", name=re.compile("Make it an activity")).click()
    said(lead, "It stands under “What came of it”")
    came = lead.locator("section", has=lead.get_by_role("heading", name="What came of it"))
    taken = came.locator("ul.came > li", has_text=missing)
    expect(taken).to_contain_text("Planned")
    expect(steps.first).not_to_contain_text(missing)

    follow(taken.locator("a").first)
    lead.get_by_role("link", name="It was delivered").click()
    lead.get_by_role("button", name="It was delivered").click()
    said(lead, "was delivered on")
    lead.goto(f"{PROGRAM}/")
    expect(came.locator("ul.came > li", has_text=missing)).to_contain_text(
        re.compile("Still there when the guideline looked again|finds it no more|not looked again yet")
    )
    fits(lead)


def test_what_was_done_weeks_ago_shows_the_pace_before_and_after(demo: Instance, visitor: Visitor) -> None:
    lead = visitor.open(demo, "maren", width="phone")
    lead.goto(f"{PROGRAM}/findings/effects/")
    headed(lead, re.compile("activities delivered"))
    row = lead.locator("ul.came > li", has_text="Case number on the dispatch screen")
    expect(row).to_contain_text(re.compile(r"\d+\s%\s→\s\d+\s%"))
    expect(row).to_contain_text("95 % interval")
    expect(lead.get_by_role("main")).to_contain_text("is no proof")
    fits(lead)
    follow(row.get_by_role("link").nth(1))
    expect(lead.locator("#help")).to_contain_text("evidence")


def test_a_click_that_was_a_slip_is_taken_back(demo: Instance, visitor: Visitor) -> None:
    lead = visitor.open(demo, "maren")
    lead.goto(f"{PROGRAM}/")
    lead.get_by_role("button", name=re.compile("Make it an activity")).first.click()
    said(lead, "Planned:")
    lead.get_by_role("button", name=re.compile("Take that back")).first.click()
    said(lead, "the finding stands on the list again")
