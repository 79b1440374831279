"""Contrast of the colours, computed from their OKLCH values (WCAG 2.2, 1.4.3: 4.5 to 1 for text)."""

import math
import re
from pathlib import Path

import pytest

CSS = Path(__file__).parent.parent / "static/ui/css"
NUMBER = r"([\d.]+)"
PAIR = re.compile(
    rf"--([\w-]+): light-dark\(oklch\({NUMBER} {NUMBER} {NUMBER}\), oklch\({NUMBER} {NUMBER} {NUMBER}\)\);"
)


def linear_rgb(lightness: float, chroma: float, hue: float) -> list[float]:
    """OKLCH to linear sRGB, matrices of B. Ottosson (2020), as in CSS Color 4; out of gamut is clipped."""
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    rgb = (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )
    return [min(max(one, 0), 1) for one in rgb]


def luminance(colour: tuple[float, float, float]) -> float:
    red, green, blue = linear_rgb(*colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: tuple[float, float, float], other: tuple[float, float, float]) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


TOKENS = {
    found[0]: {"light": tuple(map(float, found[1:4])), "dark": tuple(map(float, found[4:7]))}
    for found in PAIR.findall((CSS / "tokens.css").read_text())
}
TEXT = ("ink", "ink-quiet", "water", "earth", "act", "watch", "good")
GROUNDS = ("paper", "shore", "well")
PAIRS = [(text, ground) for text in TEXT for ground in GROUNDS] + [
    *(("ink", f"{name}-soft") for name in ("water", "earth", "act", "watch", "good")),
    *((name, f"{name}-soft") for name in ("water", "earth", "act", "watch", "good")),
    ("ink-quiet", "water-soft"),
    ("on-water", "water"),
    ("paper", "ink"),
]


@pytest.mark.parametrize(
    ("oklch", "rgb"),
    [
        ((1, 0, 0), (1, 1, 1)),
        ((0.627955, 0.257683, 29.2339), (1, 0, 0)),
        ((0.519752, 0.176858, 142.4953), (0, 0.2159, 0)),
    ],
)
def test_the_conversion_gives_white_red_and_green_of_css_color_4(oklch, rgb):
    """#fff, #f00 and #008000, whose linear green is 0.2159."""
    assert linear_rgb(*oklch) == pytest.approx(rgb, abs=0.001)


def test_every_colour_is_known_in_light_and_dark():
    assert len(TOKENS) >= 20
    declared = re.findall(r"--([\w-]+): light-dark", (CSS / "tokens.css").read_text())
    assert set(declared) == set(TOKENS)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_can_be_read(text, ground, theme):
    ratio = contrast(TOKENS[text][theme], TOKENS[ground][theme])
    assert ratio >= 4.5, f"{text} on {ground} in {theme}: {ratio:.2f} to 1"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_frame_of_a_control_can_be_seen(theme):
    """WCAG 2.2, 1.4.11: 3 to 1."""
    assert contrast(TOKENS["edge"][theme], TOKENS["paper"][theme]) >= 3


def test_no_sheet_has_a_colour_of_its_own():
    """Colours are tokens; a sheet that names one would not follow light, dark and print."""
    for sheet in CSS.rglob("*.css"):
        if sheet.name not in {"tokens.css"}:
            assert not re.search(r"#[0-9a-fA-F]{3,8}\b(?![^{]*\{)|\brgba?\(|\boklch\(", sheet.read_text()), sheet.name


def test_every_variable_that_is_used_is_declared():
    declared = set(re.findall(r"(--[\w-]+):", "".join(sheet.read_text() for sheet in CSS.rglob("*.css"))))
    for sheet in CSS.rglob("*.css"):
        assert set(re.findall(r"var\((--[\w-]+)", sheet.read_text())) <= declared, sheet.name
