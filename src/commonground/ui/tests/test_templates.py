"""A strict content policy allows no inline style and no inline script; every template of ui is read for them."""

import re
from pathlib import Path

import pytest

from commonground.ui.icons import svg
from commonground.ui.rail import PARTS
from commonground.ui.templatetags.ui import FATES, MARK_WORDS

FOLDER = Path(__file__).parent.parent / "templates"
TEMPLATES = sorted(path for path in FOLDER.rglob("*") if path.suffix in {".html", ".svg"})


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_inline_style_or_script(template):
    text = template.read_text()
    assert not re.search(r"\sstyle=|<style\b|\son\w+=|javascript:", text)
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_nothing_is_marked_safe_in_a_template(template):
    assert not re.search(r"\|\s*safe\b|autoescape off", template.read_text())


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_a_template_is_short(template):
    assert len(template.read_text().splitlines()) <= 150


def test_every_icon_of_the_rail_and_the_templates_is_in_the_set():
    named = {part.icon for part in PARTS if part.icon}
    for template in TEMPLATES:
        named |= set(re.findall(r'{% icon "([\w-]+)"', template.read_text()))
    for name in named:
        assert svg(name)


def test_every_shape_that_is_used_is_in_the_sprite():
    sprite = (FOLDER / "ui/sprite.html").read_text()
    for shape in [f"m-{kind}" for kind in MARK_WORDS] + [f"f-{kind}" for kind in [*FATES, "undecided"]]:
        assert f'<symbol id="{shape}"' in sprite
