"""A behaviour is taken from the library, its rule is fitted to the log while its preview is watched, and waiting for it is priced."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import PROGRAM, Instance, Visitor, fits, go, headed, said

NAME = "Hand over with the case, not by phone"


def box(page: Page, part: str, key: str, name: str) -> None:
    """Ticks a name that the log offers, in a part of the rule; unfolds its box first."""
    field = page.locator(f'input[name="{part}.{key}"][value="{name}"]')
    details = page.locator("details", has=field)
    if details.get_attribute("open") is None:
        details.locator("summary").click()
    field.check()


def test_a_behaviour_is_begun_its_rule_tried_and_kept(demo: Instance, visitor: Visitor) -> None:
    page = visitor.open(demo, "maren")
    page.goto("/")
    go(page, "Pace")
    page.goto(f"{PROGRAM}/pace/library/?area=across")
    main = page.get_by_role("main")
    main.get_by_role("link", name=re.compile("^Use this.*Hand over with the case, not by phone")).click()
    main.get_by_label("What people do").fill(NAME)
    main.get_by_label("Share that is wanted, in %").fill("80")
    main.get_by_role("button", name="Add it").click()
    expect(main.get_by_role("alert")).to_contain_text("A share and a day belong together")
    main.get_by_label("By which day").fill("2027-12-31")
    main.get_by_role("button", name="Add it").click()
    said(page, f"Added: {NAME}. Now say which events are occasions.")

    # what the library supposes is not what this log says, and the page tells so
    preview = page.locator("#preview")
    expect(preview).to_contain_text("The log has no “hand-off”.")
    expect(preview).to_contain_text("or nobody, so no figure is given")
    box(page, "occasion", "activity", "Open the account")
    expect(preview).to_contain_text("went the new way")  # by itself, without a click
    first = preview.inner_text()
    box(page, "occasion", "activity", "Make the first bill")
    expect(preview).not_to_have_text(first, use_inner_text=True)
    for part, key in (("occasion", "activity"), ("new", "channel"), ("old", "channel")):
        more = page.locator(f'textarea[name="{part}.{key}.more"]')
        if more.is_visible():
            more.fill("")
    expect(preview).not_to_contain_text("The log has no")
    main.get_by_role("button", name="Keep the rule").click()
    said(page, "The rule is kept.")
    expect(preview).to_contain_text("“Open the account” or “Make the first bill”")
    _the_rule_before_and_the_rule_as_a_file(page, main, preview)


def _the_rule_before_and_the_rule_as_a_file(page: Page, main: Locator, preview: Locator) -> None:
    # the rule before is a click away, and the same rule is a file
    main.get_by_role("button", name="Put it back").click()
    said(page, "The rule before holds again.")
    expect(preview).to_contain_text("“hand-off” or “passed on”")
    main.get_by_role("button", name="Put it back").click()
    preview.get_by_text("As a file for the command line").click()
    with page.expect_download() as asked:
        preview.get_by_role("link", name="Download it").click()
    text = asked.value.path().read_text(encoding="utf-8")
    assert 'activity = ["Open the account", "Make the first bill"]' in text


def test_it_works_without_a_script(demo: Instance, visitor: Visitor) -> None:
    page = visitor.open(demo, "maren", java_script_enabled=False)
    page.goto(f"{PROGRAM}/pace/")
    page.goto(f"{PROGRAM}/pace/1/rule/")
    page.locator('input[name="new.channel"][value="crm"]').uncheck()
    page.locator('textarea[name="new.channel.more"]').fill("CRN")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator("#preview")).to_contain_text("The log has no “CRN”. It has: crm")
    expect(page.locator('textarea[name="new.channel.more"]')).to_have_value("CRN")


def test_a_benefit_says_what_waiting_costs(demo: Instance, visitor: Visitor) -> None:
    page = visitor.open(demo, "maren")
    page.goto("/")
    go(page, "Benefits")
    headed(page, re.compile(r"^Each month of waiting costs €[\d,]+"))
    main = page.get_by_role("main")
    main.get_by_role("link", name="Add a benefit here").first.click()
    main.get_by_label("The benefit", exact=True).fill("Nobody asks the customer again")
    main.get_by_label("Its unit").fill("questions")
    main.get_by_label("How much an occasion brings").fill("0")
    main.get_by_role("button", name="Add it").click()
    expect(main.get_by_role("alert")).to_contain_text("Give a figure above zero")
    main.get_by_label("How much an occasion brings").fill("0.5")
    main.get_by_label("Who answers for the benefit").fill("maren")
    main.get_by_role("button", name="Add it").click()
    expect(main.get_by_role("alert")).to_contain_text("Nobody is found under “maren”")
    main.get_by_label("Who answers for the benefit").fill("Maren Lindqvist")
    main.get_by_role("button", name="Add it").click()
    said(page, "Added: Nobody asks the customer again.")
    one = main.locator(".benefit").filter(has=page.get_by_role("heading", name="Nobody asks the customer again"))
    expect(one).to_contain_text("questions a month")
    expect(one).to_contain_text(re.compile("months (behind|ahead)"))
    one.get_by_role("link", name=re.compile("^Change")).click()
    main.get_by_role("button", name="Remove it").click()
    said(page, "Removed: Nobody asks the customer again.")


def test_counts_are_entered_on_a_phone(demo: Instance, visitor: Visitor) -> None:
    page = visitor.open(demo, "maren", width="phone")
    page.goto(f"{PROGRAM}/pace/6/counts/?week=2026-06-01")
    fits(page)
    page.get_by_label("Contact centre, new").fill("12")
    page.get_by_label("Contact centre, old").fill("many")
    page.get_by_role("button", name="Keep these numbers").click()
    expect(page.get_by_role("main")).to_contain_text("“many” is no whole number.")
    page.get_by_label("Contact centre, old").fill("20")
    page.get_by_role("button", name="Keep these numbers").click()
    said(page, re.compile("Kept: 1 added"))
    for address in ("pace/library/", "pace/1/rule/", "pace/sources/", "benefits/"):
        page.goto(f"{PROGRAM}/{address}")
        fits(page)
