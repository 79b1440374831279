"""A round by printed code: prepared, opened and printed by the change lead, answered on a phone without a script, a cookie or a sign-in."""

import re
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PROGRAM, WIDTHS, Instance, Visitor, fits, said

CODE = re.compile(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){4}")


def clean(page: Page) -> None:
    """axe finds nothing at all, light and dark, and nothing has to be pushed sideways."""
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found: list[dict[str, Any]] = Axe().run(page).response["violations"]
        assert [(one["id"], one["nodes"][0]["target"]) for one in found] == [], page.url
    fits(page)


def opened(page: Page) -> str:
    """The change lead prepares a round, looks at what would be stored, opens it and prints slips; one of their codes."""
    page.goto(f"{PROGRAM}/assessments/instruments/")
    page.get_by_role("link", name=re.compile("Ask it.*Pulse: is the way clear")).click()
    page.get_by_label("What the round is called").fill("Pulse, first quarter")
    page.get_by_label("Deutsch").check()
    page.get_by_role("button", name="Prepare it").click()
    said(page, "Prepared")
    expect(page.locator("main")).to_contain_text("draw a printed code")
    page.get_by_role("button", name="Open the round").click()
    said(page, "is open")
    page.get_by_role("link", name=re.compile("Print the slips.*crew")).first.click()
    found = page.locator(".slips .code-line").first.inner_text()
    assert CODE.fullmatch(found)
    return found


def test_a_round_by_printed_code(demo: Instance, visitor: Visitor) -> None:
    code = opened(visitor.open(demo, "maren"))

    page = visitor.open(demo, width="phone", java_script_enabled=False)
    page.goto("/answer/")
    page.get_by_label("Code").fill(code.lower().replace("-", " "))
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Pulse: is the way clear?")
    page.get_by_role("button", name="Send my answer").click()
    page.get_by_role("link", name="1: Choose one.").click()
    for place in range(3):
        page.get_by_role("group").nth(place).get_by_label("rather agree").check()
    page.get_by_label("I would like to work that way.").check()
    page.get_by_role("button", name="Send my answer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you. Your answer has arrived.")
    assert page.context.cookies() == []
    page.goto(f"/answer/{code}/?lang=de")
    expect(page.get_by_role("heading", level=1)).to_have_text("Dieser Code wurde schon benutzt")
    assert code not in (demo.data / "serve.log").read_text()
    assert "/answer/" not in (demo.data / "serve.log").read_text()
    # the browser notes the page of the used code as gone (410), and rightly
    assert [one for one in visitor.faults if "status of 410" not in one] == []
    visitor.faults.clear()


def test_axe_finds_nothing_on_the_answering_pages(demo: Instance, visitor: Visitor) -> None:
    page = visitor.open(demo, "maren", bypass_csp=True)
    code = opened(page)
    for width in WIDTHS.values():
        page.set_viewport_size(width)
        for path in ("/answer/", "/answer/thanks/", "/answer/0000/", f"/answer/{code}/", f"/answer/{code}/?lang=de"):
            page.goto(path)
            assert page.get_by_role("heading", level=1).count() == 1
            clean(page)
        page.goto(f"/answer/{code}/")
        page.get_by_role("button", name="Send my answer").click()
        expect(page.get_by_role("alert")).to_be_visible()
        clean(page)
