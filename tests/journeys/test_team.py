"""A team is composed: somebody is fixed, somebody left off and a gap shows at once, all are asked; one says yes, and a manager agrees."""

import re
import subprocess
import sys

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import PROGRAM, Instance, Visitor, fits, go, heading, said

ONLY_EXECUTIVE = "Helen Okafor"  # of Billing, whom nobody else can stand in for
GAP = "Billing, executives"

# the demo has a team of its own; here a program has none yet
NOBODY_YET = """
import django
django.setup()
from django.utils import timezone
from commonground.access.actor import OPERATOR
from commonground.coalition.models import Composition, Member
from commonground.guidance.refresh import refresh
from commonground.programs.models import Program
who = {"by": OPERATOR, "at": timezone.now()}
for row in Member.objects.select_related("person"):
    row.free(on=row.start, **who)
for row in Composition.objects.all():
    for wish in row.wishes.select_related("person"):
        row.let_go(wish.person, **who)
refresh(Program.objects.get(slug="PROGRAM"), timezone.localdate(), timezone.now())
"""


@pytest.fixture(scope="module", autouse=True)
def nobody_yet(demo: Instance) -> None:
    """Nobody is on the team, and the guidelines have looked at that."""
    environment = {**demo.environment, "DJANGO_SETTINGS_MODULE": "commonground.config.settings"}
    subprocess.run(
        [sys.executable, "-c", NOBODY_YET.replace("PROGRAM", PROGRAM.strip("/"))], env=environment, check=True
    )


def seat(page: Page, name: str) -> Locator:
    return page.locator("#seats").get_by_role("row").filter(has_text=name)


def composer(page: Page) -> None:
    page.goto(f"{PROGRAM}/team/compose/")


def leave_off(page: Page, name: str, why: str) -> None:
    row = seat(page, name)
    row.locator("summary").click()
    row.get_by_role("button", name=why).click()
    said(page, f"{name} is on no proposal now.")


def test_a_team_is_composed_asked_and_answers(demo: Instance, visitor: Visitor) -> None:
    page = visitor.open(demo, "maren")
    page.goto(f"{PROGRAM}/")
    go(page, "Team")
    assert "people are on the team, by their seats" in heading(page)
    page.get_by_role("link", name="Compose a team").first.click()
    sizes = [int(one) for one in page.locator(".size-number b").all_inner_texts()]
    assert sizes == sorted(sizes)
    assert len(sizes) == 3
    expect(page.locator(".size").first).to_contain_text(f"Proven: no team of fewer than {sizes[0]} covers all.")
    expect(page.locator("#gaps")).to_contain_text("No gaps")

    # a seat is fixed: it stays whatever else is chosen, and the certificate says so
    seat(page, "Ursula Weiss").get_by_role("button", name="Fix").click()
    said(page, "Ursula Weiss is on every proposal now.")
    expect(seat(page, "Ursula Weiss")).to_contain_text("fixed")
    expect(page.locator(".size").first).to_contain_text("with 1 person fixed")

    # somebody is left off: the gap stands there at once, with who could fill it and what stands against each
    leave_off(page, ONLY_EXECUTIVE, "On leave")
    gap = page.locator("#gaps").get_by_role("row").filter(has_text=GAP)
    expect(gap).to_contain_text(f"{ONLY_EXECUTIVE} on leave")
    expect(gap).to_contain_text("stands at another level, managers")
    gap.get_by_role("button", name="Let in again").click()
    said(page, f"{ONLY_EXECUTIVE} may be on the team or not, as it fits.")
    expect(page.locator("#gaps")).to_contain_text("No gaps")

    page.get_by_role("button", name="Ask them").click()
    said(page, re.compile(r"\d+ people are asked to join the team, and \d+ seats? in searches (is|are) offered"))
    assert heading(page) == "Everybody whom this team needs is asked or on it"

    one_says_yes(demo, visitor)
    a_manager_agrees(demo, visitor)
    page.goto(f"{PROGRAM}/team/")
    expect(page.locator("#members").get_by_role("row").filter(has_text="Samuel Adjei")).to_contain_text("yes")
    taken_back(page)


def one_says_yes(demo: Instance, visitor: Visitor) -> None:
    """On their own page, on a phone; nobody else can say it for them there."""
    samuel = visitor.open(demo, "samuel", width="phone")
    samuel.goto(f"{PROGRAM}/for-me/")
    own = samuel.locator("#team")
    expect(own).to_contain_text("You are asked to join the project team.")
    own.get_by_role("button", name="Yes, I join").click()
    said(samuel, "Thank you. You are on the team.")
    expect(samuel.locator("#team")).to_contain_text("hours are not agreed yet")
    fits(samuel)


def a_manager_agrees(demo: Instance, visitor: Visitor) -> None:
    """For the people of their own unit: hours, and a word."""
    helen = visitor.open(demo, "helen")
    helen.goto(f"{PROGRAM}/team/")
    row = helen.locator("#members").get_by_role("row").filter(has_text="Mei-Ling Chua")
    row.get_by_role("button", name="Agrees").click()
    said(helen, "Noted for Mei-Ling Chua.")
    row.get_by_role("link", name="agree").click()
    helen.get_by_label("Hours a week").fill("3")
    helen.get_by_role("button", name="Save").click()
    said(helen, "Hours noted for Mei-Ling Chua.")
    other = helen.locator("#members").get_by_role("row").filter(has_text="Samuel Adjei")
    expect(other.get_by_role("button")).to_have_count(0)


def taken_back(page: Page) -> None:
    """Who has not answered is asked no longer; who has stays."""
    composer(page)
    page.get_by_role("button", name="Take it back").click()
    said(page, "Who has answered meanwhile stays.")
    page.goto(f"{PROGRAM}/team/")
    names = page.locator("#members").get_by_role("rowheader")
    expect(names.filter(has_text="Samuel Adjei")).to_have_count(1)
    expect(names.filter(has_text="Ursula Weiss")).to_have_count(0)


def test_it_works_without_scripts_and_says_what_the_evidence_says(demo: Instance, visitor: Visitor) -> None:
    visitor.open(demo, "maren").goto(f"{PROGRAM}/team/")  # signs in, once for both
    page = visitor.open(demo, "maren", java_script_enabled=False)
    page.goto(f"{PROGRAM}/team/compose/")
    leave_off(page, ONLY_EXECUTIVE, "Asked to be left off")
    expect(page.locator("#gaps").get_by_role("row").filter(has_text=GAP)).to_contain_text("asked to be left off")
    for step, words in (("Hardly", "The evidence supports the rule"), ("Far", "The evidence qualifies the rule")):
        page.get_by_role("button", name=step).click()
        expect(page.locator("#advice")).to_contain_text(words)
        expect(page.locator("#advice")).to_contain_text("Battilana and Casciaro 2012")


def test_the_pages_fit_a_phone(demo: Instance, visitor: Visitor) -> None:
    page = visitor.open(demo, "maren", width="phone")
    for address in ("team/", "team/compose/?size=large", "team/compose/wish/", "team/ask/"):
        page.goto(f"{PROGRAM}/{address}")
        fits(page)
