"""Words in which somebody may be named: a hint to whoever publishes them, who decides. Nothing is changed by itself."""

import re
from typing import Final

from django.db.models import Q

from commonground.organization.models import Person

MOST_LOOKED_UP: Final = 40
_WORD: Final = re.compile(r"[^\W\d_][\w'’-]+")


def may_name(text: str) -> list[str]:
    """Words of a text that are part of the name of somebody who works here, in their order. Only words that begin with a capital."""
    words = list(dict.fromkeys(word for word in _WORD.findall(text) if word[0].isupper() and len(word) > 2))
    words = words[:MOST_LOOKED_UP]
    if not words:
        return []
    wanted = Q(pk__in=())
    for word in words:
        bare = re.sub(r"['’]s$", "", word)
        wanted |= Q(name__istartswith=f"{bare} ") | Q(name__iendswith=f" {bare}")
    parts = {
        part.casefold()
        for name in Person.objects.filter(wanted).values_list("name", flat=True)[:500]
        for part in name.split()
    }
    return [word for word in words if re.sub(r"['’]s$", "", word).casefold() in parts]
