"""A few addresses, so that the frame is tested without the pages that stand on it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def page(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse("a page")


def part(folder: str, name: str, where: str) -> Any:
    return path("", include(([path(where, page, name=name)], folder)))


urlpatterns = [
    path("", page, name="start"),
    path("", include("commonground.ui.urls")),
    part("accounts", "sign-in", "sign-in/"),
    part("reports", "today", "<slug:program>/"),
    part("reports", "search", "<slug:program>/search/"),
]
