"""What people say: a fear without a name from a phone, answered and followed; an idea with credit; a poster and a paper form."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import PROGRAM, Instance, Visitor, fits, follow, go, headed, said
from tests.journeys.test_every_page import COLORS, SCREENS, violations

VOICES = f"{PROGRAM}/voices"
FEAR = "I am afraid that I am too slow with the device, and that somebody counts it."


def main(page: Page) -> Locator:
    return page.get_by_role("main")


def open_point(lead: Page, name: str, unit: str) -> str:
    """Opens a point by the pages and answers its address, as the QR code on its poster holds it."""
    lead.goto(f"{VOICES}/points/open/")
    lead.get_by_label("Where it hangs").fill(name)
    if unit:
        lead.get_by_label("Whose people will use it").select_option(label=f"{chr(0x2003) * 2}{unit}")
    lead.get_by_role("button", name="Open it").click()
    said(lead, f"“{name}” is open.")
    row = main(lead).get_by_role("row").filter(has_text=name)
    row.get_by_role("link", name="Poster").click()
    expect(main(lead).locator("svg.qr-code")).to_be_visible()
    return main(lead).locator(".poster-address").inner_text().strip()


def test_a_fear_from_a_phone_is_answered_and_followed_by_its_author(demo: Instance, visitor: Visitor) -> None:
    lead = visitor.open(demo, "maren")
    lead.goto(f"{VOICES}/")
    go(lead, "Voices")
    unit = choose_unit(lead)
    address = open_point(lead, "Depot South, by the lockers", unit)

    phone = visitor.open(demo, width="phone")
    code = write_from(phone, address)
    assert re.fullmatch(r"(\w{4}-){4}\w{4}", code)

    publish_and_answer(lead)

    # its author comes back with the code, typed as people type
    phone.goto("/follow/")
    phone.get_by_label("Your code").fill(code.lower().replace("-", " "))
    phone.get_by_role("button", name="Look").click()
    headed(phone, "Here is the answer")
    expect(main(phone)).to_contain_text("Each crew practises for two weeks")
    phone.get_by_label("Write again").fill("Thank you. Who practises with the night shift?")
    phone.get_by_role("button", name="Send").click()
    expect(main(phone)).to_contain_text("Sent. Look here again in some days.")
    fits(phone)

    lead.goto(f"{VOICES}/?show=news")
    main(lead).get_by_role("link", name="I am afraid that I am too slow").click()
    expect(main(lead)).to_contain_text("Who practises with the night shift?")
    expect(main(lead)).to_contain_text("The author, in the week of")

    # everybody else reads the public words and the answer, and no more
    other = visitor.open(demo, "samuel", width="phone")
    read_by_all(other)
    phone.get_by_label("Yes, erase my words").check()
    phone.get_by_role("button", name="Take them back").click()
    headed(phone, "Your words are erased")
    other.reload()
    expect(main(other)).not_to_contain_text("too slow")


def write_from(phone: Page, address: str) -> str:
    """The fear, written on a phone that nobody has signed in on. Answers its code."""
    phone.goto(address)
    headed(phone, "Say it here. Nobody asks who you are")
    expect(main(phone)).to_contain_text("Not kept: your name, the day and hour, the phone or computer, where you were.")
    fits(phone)
    phone.get_by_role("button", name="Send").click()
    expect(main(phone)).to_contain_text("Write what you want to say.")
    phone.get_by_label("a fear: what worries you; no fear is wrong").check()
    phone.get_by_label("In your words").fill(FEAR)
    phone.get_by_role("button", name="Send").click()
    headed(phone, "Thank you. It has arrived, without your name")
    fits(phone)
    assert phone.context.cookies() == []
    return phone.locator("#code").inner_text()


def publish_and_answer(lead: Page) -> None:
    """The change lead reads it, writes the words for all, and answers."""
    lead.goto(f"{VOICES}/")
    follow(lead.get_by_role("link", name=re.compile("^Read .* new voice")))
    while not main(lead).get_by_text(FEAR).count():
        follow(lead.get_by_role("link", name="Leave it, show the next"))
    lead.get_by_label("All may read it, in the words below").check()
    lead.get_by_label("Words that all may read").fill("I am afraid that I am too slow with the device.")
    lead.get_by_role("button", name="Save, next one").click()
    said(lead, "Saved: a fear")
    lead.goto(f"{VOICES}/?q=too+slow")
    main(lead).get_by_role("link", name="I am afraid that I am too slow").click()
    expect(main(lead)).to_contain_text("raised in the week of")
    lead.get_by_label("Your answer").fill("Nobody counts it. Each crew practises for two weeks, in its own time.")
    lead.get_by_role("button", name="Answer", exact=True).click()
    said(lead, "Answered.")


def read_by_all(page: Page) -> None:
    page.goto(f"{VOICES}/said/")
    expect(main(page)).to_contain_text("I am afraid that I am too slow with the device.")
    expect(main(page)).to_contain_text("Nobody counts it.")
    expect(main(page)).not_to_contain_text("somebody counts")
    fits(page)


def choose_unit(page: Page) -> str:
    """A unit that can be chosen without a name, as the form of the point writes it."""
    page.goto(f"{VOICES}/raise/")
    options = page.get_by_label("Unit").locator("option").all_inner_texts()
    deep = [text for text in options if text.startswith("\u2003\u2003") and not text.startswith("\u2003" * 3)]
    return re.sub(r" \([\d,]+ people\)$", "", deep[0].strip())


def test_an_idea_is_done_and_its_author_has_the_credit(demo: Instance, visitor: Visitor) -> None:
    author = visitor.open(demo, "samuel", width="phone")
    author.goto(f"{VOICES}/raise/")
    author.get_by_label("an idea: how it could be done better").check()
    author.get_by_label("In your words").fill("A charger in each van, for the night shift.")
    author.get_by_label("me, Samuel Adjei").check()
    author.get_by_label("my name may stand beside it").check()
    author.get_by_role("button", name="Send").click()
    said(author, "It is with those who work on it")

    lead = visitor.open(demo, "maren")
    lead.goto(f"{VOICES}/?q=charger")
    main(lead).get_by_role("link", name="A charger in each van").click()
    lead.get_by_role("link", name="Publish").click()
    lead.get_by_role("button", name="Publish").click()
    lead.get_by_role("link", name="Give it to somebody").click()
    lead.get_by_label("Who takes it on").select_option(label="Rosa Quintero")
    lead.get_by_role("button", name="Give it to them").click()

    member = visitor.open(demo, "rosa")
    member.goto(f"{VOICES}/?show=mine")
    main(member).get_by_role("link", name="A charger in each van").click()
    member.get_by_role("link", name="Accept the idea").click()
    member.get_by_label("What you want to say with it").fill("Yes: 24 vans get one this month.")
    member.get_by_role("button", name="Accept it").click()
    member.get_by_role("link", name="Say what came of it").click()
    member.get_by_label("What came of it").fill("All 24 vans have a charger.")
    member.get_by_role("button", name="Say it").click()
    headed(member, "An idea that is done")

    author.goto(f"{VOICES}/mine/")
    main(author).get_by_role("link", name="A charger in each van").click()
    expect(main(author)).to_contain_text("All 24 vans have a charger.")
    everybody = visitor.open(demo, "helen")
    everybody.goto(f"{VOICES}/said/?q=charger")
    expect(main(everybody)).to_contain_text("An idea of Samuel Adjei")
    expect(main(everybody)).to_contain_text("All 24 vans have a charger.")


def test_a_paper_form_is_written_down_and_followed_with_its_stub(demo: Instance, visitor: Visitor) -> None:
    lead = visitor.open(demo, "maren")
    open_point(lead, "Canteen", "")
    champion = visitor.open(demo, "ilse")
    champion.goto(f"{VOICES}/points/")
    main(champion).get_by_role("row").filter(has_text="Canteen").get_by_role("link", name="paper forms").click()
    code = main(champion).locator(".stub .paper-code").first.inner_text()
    champion.emulate_media(media="print")
    expect(champion.get_by_role("navigation", name="Parts of the program").first).to_be_hidden()
    assert champion.pdf(format="A4").startswith(b"%PDF")
    champion.emulate_media(media="screen")

    champion.goto(f"{VOICES}/hand-over/")
    champion.get_by_label("a doubt: what you do not believe yet").check()
    champion.get_by_label("Their words").fill("Who knows the streets better than we do?")
    champion.get_by_label("Code on the paper form").fill(code)
    champion.get_by_role("button", name="Hand it over").click()
    said(champion, "Written down: a doubt.")
    phone = visitor.open(demo, width="phone")
    phone.goto("/follow/")
    phone.get_by_label("Your code").fill(code)
    phone.get_by_role("button", name="Look").click()
    expect(main(phone)).to_contain_text("Who knows the streets better than we do?")

    # a point that is closed says so, and how else to be heard
    lead.goto(f"{VOICES}/points/")
    row = main(lead).get_by_role("row").filter(has_text="Canteen")
    address = row.locator(".address").inner_text().strip()
    row.get_by_role("button", name="Close").click()
    said(lead, "takes nothing more")
    answer = phone.context.request.get(address)
    assert answer.status == 410
    assert "This address was closed" in answer.text()


PAGES = ("", "?show=all", "said/", "mine/", "figures/", "points/", "points/open/", "raise/", "hand-over/", "triage/")


def looked_at(page: Page) -> list[str]:
    """What axe finds, light and dark, at each width at which the page must fit."""
    wrong = violations(page)
    page.emulate_media(color_scheme="dark")
    wrong += [f"dark: {one}" for one in violations(page, COLORS)]
    page.emulate_media(color_scheme="light")
    for width in SCREENS:
        page.set_viewport_size({"width": width, "height": 900})
        fits(page)
    page.set_viewport_size({"width": 390, "height": 844})
    wrong += [f"phone: {one}" for one in violations(page)]
    page.set_viewport_size({"width": 1440, "height": 900})
    return wrong


@pytest.mark.parametrize("path", PAGES)
def test_the_pages_read_well(screen: Page, path: str) -> None:
    answer = screen.goto(f"{VOICES}/{path}")
    assert answer is not None
    assert answer.status == 200
    assert looked_at(screen) == []


def test_one_voice_and_what_is_printed_read_well(screen: Page) -> None:
    address = open_point(screen, "Depot North", "")
    assert looked_at(screen) == []
    screen.goto(f"{VOICES}/points/")
    follow(main(screen).get_by_role("row").filter(has_text="Depot North").get_by_role("link", name="paper forms"))
    assert looked_at(screen) == []
    screen.goto(address)
    assert looked_at(screen) == []
    screen.get_by_label("a question: what you would like to know").check()
    screen.get_by_label("In your words").fill("Who answers at night?")
    screen.get_by_role("button", name="Send").click()
    code = screen.locator("#code").inner_text()
    assert looked_at(screen) == []
    screen.goto("/follow/")
    assert looked_at(screen) == []
    screen.get_by_label("Your code").fill(code)
    follow(screen.get_by_role("button", name="Look"))
    assert looked_at(screen) == []
    screen.goto(f"{VOICES}/?q=at+night")
    follow(main(screen).get_by_role("link", name="Who answers at night?"))
    assert looked_at(screen) == []
    screen.goto(f"{VOICES}/triage/")
    assert looked_at(screen) == []
