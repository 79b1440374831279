"""How changes of the pace, hours of work and techniques are written on pages."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from commonground.adoption.said import points as said_points
from commonground.analysis.guidance.next_steps import said_hours

register = template.Library()


@register.filter
def points(change: float | None) -> str:
    """“+3.1” points of share."""
    return said_points(change)


@register.filter
def hours(value: float | None) -> str:
    """“about 4 hours”."""
    return said_hours(value)


@register.simple_tag(takes_context=True)
def technique_link(context: Mapping[str, Any], key: str, name: str) -> SafeString:
    """The name of a technique, as a link to its page in the library."""
    program = context.get("program")
    if not key or program is None:
        return format_html("<b>{}</b>", name)
    url = reverse("guidance:technique", kwargs={"program": program.slug, "technique": key})
    return format_html('<a href="{}">{}</a>', url, name)
