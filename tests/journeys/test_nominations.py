"""Nominations: a meter reader names a colleague on his phone, a manager cannot find out, and who was named by several is asked first."""

import re
import subprocess
import sys

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import PROGRAM, Instance, Visitor, fits, go, heading, said
from tests.journeys.test_every_page import SCREENS, violations

NAME, ROUNDS = f"{PROGRAM}/champions/name/", f"{PROGRAM}/champions/nominations/"
NOMINEE = "Rosa Quintero"
CHOICES = re.compile(r"<option.*?</option>", re.S)  # everybody by name, for filters
# people who name besides Samuel: too many to be clicked in, so the product's own verb is called for them
OTHERS = f"""
from commonground.config.setup import with_django
with_django()
from django.utils import timezone
from commonground.coalition import naming
from commonground.coalition.models import Nomination
from commonground.organization.models import Person
row, day = Nomination.objects.get(state="open"), timezone.localdate()
one = Person.objects.get(name={NOMINEE!r})
asked = row.people_asked(day).filter(person__user=None).exclude(manager=one).exclude(person=one).order_by("person")
for person in asked.values_list("person", flat=True)[40:54]:
    naming.name(row, person, one.pk, day)
"""

# the demo has a round that is open, and there is one at a time
NONE_OPEN = """
from commonground.config.setup import with_django
with_django()
from django.utils import timezone
from commonground.access.actor import OPERATOR
from commonground.coalition.closing_nominations import cancel
from commonground.coalition.models import Nomination
for row in Nomination.objects.filter(state="open"):
    cancel(row, why="A round of its own begins here", by=OPERATOR, at=timezone.now())
"""


@pytest.fixture(scope="module", autouse=True)
def none_open(demo: Instance) -> None:
    """No round is open."""
    subprocess.run([sys.executable, "-c", NONE_OPEN], env=demo.environment, check=True)


def main(page: Page) -> Locator:
    return page.get_by_role("main")


def test_named_on_a_phone_chosen_and_asked_while_nobody_learns_by_whom(demo: Instance, visitor: Visitor) -> None:
    lead = visitor.open(demo, "maren")
    open_round(lead)
    phone = visitor.open(demo, "samuel", width="phone")
    name_on_a_phone(phone)
    without_scripts(demo, visitor)
    done = subprocess.run(
        [sys.executable, "-c", OTHERS], env=demo.environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    nobody_finds_out(demo, visitor, lead)
    choose(lead)
    nominee_is_asked_first(demo, visitor, lead)
    phone.goto(NAME)
    expect(main(phone)).to_contain_text("Nothing is asked of you today")


def open_round(lead: Page) -> None:
    lead.goto(f"{PROGRAM}/")
    go(lead, "Champions")
    main(lead).get_by_role("link", name="Nominations").first.click()
    main(lead).get_by_role("link", name="Prepare a round").click()
    lead.get_by_role("button", name="Prepare it").click()
    said(lead, "Prepared. Look it over, then open it.")
    lead.get_by_role("button", name="Open the round").click()
    said(lead, re.compile(r"Open: [\d,]+ people are asked"))
    expect(main(lead)).to_contain_text("10 % or less")


def name_on_a_phone(phone: Page) -> None:
    """From his own page to a name, with his thumb: every screen fits, and axe finds nothing."""
    phone.goto(f"{PROGRAM}/for-me/")
    main(phone).get_by_role("link", name="Name colleagues").click()
    assert heading(phone) == "Who, besides your manager, explains new ways of working so that people try them?"
    expect(main(phone)).to_contain_text("Nobody learns whom you named")
    phone.get_by_label("Part of their name").fill("q")
    phone.get_by_role("button", name="Look").click()
    expect(main(phone)).to_contain_text("Write at least two letters of the name.")
    for words in ("Samuel Adjei", "nobody of this name"):
        phone.get_by_label("Part of their name").fill(words)
        phone.get_by_role("button", name="Look").click()
        expect(main(phone)).to_contain_text("Nobody who can be named is found")
    phone.get_by_label("Part of their name").fill("quintero")
    phone.get_by_role("button", name="Look").click()
    assert "quintero" not in phone.url.casefold(), "what is looked for stands in no address"
    fits(phone)
    phone.get_by_role("button", name=f"Name {NOMINEE}").click()
    said(phone, "Kept.")
    expect(main(phone)).to_contain_text("You named one of five")
    expect(main(phone)).to_contain_text(NOMINEE)
    fits(phone)
    phone.get_by_role("button", name=f"Take {NOMINEE} off").click()
    expect(main(phone)).to_contain_text("You have named nobody yet")
    phone.get_by_label("Part of their name").fill("quintero")
    phone.get_by_role("button", name="Look").click()
    phone.get_by_role("button", name=f"Name {NOMINEE}").click()


def without_scripts(demo: Instance, visitor: Visitor) -> None:
    """The same in a browser that runs none; and wishing not to be named, with the way back."""
    page = visitor.open(demo, "farah", width="phone", java_script_enabled=False)
    page.goto(NAME)
    page.get_by_label("Part of their name").fill("adjei")
    page.get_by_role("button", name="Look").click()
    expect(page.get_by_role("button", name="Name Samuel Adjei")).to_be_visible()
    samuel = visitor.open(demo, "samuel", width="phone")
    samuel.goto(NAME)
    samuel.get_by_role("button", name="I do not wish to be named").click()
    said(samuel, "Nobody can name you any more")
    page.get_by_label("Part of their name").fill("adjei")
    page.get_by_role("button", name="Look").click()
    expect(page.get_by_role("button", name="Name Samuel Adjei")).to_have_count(0)
    samuel.get_by_role("button", name="Let colleagues name me again").click()
    said(samuel, "Colleagues can name you again.")


def nobody_finds_out(demo: Instance, visitor: Visitor, lead: Page) -> None:
    """A manager, an auditor, an administrator and the nominee look where it could stand; the lead sees how many took part."""
    pk = re.findall(r"/nominations/(\d+)/", lead.url)[0]
    places = (
        ROUNDS,
        f"{ROUNDS}?format=csv",
        f"{ROUNDS}{pk}/",
        f"{ROUNDS}{pk}/select/",
        f"{PROGRAM}/champions/selections/1/",
    )
    for user in ("helen", "ruth", "rosa", "bram", "keiko"):
        page = visitor.open(demo, user)
        for place in places:
            assert page.request.get(place).status == 404, f"{user} at {place}"
        for place in (NAME, f"{PROGRAM}/held/", f"{PROGRAM}/for-me/", f"{PROGRAM}/journal/"):
            answer = page.request.get(place)
            assert "You named one" not in answer.text(), f"{user} at {place}"
            assert user in {"rosa"} or not re.search(
                f"{NOMINEE}.{{0,400}}Samuel Adjei", CHOICES.sub("", answer.text()), re.S
            ), f"{user} at {place}"
    lead.goto(f"{ROUNDS}{pk}/")
    expect(main(lead)).not_to_contain_text(NOMINEE)


def choose(lead: Page) -> None:
    lead.get_by_role("button", name="Close it").click()
    said(lead, "Closed.")
    expect(main(lead)).to_contain_text("10 or more namings")
    expect(main(lead)).to_contain_text(NOMINEE)
    expect(main(lead)).not_to_contain_text("Samuel Adjei")
    fits(lead)
    main(lead).get_by_role("link", name="Choose champions").click()
    lead.get_by_label("How many champions").fill("1")
    lead.get_by_role("button", name="Propose a choice").click()
    expect(main(lead)).to_contain_text("Proven: no choice of 1 reaches more.", timeout=90_000)
    expect(main(lead)).to_contain_text("reaches about 15 people")
    fits(lead)


def nominee_is_asked_first(demo: Instance, visitor: Visitor, lead: Page) -> None:
    manager = visitor.open(demo, "helen")
    lead.get_by_role("button", name="Ask them to be champions").click()
    said(lead, "1 person is asked, on their own page. Who named whom is deleted.")
    manager.goto(f"{PROGRAM}/champions/")
    expect(main(manager)).not_to_contain_text(NOMINEE)
    rosa = visitor.open(demo, "rosa", width="phone")
    rosa.goto(f"{PROGRAM}/for-me/")
    expect(main(rosa)).to_contain_text(
        "Several colleagues named you as someone who explains new ways. Would you be a champion?"
    )
    fits(rosa)
    rosa.get_by_role("button", name="Let us talk first").click()
    said(rosa, "Noted: the change lead comes to you")
    manager.reload()
    expect(main(manager)).not_to_contain_text(NOMINEE)
    rosa.get_by_role("button", name="Yes", exact=True).click()
    said(rosa, "Thank you. You are a champion")
    manager.reload()
    expect(main(manager)).to_contain_text(NOMINEE)


def test_the_naming_page_reads_well_on_every_screen(demo: Instance, visitor: Visitor, screen: Page) -> None:
    """axe finds nothing, light and dark; the page asks, finds and keeps."""
    screen.goto(ROUNDS)
    main(screen).get_by_role("link", name="Prepare a round").click()
    assert violations(screen) == []
    screen.get_by_role("button", name="Prepare it").click()
    screen.get_by_role("button", name="Open the round").click()
    assert violations(screen) == []
    screen.goto(NAME)
    for width in SCREENS:
        screen.set_viewport_size({"width": width, "height": 900})
        for scheme in ("light", "dark"):
            screen.emulate_media(color_scheme=scheme)
            fits(screen)
            assert violations(screen) == [], f"{width} {scheme}"
    screen.get_by_label("Part of their name").fill("an")
    screen.get_by_role("button", name="Look").click()
    expect(main(screen)).to_contain_text("There are more. Write more of the name.")
    assert violations(screen) == []
    screen.get_by_role("button", name=re.compile("^Name ")).first.click()
    expect(main(screen)).to_contain_text("You named one of five")
    assert violations(screen) == []
