"""Where work waits longest: seen over all workflows, on the map of its own, and met again as a finding that leads back there."""

import re

from playwright.sync_api import expect

from tests.journeys.conftest import PROGRAM, Instance, Visitor, fits, go, headed, heading, unfold

MOVE_IN = "Move-in, from first call to first right bill"
FINDING = re.compile(r"^Electricity to Water waits [\d.]+ working hours at the median, \d+ % of the whole way$")


def test_the_crossing_that_waits_longest_is_seen_and_found(demo: Instance, visitor: Visitor) -> None:
    page = visitor.open(demo, "maren")
    page.goto("/")
    go(page, "Workflows")
    main = page.get_by_role("main")
    main.get_by_role("link", name=re.compile("Where work waits", re.IGNORECASE)).first.click()
    headed(page, re.compile(r"^Work waits most from Electricity to Water: [\d.]+ days at the median, n\s=\s[\d,]+"))
    waits = re.search(r"[\d.]+ days", heading(page))
    assert waits

    # on the map of its workflow it is the longest too, and the same number
    main.get_by_role("row").filter(has_text="Electricity to Water").first.get_by_role("link", name=MOVE_IN).click()
    headed(page, MOVE_IN)
    expect(main).to_contain_text("Electricity to Water waits longest")
    expect(main.get_by_role("row").filter(has_text="Electricity to Water").first).to_contain_text(waits[0])
    expect(main).to_contain_text("source: event log Work of Northlight")

    # and it is a finding, which leads back to the map
    page.goto(f"{PROGRAM}/findings/?practice=FLOW")
    expect(page.locator("#standing")).not_to_contain_text("checking now", timeout=60_000)
    page.reload()
    unfold(page)
    page.get_by_role("main").get_by_role("link", name=FINDING).first.click()
    finding = page.get_by_role("article")
    expect(finding.get_by_role("heading", name=FINDING)).to_be_visible()
    expect(finding).to_contain_text("service level")
    expect(finding).to_contain_text("crosses unit")
    finding.get_by_role("link", name="Look at the workflow").click()
    headed(page, MOVE_IN)
    fits(page)
