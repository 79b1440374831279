"""What a unit manager and an auditor see of voices, rounds and the ledger: what is allowed, and no more."""

import re
import sqlite3
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import PROGRAM, Instance, Visitor, fits, headed
from tests.journeys.test_every_page import violations

ASSESSMENTS, VOICES = f"{PROGRAM}/assessments", f"{PROGRAM}/voices"
ROUND = 2  # readiness, closed, told by unit
HERS = {"Billing", "Accounts", "Bill run", "Payments and reminders", "Readings"}
NO_SUCH_PAGE = "There is no such page, or it is not yours to see."


@pytest.fixture
def database(demo: Instance) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(f"file:{demo.database}?mode=ro", uri=True)
    yield connection
    connection.close()


def main(page: Page) -> Locator:
    return page.get_by_role("main")


def column(database: sqlite3.Connection, sql: str, *values: Any) -> list[Any]:
    return [row[0] for row in database.execute(sql, values)]


def units_of(page: Page) -> set[str]:
    return {text.strip() for text in main(page).locator(".answers-table tbody th").all_inner_texts()}


def text_of(page: Page, path: str) -> tuple[int, str]:
    """Status and text of an address, asked with the session of the page."""
    answer = page.request.get(path)
    return answer.status, answer.text()


def lasting(text: str) -> str:
    """A page without what differs at each reading, and without the address that its own links and forms repeat."""
    text = re.sub(r'<input type="hidden"[^>]*>|(href|action|value|hx-get)="[^"]*"', "", text)
    return re.sub(r"\d\d:\d\d|\s+", " ", text)


def nothing_found(page: Page, path: str) -> None:
    assert text_of(page, path)[0] == 404, path


def test_a_unit_manager_sees_what_is_allowed_and_no_more(
    demo: Instance, visitor: Visitor, database: sqlite3.Connection
) -> None:
    page = visitor.open(demo, "helen")
    page.goto(f"{ASSESSMENTS}/{ROUND}/results/")
    expect(main(page)).to_contain_text(re.compile(r"\d+ of [\d,]+ people answered"))
    page.get_by_role("link", name="By unit").click()
    expect(main(page).locator(".answers-table tbody th").filter(has_text="Billing").first).to_be_visible()
    assert units_of(page) <= HERS
    fits(page)

    others = set(column(database, "SELECT DISTINCT name FROM organization_unitperiod")) - HERS - {"Northlight"}
    assert len(others) > 20
    lead = visitor.open(demo, "maren")
    lead.goto(f"{ASSESSMENTS}/{ROUND}/results/?by=unit")
    assert units_of(lead) & others  # so there is something to keep from her

    tries = ("?by=unit&groups=all", "?by=unit&unit=el", "?by=unit&of=all&group=1", "?by=unit&unit=Water", "?unit=1")
    found = {path: text_of(page, f"{ASSESSMENTS}/{ROUND}/results/{path}") for path in tries}
    for path, (status, text) in found.items():
        assert status == 200, path
        rows = {row.strip() for row in re.findall(r'<th scope="row"[^>]*>([^<]*)<', text)}
        assert not rows & others, path
    for query in ("", "?by=unit", "?by=unit&unit=el", "?by=unit&groups=all"):
        joint = "&" if query else "?"
        _, sheet = text_of(page, f"{ASSESSMENTS}/{ROUND}/results/{query}{joint}format=csv")
        assert "Billing" in sheet
        assert not [name for name in others if re.search(rf"(^|[,\"]){re.escape(name)}([,\"]|$)", sheet, re.M)], query
    _, culture = text_of(page, f"{ASSESSMENTS}/culture/?groups=all")
    assert not {row.strip() for row in re.findall(r'<th scope="row"[^>]*>([^<]*)<', culture)} & others
    not_hers(page, database, others)


def not_hers(page: Page, database: sqlite3.Connection, others: set[str]) -> None:
    """Responses of others' units, what only those who lead prepare, voices that are not public, and what others confided."""
    running = column(database, "SELECT id FROM assessments_round WHERE state = 'open'")[0]
    plain, asked = (text_of(page, f"{ASSESSMENTS}/{running}/response/{query}") for query in ("", "?unit=el"))
    assert lasting(plain[1]) == lasting(asked[1])
    _, sheet = text_of(page, f"{ASSESSMENTS}/{running}/response/?format=csv")
    assert "Billing" in sheet
    assert not [name for name in others if name in sheet]
    for group in column(database, "SELECT id FROM assessments_combination WHERE round_id = ? LIMIT 3", running):
        nothing_found(page, f"{ASSESSMENTS}/groups/{group}/codes/")
    for path in ("add/", f"{running}/close/", "amount/", f"{running}/extend/"):
        nothing_found(page, f"{ASSESSMENTS}/{path}")

    hidden = database.execute(
        "SELECT id, words FROM voice_voice WHERE published = 0 AND owner_id IS NULL AND author_id IS NULL"
    ).fetchall()
    assert hidden
    for pk, words in hidden:
        nothing_found(page, f"{VOICES}/{pk}/")
        for path in ("said/", "said/?format=csv", f"?q={words.split()[0]}", "?show=all", f"{PROGRAM}/search/?q=bridge"):
            address = path if path.startswith("/") else f"{VOICES}/{path}"
            assert words not in text_of(page, address)[1], address
    nothing_found(page, f"{VOICES}/triage/")

    told = (
        "SELECT words FROM realignment_perception p JOIN organization_person who ON who.id = p.person_id "
        "JOIN accounts_user reader ON reader.id = p.to_id "
        "WHERE words != '' AND reader.username != 'helen' AND coalesce(who.user_id, 0) != "
        "(SELECT id FROM accounts_user WHERE username = 'helen')"
    )
    confided = column(database, told)
    assert confided
    _, felt = text_of(page, f"{PROGRAM}/realignment/felt/")
    assert not [words for words in confided if words in felt]


def test_the_auditor_reads_the_ledger_and_no_content(
    demo: Instance, visitor: Visitor, database: sqlite3.Connection
) -> None:
    page = visitor.open(demo, "bram", bypass_csp=True)
    page.goto(f"{PROGRAM}/")
    expect(page).to_have_url(f"{demo.address}{PROGRAM}/privacy/")
    headed(page, re.compile("^No result stands for fewer than 5 people"))
    expect(main(page)).to_contain_text("May be read by: Change lead, Sponsor")
    assert violations(page) == []
    main(page).get_by_role("link", name="The ledger").click()
    headed(page, re.compile("releases"))
    row = main(page).get_by_role("row").filter(has_text="Ready for the next step?: unit")
    expect(row).to_contain_text("To: Change lead")
    expect(row).to_contain_text("Scores of assessments")
    assert row.get_by_role("cell").last.inner_text() == "5"
    held_back = int(row.get_by_role("cell").nth(1).inner_text())
    withheld = column(
        database, "SELECT withheld FROM disclosure_release WHERE subject = 'Ready for the next step?: unit'"
    )
    assert withheld == [held_back]
    assert violations(page) == []

    page.goto(f"{PROGRAM}/privacy/pack/")
    with page.expect_download() as taken:
        page.get_by_role("link", name="Take it as Markdown").click()
    pack = taken.value.path().read_text(encoding="utf-8")
    assert "no legal advice" in pack
    assert "People at least" in pack
    no_content(page, database, pack)


def no_content(page: Page, database: sqlite3.Connection, pack: str) -> None:
    """The register of work, plans for people and voices that are not public do not exist for the auditor."""
    for path in (
        "workflows/",
        "organization/people/",
        "realignment/felt/",
        "realignment/balance/",
        "findings/",
        "search/?q=a",
    ):
        nothing_found(page, f"{PROGRAM}/{path}")
    hidden = database.execute("SELECT id, words FROM voice_voice WHERE published = 0").fetchall()
    assert hidden
    _, said = text_of(page, f"{VOICES}/said/?format=csv")
    _, journal = text_of(page, f"{PROGRAM}/journal/")
    for pk, words in hidden:
        nothing_found(page, f"{VOICES}/{pk}/")
        assert not [text for text in (said, journal, pack) if words in text]
    for path in ("triage/", "points/", "hand-over/"):
        nothing_found(page, f"{VOICES}/{path}")
    for path in ("add/", f"{ROUND}/close/", f"{ROUND}/change/"):
        nothing_found(page, f"{ASSESSMENTS}/{path}")
