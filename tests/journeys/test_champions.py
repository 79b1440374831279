"""A champion says yes on a phone, reads what worries her peers and what to say, notes her week; the lead sees gaps and notes a meeting."""

import re
import time

from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import PROGRAM, Instance, Visitor, fits, go, heading, said

CHAMPIONS, MINE = f"{PROGRAM}/champions/", f"{PROGRAM}/my-peers/"
DOUBT = "Who plans my round when the van is late?"


def main(page: Page) -> Locator:
    return page.get_by_role("main")


def until(page: Page, url: str, words: str) -> None:
    """Opens a page until it says so: the guidelines run in a task where they take long."""
    deadline = time.monotonic() + 90
    while True:
        page.goto(url)
        if words in main(page).inner_text() or time.monotonic() > deadline:
            break
        time.sleep(1)  # the worker is another process, and the page is as it was when it was asked for
    expect(main(page)).to_contain_text(words)


def test_who_is_asked_says_yes_on_a_phone(demo: Instance, visitor: Visitor) -> None:
    manager = visitor.open(demo, "helen")
    manager.goto(CHAMPIONS)
    expect(main(manager)).not_to_contain_text("Farah Haddad")  # who is only asked is known to nobody else
    phone = visitor.open(demo, "farah", width="phone")
    answered = phone.goto(MINE)
    assert answered is not None
    assert answered.status == 404  # not before she says yes
    phone.goto(f"{PROGRAM}/for-me/")
    main(phone).locator("#champion").get_by_role("button", name="Yes", exact=True).click()
    expect(phone.locator(".flashes")).to_be_visible()
    phone.goto(MINE)
    expect(main(phone)).to_contain_text("Your hours are not agreed yet")
    fits(phone)

    lead = visitor.open(demo, "maren")
    lead.goto(CHAMPIONS)
    main(lead).get_by_role("link", name="Farah Haddad").click()
    assert heading(lead) == "Farah Haddad is a champion, without hours yet"
    main(lead).get_by_role("link", name="Agree hours").click()
    lead.get_by_label("Hours a week").fill("1")
    lead.get_by_role("button", name="Save").click()
    said(lead, "Hours noted for Farah Haddad.")
    phone.reload()
    expect(main(phone)).not_to_contain_text("Your hours are not agreed yet")
    manager.reload()
    expect(main(manager)).to_contain_text("Farah Haddad")


def most_of_them(page: Page) -> str:
    """The unit in which most of her peers work."""
    groups = [re.fullmatch(r"([^,]+).* ([\d,]+) (?:person|people)", text.strip()) for text in _groups(page)]
    return max((int(found[2]), found[1]) for found in groups if found)[1]


def _groups(page: Page) -> list[str]:
    return [text.replace("\n", " ") for text in main(page).locator("#peers summary").all_inner_texts()]


def hand_over(page: Page) -> None:
    """Writes down a doubt that somebody told her where most of her peers work."""
    where = most_of_them(page)
    main(page).get_by_role("link", name="Hand over what I heard").first.click()
    page.get_by_label("a doubt: what you do not believe yet").check()
    page.get_by_label("Their words").fill(DOUBT)
    unit = page.get_by_label("Their unit")
    unit.select_option(value=unit.locator("option", has_text=where).first.get_attribute("value"))
    page.get_by_role("button", name="Hand it over").click()
    said(page, "Written down: a doubt.")


def test_a_champion_carries_her_peers_on_a_phone(demo: Instance, visitor: Visitor) -> None:
    phone = visitor.open(demo, "ilse", width="phone")
    until(phone, MINE, "You carry")
    assert re.match(r"You carry [1-9]\d* people", heading(phone))
    fits(phone)
    hand_over(phone)
    phone.goto(MINE)
    expect(main(phone).locator("#doubts")).to_contain_text(re.compile(r"waits? at"))
    expect(main(phone).locator("#doubts tbody")).to_contain_text("a doubt")
    expect(main(phone).locator("#raised")).to_contain_text(DOUBT)
    expect(main(phone).locator("#say .said").first).to_be_visible()
    main(phone).locator("#peers summary").first.click()
    expect(main(phone).locator("#peers li").first).to_be_visible()
    fits(phone)

    week = main(phone).locator("#week")
    if week.get_by_role("button", name="Take that back").count():
        week.get_by_role("button", name="Take that back").click()
    week.get_by_label("Hours this week").fill("1.25")
    week.get_by_label("People talked with").fill("6")
    week.get_by_role("button", name="Note it").click()
    said(phone, "Noted. Thank you for the time.")
    expect(week).to_contain_text("6 people talked with")
    week.get_by_role("button", name="Take that back").click()
    said(phone, "Taken back.")
    week.get_by_label("Hours this week").fill("3")
    week.get_by_role("button", name="Note it").click()
    week.get_by_role("button", name="This is too much").click()
    said(phone, "The change lead sees it")
    fits(phone)

    lead = visitor.open(demo, "maren")
    lead.goto(f"{CHAMPIONS}?show=much")
    expect(main(lead).get_by_role("row").filter(has_text="Ilse Brandt")).to_contain_text("says it is too much")
    main(lead).get_by_role("link", name="Ilse Brandt").click()
    assert heading(lead) == "Ilse Brandt says that it is too much"
    main(lead).get_by_role("link", name="Agree hours").click()
    lead.get_by_label("Hours a week").fill("3")
    lead.get_by_role("button", name="Save").click()
    said(lead, "Hours noted for Ilse Brandt.")
    assert heading(lead) == "Ilse Brandt is a champion"


def test_the_lead_sees_gaps_and_a_meeting_ends_the_finding(demo: Instance, visitor: Visitor) -> None:
    lead = visitor.open(demo, "maren")
    lead.goto(PROGRAM + "/")
    go(lead, "Champions")
    until(lead, CHAMPIONS, "champion")
    expect(main(lead).locator("#groups").get_by_role("row").nth(1)).to_be_visible()
    assert re.search(r"reach(es)? [\d,]+ of [\d,]+ touched people|reach(es)? all", heading(lead))
    expect(main(lead).locator("#gaps")).to_contain_text("a convention, not a finding")
    ask = main(lead).locator("#gaps").get_by_role("link", name=re.compile("^Ask somebody for")).first
    ask.click()
    assert lead.get_by_label(re.compile("^Level")).input_value()

    findings = f"{PROGRAM}/findings/?practice=PEER"
    until(lead, findings, "have not met")
    lead.goto(CHAMPIONS)
    main(lead).get_by_role("link", name="Note a meeting", exact=True).click()
    lead.get_by_label("Day").fill(timezone.localdate().isoformat())
    lead.get_by_role("button", name="Save").click()
    expect(main(lead)).to_contain_text("a meeting that took place had at least one champion in it")
    lead.get_by_label("Ilse Brandt", exact=True).check()
    lead.get_by_label("What it is about").fill("What we hear")
    lead.get_by_role("button", name="Save").click()
    said(lead, "is noted.")
    expect(main(lead).locator("#meetings")).to_contain_text("Champions last met on")
    deadline = time.monotonic() + 90
    lead.goto(findings)
    while "have not met" in main(lead).inner_text() and time.monotonic() < deadline:
        time.sleep(1)  # the worker is another process, and the page is as it was when it was asked for
        lead.goto(findings)
    expect(main(lead)).not_to_contain_text("have not met")
