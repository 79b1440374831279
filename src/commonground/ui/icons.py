"""Icons of the lucide set (ISC licence), inline, so that they take the colour of their text."""

from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from lucide.templatetags.lucide import lucide


@lru_cache(maxsize=512)
def svg(name: str, size: int = 16, label: str = "") -> SafeString:
    """The icon as an svg element. Raises lucide.IconDoesNotExist for a name the set does not hold."""
    drawn = lucide(name, size=size, stroke_width="1.75")
    said = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true" focusable="false"'
    return mark_safe(drawn.replace("<svg", f'<svg class="lucide" {said}', 1))  # noqa: S308  drawn from the wheel, label escaped
