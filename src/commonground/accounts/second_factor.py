"""The second factor: a code by time from an app, and recovery codes for when the app is gone."""

import base64
import hashlib
import secrets
from datetime import datetime
from typing import TYPE_CHECKING, Self
from urllib.parse import quote, urlencode

from django.conf import settings
from django.db import models, transaction

from commonground.access.actor import Actor
from commonground.access.visibility import Gated
from commonground.accounts import short_codes, totp
from commonground.journal.recording import record

if TYPE_CHECKING:
    from cryptography.fernet import Fernet

    from commonground.accounts.models import User

RECOVERY_CODES, RECOVERY_SIGNS = 10, 12
_PURPOSE = "recovery"


class SecondFactorError(ValueError):
    """A second factor that cannot be set up so. The message says what to do."""


def new_secret() -> str:
    """A secret of 160 bits, as apps take it: base 32."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def address_for_app(secret: str, username: str, issuer: str) -> str:
    """What the QR code says to an app."""
    words = urlencode({"secret": secret, "issuer": issuer}, quote_via=quote)
    return f"otpauth://totp/{quote(issuer)}:{quote(username)}?{words}"


class SecondFactorQuerySet(Gated["SecondFactor"]):
    def visible_to(self, actor: Actor) -> Self:
        """One's own, and for those who manage access that there is one."""
        return self if actor.may("accounts.manage") else self.filter(user_id=actor.user)

    def set_up(self, user: "User", secret: str, code: str, *, by: Actor, at: datetime) -> list[str]:
        """Sets the second factor of a user after the app has shown that it knows the secret; the recovery codes, shown only now.

        Raises SecondFactorError when the code does not fit.
        """
        step = totp.matching_step(base64.b32decode(secret), code, at)
        if step is None:
            raise SecondFactorError(
                "This code does not fit. Wait for the next one in the app, and look at the phone’s clock."
            )
        with transaction.atomic():
            self.filter(user=user).delete()
            row = self.create(user=user, secret=_sealed(secret), last_step=step, set_up_at=at)
            record("set up a second factor", user, by=by, at=at)
            return row.renew_recovery_codes(by=by, at=at)


class SecondFactor(models.Model):
    """That a user signs in with an app besides. `last_step`: the last code that was used, none of before it works again."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="second_factor")
    secret = models.CharField(max_length=300)  # sealed with the key of the instance
    last_step = models.BigIntegerField(default=0)
    set_up_at = models.DateTimeField()

    objects = SecondFactorQuerySet.as_manager()

    def passes(self, code: str, *, at: datetime) -> bool:
        """Whether a code is right, from the app or a recovery code; it is used up by that."""
        try:
            secret = base64.b32decode(_opened(self.secret))
        except ValueError:  # the key of the instance is another one now
            secret = None
        step = totp.matching_step(secret, code, at) if secret is not None else None
        if step is not None:
            mine = SecondFactor.objects.filter(pk=self.pk, last_step__lt=step)
            return bool(mine.update(last_step=step))
        unused = RecoveryCode.objects.filter(
            user_id=self.user_id, digest=short_codes.digest(code, _PURPOSE), used_at=None
        )
        return bool(unused.update(used_at=at))

    def renew_recovery_codes(self, *, by: Actor, at: datetime) -> list[str]:
        """New recovery codes instead of all earlier ones; they are shown only now."""
        codes = [short_codes.made(RECOVERY_SIGNS) for _ in range(RECOVERY_CODES)]
        with transaction.atomic():
            RecoveryCode.objects.filter(user_id=self.user_id).delete()
            RecoveryCode.objects.bulk_create(
                RecoveryCode(user_id=self.user_id, digest=short_codes.digest(code, _PURPOSE)) for code in codes
            )
            record("made recovery codes", self.user, by=by, at=at)
        return codes

    def take_off(self, *, by: Actor, at: datetime) -> None:
        """Ends it: by its owner, or for somebody who has lost the app and the recovery codes."""
        with transaction.atomic():
            RecoveryCode.objects.filter(user_id=self.user_id).delete()
            record("took a second factor off", self.user, by=by, at=at)
            self.delete()


class RecoveryCodeQuerySet(Gated["RecoveryCode"]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(user_id=actor.user) if actor.user is not None else self.none()


class RecoveryCode(models.Model):
    """A code that stands for the app once. Only its digest is kept."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    objects = RecoveryCodeQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "digest"], name="recovery_code_once")]


def _sealed(text: str) -> str:
    return _fernet().encrypt(text.encode()).decode()


def _opened(sealed: str) -> str:
    """Raises ValueError when it was sealed with another key."""
    from cryptography.fernet import InvalidToken  # noqa: PLC0415 - only those with a second factor wait for it

    try:
        return str(_fernet().decrypt(sealed.encode()).decode())
    except InvalidToken as error:
        raise ValueError("This was sealed with another key.") from error


def _fernet() -> "Fernet":
    from cryptography.fernet import Fernet  # noqa: PLC0415 - only those with a second factor wait for it

    key = hashlib.sha256(f"second factor:{settings.SECRET_KEY}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
