"""Codes as a way to prove who one is, so that wrong ones count as wrong passwords do."""

from datetime import datetime
from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from commonground.accounts.models import SecondFactor, SignInCode, User

MODEL_BACKEND = "django.contrib.auth.backends.ModelBackend"
PRINTED = "(printed code)"  # the name under which wrong printed codes are counted; no sign-in name has brackets


class CodeBackend(BaseBackend):
    """Answers `authenticate(request, username=…, second_factor=…, at=…)` and `authenticate(request, username=PRINTED, printed_code=…,
    at=…)`."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        second_factor: str | None = None,
        printed_code: str | None = None,
        at: datetime | None = None,
        **_: Any,
    ) -> User | None:
        if at is None:
            return None
        if printed_code is not None:
            return SignInCode.objects.use(printed_code, at=at)
        if second_factor is None:
            return None
        row = SecondFactor.objects.filter(user__username=username, user__is_active=True).select_related("user").first()
        return row.user if row is not None and row.passes(second_factor, at=at) else None
