"""A new technique is written down, told that it could not be seen, laid out better, registered and started; on a phone it reads as well."""

from playwright.sync_api import expect

from tests.journeys.conftest import PROGRAM, Instance, Visitor, fits, follow, said

BOARD = f"{PROGRAM}/pace/experiments/"


def test_an_experiment_is_told_that_it_cannot_tell_before_it_is_run(demo: Instance, visitor: Visitor) -> None:
    lead = visitor.open(demo, "maren")
    lead.goto(BOARD)
    follow(lead.get_by_role("link", name="Begin an experiment"))
    lead.get_by_label("What is it called?").fill("A question at the start of the shift")
    lead.get_by_label("What you expect, and why").fill("Crews that are asked say the next step more often")
    lead.get_by_label("Measured on").select_option(label="Say the next step before leaving")
    lead.get_by_label("The difference you hope for, in points").fill("2")
    lead.get_by_label("When it stops").fill("After eight weeks")
    lead.get_by_label("Who decides on it").fill("Luis Ferreira")
    lead.get_by_role("button", name="Add it").click()
    said(lead, "Added: A question at the start of the shift")
    follow(lead.get_by_role("link", name="Say where and how long"))
    for crew in ("Line crew North", "Line crew South", "Line crew East"):
        lead.get_by_label(crew).check()
    power = lead.locator(".counted")
    expect(power).to_contain_text("Cannot tell: you hope for 2 points")
    expect(power).to_contain_text("all 10 units that are measured")
    for crew in ("Cable crew North", "Cable crew South", "Cable crew East", "Mains crew North", "Mains crew South"):
        lead.get_by_label(crew).check()
    expect(power).to_contain_text("With 8 units")
    lead.get_by_label("First day").fill("2027-01-04")
    lead.get_by_role("button", name="Save").click()
    lead.get_by_role("button", name="Register it and draw lots").click()
    said(lead, "4 units of 8 drawn")
    lead.get_by_role("button", name="Start it").click()
    said(lead, "runs.")
    fits(lead)


def test_what_came_of_one_reads_on_a_phone(demo: Instance, visitor: Visitor) -> None:
    sponsor = visitor.open(demo, "ruth", width="phone")
    sponsor.goto(BOARD)
    fits(sponsor)
    follow(sponsor.get_by_role("link", name="A card with the next step"))
    expect(sponsor.get_by_role("main")).to_contain_text("more with it than without")
    expect(sponsor.locator("svg.effect:visible .dot-new")).to_be_visible()
    fits(sponsor)
