"""What has been done to a thing, for its page: {% load journal %}{% journal_about thing %}."""

from typing import Any

from django import template
from django.db import models
from django.template.context import Context

from commonground.access.actor import NOBODY, Actor
from commonground.journal.models import Entry
from commonground.journal.reading import in_words

register = template.Library()
SHOWN = 8


@register.inclusion_tag("journal/about.html", takes_context=True)
def journal_about(context: Context, thing: models.Model) -> dict[str, Any]:
    """The latest entries about a thing, as far as the reader may see them; nothing at all where there are none."""
    request = context.get("request")
    actor = getattr(request, "actor", NOBODY)
    assert isinstance(actor, Actor)  # noqa: S101 - set by one middleware
    program = getattr(request, "program", None)
    slug: str | None = getattr(program, "slug", None)
    rows = list(Entry.objects.visible_to(actor).about(thing).select_related("values").order_by("-id")[: SHOWN + 1])
    return {
        "lines": in_words(rows[:SHOWN], actor, slug),
        "more": len(rows) > SHOWN and actor.may("journal.view"),
        "kind": thing._meta.label_lower,
        "thing": thing.pk,
        "slug": slug,
    }
