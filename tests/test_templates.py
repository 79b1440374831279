"""Templates are pieces of pages and nothing else: no inline style or script (the content policy forbids both), no words we do not use."""

import re
from pathlib import Path

import pytest
from django.template import engines
from django.template.loader import get_template

SOURCE = Path(__file__).resolve().parent.parent / "src" / "commonground"
TEMPLATES = sorted(path for path in SOURCE.rglob("templates/**/*.html"))
# words that judge people or promise too much never stand on a screen (MISSION, “what it must never do”)
NEVER = re.compile(
    r"\b(turf|fiefdom|resistors?|resistant|fence-sitters?|laggards?|GDPR-compliant|blockers?)\b", re.IGNORECASE
)


def names() -> list[str]:
    return [str(path).split("/templates/", 1)[1] for path in TEMPLATES]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_template_keeps_to_the_content_policy(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"\sstyle\s*=", text), "inline style: use a class, or an attribute of SVG"
    assert not re.search(r"\son\w+\s*=\s*[\"']", text), "inline handler"
    assert not re.search(r"<script(?![^>]*\ssrc=)[^>]*>", text), "inline script"
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", text), "something from another host"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_template_uses_kind_words(path: Path) -> None:
    assert NEVER.search(path.read_text()) is None


@pytest.mark.parametrize("name", names())
def test_a_template_compiles(name: str) -> None:
    assert engines["django"] is not None
    assert get_template(name) is not None
