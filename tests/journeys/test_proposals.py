"""The log shows work that the register does not know. It is named, one person who was asked answers for it, and all is taken back."""

import re

from playwright.sync_api import Page, expect

from commonground.ui.words import spelled
from tests.journeys.conftest import PROGRAM, Instance, Visitor, fits, follow, go, headed, heading, said

PAGE = f"{PROGRAM}/workflows/proposals/"
OWN_NAME = "Fix the day of the works"


def proposed(page: Page) -> int:
    """How many processes wait for a decision; the statement says the same in words."""
    expect(page).to_have_url(re.compile(f"{PAGE}(\\?|$)"))
    count = page.get_by_role("main").get_by_role("checkbox", name=re.compile("^Accept ")).count()
    assert heading(page).startswith(spelled(count).capitalize())
    return count


def test_processes_and_their_owner_are_accepted_and_taken_back(demo: Instance, visitor: Visitor) -> None:
    page = visitor.open(demo, "maren")
    page.goto("/")
    go(page, "Workflows")
    page.get_by_role("main").get_by_role("link", name=re.compile("in a log and not in the register")).click()
    main = page.get_by_role("main")
    before = proposed(page)
    expect(main).to_contain_text("Ask each person first")

    # one gets a name that people use, and the person who does it most, who was asked; another stays as it is
    row = main.locator("ul.proposed > li").filter(has_text="to be asked").first
    owner = row.locator(".whose label span").evaluate("one => one.firstChild.textContent.trim()")
    row.get_by_role("checkbox", name=re.compile("^Accept ")).check()
    row.get_by_role("textbox").fill(OWN_NAME)
    row.get_by_role("checkbox", name=owner).check()
    other = main.locator("ul.proposed > li").filter(has_not_text="to be asked").first
    second = other.get_by_role("textbox").input_value()
    other.get_by_role("checkbox", name=f"Accept {second}").check()
    main.get_by_role("button", name="Accept what is ticked").first.click()
    said(page, "Accepted: 2 processes and 1 person who answers for one. The log is measured anew with them")
    assert proposed(page) == before - 2

    # the register has them
    main.get_by_text("Which activity is which process").click()
    main.get_by_role("link", name=OWN_NAME).click()
    headed(page, OWN_NAME)
    expect(page.get_by_role("main")).to_contain_text(owner)
    page.goto(f"{PROGRAM}/workflows/processes/")
    expect(main).to_contain_text(f"{before - 2} processes are in a log and not in the register")

    # and they are gone again in one step
    page.goto(PAGE)
    page.get_by_role("listitem").filter(has_text="2 processes and 1 person").get_by_role("button").click()
    said(page, "Taken back: 2 processes and 1 person who answers for one.")
    assert proposed(page) == before
    expect(main.get_by_role("textbox", name="Name of the process").filter(has_text=OWN_NAME)).to_have_count(0)


def test_one_is_looked_at_on_a_phone_and_set_aside(demo: Instance, visitor: Visitor) -> None:
    page = visitor.open(demo, "maren", width="phone")
    page.goto(PAGE)
    fits(page)
    before = proposed(page)
    follow(page.get_by_role("link", name=re.compile("^Look at it")).first)
    name = heading(page)
    fits(page)
    page.get_by_role("button", name="Set it aside").click()
    said(page, f"“{name}” is set aside.")
    assert proposed(page) == before - 1
    page.get_by_role("button", name=re.compile(f"^Bring it back.*{re.escape(name)}")).click()
    said(page, "is proposed again.")
    assert proposed(page) == before


def test_the_first_key_in_a_name_accepts_and_does_nothing_else(demo: Instance, visitor: Visitor) -> None:
    """A browser answers Enter with the first button of a form: nothing may be set aside by it."""
    page = visitor.open(demo, "maren")
    page.goto(PAGE)
    before = proposed(page)
    page.get_by_role("textbox", name=re.compile("^Name of the process")).first.press("Enter")
    said(page, "Nothing is ticked, so nothing was accepted.")
    assert proposed(page) == before


def test_nobody_else_finds_the_page(demo: Instance, visitor: Visitor) -> None:
    page = visitor.open(demo, "ruth")
    page.goto(f"{PROGRAM}/workflows/")
    expect(page.get_by_role("main")).not_to_contain_text("not in the register")
    answer = page.goto(PAGE)
    assert answer is not None
    assert answer.status == 404
