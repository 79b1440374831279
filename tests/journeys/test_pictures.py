"""The pictures of the documents: COMMONGROUND_PICTURES=1 takes them anew. Otherwise they are there, and the pages still show it."""

import os
import re
import struct
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PROGRAM, ROOT, Instance, Visitor

FOLDER = ROOT / "docs" / "pictures"
LARGEST = 400_000  # bytes
SIGNATURE = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True)
class Picture:
    name: str
    user: str
    path: str
    shows: tuple[str, ...]  # parts of the page that the picture's words promise
    width: str = "desktop"

    @property
    def file(self) -> Path:
        return FOLDER / self.name

    @property
    def pixels(self) -> int:
        return {"desktop": 1440, "phone": 390}[self.width]


PICTURES = [
    Picture("today.png", "maren", f"{PROGRAM}/", ("processes are in question", "People touched", "Do this week")),
    Picture("workflow.png", "maren", f"{PROGRAM}/workflows/1/", ("are waiting, at", "Contact centre", "As is")),
    Picture(
        "waits.png",
        "maren",
        f"{PROGRAM}/workflows/waits/",
        ("Work waits most from", "Electricity to Water", "Waiting in all"),
    ),
    Picture(
        "behaviour.png",
        "maren",
        f"{PROGRAM}/pace/1/",
        ("Log every contact in the shared record", "Cut-overs", "interval", "What waiting costs"),
    ),
    Picture("balance.png", "maren", f"{PROGRAM}/realignment/balance/", ("Dispatch lead", "Offered in return")),
    Picture(
        "culture.png",
        "maren",
        f"{PROGRAM}/assessments/culture/",
        ("points would move", "How far apart", "say that we start from the customer"),
    ),
    Picture(
        "voices-phone.png",
        "samuel",
        f"{PROGRAM}/voices/said/",
        ("One answer to many", "Answered", "What came of it"),
        "phone",
    ),
    Picture("for-me-phone.png", "samuel", f"{PROGRAM}/for-me/", ("Samuel", "Until then", "You gain"), "phone"),
]


def width_of(file: Path) -> int:
    begin = file.read_bytes()[:24]
    assert begin.startswith(SIGNATURE), f"{file.name} is no PNG"
    return int(struct.unpack(">I", begin[16:20])[0])


@pytest.mark.parametrize("picture", PICTURES, ids=lambda one: one.name)
def test_a_picture_is_of_the_page_as_it_is(demo: Instance, visitor: Visitor, picture: Picture) -> None:
    page = visitor.open(demo, picture.user, width=picture.width)
    page.goto(picture.path)
    for words in picture.shows:
        expect(page.get_by_role("main")).to_contain_text(words)
    if os.environ.get("COMMONGROUND_PICTURES") == "1":
        FOLDER.mkdir(exist_ok=True)
        page.evaluate("document.fonts.ready")
        page.screenshot(path=picture.file, animations="disabled")
    assert picture.file.exists(), f"COMMONGROUND_PICTURES=1 takes {picture.name}"
    assert width_of(picture.file) == picture.pixels
    assert picture.file.stat().st_size < LARGEST


def test_the_picture_of_the_readme_shows_what_its_words_say(demo: Instance, visitor: Visitor) -> None:
    found = re.search(r"!\[([^]]+)\]\((docs/pictures/[\w-]+\.png)\)", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert found is not None
    words, path = found.groups()
    assert ROOT / path == PICTURES[0].file
    page = visitor.open(demo, PICTURES[0].user)
    page.goto(PICTURES[0].path)
    main = page.get_by_role("main")
    promised = {
        "what the program stands at in a sentence": main.get_by_role("heading", level=1),
        "the key numbers": main.get_by_text("People touched by the change"),
        "what to do this week": main.get_by_role("heading", name="Do this week"),
    }
    for part, place in promised.items():
        assert part in words, f"the words of the picture no longer say “{part}”"
        expect(place).to_be_in_viewport()


def test_every_picture_of_the_documents_is_one_of_these() -> None:
    named = {
        match
        for file in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
        for match in re.findall(r"pictures/([\w-]+\.png)", file.read_text(encoding="utf-8"))
    }
    assert named <= {one.name for one in PICTURES}
