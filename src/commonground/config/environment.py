"""Reads settings from the environment and refuses a bad value by name, at start-up."""

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit


class BadSettingError(SystemExit):
    """A setting that cannot be used. Says which, what it holds and what would do."""


def flag(name: str, *, default: bool) -> bool:
    raw = os.environ.get(name, "").strip().lower()
    if raw == "":
        return default
    if raw in {"1", "true", "yes", "on"}:
        return True
    if raw in {"0", "false", "no", "off"}:
        return False
    raise BadSettingError(
        f"{name} is “{raw}”, which is neither yes nor no. Set it to 1 or 0, or leave it out for {int(default)}."
    )


def words(name: str, *, default: str) -> list[str]:
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def data_folder() -> Path:
    """Where the database, the key and uploads live: COMMONGROUND_DATA, else `var` below the working directory."""
    folder = Path(os.environ.get("COMMONGROUND_DATA") or "var").absolute()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise BadSettingError(
            f"COMMONGROUND_DATA names {folder}, which cannot be made: {error.strerror}. Name a folder that you may write to."
        ) from error
    return folder


def guidelines_folder() -> Path | None:
    """Where an organization keeps guidelines of its own: COMMONGROUND_GUIDELINES, a folder that exists; None when it is left out."""
    given = os.environ.get("COMMONGROUND_GUIDELINES", "").strip()
    if not given:
        return None
    folder = Path(given).absolute()
    if not folder.is_dir():
        raise BadSettingError(
            f"COMMONGROUND_GUIDELINES names {folder}, which is not a folder. Name the folder that holds your guidelines as Python "
            "files, or leave it out."
        )
    return folder


def secret_key(folder: Path) -> str:
    """The instance's own key: COMMONGROUND_SECRET_KEY, else a file in the data folder, made once and readable by its owner alone."""
    given = os.environ.get("COMMONGROUND_SECRET_KEY", "")
    if given:
        if len(given) < 32:
            raise BadSettingError(
                f"COMMONGROUND_SECRET_KEY has {len(given)} characters. Give it at least 32, or leave it out and one is made."
            )
        return given
    path = folder / "secret_key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text().strip()


def address(*, https: bool, hosts: list[str]) -> str:
    """What links in mail begin with: COMMONGROUND_ADDRESS, else the first host name, as “https://change.example.com”."""
    given = os.environ.get("COMMONGROUND_ADDRESS", "").strip().rstrip("/")
    if not given:
        return f"http{'s' if https else ''}://{hosts[0] if hosts else 'localhost'}"
    parts = urlsplit(given)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path or parts.query:
        raise BadSettingError(
            f"COMMONGROUND_ADDRESS is “{given}”, which is no address to put before a link. Write it as "
            "https://change.example.com, without anything after the name."
        )
    return given
