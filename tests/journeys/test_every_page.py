"""Each page at each width, light and dark: it fits, it has one heading and a title, the console is quiet, and axe finds nothing."""

from collections.abc import Sequence
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.journeys.conftest import PROGRAM, Instance, Visitor, fits, sign_in

SCREENS = (360, 390, 768, 1280, 1440)
GRAVE = {"serious", "critical"}
AXE = Axe()
COLORS = ("color-contrast", "link-in-text-block")  # the dark differs from the light in its colors alone
# pages whose colors are looked at on a phone too; of the others the phone shows the same ones
ON_A_PHONE_TOO = {f"{PROGRAM}/", f"{PROGRAM}/for-me/", f"{PROGRAM}/findings/", "/styleguide/"}
PAGES = [
    "/account/",
    "/account/password/",
    "/account/second-factor/",
    "/people-with-access/",
    "/people-with-access/invite/",
    "/people-with-access/1/",
    "/people-with-access/sign-in-codes/",
    "/mail/",
    "/styleguide/",
    f"{PROGRAM}/",
    f"{PROGRAM}/assessments/",
    f"{PROGRAM}/assessments/1/",
    f"{PROGRAM}/assessments/1/results/",
    f"{PROGRAM}/assessments/2/results/?by=unit",
    f"{PROGRAM}/assessments/3/",
    f"{PROGRAM}/assessments/3/response/",
    f"{PROGRAM}/assessments/add/",
    f"{PROGRAM}/assessments/amount/",
    f"{PROGRAM}/assessments/amount/decide/",
    f"{PROGRAM}/assessments/culture/",
    f"{PROGRAM}/assessments/impacts/",
    f"{PROGRAM}/assessments/instruments/",
    f"{PROGRAM}/assessments/instruments/culture/",
    f"{PROGRAM}/budget/",
    f"{PROGRAM}/budget/ledger/",
    f"{PROGRAM}/champions/",
    f"{PROGRAM}/customers/",
    f"{PROGRAM}/customers/contacts/",
    f"{PROGRAM}/customers/going-out/",
    f"{PROGRAM}/customers/hiccups/",
    f"{PROGRAM}/customers/hiccups/1/",
    f"{PROGRAM}/findings/",
    f"{PROGRAM}/findings/?show=dismissed",
    f"{PROGRAM}/findings/effects/",
    f"{PROGRAM}/findings/guidelines/",
    f"{PROGRAM}/findings/guidelines/OWN-01/",
    f"{PROGRAM}/for-me/",
    f"{PROGRAM}/held/",
    f"{PROGRAM}/imports/",
    f"{PROGRAM}/imports/logs/",
    f"{PROGRAM}/imports/logs/1/",
    f"{PROGRAM}/imports/logs/1/week/",
    f"{PROGRAM}/imports/logs/deliveries/1/",
    f"{PROGRAM}/journal/",
    f"{PROGRAM}/messages/",
    f"{PROGRAM}/messages/1/",
    f"{PROGRAM}/messages/add/",
    f"{PROGRAM}/messages/cascades/",
    f"{PROGRAM}/messages/cascades/1/",
    f"{PROGRAM}/organization/",
    f"{PROGRAM}/organization/levels/",
    f"{PROGRAM}/organization/people/",
    f"{PROGRAM}/organization/people/10/",
    f"{PROGRAM}/organization/people/10/move/",
    f"{PROGRAM}/organization/roles/",
    f"{PROGRAM}/organization/roles/2/",
    f"{PROGRAM}/organization/units/2/",
    f"{PROGRAM}/organization/units/2/merge/",
    f"{PROGRAM}/ownership/",
    f"{PROGRAM}/pace/",
    f"{PROGRAM}/pace/1/",
    f"{PROGRAM}/pace/1/roll-out/",
    f"{PROGRAM}/pace/experiments/",
    f"{PROGRAM}/pace/experiments/1/",
    f"{PROGRAM}/pace/sources/",
    f"{PROGRAM}/plan/",
    f"{PROGRAM}/plan/calendar/",
    f"{PROGRAM}/plan/load/",
    f"{PROGRAM}/plan/reinforcement/",
    f"{PROGRAM}/plan/time-line/",
    f"{PROGRAM}/privacy/",
    f"{PROGRAM}/privacy/pack/",
    f"{PROGRAM}/privacy/requests/",
    f"{PROGRAM}/program/",
    f"{PROGRAM}/program/activities/",
    f"{PROGRAM}/program/engagements/",
    f"{PROGRAM}/program/gates/1/0/",
    f"{PROGRAM}/program/goal/",
    f"{PROGRAM}/program/phases/",
    f"{PROGRAM}/realignment/",
    f"{PROGRAM}/realignment/balance/",
    f"{PROGRAM}/realignment/felt/",
    f"{PROGRAM}/realignment/felt/raise/",
    f"{PROGRAM}/realignment/paths/",
    f"{PROGRAM}/realignment/processes/6/fate/",
    f"{PROGRAM}/realignment/roles/2/",
    f"{PROGRAM}/realignment/roles/49/",
    f"{PROGRAM}/realignment/talks/",
    f"{PROGRAM}/released/",
    f"{PROGRAM}/search/?q=meter",
    f"{PROGRAM}/search/?q=nothing+of+that+name",
    f"{PROGRAM}/solutions/",
    f"{PROGRAM}/solutions/1/",
    f"{PROGRAM}/solutions/1/session/",
    f"{PROGRAM}/sponsors/",
    f"{PROGRAM}/team-sheet/?unit=2",
    f"{PROGRAM}/team/",
    f"{PROGRAM}/techniques/",
    f"{PROGRAM}/techniques/kotter/",
    f"{PROGRAM}/training/",
    f"{PROGRAM}/voices/",
    f"{PROGRAM}/workflows/",
    f"{PROGRAM}/workflows/1/",
    f"{PROGRAM}/workflows/1/?view=to-be",
    f"{PROGRAM}/workflows/processes/",
    f"{PROGRAM}/workflows/processes/1/",
    f"{PROGRAM}/workflows/proposals/",
    f"{PROGRAM}/workflows/proposals/4/",
    f"{PROGRAM}/no-such-page/",
    "/fleet-desk/",
    "/fleet-desk/findings/",
]


def violations(page: Page, rules: Sequence[str] = (), *, without: Sequence[str] = ()) -> list[str]:
    """The grave ones that axe finds, by all its rules, by these alone, or without some of them."""
    options: dict[str, Any] = {"resultTypes": ["violations"], "rules": {one: {"enabled": False} for one in without}}
    if rules:
        options["runOnly"] = {"type": "rule", "values": list(rules)}
    found: list[dict[str, Any]] = AXE.run(page, options=options).response["violations"]
    return [
        f"{one['id']}: {node['target'][0]} ({node['failureSummary'].splitlines()[-1].strip()})"
        for one in found
        if one["impact"] in GRAVE
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_every_screen_and_reads_well(screen: Page, path: str) -> None:
    faults: list[str] = []

    def listen(message: Any) -> None:
        if message.type == "error" and "status of 404" not in message.text:
            faults.append(message.text)

    screen.on("console", listen)
    screen.set_viewport_size({"width": SCREENS[-1], "height": 900})
    screen.emulate_media(color_scheme="light")
    answer = screen.goto(path)
    assert answer is not None
    assert answer.status == (404 if "no-such" in path else 200)
    assert screen.get_by_role("heading", level=1).count() == 1
    assert screen.title().endswith(" · Commonground")
    assert screen.title() != "Commonground · Commonground"
    wrong = violations(screen)
    screen.emulate_media(color_scheme="dark")
    wrong += [f"dark: {one}" for one in violations(screen, COLORS) if one not in wrong]
    for width in SCREENS:
        screen.set_viewport_size({"width": width, "height": 900})
        fits(screen)
    screen.set_viewport_size({"width": 390, "height": 844})
    told = COLORS if path not in ON_A_PHONE_TOO else ()
    wrong += [
        f"phone: {one}" for one in violations(screen, without=told) if one not in wrong and f"dark: {one}" not in wrong
    ]
    screen.remove_listener("console", listen)
    assert wrong == []
    assert faults == []


def test_pages_of_an_employee_fit_and_read_well(demo: Instance, browser: Browser) -> None:
    context = browser.new_context(base_url=demo.address, bypass_csp=True, viewport={"width": 360, "height": 740})
    page = context.new_page()
    sign_in(page, "samuel", demo.password("samuel"))
    for path in ("for-me/", "workflows/", "workflows/1/", "solutions/", "organization/", "program/"):
        page.goto(f"{PROGRAM}/{path}")
        fits(page)
        assert page.get_by_role("heading", level=1).count() == 1
        assert violations(page) == [], path
    context.close()


def test_the_door_reads_well(demo: Instance, visitor: Visitor) -> None:
    page = visitor.open(demo, bypass_csp=True)
    page.goto("/sign-in/")
    assert violations(page) == []
    for width in SCREENS:
        page.set_viewport_size({"width": width, "height": 800})
        fits(page)
