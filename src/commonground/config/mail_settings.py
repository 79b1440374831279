"""Reads from the environment how mail leaves. While COMMONGROUND_MAIL is not set, nothing does: a dry run."""

import os
from email.utils import parseaddr

from commonground.config.environment import BadSettingError
from commonground.outbox.post import BadAddressError, server_of
from commonground.outbox.way import Way


def mail_way() -> Way | None:
    """The server, the sender and where answers go; None for a dry run. Raises BadSettingError, without repeating a password."""
    given = os.environ.get("COMMONGROUND_MAIL", "").strip()
    if not given:
        return None
    try:
        server = server_of(given)
    except BadAddressError as error:
        raise BadSettingError(
            f"COMMONGROUND_MAIL cannot be used: {error}. Correct it, or leave it out for a dry run."
        ) from error
    sender = _mailbox("COMMONGROUND_MAIL_FROM")
    if not sender:
        raise BadSettingError(
            "COMMONGROUND_MAIL_FROM is missing. Say whom mail is from, as “Closer to customers <change@example.com>”."
        )
    return Way(server, sender, _mailbox("COMMONGROUND_MAIL_REPLY_TO"))


def _mailbox(name: str) -> str:
    given = os.environ.get(name, "").strip()
    if given and ("@" not in parseaddr(given)[1] or "\n" in given):
        raise BadSettingError(f"{name} is “{given}”, which names no mailbox. Write it as “Name <change@example.com>”.")
    return given
