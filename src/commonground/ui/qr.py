"""QR codes as inline SVG."""

import segno
from django.utils.safestring import SafeString, mark_safe


def qr(text: str, label: str = "") -> SafeString:
    """The QR code of a text, black on white in every theme and on paper, since cameras want it so; its size is set by style.

    label: what is read aloud; empty where the text stands beside it.
    """
    drawn = segno.make(text, error="m", micro=False).svg_inline(
        border=3, dark="#000", light="#fff", svgclass="qr-code", lineclass=None, omitsize=True, title=label or None
    )
    return mark_safe(drawn)  # noqa: S308 - drawn by segno out of squares; a text is in it as a label alone, which it escapes
