"""An e-mail to small firms is planned; most of them only have fax; the channels are changed, and the fax sheets are printed."""

import base64
import re
import zlib
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.journeys.conftest import PROGRAM, Instance, Visitor, fits, said

TITLE = "Two nights without the portal"
WORDS = (
    "On Friday and Saturday night the portal rests. Meter readings wait until Monday, and nobody is charged for that."
)


def planned(page: Page) -> str:
    """An e-mail to small firms with its words, sent to review. Returns where its page is."""
    page.goto(f"{PROGRAM}/messages/add/?side=customers")
    page.get_by_label("What it is about").fill(TITLE)
    page.get_by_label("Small firms").check()
    page.get_by_label("e-mail", exact=True).check()
    page.get_by_role("button", name="Plan it").click()
    place = page.url.split("words/")[0]
    if "/words/" not in page.url:
        page.get_by_role("link", name="Write its words").click()
    page.get_by_label("Language").fill("English")
    page.locator("textarea[name=body]").fill(WORDS)
    page.get_by_role("button", name="Keep the words").click()
    return place


def texts(pdf: Path) -> str:
    """What a PDF says, as far as its letters stand as themselves: unpacked by what the standard library has."""
    found = b""
    for packed in re.findall(rb"stream\r?\n(.*?)endstream", pdf.read_bytes(), re.DOTALL):
        try:
            found += zlib.decompress(base64.a85decode(b"<~" + packed.strip(), adobe=True))
        except (ValueError, zlib.error):
            continue  # a font, which is packed another way
    return " ".join(re.findall(r"\(((?:\\.|[^()\\])*)\) Tj", found.decode("latin-1")))


def test_an_email_to_small_firms_becomes_a_fax(demo: Instance, visitor: Visitor, tmp_path: Path) -> None:
    farah, maren = visitor.open(demo, "farah"), visitor.open(demo, "maren")
    place = planned(farah)
    pk = re.findall(r"\d+", place)[-1]
    farah.goto(f"{PROGRAM}/customers/reach/?message={pk}")
    firms = farah.get_by_role("row").filter(has_text="Small firms").first
    expect(firms.get_by_role("img", name="the only channel of")).to_be_visible()  # in the column of fax
    farah.get_by_role("checkbox", name="fax").check()
    farah.get_by_role("button", name="Show").click()
    farah.get_by_role("button", name="Plan the message by these").click()
    farah.goto(place)
    farah.get_by_role("button", name="Send it to review").click()
    maren.goto(place)
    maren.get_by_role("button", name="Approve it").click()

    farah.goto(f"{PROGRAM}/customers/going-out/message/{pk}/")
    farah.get_by_role("button", name="Prepare the list for fax").click()
    heading = farah.get_by_role("heading", level=1)
    count = re.findall(r"to ([\d,]+) customers by fax", heading.inner_text())[0]
    expect(farah.get_by_role("main")).to_contain_text("somebody else looks at the count")
    maren.goto(farah.url)
    maren.get_by_role("button", name=f"Approve: it goes to {count}").click()
    said(maren, f"Approved: it goes to {count} customers by fax. The list can be taken.")
    farah.reload()
    farah.get_by_role("button", name="Take the list").click()
    expect(heading).to_have_text(f"“{TITLE}” is out by fax to {count} customers")
    farah.get_by_role("button", name="Print the fax sheets").click()
    said(farah, f"Printed: {count} pages.")
    with farah.expect_download() as sheets:
        farah.get_by_role("link", name="The fax sheets").click()
    pdf = tmp_path / "fax.pdf"
    sheets.value.save_as(pdf)
    words = texts(pdf)
    assert words.count("FAX") == int(count)
    assert words.count("On Friday and Saturday night the portal rests.") == int(count)
    assert words.count("Fax number") == int(count)
    assert words.count("+49 40 556") >= int(count)
    phone = visitor.open(demo, "farah", width="phone")
    phone.goto(farah.url)
    fits(phone)
