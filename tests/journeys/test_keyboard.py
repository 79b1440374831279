"""The product without a mouse, and without JavaScript: nobody needs either."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.conftest import PROGRAM, Instance, Visitor, headed, said


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.getAttribute('aria-label') || document.activeElement.innerText"))


def test_a_slash_goes_to_search_and_enter_finds(demo: Instance, visitor: Visitor) -> None:
    page = visitor.open(demo, "maren")
    page.goto(f"{PROGRAM}/workflows/")
    page.keyboard.press("/")
    expect(page.get_by_role("banner").get_by_role("searchbox", name="Search")).to_be_focused()
    page.keyboard.type("Dieter Hahn")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("called “Dieter Hahn”")
    expect(page.get_by_role("main").get_by_role("link", name="Dieter Hahn", exact=True)).to_be_visible()
    # a slash that is written stays a slash
    page.get_by_role("main").get_by_role("searchbox").first.focus()
    page.keyboard.press("End")
    page.keyboard.type("/x")
    expect(page.get_by_role("main").get_by_role("searchbox").first).to_have_value("Dieter Hahn/x")


def test_the_first_key_skips_to_the_content(demo: Instance, visitor: Visitor) -> None:
    page = visitor.open(demo, "maren")
    page.goto(f"{PROGRAM}/organization/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main#content")).to_be_focused()


def test_menus_open_and_close_by_keys(demo: Instance, visitor: Visitor) -> None:
    page = visitor.open(demo, "maren")
    page.goto(f"{PROGRAM}/workflows/")
    menu = page.get_by_label("Maren Lindqvist, your menu")
    menu.focus()
    page.keyboard.press("Enter")
    out = page.get_by_role("button", name="Sign out")
    expect(out).to_be_visible()
    page.keyboard.press("Escape")
    expect(out).to_be_hidden()
    expect(menu).to_be_focused()


def test_another_day_is_chosen_and_left_by_keys(demo: Instance, visitor: Visitor) -> None:
    page = visitor.open(demo, "maren")
    page.goto(f"{PROGRAM}/organization/")
    page.locator("details.as-of summary").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Show what held on").fill("2026-01-05")
    page.keyboard.press("Enter")
    expect(page.get_by_role("note")).to_contain_text("This page shows what held on Mon 5 Jan 2026.")
    page.get_by_role("link", name="Back to today").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("note")).to_have_count(0)


def test_the_inbox_is_worked_without_a_mouse(demo: Instance, visitor: Visitor) -> None:
    page = visitor.open(demo, "maren")
    page.goto(f"{PROGRAM}/findings/?show=nobody")
    opened = page.get_by_role("article").get_by_role("heading")
    first = opened.inner_text()
    many = page.locator("li.fold summary").first
    for _ in range(
        page.locator("[data-finding]").count()
    ):  # findings of one kind each may stand before the first of many
        page.keyboard.press("j")
        if many.evaluate("element => element === document.activeElement"):
            break
    expect(many).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("j")
    link = focused(page)
    assert link != first
    page.keyboard.press("Enter")
    expect(opened).to_have_text(link)
    page.get_by_text("Dismiss with reason").focus()
    page.keyboard.press("Enter")
    reason = page.get_by_role("article").get_by_label("Why can this wait?")
    expect(reason).to_be_visible()
    reason.focus()
    page.keyboard.type("Talked over with the unit; it waits for the new year.")
    page.get_by_role("button", name="Put it aside").focus()
    page.keyboard.press("Enter")
    said(page, "Put aside. It comes back by itself.")
    take_up = page.get_by_role("button", name="Take it up again")
    take_up.focus()
    page.keyboard.press("Enter")
    said(page, "It is open again.")


def test_a_finding_is_given_to_somebody_without_javascript(demo: Instance, visitor: Visitor) -> None:
    page = visitor.open(demo, java_script_enabled=False)
    page.goto(f"{PROGRAM}/findings/")
    page.get_by_label("Sign-in name").fill("maren")
    page.get_by_label("Password").fill(demo.password("maren"))
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    headed(page, re.compile("findings"))
    page.locator("li.fold summary").first.click()
    link = page.locator("li.fold").first.get_by_role("listitem").filter(has_text="no owner").get_by_role("link").first
    words = link.inner_text()
    link.click()
    finding = page.get_by_role("article")
    expect(finding.get_by_role("heading")).to_have_text(words)
    finding.get_by_text("Assign", exact=True).click()
    finding.get_by_role("combobox").select_option(label="Ruth Nakamura")
    finding.get_by_role("button", name="Give it to them").click()
    said(page, "Ruth Nakamura has it now.")
    expect(page.get_by_role("article")).to_contain_text("Ruth Nakamura")
    page.get_by_label("Maren Lindqvist, your menu").click()
    page.get_by_role("button", name="Sign out").click()
    headed(page, "Sign in")
