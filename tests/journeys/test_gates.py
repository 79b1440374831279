"""A gate in the browser: a sponsor says not yet, evidence and a condition come, the question is asked again, and the gate is passed."""

import re
from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect

from tests.journeys.conftest import PROGRAM, Instance, Visitor, fits, follow, headed, said

GATE = f"{PROGRAM}/program/gates/2/0/"


def test_a_gate_is_refused_and_then_passed(demo: Instance, visitor: Visitor) -> None:
    sponsor = visitor.open(demo, "ruth")
    sponsor.goto(f"{PROGRAM}/program/phases/")
    follow(
        sponsor.get_by_role("row", name=re.compile("The whole program")).get_by_role("link", name="Gate 2, to phase 3")
    )
    headed(sponsor, re.compile("Gate 2 of the whole: in review since"))
    follow(sponsor.get_by_role("link", name="Decide"))
    sponsor.get_by_label("Not yet").check()
    sponsor.get_by_role("button", name="Decide").click()
    expect(sponsor.get_by_role("main")).to_contain_text("This field is required")
    sponsor.get_by_label("The reason").fill("The shared records are not complete enough")
    sponsor.get_by_role("button", name="Decide").click()
    said(sponsor, "Gate 2 of the whole: decided: not yet")
    expect(sponsor.get_by_role("main")).to_contain_text("“The shared records are not complete enough”")
    fits(sponsor)
    lead = visitor.open(demo, "maren")
    lead.goto(f"{GATE}evidence/add/?criterion=records")
    lead.get_by_label("The number, if there is one").fill("93")
    lead.get_by_label("What shows it").fill("400 records drawn by lot, 372 complete")
    lead.get_by_role("button", name="File it").click()
    said(lead, "Filed: “Are the customer records that units share complete?”: met")
    lead.get_by_role("button", name="Ask for a decision").click()
    said(lead, "asked for a decision")
    follow(lead.get_by_role("link", name="Add a condition"))
    lead.get_by_label("What has to be done").fill("One date for each crossing that waits")
    lead.get_by_label("For which criterion").select_option(label="Does work cross between units in good time?")
    lead.get_by_label("Who sees to it").fill("Sanjay Bhat")
    lead.get_by_label("Until").fill((datetime.now(UTC).date() + timedelta(days=60)).isoformat())
    lead.get_by_role("button", name="Add it").click()
    said(lead, "Added: One date for each crossing that waits")

    sponsor.goto(GATE)
    follow(sponsor.get_by_role("link", name="Decide"))
    sponsor.get_by_label("Go on, with conditions").check()
    sponsor.get_by_label("The reason").fill("The records are there; the rest has a name and a day")
    sponsor.get_by_role("button", name="Decide").click()
    said(sponsor, "decided: go on, with conditions")
    headed(sponsor, re.compile("Gate 2 of the whole: passed with conditions on"))
    sponsor.goto(f"{PROGRAM}/program/phases/")
    expect(sponsor.get_by_role("row", name=re.compile("The whole program")).first).to_contain_text("phase 3")


def test_a_gate_is_read_on_a_phone(demo: Instance, visitor: Visitor) -> None:
    member = visitor.open(demo, "rosa", width="phone")
    member.goto(f"{PROGRAM}/program/gates/1/0/")
    expect(member.get_by_role("main")).to_contain_text("Draw 400 shared records by lot")
    fits(member)
