"""The pace is read: which behaviours are late, why one of them is, in which unit, and the numbers behind it."""

import csv
import re

from playwright.sync_api import Page, expect

from tests.journeys.conftest import PROGRAM, Instance, Visitor, fits, go, headed

NAME = "Log every contact in the shared record"
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"


def opened(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("link", name=name, exact=True).click()
    headed(page, name)


def test_from_the_sentence_to_the_numbers(demo: Instance, visitor: Visitor) -> None:
    page = visitor.open(demo, "maren")
    page.goto("/")
    go(page, "Pace")
    headed(page, re.compile(r"behaviours .*on plan; “.+” is (over )?[\w-]+ months? late"))
    row = page.get_by_role("row").filter(has_text=NAME)
    expect(row).to_contain_text(re.compile(r"n = [\d,]+, \d+ people"))
    now = re.search(r"\d+\s%", row.inner_text())
    assert now

    # the page of one says the same number, the forecast against the plan, and what waiting costs
    opened(page, NAME)
    main = page.get_by_role("main")
    picture = main.locator("svg.curves:visible")
    expect(picture).to_have_count(1)
    assert now[0] in (picture.text_content() or "")
    assert re.search(rf"in (?:{MONTHS}) \d{{4}}, [\w-]+ months? (?:after|before) plan", main.inner_text())
    expect(main.get_by_role("heading", name="What waiting costs")).to_be_visible()
    expect(main.get_by_role("heading", name="When")).to_be_visible()
    main.get_by_text("Table", exact=True).click()
    expect(main.get_by_role("table").filter(has_text="Week from")).to_be_visible()

    # where the old way returns is told by name, and a group that is too small is not
    expect(main).to_contain_text("Relapse alarm, Metering crews.")
    expect(main.locator("#groups")).to_contain_text("Metering crews")
    main.get_by_role("link", name="Levels").click()
    expect(main.locator("#groups")).to_contain_text("Front line")

    with page.expect_download() as download:
        main.locator("#groups").get_by_role("link", name="CSV").click()
    rows = list(csv.DictReader(download.value.path().read_text(encoding="utf-8-sig").splitlines()))
    assert {"whole", "unit", "level"} <= {one["kind"] for one in rows}
    for one in rows:
        shown = one["shown"] == "yes"
        assert shown == bool(one["people"])
        assert not shown or int(one["people"]) >= 8
    few = {one["group"] for one in rows if not one["week"]}
    assert few, "no unit of the demo is too small to be shown"
    page.goto(f"{PROGRAM}/pace/")
    for name in few:
        expect(page.get_by_role("main")).not_to_contain_text(f"alarm: {name}")


def test_on_a_phone_and_in_the_dark(demo: Instance, visitor: Visitor) -> None:
    page = visitor.open(demo, "ruth", width="phone", dark=True)
    page.goto(f"{PROGRAM}/pace/")
    fits(page)
    expect(page.get_by_role("main").get_by_role("link", name="Add a behaviour")).to_have_count(0)
    opened(page, NAME)
    fits(page)
    expect(page.locator("svg.curves:visible")).to_have_count(1)


def test_as_of_an_earlier_day_nothing_later_is_known(demo: Instance, visitor: Visitor) -> None:
    page = visitor.open(demo, "maren")
    page.goto(f"{PROGRAM}/pace/?as_of=2026-03-02")
    expect(page.get_by_role("main")).not_to_contain_text("relapse alarm")
    opened(page, NAME)
    page.goto(f"{page.url}?as_of=2026-03-02")
    expect(page.get_by_role("main")).to_contain_text("As of 2 Mar 2026, by what is known since")


def test_whoever_does_not_work_on_the_program_finds_no_page(demo: Instance, visitor: Visitor) -> None:
    page = visitor.open(demo, "samuel")
    answer = page.goto(f"{PROGRAM}/pace/")
    assert answer is not None
    assert answer.status == 404
