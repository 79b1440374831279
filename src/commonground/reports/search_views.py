"""The page of search."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from commonground.access.gate import actor_of, gate
from commonground.programs.middleware import as_of, program_of
from commonground.reports.search import LEAST, Asked, search
from commonground.ui.words import plural

LONGEST = 100


@gate("search.view")
def search_page(request: HttpRequest) -> HttpResponse:
    """What is called by these words."""
    words = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST]
    found = search(Asked(actor_of(request), program_of(request), as_of(request), words))
    count = sum(len(hits.rows) for hits in found)
    title = "Search"
    if len(words) >= LEAST:
        more = "at least " if any(hits.more for hits in found) else ""
        title = f"{more}{plural(count, 'thing')} called “{words}”" if count else f"Nothing is called “{words}”"
        title = title[0].upper() + title[1:]
    return render(request, "reports/search.html", {"words": words, "found": found, "title": title, "least": LEAST})
