"""A cut-over with its live page: promised beforehand, counted on the day, acted on, and told afterwards."""

import re
from datetime import UTC, date, datetime, timedelta

from playwright.sync_api import expect

from tests.journeys.conftest import PROGRAM, Instance, Visitor, fits, follow, headed, said

BOARD = f"{PROGRAM}/customers/hiccups/"


def counts(yesterday: date) -> bytes:
    """Ten calls in each hour of eight weeks and a day; from eight in the evening of yesterday on, forty-five."""
    start = datetime.combine(yesterday, datetime.min.time()) - timedelta(weeks=8)
    lines = ["Interval start;Calls offered;Customer"]
    for hour in range(24 * 57):
        moment = start + timedelta(hours=hour)
        busy = moment.date() == yesterday and moment.hour >= 20
        lines.append(f"{moment:%d.%m.%Y %H:%M};{45 if busy else 10};somebody")
    return "\n".join(lines).encode()


def test_a_cut_over_is_watched_on_its_live_page_and_says_when_to_act(demo: Instance, visitor: Visitor) -> None:
    lead = visitor.open(demo, "farah")
    yesterday = datetime.now(UTC).date() - timedelta(days=1)
    lead.goto(BOARD)
    follow(lead.get_by_role("link", name="Cut-over of Electricity"))
    follow(lead.get_by_role("link", name="Change the plan"))
    lead.get_by_label("The live page counts from").fill(yesterday.isoformat())
    lead.get_by_role("button", name="Save").click()
    said(lead, "Changed: Cut-over of Electricity")
    follow(lead.get_by_role("link", name="Count something"))
    lead.get_by_label("What is counted").fill("Calls about the new number")
    lead.get_by_role("button", name="Save").click()
    said(lead, "Added: Calls about the new number")
    follow(lead.get_by_role("link", name="Bring counts"))
    lead.get_by_label("The file").set_input_files(
        {"name": "calls.csv", "mimeType": "text/csv", "buffer": counts(yesterday)}
    )
    lead.get_by_role("button", name="Look it over").click()
    expect(lead.get_by_role("main")).to_contain_text("in 1,368 counts per hour")
    lead.get_by_role("button", name="Take it over").click()
    said(lead, "Taken over")
    lead.goto(f"{lead.url}live/?day={yesterday}")
    headed(lead, "Act now. Calls about the new number: more than usual since 20:00")
    main = lead.get_by_role("main")
    expect(main).to_contain_text("It is paid in parts, as many as you wish")
    expect(main).to_contain_text("Amara Osei")
    expect(main.locator("svg.band circle.dot-act").first).to_be_visible()
    expect(main).to_contain_text(re.compile(r"n = 1,344 counts"))
    fits(lead)


def test_the_front_office_counts_with_a_tap_and_what_customers_said_becomes_a_voice(
    demo: Instance, visitor: Visitor
) -> None:
    desk = visitor.open(demo, "samuel", width="phone")
    desk.goto(f"{BOARD}1/what-we-say/")
    fits(desk)
    for _ in range(2):
        desk.get_by_role("button", name="+1 Asked why the name again").click()
        said(desk, "in this hour")
    desk.get_by_role("button", name="That was a slip").click()
    said(desk, "in this hour")
    expect(desk.get_by_role("main")).to_contain_text("It takes us a moment longer this week")
    lead = visitor.open(demo, "farah")
    lead.goto(f"{PROGRAM}/customers/told/")
    follow(lead.get_by_role("link", name="Note what they told us"))
    lead.get_by_label("What they told us").fill("The new number is hard to read on the letter")
    lead.get_by_label("Which customers").select_option(label="Small firms")
    lead.get_by_role("button", name="Add it").click()
    said(lead, "Added")
    row = lead.get_by_role("row", name=re.compile("hard to read on the letter"))
    expect(row).to_contain_text("Small firms")
    follow(row.get_by_role("link", name="Raise it as a voice"))
    lead.get_by_role("button", name="Raise it as a voice").click()
    said(lead, "It is raised as a voice of customers")
    expect(lead.get_by_role("row", name=re.compile("hard to read on the letter"))).to_contain_text("a voice")
