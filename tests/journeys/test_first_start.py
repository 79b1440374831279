"""From nothing: the first person, the first program, two sheets, the first finding. And the ways back."""

import json
import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.journeys.conftest import ROOT, Instance, Visitor, fits, go, headed, said, unfold

SMALLEST = ROOT / "examples" / "smallest"
PEOPLE, PROCESSES = SMALLEST / "people.csv", SMALLEST / "processes.csv"
# The product makes roles of the titles in the sheet of people, and asks after them; the command line has no sheet of roles to read.
BROWSER_ALONE = {"MNGR-03", "ROLE-01", "ROLE-02", "ROLE-03"}


def begin(page: Page) -> None:
    """The first page: who leads the change, and how the program is called."""
    page.goto("/")
    headed(page, "Welcome. Who leads the change?")
    page.get_by_label("Your name").fill("Ada Brook")
    page.get_by_label("Sign-in name").fill("ada")
    page.get_by_label("Password").fill("a long enough phrase")
    page.get_by_label("Name of the program").fill("Closer to our customers")
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("banner")).to_contain_text("Closer to our customers")


def bring(page: Page, *sheets: Path) -> None:
    go(page, "Imports")
    page.get_by_label("Your sheets").set_input_files(sheets)
    page.get_by_role("button", name="Look them over").click()


def open_findings(page: Page) -> list[str]:
    """What the inbox lists, once the guidelines have run."""
    go(page, "Findings")
    expect(page.locator("#standing")).not_to_contain_text("checking now", timeout=60_000)
    page.reload()
    return sorted(page.locator("a[data-finding]").all_text_contents())


def on_the_command_line(empty: Instance) -> list[dict[str, str]]:
    done = empty.command("check", str(SMALLEST), "--json")
    found: list[dict[str, str]] = json.loads(done.stdout)["findings"]
    return found


def test_two_sheets_give_the_first_finding_and_can_be_taken_back(empty: Instance, visitor: Visitor) -> None:
    page = visitor.open(empty)
    begin(page)
    bring(page, PEOPLE, PROCESSES)

    # looked over: nothing is changed yet
    headed(page, "12 people and 6 processes are ready")
    expect(page.get_by_role("main")).to_contain_text("nobody learns of their own loss from an import")
    go(page, "Findings")
    expect(page.get_by_role("main")).to_contain_text("Two sheets are enough to begin")
    page.go_back()
    page.get_by_role("button", name="Take it over").click()
    said(page, "Taken over. If it was a mistake, undo it here.")
    headed(page, "Taken over: 12 people and 6 processes")

    # the first finding, on the screen; the same as the command line finds, and what only roles can tell
    listed = open_findings(page)
    unfold(page)
    wanted = "Dieter Hahn answers for Open the account, which moves to Customer desk, and takes no part in finding the new way"
    page.get_by_role("main").get_by_role("link", name=wanted).click()
    expect(page.get_by_role("article").get_by_role("heading")).to_have_text(wanted)
    expect(page.get_by_role("article")).to_contain_text("not told yet")
    printed = {one["what"]: one["code"] for one in on_the_command_line(empty)}
    missing = sorted(what for what in printed if what not in listed)
    assert missing == [], "the command line finds it, the browser does not"
    alone = [line for line in listed if line not in printed]
    for line in alone:
        entry = page.get_by_role("listitem").filter(has=page.locator("a[data-finding]", has_text=line)).last
        assert any(code in entry.inner_text() for code in BROWSER_ALONE), line
    headed(page, re.compile(f"^{len(printed) + len(alone)} findings"))

    # undone: everything is as it was
    go(page, "Imports")
    page.get_by_role("main").get_by_role("link", name="people.csv").click()
    page.get_by_role("button", name="Undo this import").click()
    said(page, "Undone: everything is as it was before")
    assert open_findings(page) == []
    go(page, "Organization")
    expect(page.get_by_role("main")).not_to_contain_text("Waterworks")


def test_the_first_page_is_gone_once_somebody_has_access(empty: Instance, visitor: Visitor) -> None:
    page = visitor.open(empty)
    page.goto("/first-start/")
    fits(page)
    page.get_by_label("Password").fill("short")
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("main")).to_contain_text("Write your name.")
    begin(page)
    answer = page.goto("/first-start/")
    assert answer is not None
    assert answer.status == 404


def test_a_sheet_that_cannot_be_read_says_why_and_what_to_do(empty: Instance, visitor: Visitor) -> None:
    page = visitor.open(empty)
    begin(page)
    folder = empty.data / "sheets"
    folder.mkdir()
    (folder / "broken.xlsx").write_bytes(b"PK\x03\x04 this is no workbook")
    bring(page, folder / "broken.xlsx")
    expect(page.get_by_role("main")).to_contain_text("broken.xlsx")
    expect(page.get_by_role("main")).to_contain_text("broken.xlsx is damaged as a workbook.")

    # one row of three needs a look: it is named with its row, column and value, and the rest can be taken over
    (folder / "people.csv").write_text(
        "id,name,unit,manager\n1,Ada Brook,Management,\n2,Tom Abara,Billing,77\n3,Jon Lindqvist,Billing,1\n"
    )
    bring(page, folder / "people.csv")
    expect(page.get_by_role("main")).to_contain_text("77")
    page.get_by_role("button", name="Set them aside").click()
    said(page, "Set aside. Nothing was changed, and the files are removed.")

    # an attitude is no fact about work: refused in words
    (folder / "people.csv").write_text("id,name,unit,resistance\n1,Ada Brook,Management,high\n")
    bring(page, folder / "people.csv")
    expect(page.get_by_role("main")).to_contain_text("resistance")


def test_nothing_chosen_is_said_in_a_sentence(empty: Instance, visitor: Visitor) -> None:
    page = visitor.open(empty)
    begin(page)
    go(page, "Imports")
    page.get_by_role("button", name="Look them over").click()
    expect(page.get_by_role("main").get_by_role("alert")).to_be_visible()
