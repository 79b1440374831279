"""A meter reader with a phone in his hand: what changes, since when, what instead; and his steps, at his own pace."""

import re

from playwright.sync_api import expect

from tests.journeys.conftest import PROGRAM, Instance, Visitor, fits, follow, headed, heading, said


def test_an_employee_reads_what_changes_and_takes_the_steps(demo: Instance, visitor: Visitor) -> None:
    page = visitor.open(demo, "samuel", width="phone")
    page.goto("/")
    main = page.get_by_role("main")
    assert re.fullmatch(
        r"Good (morning|afternoon|evening), Samuel\. \w+ things? changes? for you on \d+ \w+ \d{4}\.", heading(page)
    )
    fits(page)

    change = main.get_by_role("listitem").filter(
        has=page.get_by_role("heading", name="Your role, Meter reader, changes")
    )
    expect(change).to_contain_text(re.compile(r"Next\s+from \w+ \d+ \w+ \d{4}"))
    terms = change.locator("dl.swap")
    expect(terms.get_by_role("term").first).to_have_text("Until then")
    expect(terms.get_by_role("term").last).to_have_text("After")
    expect(terms.get_by_role("definition").first).to_contain_text("Plans the order of visits at the depot at 06:30.")
    expect(terms.get_by_role("definition").last).to_contain_text("May swap visits within the round.")
    expect(change).to_contain_text("You gain")
    expect(change).to_contain_text("You give up")
    expect(change).to_contain_text(re.compile(r"On your page since \d+ \w+ \d{4}\."))
    expect(main).to_contain_text("What stays:")

    expect(main.get_by_role("heading", name="Who speaks with you")).to_be_visible()
    expect(main).to_contain_text("your manager: you hear of every change from them first")


def test_read_talked_over_and_seen_one_after_the_other(demo: Instance, visitor: Visitor) -> None:
    page = visitor.open(demo, "samuel", width="phone")
    page.goto(f"{PROGRAM}/for-me/")
    steps = page.get_by_role("main").locator("#role")
    # the demo has him at “read”: back to the beginning first, which is a way a person may go as well
    steps.get_by_role("button", name="I have not read it yet").click()
    said(page, "Taken back.")
    expect(page.get_by_text("See what is different, word by word")).to_be_visible()
    expect(steps.locator("ins").first).to_be_visible()
    steps.get_by_role("button", name="I have read it").click()
    said(page, "Noted: you have read it. Next, talk it over with your manager.")
    expect(steps.get_by_role("button", name="I have seen it")).to_have_count(0)
    steps.get_by_role("button", name="We have talked it over").click()
    said(page, "Noted: you have talked it over.")
    expect(steps).to_contain_text("your manager notes it too")

    # the manager's side, noted by the change lead for Luis Ferreira, who has no sign-in
    lead = visitor.open(demo, "maren")
    lead.goto(f"{PROGRAM}/realignment/balance/")
    lead.get_by_role("row").get_by_role("link", name="Meter reader", exact=True).click()
    follow(lead.get_by_role("link", name="Whole page of the role"))
    row = lead.get_by_role("row").filter(has_text="Samuel Adjei")
    while not row.count():
        follow(lead.get_by_role("main").get_by_role("link", name="Next"))
    row.get_by_role("button", name="We talked").click()
    said(lead, "Noted for Samuel Adjei")

    page.reload()
    steps.get_by_role("button", name="I have seen it").click()
    said(page, "Thank you. It says that you have seen it, and nothing more.")
    expect(steps).to_contain_text("does not mean you agree")
    fits(page)


def test_the_phone_has_its_keys_in_reach(demo: Instance, visitor: Visitor) -> None:
    page = visitor.open(demo, "samuel", width="phone")
    page.goto(f"{PROGRAM}/for-me/")
    keys = page.locator("nav.keys")
    expect(keys.get_by_role("link", name="For me")).to_have_attribute("aria-current", "page")
    keys.get_by_text("More").click()
    expect(keys.get_by_role("searchbox")).to_be_visible()
    fits(page)
    for key in keys.get_by_role("link").all():
        box = key.bounding_box()
        assert box is None or box["height"] >= 24


def test_the_unit_manager_prints_the_sheet_of_a_team(demo: Instance, visitor: Visitor) -> None:
    page = visitor.open(demo, "helen")
    page.goto(f"{PROGRAM}/for-me/")
    follow(page.get_by_role("main").get_by_role("link", name="Sheet for a team"))
    choice = page.get_by_role("main").get_by_label("Unit")
    if choice.count():
        choice.select_option("Accounts")
        page.get_by_role("button", name="Show the sheet").click()
    headed(page, re.compile("^What changes for "))
    expect(page.get_by_role("main")).to_contain_text(re.compile(r"As told on \w+ \d+ \w+ \d{4}\."))
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation", name="Parts of the program").first).to_be_hidden()
    expect(page.get_by_role("button", name="Show the sheet")).to_be_hidden()
    assert page.pdf(format="A4").startswith(b"%PDF")
