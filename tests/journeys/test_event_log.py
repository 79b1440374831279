"""An event log with odd columns: understood, corrected, taken over on an agreement, seen by the works council, taken back."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.journeys.conftest import PROGRAM, Instance, Visitor, fits, go, headed, said

LOGS = f"{PROGRAM}/imports/logs/"
AGREEMENT = "Works agreement 14, § 3, of 12 Mar 2026"
HEADERS = "Vorgang;Was;Wann;Wer macht es;Wo;Laune"


def odd_log(folder: Path, name: str = "vorgaenge.csv", *, month: int = 3, broken: bool = False) -> Path:
    """Twelve cases that cross from the contact centre to billing, in a layout of their own: day first, semicolons, cp1252."""
    rows = [HEADERS]
    for case in range(1, 13):
        rows += [
            f"NA-{case};Anruf annehmen;{case + 12:02}.{month:02}.2026 09:{case:02};Jürgen Groß;Contact centre;gut",
            f"NA-{case};Erste Rechnung;{case + 13:02}.{month:02}.2026 14:{case:02};Änne Möller;Billing;müde",
        ]
    if broken:
        rows.append("NA-13;Anruf annehmen;bald;Jürgen Groß;Contact centre;gut")
    path = folder / name
    path.write_bytes("\n".join(rows).encode("cp1252"))
    return path


def bring(page: Page, file: Path, *, log: str = "", name: str = "") -> None:
    page.goto(LOGS)
    if page.get_by_label("The log it belongs to").is_visible():
        page.get_by_label("The log it belongs to").select_option(label=log or "a new log")
    page.get_by_label("Name of").fill(name)
    page.get_by_label("The system it comes from").fill("Dispatch")
    page.get_by_label("The file").set_input_files(file)
    page.get_by_role("button", name="Look at its columns").click()
    page.wait_for_load_state()


def read_as(page: Page, header: str, ours: str) -> None:
    page.get_by_label(f"{header} is read as").select_option(label=ours)


def agree(page: Page) -> None:
    page.get_by_label("The agreement or the reason that allows it").fill(AGREEMENT)
    page.get_by_label("Since when it holds").fill("2026-03-12")
    page.get_by_role("button", name="Look it over").click()


def understand(page: Page) -> None:
    """Corrects what was detected, and agrees. Nothing that names people is shown on the way."""
    main = page.get_by_role("main")
    expect(main).to_contain_text("Anruf annehmen")
    expect(main).to_contain_text("not shown: it seems to hold people")
    expect(main).not_to_contain_text("Jürgen")
    read_as(page, "Vorgang", "case")
    read_as(page, "Was", "case")
    agree(page)
    expect(main).to_contain_text("“Vorgang” and “Was” are both read as case")
    for header, ours in (("Was", "activity"), ("Wann", "time"), ("Wer macht es", "person"), ("Wo", "unit")):
        read_as(page, header, ours)
    page.get_by_label("The agreement or the reason that allows it").fill("")
    page.get_by_role("button", name="Look it over").click()
    expect(main).to_contain_text("Without it nothing is.")
    agree(page)


def test_a_log_with_odd_columns_is_understood_taken_over_seen_and_taken_back(
    demo: Instance, visitor: Visitor, tmp_path: Path
) -> None:
    page = visitor.open(demo, "maren")
    go(page, "Imports")
    page.get_by_role("link", name="Bring an event log").click()
    bring(page, odd_log(tmp_path, broken=True), name="Move-ins of the dispatch")

    understand(page)

    # looked over: nothing is taken over yet
    main = page.get_by_role("main")
    headed(page, "24 events of 12 cases are ready")
    expect(main).to_contain_text("1 row kept out")
    expect(main).to_contain_text("row 26")
    expect(main).to_contain_text("fewer than 8")
    with page.expect_download() as download:
        page.get_by_role("link", name="The rows kept out, as CSV").click()
    assert "bald" in download.value.path().read_text(encoding="utf-8-sig")
    page.get_by_role("button", name="Take it over").click()
    said(page, "Taken over. If it was a mistake, undo it here.")
    headed(page, "Taken over: 24 events of 12 cases")
    delivery = page.url

    # the works council sees which log there is and on whose agreement, and can change nothing
    council = visitor.open(demo, "bram")
    council.goto(f"{PROGRAM}/")
    go(council, "Event logs")
    council.get_by_role("link", name="Move-ins of the dispatch").first.click()
    expect(council.get_by_role("main")).to_contain_text(AGREEMENT)
    expect(council.get_by_role("main").get_by_role("button")).to_have_count(0)

    # taken back
    page.goto(delivery)
    page.get_by_role("button", name="Undo this delivery").click()
    said(page, "had never been taken over")
    headed(page, "Undone: 24 events of 12 cases")


def test_the_next_part_is_understood_by_itself_and_joins_its_log(
    demo: Instance, visitor: Visitor, tmp_path: Path
) -> None:
    page = visitor.open(demo, "maren")
    for month, file in ((3, "march.csv"), (4, "april.csv")):
        first, log = month == 3, "Orders of the dispatch"
        bring(page, odd_log(tmp_path, file, month=month), log="" if first else log, name=log if first else "")
        if first:
            for header, ours in (("Vorgang", "case"), ("Was", "activity"), ("Wann", "time"), ("Wo", "unit")):
                read_as(page, header, ours)
            agree(page)
        else:
            expect(page.get_by_label("The agreement or the reason that allows it")).to_have_value(AGREEMENT)
            page.get_by_role("button", name="Look it over").click()
        page.get_by_role("button", name="Take it over").click()
        said(page, "Taken over.")
    expect(page.get_by_role("main")).to_contain_text("now holds 48 events of 12 cases")
    page.get_by_role("link", name="Orders of the dispatch").first.click()
    page.get_by_role("link", name="Change it").click()
    page.get_by_role("checkbox", name="Friday").uncheck()
    page.get_by_label("Days without work").fill("2026-12-25")
    page.get_by_role("button", name="Save").click()
    said(page, "is Monday to Thursday, 08:00 to 16:00, 1 closed day")
    fits(page)


def test_a_log_is_brought_on_a_phone_and_what_is_none_says_so(demo: Instance, visitor: Visitor, tmp_path: Path) -> None:
    page = visitor.open(demo, "maren", width="phone", dark=True)
    broken = tmp_path / "letter.pdf"
    broken.write_bytes(b"%PDF-1.7 \x00\x01")
    bring(page, broken, name="Letters")
    expect(page.get_by_role("main")).to_contain_text("letter.pdf")
    fits(page)
    bring(page, odd_log(tmp_path), name="Calls on a phone")
    fits(page)
    page.get_by_role("button", name="Set it aside").click()
    said(page, "Set aside. Nothing was taken over, and the file is removed.")
    expect(page.get_by_role("main")).not_to_contain_text("Calls on a phone")
