"""From two exports of a log to what waiting costs: every number on the way is known from how the log was made.

Four desks, a new way since a cut-over; at one desk the old way has come back, and one is of four people, who stay hidden everywhere.
"""

import csv
import io
import json
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests.journeys.conftest import PROGRAM, Instance, Visitor, fits, go, headed, said
from tests.journeys.made_pace import (
    BACK,
    CUT_OVER,
    DESKS,
    LAMP,
    THRESHOLD,
    WAYS,
    Cell,
    Event,
    counted,
    exports,
    made,
    mondays,
    shown,
    units_sheet,
    written,
)
from tests.journeys.test_event_log import agree, bring
from tests.journeys.test_pace_rule import box

LOG, NAME, BENEFIT = "Visits of the desks", "Put the visit in the shared record", "Minutes not spent on typing it twice"
EACH = 6.0
IN_THE_LOG = " (in the log)"  # behind a unit that the organization does not know
WEEKS_A_MONTH = 365.25 / 12 / 7
Weeks = dict[str, dict[str, Cell | None]]


@dataclass(frozen=True)
class Story:
    """The log, its two exports, and what may be told of it."""

    today: date
    events: list[Event]
    first: Path
    second: Path

    @property
    def cut_over(self) -> date:
        return mondays(self.today)[CUT_OVER]

    @property
    def first_events(self) -> list[Event]:
        return self.events[: rows_of(self.first)]


def rows_of(file: Path) -> int:
    with file.open(encoding="utf-8") as lines:
        return sum(1 for _ in lines) - 1


def story(folder: Path) -> Story:
    today = datetime.now(UTC).date()
    events = made(today)
    return Story(today, events, *exports(events, folder))


def take_over(page: Page, file: Path, *, log: str = "", name: str = "") -> None:
    bring(page, file, log=log, name=name)
    if name:
        agree(page)
    else:
        page.get_by_role("button", name="Look it over").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"{rows_of(file):,} events of")
    page.get_by_role("button", name="Take it over").click()
    said(page, "Taken over.")


def define(page: Page, cut_over: date) -> str:
    """Adds the behaviour by hand. Returns the address of its page."""
    go(page, "Pace")
    page.goto(f"{PROGRAM}/pace/library/")
    main = page.get_by_role("main")
    main.get_by_role("link", name="Write one of your own").click()
    for label, value in (
        ("What people do", NAME),
        ("The new way, in a few words", "in the shared record"),
        ("The old way, in a few words", "on paper"),
        ("What an occasion is called", "customer visits"),
        ("Starts on", cut_over.isoformat()),
        ("Share that is wanted, in %", "90"),
        ("By which day", (cut_over + timedelta(days=364)).isoformat()),
    ):
        main.get_by_label(label).fill(value)
    main.get_by_role("combobox", name="Event log").select_option(label=LOG)
    main.get_by_role("button", name="Add it").click()
    said(page, f"Added: {NAME}. Now say which events are occasions.")
    return page.url.removesuffix("rule/")


def write_the_rule(page: Page, events: list[Event]) -> None:
    """The preview follows each tick; what it says in the end is what the log was made with."""
    preview = page.locator("#preview")
    expect(preview).to_contain_text("Nothing is chosen yet")
    box(page, "occasion", "activity", "Customer visit")
    expect(preview).to_contain_text("Now choose what shows")
    box(page, "new", "channel", "crm")
    box(page, "old", "channel", "paper")
    visits = [event for event in events if event.activity == "Customer visit" and DESKS[event.unit] >= THRESHOLD]
    ways = [sum(event.channel == channel for event in visits) for channel in WAYS]
    for way, words in zip(ways, ("{} % went the new way", "{} % the old", "{} % neither"), strict=True):
        told = words.format(round(way / len(visits) * 100)).replace(" %", "\u202f%")
        expect(preview).to_contain_text(told)
    step = 10 ** (len(str(len(visits))) - 2)
    expect(preview).to_contain_text(
        f"of about {(len(visits) + step // 2) // step * step:,} customer visits by about 50 people"
    )
    expect(preview).to_contain_text("1 unit with fewer than 8 people left out")
    expect(preview).to_contain_text(f"out of {len(events):,} events")
    page.get_by_role("button", name="Keep the rule").click()
    said(page, "The rule is kept. What the log tells by it is measured now.")


def text_of(page: Page, address: str) -> str:
    """A file that the session of this page may download."""
    answer = page.request.get(address)
    assert answer.status == 200, (address, answer.status)
    return answer.text().removeprefix("\ufeff")


def weeks_of(page: Page, address: str) -> Weeks:
    """The weeks in the CSV of a behaviour, as `shown` writes them. A group that is left out has none."""
    found: Weeks = {}
    for row in csv.DictReader(io.StringIO(text_of(page, f"{address}?format=csv"))):
        if row["kind"] not in ("whole", "unit") or not row["week"]:
            continue
        name = "" if row["kind"] == "whole" else row["group"].removesuffix(IN_THE_LOG)
        numbers = tuple(int(row[key]) for key in ("new", "old", "neither", "people")) if row["shown"] == "yes" else None
        found.setdefault(name, {})[row["week"]] = numbers
    return found


def measured(page: Page, address: str, last: str) -> Weeks:
    """Waits until the behaviour is measured up to a week."""
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline:
        page.goto(address)
        if "being measured" not in page.get_by_role("main").inner_text().lower():
            found = weeks_of(page, address)
            if max(found.get("", {"": None})) == last:
                return found
        time.sleep(0.5)
    raise AssertionError(page.get_by_role("main").inner_text())


def last_whole(events: list[Event]) -> str:
    """The newest week whose Friday has events."""
    end = events[-1].time.date()
    monday = end - timedelta(days=end.weekday())
    return (monday if end.weekday() >= 4 else monday - timedelta(days=7)).isoformat()


def known(events: list[Event]) -> Weeks:
    last = last_whole(events)
    return {
        unit: {week: cell for week, cell in weeks.items() if week <= last}
        for unit, weeks in shown(counted(events)).items()
    }


def on_the_command_line(demo: Instance, files: list[str], *words: str) -> str:
    done = demo.command("pace", *files, *words)
    assert done.returncode == 0, done.stderr
    assert LAMP not in done.stderr
    return done.stdout


def weeks_told(told: dict[str, Any]) -> Weeks:
    def cells(weeks: Iterable[dict[str, Any]]) -> dict[str, Cell | None]:
        keys = ("new", "old", "neither", "people")
        return {week["week"]: None if week["new"] is None else tuple(week[key] for key in keys) for week in weeks}

    units = {name: cells(one["weeks"]) for name, one in told["units"].items() if "weeks" in one}
    return {"": cells(told["weeks"])} | units


def same_on_the_command_line(demo: Instance, page: Page, address: str, of: Story, folder: Path) -> dict[str, Any]:
    """The rule as a file, the log as one file, and who is at which desk: the same numbers, and nothing of the four."""
    rule = folder / "rule.toml"
    page.goto(f"{address}rule/")
    page.locator("#preview").get_by_text("As a file for the command line").click()
    with page.expect_download() as asked:
        page.locator("#preview").get_by_role("link", name="Download it").click()
    asked.value.save_as(rule)
    log = written(of.events, folder / "all.csv")
    files = [str(log), "--behaviour", str(rule), "--cut-over", of.cut_over.isoformat()]
    told: dict[str, Any] = {}
    for units in ([], ["--units", str(units_sheet(folder))]):
        told = json.loads(on_the_command_line(demo, [*files, *units], "--json"))
        assert told["units"].pop(LAMP) == {"suppressed": True}
        assert LAMP not in json.dumps(told)
        assert told["left_out"] == 1
        assert weeks_told(told) == known(of.events)
    text = on_the_command_line(demo, [*files, "--units", str(folder / "units.csv")])
    assert [line.split()[2:] for line in text.splitlines() if LAMP in line] == [
        ["–", "–", "–", "–", "hidden:", "too", "few", "people"]
    ]
    return told


def nothing_of_the_four(page: Page, address: str) -> None:
    """Neither a page nor a file names the desk of four, and what is left of it says only that it is not shown."""
    pages = [address, f"{address}?by=level", f"{address}?by=cohort", f"{address}rule/"]
    around = [f"{PROGRAM}/{part}" for part in ("", "pace/", "benefits/", "released/", "findings/?practice=PACE")]
    for one in (*pages, *around):
        page.goto(one)
        assert LAMP not in page.content(), one
    for one in ("?format=csv", "?format=csv&of=sustained"):
        text = text_of(page, address + one)
        assert LAMP not in text
        rows = [row for row in csv.DictReader(io.StringIO(text)) if "does not know" in row["group"]]
        assert [row["shown"] for row in rows] == ["no: fewer people than the threshold; left out of the whole as well"]
        assert not any(value for row in rows for key, value in row.items() if key not in ("kind", "group", "shown"))
    for one in ("pace/?format=csv", "benefits/?format=csv"):
        assert LAMP not in text_of(page, f"{PROGRAM}/{one}")


def looks(page: Page, address: str, told: dict[str, Any], cell: Cell) -> None:
    """Curves, the dates of the forecast, and the alarm at the desk where the old way is back."""
    page.goto(address)
    main = page.get_by_role("main")
    headed(page, NAME)
    expect(main.locator("svg.curves:visible")).to_have_count(1)
    main.get_by_text("Table", exact=True).click()
    newest = main.get_by_role("table").filter(has_text="Week from").get_by_role("row").nth(1)
    expect(newest).to_contain_text(f"{sum(cell[:3])}")
    when = main.locator("table.dates")
    reaches = {reach["share"]: reach["mid"] for reach in told["forecast"]["reaches"]}
    for share, day in reaches.items():
        row = when.get_by_role("row").filter(
            has=page.get_by_role("rowheader", name=f"{share:.0%}".replace("%", "\u202f%"))
        )
        expect(row).to_contain_text("after" if day is None else f"{date.fromisoformat(day):%b %Y}")
    expect(main.get_by_role("status").filter(has_text="Relapse alarm")).to_contain_text(
        f"Relapse alarm, {BACK}{IN_THE_LOG}. The old way rose from"
    )
    expect(main.get_by_role("heading", name=f"in {BACK}{IN_THE_LOG}")).to_be_visible()
    unit = main.locator("ul.multiples li").filter(has_text=BACK)
    expect(unit.get_by_role("img", name="relapse alarm")).to_be_visible()
    expect(main.locator("ul.multiples li.withheld")).to_contain_text("Not shown. Also left out of the whole")
    expect(main.locator("ul.multiples li")).to_have_count(len(DESKS))
    fits(page)


def price(page: Page, address: str, told: dict[str, Any], weeks: Weeks) -> None:
    """A benefit, and what a month's delay costs, worked by hand: the share that the forecast ends with less that of today,
    times the visits of a month, times what one brings."""
    page.goto(f"{PROGRAM}/benefits/")
    main = page.get_by_role("main")
    main.get_by_role("listitem").filter(has_text=NAME).get_by_role("link", name="Add a benefit").click()
    main.get_by_label("The benefit", exact=True).fill(BENEFIT)
    main.get_by_label("Its unit").fill("minutes")
    main.get_by_label("How much an occasion brings").fill(f"{EACH:g}")
    main.get_by_label("Who answers for the benefit").fill("Maren Lindqvist")
    main.get_by_role("button", name="Add it").click()
    said(page, f"Added: {BENEFIT}.")

    visits = [sum(cell[:3]) for cell in weeks[""].values() if cell][-13:]
    a_month = sum(visits) / len(visits) * WEEKS_A_MONTH
    path = told["forecast"]["path"]
    end = [week["p50"] for week in path if week["week"][:7] == path[-1]["week"][:7]]
    lost = (sum(end) / len(end) - told["now"]["new"]) * a_month * EACH
    assert lost > 0
    page.goto(address)
    part = (
        main.locator("section, figure, div.part")
        .filter(has=page.get_by_role("heading", name="What waiting costs"))
        .last
    )
    expect(part).to_contain_text(f"{figure(lost)}\u202fminutes a month")
    expect(part).to_contain_text(f"{figure(a_month)} occasions a month, mean of 13 weeks")
    expect(part).to_contain_text("months behind plan")


def figure(value: float) -> str:
    """Three figures that count, as pages write amounts."""
    if value >= 20_000:
        return f"{round(value / 1000):,}\u202fthousand"
    if value >= 1000:
        return f"{round(value, -2 if value >= 10_000 else -1):,.0f}"
    return f"{value:.0f}" if value >= 10 else f"{value:.1f}"


def others_look(demo: Instance, visitor: Visitor, address: str) -> None:
    """A manager and the auditor see the pace and change nothing; the auditor alone sees what was released, and no benefit."""
    manager, auditor, employee = (visitor.open(demo, name) for name in ("helen", "bram", "samuel"))
    for page in (manager, auditor):
        page.goto(address)
        headed(page, NAME)
        assert LAMP not in page.content()
        assert LAMP not in text_of(page, f"{address}?format=csv")
        expect(page.get_by_role("main").get_by_role("link", name="Change it")).to_have_count(0)
    expect(manager.get_by_role("main")).to_contain_text(BENEFIT)
    expect(auditor.get_by_role("main")).not_to_contain_text(BENEFIT)
    rows = auditor.goto(f"{PROGRAM}/released/")
    assert rows is not None
    expect(auditor.get_by_role("row").filter(has_text=NAME).first).to_be_visible()
    answers = {
        (page, path): page.request.get(f"{PROGRAM}/{path}").status
        for page in (manager, auditor, employee)
        for path in ("pace/", "benefits/", "released/", "pace/add/")
    }
    number = address.rstrip("/").rsplit("/", 1)[-1]
    assert [answers[manager, path] for path in ("pace/", "benefits/", "released/", "pace/add/")] == [200, 200, 404, 404]
    assert [answers[auditor, path] for path in ("pace/", "benefits/", "released/", "pace/add/")] == [200, 404, 200, 404]
    assert {answers[employee, path] for path in ("pace/", "benefits/", "released/", "pace/add/")} == {404}
    for page in (manager, auditor, employee):
        assert page.request.get(f"{PROGRAM}/pace/{number}/rule/").status == 404
    assert employee.request.get(f"{address}?format=csv").status == 404


def test_two_exports_tell_the_pace_and_four_people_stay_hidden(
    demo: Instance, visitor: Visitor, tmp_path: Path
) -> None:
    of = story(tmp_path)
    page = visitor.open(demo, "maren")

    take_over(page, of.first, name=LOG)
    address = define(page, of.cut_over)
    write_the_rule(page, of.first_events)
    assert measured(page, address, last_whole(of.first_events)) == known(of.first_events)

    # the second export tells a month again: it counts once
    assert rows_of(of.first) + rows_of(of.second) > len(of.events) + 500
    take_over(page, of.second, log=LOG)
    expect(page.get_by_role("main")).to_contain_text(f"now holds {len(of.events):,} events")
    weeks = measured(page, address, last_whole(of.events))
    assert weeks == known(of.events)
    assert LAMP not in weeks
    newest = weeks[""][max(weeks[""])]
    assert newest is not None

    told = same_on_the_command_line(demo, page, address, of, tmp_path)
    looks(page, address, told, newest)
    price(page, address, told, weeks)
    nothing_of_the_four(page, address)
    others_look(demo, visitor, address)
