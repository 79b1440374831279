"""The marks on the rail: the worst open finding of each part."""

from typing import Any

from django.http import HttpRequest


def marks(request: HttpRequest) -> dict[str, Any]:
    return {}
