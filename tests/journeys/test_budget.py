"""An export of the ledger is brought: looked over, held against its own total, taken over; what belongs to no line is given to one."""

from pathlib import Path

from playwright.sync_api import expect

from tests.journeys.conftest import PROGRAM, Instance, Visitor, fits, said

LEDGER = """Buchungsdatum;Belegnummer;Konto;Kontobezeichnung;Buchungstext;Budgetposition;Betrag;Erfasst von
02.03.2026;J-1;;;Trainer für die erste Welle;P-PAIRS;1.250,00;A. B.
03.03.2026;J-2;6699;Blumen;Dank an die Nachtschicht;;84,50;A. B.
03.03.2026;J-2;6699;Blumen;Dank an die Nachtschicht;;84,50;A. B.
Summe;;;;;;1.419,00;
"""


def test_a_ledger_is_brought_taken_over_and_finds_its_lines(demo: Instance, visitor: Visitor, tmp_path: Path) -> None:
    file = tmp_path / "buchungen-maerz.csv"
    file.write_text(LEDGER, encoding="cp1252")
    lead = visitor.open(demo, "maren")
    lead.goto(f"{PROGRAM}/budget/")
    lead.get_by_role("link", name="Bring a ledger").click()
    lead.get_by_label("The export").set_input_files(file)
    lead.get_by_role("button", name="Look it over").click()

    expect(lead.get_by_role("heading", level=1)).to_have_text("“buchungen-maerz.csv” adds up: €1,419")
    expect(lead.get_by_role("main")).to_contain_text("left out and not stored: Erfasst von")
    expect(lead.get_by_role("main")).to_contain_text("without €84.50 that stand twice")
    expect(lead.locator("#sample")).to_contain_text("Teaching pairs and the case work course")
    lead.get_by_role("button", name="Take it over").click()
    said(lead, "Taken over: 2 bookings of “buchungen-maerz.csv” count from now on.")

    lead.goto(f"{PROGRAM}/budget/ledger/")
    row = lead.locator("#strays").get_by_role("row").filter(has_text="6699")
    expect(row).to_contain_text("Dank an die Nachtschicht")
    row.get_by_role("link", name="Give to a line").click()
    lead.get_by_label("Belong to").select_option(label="Thanks, and the devices’ clinic")
    lead.get_by_role("button", name="Give them").click()
    said(lead, "1 booking whose account is “6699”: now of “Thanks, and the devices’ clinic”.")
    expect(lead.locator("#rules")).to_contain_text("6699")

    sponsor = visitor.open(demo, "ruth", width="phone")
    sponsor.goto(f"{PROGRAM}/budget/")
    fits(sponsor)
    expect(
        sponsor.locator("#lines").get_by_role("row").filter(has_text="Thanks, and the devices’ clinic")
    ).to_contain_text("€3,565")

    lead.goto(f"{PROGRAM}/budget/ledger/")
    lead.get_by_role("link", name="buchungen-maerz.csv").click()
    lead.get_by_role("button", name="Undo this file").click()
    said(lead, "Undone: nothing of “buchungen-maerz.csv” counts any more.")
    sponsor.reload()
    expect(
        sponsor.locator("#lines").get_by_role("row").filter(has_text="Thanks, and the devices’ clinic")
    ).to_contain_text("€3,480")
